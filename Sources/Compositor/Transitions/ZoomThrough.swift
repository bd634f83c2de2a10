// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// The first picture comes closer, faster and faster, and gives way to the second; or, the other way round in time, the
/// second comes to rest from close up.
struct ZoomThrough: TransitionEffect {
    let comesCloser: Bool
    /// How much larger the moving picture is at its closest.
    private let reach = 0.7

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        // As of a picture that leaves.
        let way = comesCloser ? progress.share : 1 - progress.share
        let (moving, resting) = comesCloser ? (from, to) : (to, from)
        let scale = 1 + reach * Easing.inCubic(way)
        let (width, height) = (Double(target.width), Double(target.height))
        let part = PixelRect(
            x: width / 2 * (1 - 1 / scale), y: height / 2 * (1 - 1 / scale), width: width / scale,
            height: height / scale)
        let share = Int((256 * (1 - Easing.smooth((way - 0.2) / 0.75))).rounded())
        target.copyColours(of: resting)
        tools.sampler.draw(
            moving, part: part, into: target, at: PixelRect(x: 0, y: 0, width: width, height: height), blend: share)
    }
}
