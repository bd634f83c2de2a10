// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import MediaIO

/// Keeps a film's busiest second under a platform's cap.
///
/// Chunks are encoded apart, each with a decoder's buffer of its own that is full when the chunk begins. Within a second
/// that `n` chunks share, the film can therefore need what flows in during it and `n` buffers: rate and buffer are chosen
/// below the cap so that this seldom reaches it, the finished packets are measured, and where they pass it all the same
/// the film is rendered once more with less.
struct PeakFitting {
    static let firstShare = 0.8
    private static let mostTries = 3
    private let most: Int
    private var tries = 0

    init(most: Int) { self.most = most }

    /// A buffer a quarter of the second's share: room for a keyframe, little to spend at once.
    static func peak(most: Int, share: Double) -> VideoEncoderSettings.Peak {
        let rate = Double(most) * share
        return VideoEncoderSettings.Peak(kilobits: max(1, Int(rate)), bufferKilobits: max(1, Int(rate / 4)))
    }

    /// The next encoding to try after one whose busiest second has `peak` kilobits; nil when that will do, or nothing
    /// more helps.
    mutating func next(after peak: Int, from encoding: Encoding) -> Encoding? {
        guard peak > most, tries < Self.mostTries else { return nil }
        tries += 1
        var encoding = encoding
        let excess = Double(peak) / Double(most)
        if encoding.codec == .av1 {
            // No buffer to speak of: a coarser picture. Ten steps of its scale halve a film.
            let recipe = EncodingRecipe.named(.av1, encoding.quality)
            encoding.crf = min(60, (encoding.crf ?? recipe.factor) + (10 * (excess - 1)).rounded(.up) + 2)
        } else {
            encoding.peakShare /= max(1.05, excess * 1.03)
        }
        return encoding
    }

    /// Kilobits of the busiest second of frames with these sizes in bytes, in the order of decoding.
    static func busiestSecond(_ sizes: [Int], rate: FrameRate) -> Int {
        let window = max(1, Int(rate.framesPerSecond.rounded(.up)))
        var sum = 0
        var most = 0
        for (index, size) in sizes.enumerated() {
            sum += size
            if index >= window { sum -= sizes[index - window] }
            most = max(most, sum)
        }
        return (most * 8 + 999) / 1000
    }
}
