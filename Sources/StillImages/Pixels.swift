// SPDX-License-Identifier: GPL-3.0-or-later

/// Interleaved samples in memory: 1 (grey), 3 (RGB) or 4 (RGBA, CMYK) bytes a pixel, rows packed, with room to read past the end.
final class Pixels {
    static let margin = 64

    let width: Int
    let height: Int
    let channels: Int
    let base: UnsafeMutablePointer<UInt8>

    var rowBytes: Int { width * channels }

    init(width: Int, height: Int, channels: Int) {
        self.width = width
        self.height = height
        self.channels = channels
        base = .allocate(capacity: width * height * channels + Self.margin)
    }

    deinit { base.deallocate() }

    func row(_ y: Int) -> UnsafeMutablePointer<UInt8> { base + y * rowBytes }
}
