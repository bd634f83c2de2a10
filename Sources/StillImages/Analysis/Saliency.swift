// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation

/// Where the eye goes in a photo, on a grid of at most 64 cells a side.
///
/// A cell stands out when it is sharp (what a photographer focused on), when its colour is unlike those along the photo's
/// border (what is behind the subject runs out of the picture; Wei and others, "Geodesic Saliency Using Background
/// Priors", 2012) and unlike the mean (Achanta and others, "Frequency-tuned Salient Region Detection", 2009), and
/// when it is not far out. On portraits and wallpapers this found the subject where libvips' attention went for a bright spot.
struct Saliency {
    private static let side = 64

    private let width: Int
    private let height: Int
    /// 0…1 and a little above.
    private var cells: [Float]

    init(_ pixels: Pixels, _ luma: LumaPlane) {
        let long = Double(max(pixels.width, pixels.height))
        let side = min(Double(Self.side), long / 2)
        width = max(1, Int((Double(pixels.width) * side / long).rounded()))
        height = max(1, Int((Double(pixels.height) * side / long).rounded()))
        let colours = Self.colours(pixels, width, height)
        let detail = Self.normalised(Self.detail(luma, width, height), floor: 1e-3)
        let distinct = Self.normalised(Self.distinctness(colours, width, height), floor: 5)
        // People stand upright: in an upright photo what matters is rather in its upper half.
        let middle: Float = pixels.height > pixels.width ? 0.42 : 0.47
        cells = [Float](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width {
                let i = y * width + x
                let (dx, dy) = (
                    (Float(x) + 0.5) / Float(width) - 0.5, (Float(y) + 0.5) / Float(height) - middle
                )
                let nearness = expf(-(dx * dx + dy * dy) / (2 * 0.3 * 0.3))
                cells[i] =
                    (0.45 * detail[i] + 0.55 * distinct[i] + 0.6 * detail[i] * distinct[i]) * (0.25 + 0.75 * nearness)
            }
        }
    }

    /// The middle of what stands out most.
    var focus: UnitPoint {
        let long = Float(max(width, height))
        let soft = Self.blurred(cells, width, height, radius: 0.07 * long)
        guard let peak = soft.indices.max(by: { soft[$0] < soft[$1] }), soft[peak] > 0 else { return .center }
        let (px, py) = (Float(peak % width), Float(peak / width))
        // Not the peak itself: a subject is wider than its most striking spot.
        let reach = 0.16 * long
        var (sum, sumX, sumY): (Float, Float, Float) = (0, 0, 0)
        for y in 0..<height {
            for x in 0..<width {
                let (dx, dy) = (Float(x) - px, Float(y) - py)
                let value = soft[y * width + x]
                let weight = expf(-(dx * dx + dy * dy) / (2 * reach * reach)) * value * value
                sum += weight
                sumX += weight * (Float(x) + 0.5)
                sumY += weight * (Float(y) + 0.5)
            }
        }
        return UnitPoint(x: Double(sumX / sum) / Double(width), y: Double(sumY / sum) / Double(height))
    }

    // MARK: What stands out

    /// Mean CIELAB of each cell.
    private static func colours(_ pixels: Pixels, _ width: Int, _ height: Int) -> [SIMD3<Float>] {
        (0..<width * height).map { cell in
            let (column, row) = (cell % width, cell / width)
            let left = column * pixels.width / width, right = (column + 1) * pixels.width / width
            let top = row * pixels.height / height, bottom = (row + 1) * pixels.height / height
            var sum = SIMD3<UInt32>()
            for y in top..<bottom {
                let line = pixels.row(y)
                for x in left..<right {
                    let p = line + x * pixels.channels
                    sum &+= SIMD3(UInt32(p[0]), UInt32(p[1]), UInt32(p[2]))
                }
            }
            return lab(SIMD3<Float>(sum) / Float(255 * max(1, (right - left) * (bottom - top))))
        }
    }

    /// CIELAB (D65) of sRGB 0…1.
    private static func lab(_ c: SIMD3<Float>) -> SIMD3<Float> {
        func linear(_ v: Float) -> Float { v <= 0.04045 ? v / 12.92 : powf((v + 0.055) / 1.055, 2.4) }
        let (r, g, b) = (linear(c.x), linear(c.y), linear(c.z))
        func f(_ t: Float) -> Float { t > 0.008856 ? cbrtf(t) : 7.787 * t + 16.0 / 116 }
        let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
        let y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
        let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
        return SIMD3(116 * y - 16, 500 * (x - y), 200 * (y - z))
    }

    /// Root of the mean strength of edges in each cell.
    private static func detail(_ luma: LumaPlane, _ width: Int, _ height: Int) -> [Float] {
        var sums = [UInt32](repeating: 0, count: width * height)
        var counts = sums
        let columns = (0..<luma.width).map { min($0 * width / luma.width, width - 1) }
        luma.samples.withUnsafeBufferPointer { samples in
            for y in 1..<max(1, luma.height - 1) {
                let row = min(y * height / luma.height, height - 1) * width
                for x in 1..<max(1, luma.width - 1) {
                    let i = y * luma.width + x
                    let edge =
                        4 * Int32(samples[i]) - Int32(samples[i - 1]) - Int32(samples[i + 1])
                        - Int32(samples[i - luma.width]) - Int32(samples[i + luma.width])
                    sums[row + columns[x]] += edge.magnitude
                    counts[row + columns[x]] += 1
                }
            }
        }
        return zip(sums, counts).map { $1 == 0 ? 0 : (Float($0) / Float($1)).squareRoot() }
    }

    /// How far each cell's colour is from the nearest of the border's three main colours, and from the mean.
    private static func distinctness(_ colours: [SIMD3<Float>], _ width: Int, _ height: Int) -> [Float] {
        let margin = max(1, width / 14)
        let border = colours.indices.filter { i in
            let (x, y) = (i % width, i / width)
            return x < margin || y < margin || x >= width - margin || y >= height - margin
        }.map { colours[$0] }
        let main = mainColours(border)
        let mean = colours.reduce(SIMD3<Float>(), +) / Float(colours.count)
        return colours.map { colour in
            (main.map { distance(colour, $0) }.min() ?? 0) + 0.5 * distance(colour, mean)
        }
    }

    /// Three centres of a set of colours: k-means from the mean and what is farthest from it.
    private static func mainColours(_ colours: [SIMD3<Float>]) -> [SIMD3<Float>] {
        guard !colours.isEmpty else { return [] }
        var centres = [colours.reduce(SIMD3<Float>(), +) / Float(colours.count)]
        while centres.count < 3 {
            func nearest(_ c: SIMD3<Float>) -> Float { centres.map { distance(c, $0) }.min() ?? 0 }
            centres.append(colours.max { nearest($0) < nearest($1) } ?? centres[0])
        }
        for _ in 0..<10 {
            var sums = [SIMD3<Float>](repeating: .zero, count: centres.count)
            var counts = [Float](repeating: 0, count: centres.count)
            for colour in colours {
                let i = centres.indices.min { distance(colour, centres[$0]) < distance(colour, centres[$1]) } ?? 0
                sums[i] += colour
                counts[i] += 1
            }
            for i in centres.indices where counts[i] > 0 { centres[i] = sums[i] / counts[i] }
        }
        return centres
    }

    private static func distance(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
        let d = a - b
        return (d * d).sum().squareRoot()
    }

    // MARK: Grids

    /// Divided by the value that 3 % exceed, at most 1; `floor` keeps noise from counting as much.
    private static func normalised(_ values: [Float], floor: Float) -> [Float] {
        let high = values.sorted()[min(values.count - 1, values.count * 97 / 100)] + floor
        return values.map { min(1, $0 / high) }
    }

    /// A Gaussian blur, edges repeated.
    private static func blurred(_ values: [Float], _ width: Int, _ height: Int, radius: Float) -> [Float] {
        let reach = max(1, Int((3 * radius).rounded(.up)))
        let weights = (-reach...reach).map { expf(-Float($0 * $0) / (2 * radius * radius)) }
        let total = weights.reduce(0, +)
        func pass(_ from: [Float], _ count: Int, _ step: Int, _ lines: Int, _ lineStep: Int) -> [Float] {
            var out = from
            for line in 0..<lines {
                for i in 0..<count {
                    var sum: Float = 0
                    for k in -reach...reach {
                        sum += weights[k + reach] * from[line * lineStep + max(0, min(count - 1, i + k)) * step]
                    }
                    out[line * lineStep + i * step] = sum / total
                }
            }
            return out
        }
        return pass(pass(values, width, 1, height, width), height, width, width, 1)
    }
}
