// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Finds where people speak in a sound that goes by in blocks.
///
/// Looks at 150 Hz … 2.5 kHz in steps of 20 ms: how loud, and how periodic between 80 and 400 Hz (a voice's pitch).
/// A *voice* recording speaks wherever it is not silent. In *clip sound* speech must also look like speech: voiced sounds
/// and pauses in turn, standing out of the noise; wind, surf and engines do not.
final class SpeechActivity {
    /// What the sound is believed to be.
    enum Kind { case voice, clip }

    /// Frames of one step.
    static let step = FilmSound.frames(0.02)
    private static let decimation = 8
    private static let rate = FilmSound.rate / decimation
    private static let hop = step / decimation
    private static let window = 2 * hop

    private let kind: Kind
    /// Behind means of four samples, at 12 kHz: what those let through of higher bands is no matter here.
    private var highPass = Biquad.highPass(150, rate: 12_000)
    private var lowPass = (Biquad.lowPass(2_500, q: 0.541, rate: 12_000), Biquad.lowPass(2_500, q: 1.307, rate: 12_000))
    private var sum: Float = 0
    private var phase = 0
    /// Samples at 6 kHz not yet looked at, with one window of overlap.
    private var pending: [Float] = []
    /// In dBFS, and 0…1.
    private var levels: [Float] = []
    private var voicing: [Float] = []

    init(kind: Kind) { self.kind = kind }

    func add(_ block: StereoBlock) {
        for i in 0..<block.count {
            sum += block.left[i] + block.right[i]
            phase += 1
            if phase & 3 != 0 { continue }
            let y = lowPass.1.next(lowPass.0.next(highPass.next(Double(sum) / 8)))
            sum = 0
            if phase == Self.decimation {
                phase = 0
                pending.append(Float(y))
            }
        }
        var used = 0
        while pending.count - used >= Self.window {
            look(at: used)
            used += Self.hop
        }
        pending.removeFirst(used)
    }

    private func look(at start: Int) {
        pending.withUnsafeBufferPointer { samples in
            guard let base = samples.baseAddress else { return }
            let x = base + start
            var power: Float = 0
            for i in 0..<Self.hop { power += x[i] * x[i] }
            let level = 10 * log10(power / Float(Self.hop) + 1e-12)
            levels.append(level)
            voicing.append(kind == .clip && level > -55 ? Self.periodicity(x) : 0)
        }
    }

    /// The highest normalised autocorrelation at a voice's pitch periods, 0…1.
    private static func periodicity(_ x: UnsafePointer<Float>) -> Float {
        var best: Float = 0
        for lag in rate / 400...rate / 80 {
            let count = window - lag
            var (cross, a, b): (Float, Float, Float) = (0, 1e-9, 1e-9)
            for i in 0..<count {
                cross += x[i] * x[i + lag]
                a += x[i] * x[i]
                b += x[i + lag] * x[i + lag]
            }
            best = max(best, cross / (a * b).squareRoot())
        }
        return best
    }

    /// Where somebody speaks, in frames of the sound, pauses of up to half a second included.
    func ranges() -> [Range<Int>] {
        let speaks = kind == .voice ? voiceSteps() : clipSteps()
        var result: [Range<Int>] = []
        for (index, active) in speaks.enumerated() where active {
            let range = index * Self.step..<(index + 1) * Self.step
            if let last = result.last, range.lowerBound - last.upperBound <= FilmSound.frames(0.5) {
                result[result.count - 1] = last.lowerBound..<range.upperBound
            } else {
                result.append(range)
            }
        }
        // A short stretch of a song or a bark may look like a word; people say more than one.
        let shortest = FilmSound.frames(kind == .voice ? 0.1 : 0.45)
        return result.filter { $0.count >= shortest }
    }

    private func voiceSteps() -> [Bool] {
        let loud = Self.percentile(levels, 0.95)
        let threshold = max(-60, loud - 30)
        return levels.map { $0 > threshold }
    }

    private func clipSteps() -> [Bool] {
        let floor = max(-60, Self.percentile(levels, 0.1))
        let threshold = max(-50, floor + 9)
        let reach = 50
        var speaks = [Bool](repeating: false, count: levels.count)
        // Windows of two seconds, one beginning each 0.2 s.
        for start in stride(from: 0, to: max(1, levels.count - reach), by: 10) {
            let window = start..<min(levels.count, start + 2 * reach)
            let active = window.filter { levels[$0] > threshold }
            let voiced = active.filter { voicing[$0] > 0.6 }
            guard voiced.count >= 12, Double(voiced.count) >= 0.3 * Double(active.count) else { continue }
            let part = Array(levels[window])
            guard Self.percentile(part, 0.9) - Self.percentile(part, 0.15) >= 8 else { continue }
            for index in active { speaks[index] = true }
        }
        return speaks
    }

    private static func percentile(_ values: [Float], _ share: Double) -> Float {
        guard !values.isEmpty else { return -120 }
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}

/// A second-order filter (Audio EQ Cookbook, R. Bristow-Johnson), direct form II transposed.
struct Biquad: Sendable {
    private let b0, b1, b2, a1, a2: Double
    private var (z1, z2) = (0.0, 0.0)

    private init(b: (Double, Double, Double), a: (Double, Double, Double)) {
        (b0, b1, b2) = (b.0 / a.0, b.1 / a.0, b.2 / a.0)
        (a1, a2) = (a.1 / a.0, a.2 / a.0)
    }

    static func lowPass(_ frequency: Double, q: Double = 0.7071, rate: Double) -> Biquad {
        let w = 2 * Double.pi * frequency / rate
        let alpha = sin(w) / (2 * q)
        return Biquad(
            b: ((1 - cos(w)) / 2, 1 - cos(w), (1 - cos(w)) / 2), a: (1 + alpha, -2 * cos(w), 1 - alpha))
    }

    static func highPass(_ frequency: Double, q: Double = 0.7071, rate: Double) -> Biquad {
        let w = 2 * Double.pi * frequency / rate
        let alpha = sin(w) / (2 * q)
        return Biquad(
            b: ((1 + cos(w)) / 2, -1 - cos(w), (1 + cos(w)) / 2), a: (1 + alpha, -2 * cos(w), 1 - alpha))
    }

    mutating func next(_ x: Double) -> Double {
        let y = b0 * x + z1
        z1 = b1 * x - a1 * y + z2
        z2 = b2 * x - a2 * y
        return y
    }
}
