// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// The camera rushes into the first picture and comes to rest in the second; or draws back from the one into the other.
struct ZoomThrough: TransitionEffect {
    let comesCloser: Bool
    /// How much larger a picture is at its closest, and how much smaller at its furthest, in the middle of the way.
    private let near = 2.1
    private let far = 0.75
    /// The share of a frame's time that the shutter is open.
    private let shutter = 0.6

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        MovingHandover(shutter: shutter, begins: 0.38, takes: 0.24, leaving: leaving, coming: coming)
            .draw(from: from, to: to, at: progress, into: target, with: tools)
    }

    private func leaving(_ share: Double) -> MovingPicture.Pose {
        let way = Easing.inCubic(share / 0.62)
        return MovingPicture.Pose(zoom: comesCloser ? 1 + (near - 1) * way : 1 / (1 + (1 / far - 1) * way))
    }

    private func coming(_ share: Double) -> MovingPicture.Pose {
        let way = Easing.inCubic((1 - share) / 0.62)
        return MovingPicture.Pose(zoom: comesCloser ? 1 / (1 + (1 / far - 1) * way) : 1 + (near - 1) * way)
    }
}
