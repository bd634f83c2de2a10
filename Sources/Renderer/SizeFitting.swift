// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import MediaIO
import RenderPlanning

/// Finds the quality at which a film fits into a file of a given size.
///
/// Constant quality spreads the bits best, so it is kept, and its factor raised by what the last try was too large:
/// six steps of x264's or x265's scale, or about ten of SVT-AV1's, halve a film.
struct SizeFitting {
    private let limit: Int64
    private var encoding: Encoding
    private let recipeFactor: Double
    private let overhead: Int64
    private let seconds: Double
    private let hasSound: Bool
    private var tries = 0

    private static let mostTries = 6
    private static let leastSoundBitRate = 48_000

    init(limit: Int64, encoding: Encoding, plan: FilmPlan) {
        self.limit = limit
        self.encoding = encoding
        if case .quality(let factor) = encoding.settings(canvas: plan.canvas, frameRate: plan.frameRate).rate {
            recipeFactor = factor
        } else {
            recipeFactor = 23
        }
        seconds = plan.sound.duration.seconds
        hasSound = !plan.sound.isSilent
        // Index and headers: some dozens of bytes for every frame and block of sound.
        overhead = Int64(plan.frameCount * 24) + Int64(hasSound ? seconds * 47 * 8 : 0) + 4096
    }

    /// The next encoding to try after one that gave `bytes` of packets; nil when those fit. Throws when none will.
    mutating func next(after bytes: Int64, from last: Encoding) throws -> Encoding? {
        encoding = last
        let needed = bytes + overhead
        if needed <= limit { return nil }
        tries += 1
        let mostFactor = encoding.codec == .av1 ? 60.0 : 44.0
        let now: Double = encoding.crf ?? recipeFactor
        guard tries <= Self.mostTries, now < mostFactor else {
            throw RenderError.tooLarge(bytes: needed, limit: limit)
        }
        let picture = needed - soundBytes
        // Sound takes a quarter of the file at most, as long as it stays fit to be heard.
        let soundShare = Int(Double(limit) * 2 / max(0.1, seconds))
        encoding.soundBitRate = max(Self.leastSoundBitRate, min(encoding.soundBitRate, soundShare / 1000 * 1000))
        let room = max(1, limit - soundBytes)
        let halving = encoding.codec == .av1 ? 10.0 : 6.0
        let step = max(0.5, halving * log2Approximation(max(1, Double(picture) / Double(room)) * 1.03))
        encoding.crf = min(mostFactor, ((now + step) * 4).rounded(.up) / 4)
        return encoding
    }

    private var soundBytes: Int64 { hasSound ? Int64(Double(encoding.soundBitRate) / 8 * seconds) : 0 }

    /// log₂ by its integer part and a quadratic for the rest (error < 0.01); enough to choose a quality by.
    private func log2Approximation(_ x: Double) -> Double {
        let exponent = Double(x.exponent)
        let m = x.significand - 1
        return exponent + m * (1.3465 - 0.3465 * m)
    }
}
