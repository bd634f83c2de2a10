// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// x / 255, rounded, for 0 ≤ x ≤ 255².
@inline(__always) private func div255(_ x: UInt32) -> UInt32 {
    let t = x &+ 128
    return (t &+ (t &>> 8)) &>> 8
}

extension Bitmap {
    /// A colour seen through a mask.
    init(_ mask: Coverage, _ color: TitleColor) {
        self.init(width: mask.width, height: mask.height)
        let (r, g, b, a) = (UInt32(color.red), UInt32(color.green), UInt32(color.blue), UInt32(color.alpha))
        let isBlack = r | g | b == 0
        pixels.withUnsafeMutableBufferPointer { out in
            mask.values.withUnsafeBufferPointer { mask in
                for i in 0..<mask.count {
                    let alpha = div255(UInt32(mask[i]) &* a)
                    let p = 4 &* i
                    out[p &+ 3] = UInt8(truncatingIfNeeded: alpha)
                    if isBlack { continue }
                    out[p] = UInt8(truncatingIfNeeded: div255(r &* alpha))
                    out[p &+ 1] = UInt8(truncatingIfNeeded: div255(g &* alpha))
                    out[p &+ 2] = UInt8(truncatingIfNeeded: div255(b &* alpha))
                }
            }
        }
    }

    /// This over `ground`, which is the same size: Porter and Duff's "over" on premultiplied bytes.
    func over(_ ground: Bitmap) -> Bitmap {
        guard width == ground.width, height == ground.height else { return self }
        var result = ground
        pixels.withUnsafeBufferPointer { top in
            result.pixels.withUnsafeMutableBufferPointer { out in
                for pixel in 0..<top.count / 4 {
                    let p = 4 &* pixel
                    let keep = 255 &- UInt32(top[p &+ 3])
                    if keep == 255 { continue }
                    for c in p..<p &+ 4 {
                        out[c] = UInt8(truncatingIfNeeded: UInt32(top[c]) &+ div255(UInt32(out[c]) &* keep))
                    }
                }
            }
        }
        return result
    }

    /// Cairo's ARGB32: premultiplied words, alpha in the top byte.
    init(argb words: [UInt32], width: Int, height: Int) {
        self.init(width: width, height: height)
        pixels.withUnsafeMutableBufferPointer { out in
            words.withUnsafeBufferPointer { words in
                for i in 0..<words.count {
                    let word = words[i]
                    if word == 0 { continue }
                    out[4 * i] = UInt8(truncatingIfNeeded: word >> 16)
                    out[4 * i + 1] = UInt8(truncatingIfNeeded: word >> 8)
                    out[4 * i + 2] = UInt8(truncatingIfNeeded: word)
                    out[4 * i + 3] = UInt8(truncatingIfNeeded: word >> 24)
                }
            }
        }
    }

    /// Lays `color` over this through a mask of the same size.
    mutating func paint(_ mask: Coverage, _ color: TitleColor) {
        guard mask.width == width, mask.height == height else { return }
        let (r, g, b, a) = (UInt32(color.red), UInt32(color.green), UInt32(color.blue), UInt32(color.alpha))
        pixels.withUnsafeMutableBufferPointer { out in
            mask.values.withUnsafeBufferPointer { mask in
                for i in 0..<mask.count {
                    let cover = UInt32(mask[i])
                    if cover == 0 { continue }
                    let alpha = div255(cover &* a)
                    let keep = 255 &- alpha
                    let p = 4 &* i
                    out[p] = UInt8(truncatingIfNeeded: div255(r &* alpha &+ UInt32(out[p]) &* keep))
                    out[p &+ 1] = UInt8(truncatingIfNeeded: div255(g &* alpha &+ UInt32(out[p &+ 1]) &* keep))
                    out[p &+ 2] = UInt8(truncatingIfNeeded: div255(b &* alpha &+ UInt32(out[p &+ 2]) &* keep))
                    out[p &+ 3] = UInt8(truncatingIfNeeded: div255(255 &* alpha &+ UInt32(out[p &+ 3]) &* keep))
                }
            }
        }
    }

    func faded(by alpha: UInt8) -> Bitmap {
        guard alpha < 255 else { return self }
        var result = self
        result.pixels = pixels.map { UInt8(truncatingIfNeeded: div255(UInt32($0) * UInt32(alpha))) }
        return result
    }

    /// The smallest box round all pixels that are not clear; empty when all are.
    var visibleBox: TitleBox {
        var (left, top, right, bottom) = (width, height, 0, 0)
        let width = width
        pixels.withUnsafeBufferPointer { pixels in
            for y in 0..<height {
                let row = y * width * 4 + 3
                var first = 0
                while first < width, pixels[row + first * 4] == 0 { first += 1 }
                if first == width { continue }
                var end = width
                while pixels[row + (end - 1) * 4] == 0 { end -= 1 }
                left = min(left, first)
                right = max(right, end)
                top = min(top, y)
                bottom = y + 1
            }
        }
        return right > left
            ? TitleBox(x: left, y: top, width: right - left, height: bottom - top)
            : TitleBox(x: 0, y: 0, width: 0, height: 0)
    }

    func cut(to box: TitleBox) -> Bitmap {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(box.width * box.height * 4)
        for y in box.y..<box.maxY {
            let start = (y * width + box.x) * 4
            bytes += pixels[start..<start + box.width * 4]
        }
        return Bitmap(width: box.width, height: box.height, pixels: bytes)
    }
}

extension Coverage {
    /// Covers, besides, what `picture` of the same size covers.
    mutating func formUnion(alphaOf picture: Bitmap) {
        guard picture.width == width, picture.height == height else { return }
        for i in values.indices { values[i] = max(values[i], picture.pixels[4 * i + 3]) }
    }
}

extension TitleBox {
    /// The smallest box round both; an empty one does not count.
    func joined(_ other: TitleBox) -> TitleBox {
        if width == 0 || height == 0 { return other }
        if other.width == 0 || other.height == 0 { return self }
        let (left, top) = (min(x, other.x), min(y, other.y))
        return TitleBox(x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }
}
