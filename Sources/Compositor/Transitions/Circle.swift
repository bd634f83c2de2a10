// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// An iris: the second picture in a circle that opens, or the first in one that closes.
struct Circle: TransitionEffect {
    let opens: Bool
    /// Half the width of the soft edge as a share of the half diagonal.
    private let softness = 0.05

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let way = Easing.smooth(progress.share)
        // In half pixels; the corners are just reached at the end.
        let (middleX, middleY) = (target.width, target.height)
        let corner = (Double(middleX * middleX + middleY * middleY)).squareRoot()
        let radius = (opens ? way : 1 - way) * corner * (1 + softness)
        // (r² − d²) / 2r is the distance from the edge, near it.
        let square = Int32(radius * radius)
        let edge = MaskedMix.Edge(width: 2 * max(radius, corner * softness) * corner * softness)
        let (inside, outside) = opens ? (to, from) : (from, to)
        MaskedMix.draw(from: outside, to: inside, into: target, tools: tools) { row, shares in
            let dy = Int32(row.y - middleY)
            for index in 0..<row.count {
                let dx = Int32(row.x(index) - middleX)
                shares[index] = edge.share(square &- dx &* dx &- dy &* dy)
            }
        }
    }
}
