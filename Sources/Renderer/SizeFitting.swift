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
    private var tries = 0

    private static let mostTries = 6

    init(limit: Int64, encoding: Encoding, plan: FilmPlan) {
        self.limit = limit
        self.encoding = encoding
        if case .quality(let factor) = encoding.settings(canvas: plan.canvas, frameRate: plan.frameRate).rate {
            recipeFactor = factor
        } else {
            recipeFactor = 23
        }
        // Index and headers: some dozens of bytes for every frame and block of sound.
        overhead = Int64(plan.frameCount * 24) + Int64(plan.sound.duration.seconds * 47 * 8) + 4096
    }

    /// The next encoding to try after one that gave `bytes` of packets; nil when those fit. Throws when none will.
    mutating func next(after bytes: Int64) throws -> Encoding? {
        let needed = bytes + overhead
        if needed <= limit { return nil }
        tries += 1
        let mostFactor = encoding.codec == .av1 ? 60.0 : 44.0
        let now: Double = encoding.crf ?? recipeFactor
        guard tries <= Self.mostTries, now < mostFactor else {
            throw RenderError.tooLarge(bytes: needed, limit: limit)
        }
        let halving = encoding.codec == .av1 ? 10.0 : 6.0
        let ratio = Double(needed) / Double(max(1, limit))
        let step = max(0.5, halving * log2Approximation(ratio * 1.03))
        encoding.crf = min(mostFactor, ((now + step) * 4).rounded(.up) / 4)
        if ratio > 4, encoding.soundBitRate > 96_000 { encoding.soundBitRate = 96_000 }
        return encoding
    }

    /// log₂ by its integer part and a quadratic for the rest (error < 0.01); enough to choose a quality by.
    private func log2Approximation(_ x: Double) -> Double {
        let exponent = Double(x.exponent)
        let m = x.significand - 1
        return exponent + m * (1.3465 - 0.3465 * m)
    }
}
