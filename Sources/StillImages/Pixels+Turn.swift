// SPDX-License-Identifier: GPL-3.0-or-later

extension Pixels {
    /// The same picture laid on another side.
    func turned(_ turn: PhotoTurn) -> Pixels {
        guard turn != .none else { return self }
        let out = Pixels(
            width: turn.swapsSides ? height : width, height: turn.swapsSides ? width : height, channels: channels)
        // Each output sample looks up its source, tile by tile so that both stay in the cache.
        let back = turn.inverse
        let origin = back.move(x: 0, y: 0, width: out.width, height: out.height)
        let right = back.move(x: 1, y: 0, width: out.width, height: out.height)
        let down = back.move(x: 0, y: 1, width: out.width, height: out.height)
        let across = ((right.y - origin.y) * width + right.x - origin.x) * channels
        let below = ((down.y - origin.y) * width + down.x - origin.x) * channels
        let first = base + (origin.y * width + origin.x) * channels
        let tile = 32
        for top in stride(from: 0, to: out.height, by: tile) {
            for left in stride(from: 0, to: out.width, by: tile) {
                let count = min(tile, out.width - left)
                for y in top..<min(top + tile, out.height) {
                    Self.copy(
                        from: first + y * below + left * across, step: across,
                        to: out.row(y) + left * channels, channels: channels, count: count)
                }
            }
        }
        return out
    }

    private static func copy(
        from source: UnsafeMutablePointer<UInt8>, step: Int, to target: UnsafeMutablePointer<UInt8>, channels: Int,
        count: Int
    ) {
        switch channels {
        case 3:
            for i in 0..<count {
                let (p, q) = (source + i * step, target + i * 3)
                q[0] = p[0]
                q[1] = p[1]
                q[2] = p[2]
            }
        default:
            for i in 0..<count {
                for c in 0..<channels { target[i * channels + c] = source[i * step + c] }
            }
        }
    }
}
