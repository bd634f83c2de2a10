// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// The second picture pushes the first off the canvas.
struct Push: TransitionEffect {
    let direction: Direction

    init(_ direction: Direction) { self.direction = direction }

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        let way = Easing.smoother(progress.share)
        let (width, height) = (Double(target.width), Double(target.height))
        if way <= 0 { return target.copyColours(of: from) }
        if way >= 1 { return target.copyColours(of: to) }
        // A little wider than it is, so that the line where they meet is covered by both.
        let bleed = 2.0
        tools.sampler.draw(
            from, part: PixelRect(x: -bleed, y: -bleed, width: width + 2 * bleed, height: height + 2 * bleed),
            into: target,
            at: PixelRect(
                x: direction.x * way * width - bleed, y: direction.y * way * height - bleed, width: width + 2 * bleed,
                height: height + 2 * bleed))
        tools.sampler.draw(
            to, into: target,
            at: PixelRect(
                x: -direction.x * (1 - way) * width, y: -direction.y * (1 - way) * height, width: width,
                height: height))
    }
}
