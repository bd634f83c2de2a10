// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// A sound being read from its start to its end, 48 kHz stereo.
protocol SampleSource: AnyObject {
    /// Fills `block` from the front and sets its `count`; false, with nothing in it, at the end.
    func next(into block: StereoBlock) throws -> Bool
}

/// What was learned of a take while it was read.
struct TakeFacts {
    /// Integrated, LUFS.
    var loudness: Double
    /// Where somebody speaks, in frames of the take.
    var speech: [Range<Int>]
    /// The source went on behind the last frame that was wanted.
    var isCut: Bool
    /// Samples that were no numbers or absurd, and were mended.
    var mended: Int
    /// Removed from the samples, linear.
    var offset: Float
}

/// Reads what a clip plays into the scratch file: cleaned, turned round, stretched and measured.
struct Intake {
    let file: ScratchFile
    /// Listen for speech as such sound carries it; nil: do not.
    let speech: SpeechActivity.Kind?
    /// Beyond this a sample is no sound (+18 dB over full scale).
    private static let absurd: Float = 8
    /// A mean that says the recorder's zero is not ours: −54 dB of full scale, over at least half a second.
    private static let significantOffset = 0.002

    /// Reads at most `frames` frames.
    func take(
        from source: any SampleSource, frames: Int, speed: Double = 1, reverse: Bool = false
    ) throws -> (Take, TakeFacts) {
        let isStretched = abs(speed - 1) > 1e-6
        let listener = Listener(isStretched ? nil : Ears(speech: speech))
        let start = file.frames
        let block = StereoBlock()
        var (sumLeft, sumRight) = (0.0, 0.0)
        var mended = 0
        var isCut = false
        while try source.next(into: block) {
            let room = start + frames - file.frames
            if block.count > room { isCut = true }
            block.count = min(block.count, room)
            if block.count == 0 { break }
            mended += Self.mend(block)
            for i in 0..<block.count {
                sumLeft += Double(block.left[i])
                sumRight += Double(block.right[i])
            }
            try file.append(block)
            listener.hear(block)
            if isCut { break }
        }
        let count = file.frames - start
        var offset: (left: Float, right: Float) = (0, 0)
        if count >= FilmSound.rate / 2 {
            let (left, right) = (sumLeft / Double(count), sumRight / Double(count))
            if abs(left) > Self.significantOffset { offset.left = Float(left) }
            if abs(right) > Self.significantOffset { offset.right = Float(right) }
        }
        var take = Take(file: file, start: start, frames: count, offset: offset, isReversed: reverse)
        var ears = listener.ears
        if isStretched {
            let stretched = Ears(speech: speech)
            take = try TimeStretcher(speed: speed).stretch(take, into: file, hearing: stretched.hear)
            ears = stretched
        }
        var spoken = ears?.speech?.ranges() ?? []
        if reverse, !isStretched { spoken = spoken.reversed().map { count - $0.upperBound..<count - $0.lowerBound } }
        let facts = TakeFacts(
            loudness: ears?.meter.integrated ?? -.infinity, speech: spoken, isCut: isCut, mended: mended,
            offset: max(abs(offset.left), abs(offset.right)))
        return (take, facts)
    }

    /// Silences what is no number, holds what is absurd; how many samples that were.
    private static func mend(_ block: StereoBlock) -> Int {
        // Not finite or absurd makes the comparison false somewhere.
        var isSound = true
        for i in 0..<block.count {
            isSound = isSound && abs(block.left[i]) <= absurd && abs(block.right[i]) <= absurd
        }
        if isSound { return 0 }
        var count = 0
        for samples in [block.left, block.right] {
            for i in 0..<block.count where !(abs(samples[i]) <= absurd) {
                samples[i] = samples[i].isFinite ? (samples[i] < 0 ? -absurd : absurd) : 0
                count += 1
            }
        }
        return count
    }
}

/// What listens to a take while it goes by.
private final class Ears {
    private(set) var meter = QuickLoudness()
    let speech: SpeechActivity?

    init(speech kind: SpeechActivity.Kind?) {
        speech = kind.map { SpeechActivity(kind: $0) }
    }

    func hear(_ block: StereoBlock) {
        meter.add(block)
        speech?.add(block)
    }
}

private struct Listener {
    let ears: Ears?
    init(_ ears: Ears?) { self.ears = ears }
    func hear(_ block: StereoBlock) { ears?.hear(block) }
}
