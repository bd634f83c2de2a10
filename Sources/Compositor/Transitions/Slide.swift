// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// The second picture slides in over the first, which gives way a little and darkens under it; or lies still.
struct Slide: TransitionEffect {
    let direction: Direction
    /// How far the first picture goes while the second crosses the canvas.
    private let parallax: Double

    init(_ direction: Direction, firstLiesStill: Bool = false) {
        self.direction = direction
        parallax = firstLiesStill ? 0 : 0.22
    }

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        let way = Easing.smoother(progress.share)
        let (width, height) = (Double(target.width), Double(target.height))
        if way <= 0 { return target.copyColours(of: from) }
        if way >= 1 { return target.copyColours(of: to) }
        if parallax == 0 {
            target.copyColours(of: from)
        } else {
            let dimmed = tools.scratch(0, like: from)
            dimmed.mix(from, with: BT709.black, share: 256 - Int((90 * way).rounded()))
            tools.sampler.draw(
                dimmed, into: target,
                at: PixelRect(
                    x: direction.x * parallax * way * width, y: direction.y * parallax * way * height, width: width,
                    height: height))
        }
        tools.sampler.draw(
            to, into: target,
            at: PixelRect(
                x: -direction.x * (1 - way) * width, y: -direction.y * (1 - way) * height, width: width,
                height: height))
    }
}
