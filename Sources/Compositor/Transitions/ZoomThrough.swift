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
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let (share, half) = (progress.share, shutter / Double(2 * progress.steps))
        let mix = Easing.smooth((share - 0.38) / 0.24)
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
        let way = Easing.inCubic(share / 0.62)
        return MovingPicture.Pose(zoom: comesCloser ? 1 + (near - 1) * way : 1 / (1 + (1 / far - 1) * way))
    }

    private func coming(_ share: Double) -> MovingPicture.Pose {
        let way = Easing.inCubic((1 - share) / 0.62)
        return MovingPicture.Pose(zoom: comesCloser ? 1 / (1 + (1 / far - 1) * way) : 1 + (near - 1) * way)
    }
}
