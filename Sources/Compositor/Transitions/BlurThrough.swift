// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// The first picture goes out of focus and the second comes into it.
struct BlurThrough: TransitionEffect {
    private let reduction = 4

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let share = progress.share
        // Softest in the middle, where one goes over into the other.
        let softness = Easing.smooth(1 - abs(2 * share - 1))
        let mixed = tools.scratch(0, like: target)
        mixed.mix(from, to, share: Int((256 * Easing.smooth((share - 0.2) / 0.6)).rounded()))

        let layout = PictureLayout(
            width: max(2, target.width / reduction), height: max(2, target.height / reduction))
        let small = tools.scratch(1, layout)
        tools.sampler.draw(
            mixed, into: small, at: PixelRect(x: 0, y: 0, width: Double(layout.width), height: Double(layout.height)))
        let radius = Int((softness * Double(min(layout.width, layout.height)) / 16).rounded())
        if radius > 0 {
            tools.focus.apply(to: small.mutableY, radius: radius, noise: 11)
            tools.focus.apply(to: small.mutableU, radius: (radius + 1) / 2, noise: 12)
            tools.focus.apply(to: small.mutableV, radius: (radius + 1) / 2, noise: 13)
        }
        let blurred = Int((256 * Easing.smooth(softness * 3)).rounded())
        target.copyColours(of: mixed)
        tools.sampler.draw(
            small, into: target, at: PixelRect(x: 0, y: 0, width: Double(target.width), height: Double(target.height)),
            blend: blurred)
    }
}
