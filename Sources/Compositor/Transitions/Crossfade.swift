// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// One picture fades into the other. (Drawn straight by `FrameComposer` where the second picture can be mixed in as it is
/// sampled.)
struct Crossfade: TransitionEffect {
    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        target.mix(from, to, share: progress.blend)
    }
}
