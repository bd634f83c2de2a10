// SPDX-License-Identifier: GPL-3.0-or-later

/// A drawing in premultiplied RGBA, 8 bits a channel in that byte order, sRGB, rows packed (`width` · 4 bytes).
public struct Bitmap: Hashable, Sendable {
    public let width: Int
    public let height: Int
    public var pixels: [UInt8]

    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height * 4, "a bitmap's bytes match its size")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    public init(width: Int, height: Int) {
        self.init(width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 4))
    }
}
