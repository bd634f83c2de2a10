// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// The first picture begins to turn, faster and faster and a little closer; the second comes out of the turning and settles.
/// Beyond its edges a picture goes on as its mirror image, so no corner is empty; what turns fast is blurred along its way.
struct Spin: TransitionEffect {
    /// How far each picture turns, in half turns.
    private let turn = 0.6
    /// How much larger both are where one takes the other's place.
    private let closer = 0.35
    /// The share of a frame's time that the shutter is open.
    private let shutter = 0.75

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let share = progress.share
        let mix = Easing.smooth((share - 0.4) / 0.2)
        if mix < 1 { draw(from, leaving: true, at: progress, into: target, blend: 256, tools) }
        if mix > 0 { draw(to, leaving: false, at: progress, into: target, blend: Int((256 * mix).rounded()), tools) }
    }

    /// 0 at rest, 1 at the change-over, for a picture that leaves; time is negative for one that comes.
    private func way(_ share: Double, leaving: Bool) -> Double {
        let time = leaving ? share : 1 - share
        let x = min(max(time / 0.6, 0), 1)
        return x * x * x
    }

    private func draw(
        _ picture: Picture, leaving: Bool, at progress: TransitionProgress, into target: Picture, blend: Int,
        _ tools: TransitionTools
    ) {
        let half = shutter / Double(2 * progress.steps)
        let way = way(progress.share, leaving: leaving)
        let sweep =
            turn
            * (self.way(progress.share + half, leaving: leaving) - self.way(progress.share - half, leaving: leaving))
        let angle = (leaving ? 1 : -1) * turn * way
        let zoom = 1 + closer * way
        // How far the corners are swept, in pixels.
        let corner = Double(target.width * target.width + target.height * target.height).squareRoot() / 2
        let smear = abs(sweep) * 3.1416 * corner
        if smear < 6 {
            TurnedPicture(angle: angle, zoom: zoom).draw(picture, into: target, blend: blend)
            return
        }
        // What is blurred is drawn at half the size. A blur along an arc is the mean of a picture and itself turned a
        // little, then of that and itself turned twice as much, and so on: n times for 2ⁿ exposures.
        let layout = PictureLayout(width: max(2, target.width / 2), height: max(2, target.height / 2))
        var (one, other) = (tools.scratch(0, layout), tools.scratch(1, layout))
        tools.sampler.draw(
            picture, into: other,
            at: PixelRect(x: 0, y: 0, width: Double(layout.width), height: Double(layout.height)))
        TurnedPicture(angle: angle - sweep / 2, zoom: zoom).draw(other, into: one)
        var doublings = 1
        while doublings < 6, Double(1 << doublings) * 3 < smear { doublings += 1 }
        let exposures = Double(1 << doublings)
        for doubling in 0..<doublings {
            other.copyColours(of: one)
            TurnedPicture(angle: sweep * Double(1 << doubling) / exposures, zoom: 1).draw(one, into: other, blend: 128)
            swap(&one, &other)
        }
        tools.sampler.draw(
            one, into: target, at: PixelRect(x: 0, y: 0, width: Double(target.width), height: Double(target.height)),
            blend: blend)
    }
}
