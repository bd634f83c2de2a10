// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// One moving picture takes another's place: each is drawn as it lies while the shutter is open, and they mix in the middle of the way.
struct MovingHandover {
    /// The share of a frame's time that the shutter is open.
    let shutter: Double
    /// Where in the transition the second picture begins to show, and how much of it the mixing takes (shares).
    let begins: Double
    let takes: Double
    /// How each picture lies at a share of the transition.
    let leaving: (Double) -> MovingPicture.Pose
    let coming: (Double) -> MovingPicture.Pose

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let (share, half) = (progress.share, shutter / Double(2 * progress.steps))
        let mix = Easing.smooth((share - begins) / takes)
        if mix < 1 {
            MovingPicture(open: leaving(share - half), close: leaving(share + half))
                .draw(from, into: target, blend: 256, with: tools)
        }
        if mix > 0 {
            MovingPicture(open: coming(share - half), close: coming(share + half))
                .draw(to, into: target, blend: Int((256 * mix).rounded()), with: tools)
        }
    }
}
