// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Where each output sample of one axis takes its samples from, and with what weights (Lanczos, three lobes, stretched to the
/// shrink so that nothing finer than the output can show gets through).
///
/// Weights are Q14 and add up to 1 << 14 for each output sample; samples past an edge repeat the edge.
struct ReductionTable {
    static let one = 1 << 14
    private static let lobes = 3.0

    /// Weights a sample: even.
    let taps: Int
    /// First source sample of each output sample; `starts[i] + taps` stays within the source unless the source is shorter than `taps`.
    let starts: [Int32]
    /// `taps` a sample, in order.
    let weights: [Int16]

    var count: Int { starts.count }

    /// - Parameters:
    ///   - source: samples there are, at least 1.
    ///   - output: samples wanted, 1 ... source.
    init(source: Int, output: Int) {
        let scale = Double(source) / Double(output)
        guard source > output else {
            taps = 2
            starts = (0..<output).map { Int32(max(0, min($0, source - 2))) }
            var weights = [Int16](repeating: 0, count: output * 2)
            for i in 0..<output { weights[2 * i + (i - Int(starts[i]))] = Int16(Self.one) }
            self.weights = weights
            return
        }
        let reach = Self.lobes * scale
        let taps = (Int((2 * reach).rounded(.up)) + 2) / 2 * 2
        var starts = [Int32]()
        var weights = [Int16]()
        starts.reserveCapacity(output)
        weights.reserveCapacity(output * taps)
        var exact = [Double](repeating: 0, count: taps)
        for i in 0..<output {
            let centre = (Double(i) + 0.5) * scale - 0.5
            let first = Int((centre - reach).rounded(.up))
            let start = max(0, min(first, source - taps))
            for k in 0..<taps { exact[k] = 0 }
            var sum = 0.0
            for k in 0..<taps {
                let place = first + k
                let weight = Self.lanczos((Double(place) - centre) / scale)
                exact[max(0, min(place, source - 1)) - start] += weight
                sum += weight
            }
            // Rounded so that flat areas stay exactly as they are: what rounding loses goes to the heaviest.
            var whole = exact.map { Int(($0 / sum * Double(Self.one)).rounded()) }
            let heaviest = whole.indices.max { whole[$0] < whole[$1] } ?? 0
            whole[heaviest] += Self.one - whole.reduce(0, +)
            starts.append(Int32(start))
            weights.append(contentsOf: whole.map { Int16(clamping: $0) })
        }
        self.taps = taps
        self.starts = starts
        self.weights = weights
    }

    private static func lanczos(_ x: Double) -> Double {
        guard x != 0 else { return 1 }
        guard abs(x) < lobes else { return 0 }
        let t = Double.pi * x
        return lobes * sin(t) * sin(t / lobes) / (t * t)
    }
}
