// SPDX-License-Identifier: GPL-3.0-or-later

/// How a 4:2:0 picture lies in one block of memory or in a file: Y, U, V and, where there is one, alpha, in that order.
///
/// Samples are 8-bit, BT.709, limited range (Y 16…235, U and V 16…240), chroma sited left as in H.264. Alpha is full
/// size, 0…255; the colours beside it are premultiplied about black = (16, 128, 128), that is, a sample holds
/// `black + (colour − black) · a/255`, so that `out = over + (under − black) · (255 − a)/255`.
/// Rows begin at multiples of `alignment` bytes; chroma is ⌈w/2⌉ × ⌈h/2⌉.
public struct PictureLayout: Hashable, Sendable {
    public static let alignment = 64

    public let width: Int
    public let height: Int
    public let hasAlpha: Bool

    public init(width: Int, height: Int, hasAlpha: Bool = false) {
        precondition(width > 0 && height > 0, "a picture has at least one pixel")
        self.width = width
        self.height = height
        self.hasAlpha = hasAlpha
    }

    public var chromaWidth: Int { (width + 1) / 2 }
    public var chromaHeight: Int { (height + 1) / 2 }
    public var lumaStride: Int { Self.aligned(width) }
    public var chromaStride: Int { Self.aligned(chromaWidth) }

    public var uOffset: Int { lumaStride * height }
    public var vOffset: Int { uOffset + chromaStride * chromaHeight }
    public var alphaOffset: Int { vOffset + chromaStride * chromaHeight }

    /// Bytes of all planes, with one more row's alignment so that kernels may read past the last sample.
    public var byteCount: Int { alphaOffset + (hasAlpha ? lumaStride * height : 0) + Self.alignment }

    static func aligned(_ n: Int) -> Int { (n + alignment - 1) / alignment * alignment }
}
