// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A soft edge sweeps over the canvas and leaves the second picture behind it.
struct Wipe: TransitionEffect {
    let direction: Direction
    /// Width of the soft edge as a share of the way.
    private let softness = 0.12

    init(_ direction: Direction) { self.direction = direction }

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        let edge = Easing.smooth(progress.share) * (1 + softness)
        for ((first, second), out) in zip(
            zip(from.colourPlanes, to.colourPlanes), target.colourPlanes.map(\.mutable))
        {
            let count = direction.isHorizontal ? out.width : out.height
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: count) { shares in
                for i in 0..<count {
                    let along = (Double(i) + 0.5) / Double(count)
                    let behind = direction == .left || direction == .up ? 1 - along : along
                    shares[i] = UInt16((256 * Easing.smooth((edge - behind) / softness)).rounded())
                }
                if direction.isHorizontal {
                    guard let base = shares.baseAddress else { return }
                    PlaneMath.mix(first.plane, second.plane, shares: base, into: out)
                } else {
                    for y in 0..<count {
                        PlaneMath.mix(
                            first.plane.part(x: 0, y: y, width: out.width, height: 1),
                            second.plane.part(x: 0, y: y, width: out.width, height: 1), share: Int(shares[y]),
                            into: out.part(x: 0, y: y, width: out.width, height: 1))
                    }
                }
            }
        }
    }
}
