// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// The first picture fades to a colour, the second out of it.
struct FadeThrough: TransitionEffect {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        let colour = BT709.yuv(r: red, g: green, b: blue)
        let away = 2 * progress.share - 1
        // Slow to leave the pictures, quick through the colour.
        let share = Int((256 * Easing.smooth(abs(away))).rounded())
        target.mix(away < 0 ? from : to, with: colour, share: share)
    }
}
