// SPDX-License-Identifier: GPL-3.0-or-later
package import PixelBuffers

extension Picture {
    /// Lays a picture with alpha over this one, its top left at (x, y); what reaches beyond is left out.
    /// `opacity` in 1/256. For the format see `PictureLayout`.
    ///
    /// At an odd x or y colours lie half a chroma sample off, which on letters is not seen.
    package func lay(_ over: Picture, x: Int, y: Int, opacity: Int = 256) {
        guard let alpha = over.alpha, opacity > 0 else { return }
        let left = max(0, -x), right = min(over.width, width - x)
        let top = max(0, -y), bottom = min(over.height, height - y)
        guard left < right, top < bottom else { return }
        for row in top..<bottom {
            Self.layRow(
                over.y.row(row) + left, alpha.row(row) + left, mutableY.row(row + y) + left + x, right - left,
                black: 16,
                opacity: Int32(opacity))
        }
        layChroma(over, alpha, x: x, y: y, opacity: Int32(opacity))
    }

    /// out = black + (over − black) · o + (under − black) · (255 − a·o)/255.
    @inline(__always) private static func layRow(
        _ over: UnsafePointer<UInt8>, _ alpha: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>, _ count: Int,
        black: Int32, opacity: Int32
    ) {
        for x in 0..<count {
            let share = 255 * 256 - Int32(alpha[x]) * opacity
            let sum = (Int32(over[x]) - black) * opacity * 255 + (Int32(out[x]) - black) * share
            // Divided by 255 · 256, to the nearest.
            let value = black + (sum + 32640 + 65280 * 256) / 65280 - 256
            out[x] = UInt8(truncatingIfNeeded: min(max(value, 0), 255))
        }
    }

    private func layChroma(_ over: Picture, _ alpha: Plane, x: Int, y: Int, opacity: Int32) {
        // Chroma (c, r) of this picture takes chroma (c − x/2, r − y/2) of the other.
        let (offsetX, offsetY) = (x >> 1, y >> 1)
        let from = (max(0, -offsetX), max(0, -offsetY))
        let to = (
            min(over.layout.chromaWidth, layout.chromaWidth - offsetX),
            min(over.layout.chromaHeight, layout.chromaHeight - offsetY)
        )
        guard from.0 < to.0, from.1 < to.1 else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: over.layout.chromaWidth) { cover in
            guard let means = cover.baseAddress else { return }
            for row in from.1..<to.1 {
                let upper = alpha.row(2 * row), lower = alpha.row(min(2 * row + 1, over.height - 1))
                for c in from.0..<to.0 {
                    let before = max(2 * c - 1, 0), here = 2 * c, after = min(2 * c + 1, over.width - 1)
                    let sum =
                        Int32(upper[before]) + 2 * Int32(upper[here]) + Int32(upper[after]) + Int32(lower[before])
                        + 2 * Int32(lower[here]) + Int32(lower[after])
                    means[c] = UInt8(truncatingIfNeeded: (sum + 4) >> 3)
                }
                let count = to.0 - from.0
                for (source, target) in [(over.u, mutableU), (over.v, mutableV)] {
                    Self.layRow(
                        source.row(row) + from.0, means + from.0, target.row(row + offsetY) + from.0 + offsetX, count,
                        black: 128, opacity: opacity)
                }
            }
        }
    }
}
