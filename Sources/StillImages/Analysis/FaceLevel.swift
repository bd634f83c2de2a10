// SPDX-License-Identifier: GPL-3.0-or-later
import StillKernels

/// One size of a photo made ready for a cascade: sums of luma and of its square, and every decision's corners as offsets.
///
/// Windows lie `step` samples apart. The sums of a row are stored by remainder of their column, so that the windows of a row
/// are neighbours in memory and the first stages look at all of them at once.
final class FaceLevel {
    /// Stages that are run on whole rows; few windows pass them.
    private static let rowStages = 5

    private let width: Int
    private let height: Int
    private let step: Int
    private let cascade: FaceCascade
    /// Sums over all samples above and to the left, a row and a column larger than the plane; they may wrap, differences do not.
    private var sums: [UInt32]
    private var squares: [UInt32]
    private let decisions: [still_decision]

    init(_ plane: LumaPlane, _ cascade: FaceCascade, step: Int) {
        width = plane.width
        height = plane.height
        self.step = step
        self.cascade = cascade
        let stride = plane.width + 1
        decisions = cascade.nodes.map { node in
            let rectangles = cascade.features[node.feature]
            var decision = still_decision()
            func corners(_ i: Int) -> (Int32, Int32, Int32, Int32) {
                guard i < rectangles.count else { return (0, 0, 0, 0) }
                let r = rectangles[i]
                let left = Self.column(r.x, stride, step), right = Self.column(r.x + r.width, stride, step)
                let (top, bottom) = (r.y * stride, (r.y + r.height) * stride)
                return (Int32(top + left), Int32(top + right), Int32(bottom + left), Int32(bottom + right))
            }
            func weight(_ i: Int) -> Float { i < rectangles.count ? rectangles[i].weight : 0 }
            decision.corners = (corners(0), corners(1), corners(2))
            decision.weights = (weight(0), weight(1), weight(2))
            decision.rectangles = rectangles.count > 2 ? 3 : 2
            decision.threshold = node.threshold
            decision.below = Int32(node.below)
            decision.above = Int32(node.above)
            return decision
        }
        sums = [UInt32](repeating: 0, count: stride * (height + 1))
        squares = sums
        fill(plane)
    }

    /// Where a column lies in its row: first all whose remainder is 0, then those with 1, and so on.
    private static func column(_ x: Int, _ stride: Int, _ step: Int) -> Int {
        step == 1 ? x : x / 2 + (x % 2) * ((stride + 1) / 2)
    }

    private func fill(_ plane: LumaPlane) {
        let stride = width + 1
        let columns = (0...width).map { Self.column($0, stride, step) }
        plane.samples.withUnsafeBufferPointer { samples in
            for y in 0..<height {
                var (sum, square): (UInt32, UInt32) = (0, 0)
                let row = (y + 1) * stride
                for x in 0..<width {
                    let v = UInt32(samples[y * width + x])
                    sum &+= v
                    square &+= v &* v
                    let i = row + columns[x + 1]
                    sums[i] = sums[i - stride] &+ sum
                    squares[i] = squares[i - stride] &+ square
                }
            }
        }
    }

    /// Top left corners of the windows in which the cascade sees a face, where the photo is `likely` to show one.
    func windows(likely: LikelyWindows?) -> [(x: Int, y: Int)] {
        var found: [(Int, Int)] = []
        let side = cascade.side
        let count = (width - side) / step + 1
        guard width >= side, height >= side else { return [] }
        var norms = [Float](repeating: 0, count: count)
        var votes = norms
        var scratch = [Float](repeating: 0, count: count * (cascade.treeSizes.max() ?? 0))
        for y in Swift.stride(from: 0, through: height - side, by: step) {
            guard fill(&norms, row: y, likely) else { continue }
            sums.withUnsafeBufferPointer { sums in
                guard let row = sums.baseAddress?.advanced(by: y * (width + 1)) else { return }
                var tree = 0
                for stage in cascade.stages.prefix(Self.rowStages) {
                    for i in 0..<count { votes[i] = 0 }
                    for root in stage.roots {
                        still_tree_votes(
                            row, norms, decisions, Int32(root), Int32(cascade.treeSizes[tree]), cascade.leaves, &votes,
                            &scratch, count)
                        tree += 1
                    }
                    var isAny = false
                    for i in 0..<count {
                        if votes[i] < stage.threshold - Self.rounding { norms[i] = 0 }
                        isAny = isAny || norms[i] != 0
                    }
                    guard isAny else { return }
                }
                for i in 0..<count where norms[i] != 0 && passes(row + i, norms[i]) { found.append((i * step, y)) }
            }
        }
        return found
    }

    /// As OpenCV rounds.
    private static let rounding: Float = 1e-5

    /// One over the standard deviation times the area of each window of a row, or 0 where nothing is to be looked for;
    /// false when that is everywhere.
    private func fill(_ norms: inout [Float], row y: Int, _ likely: LikelyWindows?) -> Bool {
        let side = cascade.side
        let stride = width + 1
        // A margin of one is left out.
        let (left, right) = (Self.column(1, stride, step), Self.column(side - 1, stride, step))
        let (upper, lower) = ((y + 1) * stride, (y + side - 1) * stride)
        let area = Int64((side - 2) * (side - 2))
        var isAny = false
        for i in norms.indices {
            norms[i] = 0
            guard likely?.contains(i * step, y) ?? true else { continue }
            func total(_ table: [UInt32]) -> Int64 {
                Int64(
                    table[upper + left + i] &- table[upper + right + i] &- table[lower + left + i]
                        &+ table[lower + right + i])
            }
            let sum = total(sums)
            let variance = area * total(squares) - sum * sum
            // Less than a standard deviation of 4: sky, wall, mist.
            guard variance > area * area * 16 else { continue }
            norms[i] = 1 / Float(variance).squareRoot()
            isAny = true
        }
        return isAny
    }

    /// Whether a window passes the stages that are not run on whole rows.
    private func passes(_ window: UnsafePointer<UInt32>, _ norm: Float) -> Bool {
        func sum(_ c: (Int32, Int32, Int32, Int32)) -> Float {
            let area = window[Int(c.0)] &- window[Int(c.1)] &- window[Int(c.2)] &+ window[Int(c.3)]
            return Float(Int32(bitPattern: area))
        }
        return decisions.withUnsafeBufferPointer { decisions in
            for stage in cascade.stages.dropFirst(Self.rowStages) {
                var votes: Float = 0
                for root in stage.roots {
                    var place = Int32(root)
                    while place >= 0 {
                        let d = decisions[Int(place)]
                        var value = d.weights.0 * sum(d.corners.0) + d.weights.1 * sum(d.corners.1)
                        if d.rectangles > 2 { value += d.weights.2 * sum(d.corners.2) }
                        place = value * norm < d.threshold ? d.below : d.above
                    }
                    votes += cascade.leaves[Int(-1 - place)]
                }
                if votes < stage.threshold - Self.rounding { return false }
            }
            return true
        }
    }
}
