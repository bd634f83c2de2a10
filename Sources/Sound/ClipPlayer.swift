// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation
internal import RenderPlanning

/// Plays one clip of the plan into the mix: loop, fades, edges.
struct ClipPlayer {
    let source: String
    let role: SoundClip.Role
    /// Film frames in which it sounds.
    let range: Range<Int>
    let take: Take
    let facts: TakeFacts
    let loop: Loop?
    let fades: FadeShape
    let ducks: Bool
    /// As the person set it.
    let volume: Float
    /// What brings this sound to the level of its kind, linear.
    var level: Float = 1

    /// Adds this clip, at `gain` and under `ducking`, to `bus`, whose first frame is film frame `start`; `work` is overwritten.
    func add(to bus: StereoBlock, at start: Int, gain: Float, ducking: DuckingCurve?, work: StereoBlock) throws {
        let from = max(start, range.lowerBound)
        let to = min(start + bus.count, range.upperBound)
        guard from < to, gain != 0 else { return }
        work.count = to - from
        if let loop {
            try loop.read(take, at: from - range.lowerBound, into: work)
        } else {
            try take.read(at: from - range.lowerBound, into: work)
        }
        fades.apply(to: work, at: from - range.lowerBound)
        ducking?.apply(to: work, at: from)
        let (left, right) = (bus.left + (from - start), bus.right + (from - start))
        for i in 0..<work.count {
            left[i] += work.left[i] * gain
            right[i] += work.right[i] * gain
        }
    }

    /// Where somebody speaks, in film frames.
    var filmSpeech: [Range<Int>] {
        facts.speech.compactMap {
            let part = ($0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound).clamped(to: range)
            return part.isEmpty ? nil : part
        }
    }
}

/// How a take repeats.
///
/// ```
/// first round   0 ─────────────── period ╲ seam
/// second round                         ╱ 0 ─────────────── period …
/// ```
/// What lies behind the period fades out under the first frames of the next round. Where the source ends there, the period is
/// a seam shorter, unless end and beginning fit each other as they are.
struct Loop {
    let period: Int
    let seam: Int
    static let longestSeam = FilmSound.frames(0.03)

    /// `bar`: frames to the loop's end, where `take` may go on for a seam more; nil: loop the whole take.
    init?(_ take: Take, bar: Int?) throws {
        guard take.frames > 0 else { return nil }
        let end = min(bar ?? take.frames, take.frames)
        guard end > 0 else { return nil }
        let longest = min(Self.longestSeam, end / 4)
        let behind = min(longest, take.frames - end)
        if behind == longest {
            (period, seam) = (end, behind)
        } else if try Self.fits(take, end: end) {
            (period, seam) = (end, 0)
        } else {
            (period, seam) = (end - longest, longest)
        }
    }

    /// Whether the last frame before `end` goes over into the first without a step that is larger than those around.
    private static func fits(_ take: Take, end: Int) throws -> Bool {
        let (tail, head) = (StereoBlock(capacity: 64), StereoBlock(capacity: 64))
        try take.read(at: end - 64, into: tail)
        try take.read(at: 0, into: head)
        for (a, b) in [(tail.left, head.left), (tail.right, head.right)] {
            var usual: Float = 0.0005
            for i in 1..<64 { usual = max(usual, max(abs(a[i] - a[i - 1]), abs(b[i] - b[i - 1]))) }
            if abs(b[0] - a[63]) > 1.25 * usual { return false }
        }
        return true
    }

    /// Fills `block` from frame `position` of the endless sound.
    func read(_ take: Take, at position: Int, into block: StereoBlock) throws {
        let wanted = block.count
        let part = StereoBlock(capacity: wanted)
        var done = 0
        while done < wanted {
            let round = (position + done) / period
            let place = (position + done) % period
            part.count = min(wanted - done, period - place)
            try take.read(at: place, into: part)
            if round > 0, place < seam { try crossOver(take, at: place, into: part) }
            (block.left + done).update(from: part.left, count: part.count)
            (block.right + done).update(from: part.right, count: part.count)
            done += part.count
        }
        block.count = wanted
    }

    private func crossOver(_ take: Take, at place: Int, into part: StereoBlock) throws {
        let before = StereoBlock(capacity: min(part.count, seam - place))
        try take.read(at: period + place, into: before)
        for i in 0..<before.count {
            let x = (Double(place + i) + 0.5) / Double(seam)
            let rise = Float(FadeCurve.equalPower.amplitude(x))
            let fall = Float(FadeCurve.equalPower.amplitude(1 - x))
            part.left[i] = part.left[i] * rise + before.left[i] * fall
            part.right[i] = part.right[i] * rise + before.right[i] * fall
        }
    }
}
