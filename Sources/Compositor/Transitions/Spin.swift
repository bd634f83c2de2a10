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
        MovingHandover(shutter: shutter, begins: 0.4, takes: 0.2, leaving: leaving, coming: coming)
            .draw(from: from, to: to, at: progress, into: target, with: tools)
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
