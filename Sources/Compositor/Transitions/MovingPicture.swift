// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// A picture as a camera sees it that turns or comes closer while its shutter is open: sharp where it hardly moves, blurred along
/// its way where it moves fast, and going on beyond its edges as its mirror image.
struct MovingPicture {
    /// How a picture lies on the canvas: turned clockwise by `angle` (half turns) about its middle and enlarged by `zoom`.
    struct Pose {
        var angle = 0.0
        var zoom = 1.0
    }

    /// As the shutter opens and as it closes.
    let open: Pose
    let close: Pose

    func draw(_ picture: Picture, into target: Picture, blend: Int, with tools: TransitionTools) {
        let corner = Double(target.width * target.width + target.height * target.height).squareRoot() / 2
        let sweep = close.angle - open.angle, growth = close.zoom / open.zoom
        // How far the corners are swept, in pixels.
        let smear = corner * max(abs(sweep) * 3.1416, max(growth, 1 / growth) - 1)
        if smear < 6 {
            TurnedPicture(angle: (open.angle + close.angle) / 2, zoom: (open.zoom * close.zoom).squareRoot())
                .draw(picture, into: target, blend: blend)
            return
        }
        // What is blurred is drawn at half the size. A blur along the way is the mean of a picture and itself a little further
        // on, then of that and itself twice as far on, and so on: n times for 2ⁿ exposures.
        let layout = PictureLayout(width: max(2, target.width / 2), height: max(2, target.height / 2))
        var (one, other) = (tools.scratch(0, layout), tools.scratch(1, layout))
        tools.sampler.draw(
            picture, into: other,
            at: PixelRect(x: 0, y: 0, width: Double(layout.width), height: Double(layout.height)))
        TurnedPicture(angle: open.angle, zoom: open.zoom).draw(other, into: one)
        var doublings = 1
        while doublings < 6, Double(1 << doublings) * 3 < smear { doublings += 1 }
        var angle = sweep, zoom = growth
        for _ in 0..<doublings {
            angle /= 2
            zoom = zoom.squareRoot()
        }
        for _ in 0..<doublings {
            other.copyColours(of: one)
            TurnedPicture(angle: angle, zoom: zoom).draw(one, into: other, blend: 128)
            swap(&one, &other)
            angle *= 2
            zoom *= zoom
        }
        tools.sampler.draw(
            one, into: target, at: PixelRect(x: 0, y: 0, width: Double(target.width), height: Double(target.height)),
            blend: blend)
    }
}
