// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// How music goes down under speech, over the frames of a film.
///
/// ```
/// speech            ████ ██████      ███
/// gain    ────────╲______________╱──╲_____╱────    −12 dB, bends in decibels
///           150 ms↑      250 ms ↑ 500 ms
/// ```
/// The music is down when the first word begins and does not come up between words.
struct DuckingCurve: Sendable {
    static let depth = -12.0
    static let attack = FilmSound.frames(0.15)
    static let hold = FilmSound.frames(0.25)
    static let release = FilmSound.frames(0.5)
    /// Pauses up to this long are not worth coming up for.
    static let pause = attack + hold + release + FilmSound.frames(0.3)

    /// Where people speak: ascending, apart by more than `pause`.
    let speech: [Range<Int>]
    private static let gains: [Float] = (0...256).map { step in
        let bend = FadeCurve.smooth.amplitude(Double(step) / 256)
        return Float(Decibels.gain(depth * bend))
    }

    /// `speech`: in any order, overlapping or not.
    init(speech: [Range<Int>]) {
        var joined: [Range<Int>] = []
        for range in speech.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound - last.upperBound <= Self.pause {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        self.speech = joined
    }

    var isFlat: Bool { speech.isEmpty }

    /// Linear gain at film frame `frame`.
    func gain(at frame: Int) -> Float {
        let index = firstRange(endingAfter: frame - Self.hold - Self.release)
        return index < speech.count ? gain(at: frame, near: speech[index]) : 1
    }

    private func gain(at frame: Int, near range: Range<Int>) -> Float {
        let down: Double
        if frame < range.lowerBound {
            down = 1 - Double(range.lowerBound - frame) / Double(Self.attack)
        } else {
            down = 1 - Double(frame - range.upperBound - Self.hold) / Double(Self.release)
        }
        if down <= 0 { return 1 }
        let place = min(down, 1) * 256
        let step = min(Int(place), 255)
        let part = Float(place - Double(step))
        return Self.gains[step] * (1 - part) + Self.gains[step + 1] * part
    }

    /// The first range whose end lies beyond `frame`.
    private func firstRange(endingAfter frame: Int) -> Int {
        var (low, high) = (0, speech.count)
        while low < high {
            let middle = (low + high) / 2
            if speech[middle].upperBound > frame { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Multiplies `block`, whose first frame is film frame `start`.
    func apply(to block: StereoBlock, at start: Int) {
        var index = firstRange(endingAfter: start - Self.hold - Self.release)
        while index < speech.count {
            let range = speech[index]
            let from = max(0, range.lowerBound - Self.attack - start)
            if from >= block.count { return }
            let to = min(block.count, range.upperBound + Self.hold + Self.release - start)
            for i in from..<max(from, to) {
                let gain = gain(at: start + i, near: range)
                block.left[i] *= gain
                block.right[i] *= gain
            }
            index += 1
        }
    }
}
