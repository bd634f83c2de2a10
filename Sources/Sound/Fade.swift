// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// How loudness runs over a fade.
enum FadeCurve: Sendable {
    /// sin²: starts and ends without a corner; amplitudes of a fade in and the matching fade out add up to 1.
    case smooth
    /// sin: powers of a fade in and the matching fade out add up to 1, so that two unlike sounds cross without a dip.
    case equalPower

    /// Amplitude at `x` (0…1) of a fade in; a fade out is `amplitude(1 − x)`.
    func amplitude(_ x: Double) -> Double {
        let s = sin(min(max(x, 0), 1) * .pi / 2)
        return self == .smooth ? s * s : s
    }
}

/// The rise and the fall of one sound, in frames of its own time.
struct FadeShape: Sendable {
    var length: Int
    var fadeIn: Int
    var fadeOut: Int
    var curveIn = FadeCurve.smooth
    var curveOut = FadeCurve.smooth

    /// Fades that together are longer than the sound are shortened in proportion.
    init(
        length: Int, fadeIn: Int, fadeOut: Int, curveIn: FadeCurve = .smooth, curveOut: FadeCurve = .smooth
    ) {
        self.length = length
        self.curveIn = curveIn
        self.curveOut = curveOut
        let (rise, fall) = (max(0, min(fadeIn, length)), max(0, min(fadeOut, length)))
        if rise + fall > length {
            self.fadeIn = Int(Int64(length) * Int64(rise) / Int64(rise + fall))
            self.fadeOut = length - self.fadeIn
        } else {
            self.fadeIn = rise
            self.fadeOut = fall
        }
    }

    /// Multiplies `block`, whose first frame is frame `start` of this sound.
    func apply(to block: StereoBlock, at start: Int) {
        if start < fadeIn {
            for i in 0..<min(block.count, fadeIn - start) {
                // Half a sample in: the first frame is not lost, the last is not yet 1.
                let gain = Float(curveIn.amplitude((Double(start + i) + 0.5) / Double(fadeIn)))
                block.left[i] *= gain
                block.right[i] *= gain
            }
        }
        let fall = length - fadeOut
        if fadeOut > 0, start + block.count > fall {
            for i in max(0, fall - start)..<max(block.count, fall - start) {
                let gain = Float(curveOut.amplitude((Double(length - start - i) - 0.5) / Double(fadeOut)))
                block.left[i] *= gain
                block.right[i] *= gain
            }
        }
    }
}
