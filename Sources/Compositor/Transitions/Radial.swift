// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// The hand of a clock sweeps the second picture in, from twelve o'clock.
struct Radial: TransitionEffect {
    /// Half the width of the soft edge in shares of the half diagonal.
    private let softness = 0.03

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let halfTurns = 2 * Easing.smooth(progress.share)
        // The hand points to (sin, −cos); the unit is 1/64 of a half pixel.
        let sine = Int32((64 * LanczosWindow.sineOfHalfTurns(halfTurns)).rounded())
        let cosine = Int32((64 * LanczosWindow.sineOfHalfTurns(halfTurns + 0.5)).rounded())
        let (middleX, middleY) = (target.width, target.height)
        let corner = (Double(middleX * middleX + middleY * middleY)).squareRoot()
        let edge = MaskedMix.Edge(width: 64 * corner * softness)
        MaskedMix.draw(from: from, to: to, into: target, tools: tools) { row, shares in
            let dy = Int32(row.y - middleY)
            for index in 0..<row.count {
                let dx = Int32(row.x(index) - middleX)
                // Right of the upright line, and already passed by the hand.
                let right = edge.share(64 &* dx)
                let passed = edge.share(0 &- cosine &* dx &- sine &* dy)
                shares[index] = halfTurns < 1 ? min(right, passed) : max(right, passed)
            }
        }
    }
}
