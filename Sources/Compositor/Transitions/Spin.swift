// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// The first picture begins to turn, faster and faster and a little closer; the second comes out of the turning and settles.
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
        let (share, half) = (progress.share, shutter / Double(2 * progress.steps))
        let mix = Easing.smooth((share - 0.4) / 0.2)
        if mix < 1 {
            MovingPicture(open: leaving(share - half), close: leaving(share + half))
                .draw(from, into: target, blend: 256, with: tools)
        }
        if mix > 0 {
            MovingPicture(open: coming(share - half), close: coming(share + half))
                .draw(to, into: target, blend: Int((256 * mix).rounded()), with: tools)
        }
    }

    private func leaving(_ share: Double) -> MovingPicture.Pose {
        let way = Easing.inCubic(share / 0.6)
        return MovingPicture.Pose(angle: turn * way, zoom: 1 + closer * way)
    }

    private func coming(_ share: Double) -> MovingPicture.Pose {
        let way = Easing.inCubic((1 - share) / 0.6)
        return MovingPicture.Pose(angle: -turn * way, zoom: 1 + closer * way)
    }
}
