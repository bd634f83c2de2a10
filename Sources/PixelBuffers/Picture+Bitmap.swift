// SPDX-License-Identifier: GPL-3.0-or-later

extension Picture {
    /// A drawing as an overlay picture with alpha (see `PictureLayout`). Chroma is averaged with the weights of left
    /// siting, 1 2 1 across and 1 1 down, premultiplied, so that no colour bleeds out of transparent pixels.
    public convenience init(_ bitmap: Bitmap) {
        self.init(width: bitmap.width, height: bitmap.height, hasAlpha: true)
        let (width, height) = (bitmap.width, bitmap.height)
        bitmap.pixels.withUnsafeBufferPointer { pixels in
            for y in 0..<height {
                let luma = mutableY.row(y)
                let cover = mutableAlpha?.row(y)
                for x in 0..<width {
                    let at = (y * width + x) * 4
                    let sum = BT709.scaledLuma(Int32(pixels[at]), Int32(pixels[at + 1]), Int32(pixels[at + 2]))
                    luma[x] = UInt8(truncatingIfNeeded: (sum + (16 << 16) + 32768) >> 16)
                    cover?[x] = pixels[at + 3]
                }
            }
            for y in 0..<layout.chromaHeight {
                let (blue, red) = (mutableU.row(y), mutableV.row(y))
                let rows = (2 * y, min(2 * y + 1, height - 1))
                for x in 0..<layout.chromaWidth {
                    let columns = (max(2 * x - 1, 0), 2 * x, min(2 * x + 1, width - 1))
                    var (r, g, b) = (Int32(0), Int32(0), Int32(0))
                    func add(_ x: Int, _ y: Int, _ weight: Int32) {
                        let at = (y * width + x) * 4
                        r += weight * Int32(pixels[at])
                        g += weight * Int32(pixels[at + 1])
                        b += weight * Int32(pixels[at + 2])
                    }
                    for row in [rows.0, rows.1] {
                        add(columns.0, row, 1)
                        add(columns.1, row, 2)
                        add(columns.2, row, 1)
                    }
                    // Sums of eight, so 19 bits of fraction.
                    blue[x] = UInt8(truncatingIfNeeded: (BT709.scaledBlue(r, g, b) + (128 << 19) + (1 << 18)) >> 19)
                    red[x] = UInt8(truncatingIfNeeded: (BT709.scaledRed(r, g, b) + (128 << 19) + (1 << 18)) >> 19)
                }
            }
        }
    }
}

extension BT709 {
    /// Luma above black of premultiplied sRGB, times 2^16.
    static func scaledLuma(_ r: Int32, _ g: Int32, _ b: Int32) -> Int32 { 11966 * r + 40254 * g + 4064 * b }
    /// Chroma from the middle, times 2^16; sums of eight samples fit.
    static func scaledBlue(_ r: Int32, _ g: Int32, _ b: Int32) -> Int32 { -6596 * r - 22189 * g + 28784 * b }
    static func scaledRed(_ r: Int32, _ g: Int32, _ b: Int32) -> Int32 { 28784 * r - 26145 * g - 2639 * b }
}
