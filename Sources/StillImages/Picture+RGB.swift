// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

extension Pixels {
    /// A film picture as sRGB: three channels, or four with the colours no longer multiplied by their alpha.
    ///
    /// Chroma is brought to full size bilinearly from where it is sited: on even columns, between rows.
    /// Q16 integers; the inverse of `BT709` to within one code value.
    convenience init(_ picture: Picture) {
        self.init(width: picture.width, height: picture.height, channels: picture.layout.hasAlpha ? 4 : 3)
        let chromaWidth = picture.layout.chromaWidth
        // Chroma of one row, in eighths, for all columns.
        var blue = [Int32](repeating: 0, count: width)
        var red = blue
        for y in 0..<height {
            // The nearer chroma row weighs three quarters.
            let near = y / 2
            let far = max(0, min(y % 2 == 0 ? near - 1 : near + 1, picture.layout.chromaHeight - 1))
            Self.spread(picture.u.row(near), picture.u.row(far), chromaWidth, into: &blue)
            Self.spread(picture.v.row(near), picture.v.row(far), chromaWidth, into: &red)
            let (luma, out) = (picture.y.row(y), row(y))
            guard let alpha = picture.alpha?.row(y) else {
                for x in 0..<width { Self.colour(luma[x], blue[x], red[x], out + 3 * x) }
                continue
            }
            for x in 0..<width {
                let a = Int32(alpha[x])
                let p = out + 4 * x
                Self.colour(luma[x], blue[x], red[x], p)
                p[3] = alpha[x]
                for c in 0..<3 { p[c] = a == 0 ? 0 : UInt8(clamping: (Int32(p[c]) * 255 + a / 2) / a) }
            }
        }
    }

    /// Two rows of chroma, 3 : 1, to a full row in eighths of a code value.
    private static func spread(
        _ near: UnsafePointer<UInt8>, _ far: UnsafePointer<UInt8>, _ count: Int, into row: inout [Int32]
    ) {
        let width = row.count
        row.withUnsafeMutableBufferPointer { row in
            var here = 3 * Int32(near[0]) + Int32(far[0])
            for i in 0..<count {
                let next = i + 1 < count ? 3 * Int32(near[i + 1]) + Int32(far[i + 1]) : here
                row[2 * i] = 2 * here
                if 2 * i + 1 < width { row[2 * i + 1] = here + next }
                here = next
            }
        }
    }

    /// `blue` and `red` in eighths.
    private static func colour(
        _ luma: UInt8, _ blue: Int32, _ red: Int32, _ out: UnsafeMutablePointer<UInt8>
    ) {
        let y = (Int32(luma) - 16) * 76309 + 32768
        let (cb, cr) = (blue - 1024, red - 1024)
        out[0] = UInt8(clamping: (y + (117489 * cr) >> 3) >> 16)
        out[1] = UInt8(clamping: (y - (13975 * cb) >> 3 - (34925 * cr) >> 3) >> 16)
        out[2] = UInt8(clamping: (y + (138438 * cb) >> 3) >> 16)
    }
}
