// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Integrated loudness of 48 kHz stereo by the same rules as `LoudnessMeter` (ITU-R BS.1770-4), left and right in one go.
///
/// For the many measures on the way to a mix; what is reported of the result is libebur128's word. They agree within 0.02 LU (tested).
struct QuickLoudness {
    /// 100 ms: four of them make one gating block, and the next begins one later.
    private static let step = FilmSound.rate / 10
    // Coefficients of BS.1770-4, annex 1, tables 1 and 2: a shelf for the head, then a high-pass.
    private static let shelf = (
        b0: 1.53512485958697, b1: -2.69169618940638, b2: 1.19839281085285, a1: -1.69065929318241, a2: 0.73248077421585
    )
    private static let highPass = (a1: -1.99004745483398, a2: 0.99007225036621)

    private var s1 = SIMD2<Double>()
    private var s2 = SIMD2<Double>()
    private var h1 = SIMD2<Double>()
    private var h2 = SIMD2<Double>()
    private var sum = SIMD2<Double>()
    private var filled = 0
    /// Sum of squares of both channels in each whole step.
    private var steps: [Double] = []

    mutating func add(_ block: StereoBlock) {
        var start = 0
        while start < block.count {
            let end = min(block.count, start + Self.step - filled)
            run(block, start, end)
            filled += end - start
            start = end
            if filled == Self.step {
                steps.append(sum.x + sum.y)
                sum = .zero
                filled = 0
            }
        }
    }

    private mutating func run(_ block: StereoBlock, _ start: Int, _ end: Int) {
        let (s, h) = (Self.shelf, Self.highPass)
        var (s1, s2, h1, h2, sum) = (self.s1, self.s2, self.h1, self.h2, self.sum)
        for i in start..<end {
            let x = SIMD2(Double(block.left[i]), Double(block.right[i]))
            let y = x * s.b0 + s1
            s1 = x * s.b1 - y * s.a1 + s2
            s2 = x * s.b2 - y * s.a2
            let z = y + h1
            h1 = h2 - (y + y) - z * h.a1
            h2 = y - z * h.a2
            sum += z * z
        }
        (self.s1, self.s2, self.h1, self.h2, self.sum) = (s1, s2, h1, h2, sum)
    }

    /// In LUFS; minus infinity for silence. Below 400 ms the ungated loudness of what there is.
    var integrated: Double {
        guard steps.count >= 4 else {
            let frames = steps.count * Self.step + filled
            let power = steps.reduce(sum.x + sum.y, +)
            return frames == 0 ? -.infinity : Self.loudness(power / Double(frames))
        }
        let frames = Double(4 * Self.step)
        let blocks: [Double] = (4...steps.count).map { end in steps[(end - 4)..<end].reduce(0, +) / frames }
        let audible = blocks.filter { Self.loudness($0) >= -70 }
        guard !audible.isEmpty else { return -.infinity }
        let gate = Self.loudness(audible.reduce(0, +) / Double(audible.count)) - 10
        let loud = audible.filter { Self.loudness($0) >= gate }
        return Self.loudness(loud.reduce(0, +) / Double(loud.count))
    }

    private static func loudness(_ power: Double) -> Double { power > 0 ? -0.691 + 10 * log10(power) : -.infinity }
}
