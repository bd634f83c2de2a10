// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Files that no honest program writes.
enum HostileBytes {
    static func big(_ number: Int, _ count: Int = 4) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    static func little(_ number: Int, _ count: Int) -> [UInt8] { big(number, count).reversed() }

    /// `count` zeros as a zlib stream of a hundredth and a half of their size: one block of fixed codes (RFC 1951, 3.2.6), a zero and
    /// copies of 258 bytes from one place back.
    static func zeros(atLeast count: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x78, 0x01]
        var (bits, held) = (0, 0)
        func put(_ value: Int, _ width: Int) {
            bits |= value << held
            held += width
            while held >= 8 {
                bytes.append(UInt8(bits & 0xFF))
                bits >>= 8
                held -= 8
            }
        }
        put(0b011, 3)
        // The literal 0 is 00110000, the length 258 is 11000101, both from their highest bit; the distance 1 is 00000.
        put(0b0000_1100, 8)
        let copies = (count + 256) / 258
        for _ in 0..<copies { put(0b0_0000_1010_0011, 13) }
        put(0, 7)
        if held > 0 { put(0, 8 - held) }
        let length = 1 + copies * 258
        return bytes + big(length % 65521 << 16 | 1)
    }

    private static func crc(_ bytes: [UInt8]) -> Int {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return Int(~crc)
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + body
        return big(body.count) + named + big(crc(named))
    }

    /// A grey PNG whose pixels are so many zeros, whatever its header says.
    static func png(_ width: Int, _ height: Int, pixels: Int = 1, more: [(String, [UInt8])] = []) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", big(width) + big(height) + [8, 0, 0, 0, 0])
            + more.flatMap { chunk($0.0, $0.1) } + chunk("IDAT", zeros(atLeast: pixels)) + chunk("IEND", [])
    }

    /// A GIF of `frames` frames, each as large as the screen and with data for one pixel.
    static func gif(_ width: Int, _ height: Int, frames: Int = 1) -> [UInt8] {
        let size = little(width, 2) + little(height, 2)
        let frame = [0x21, 0xF9, 4, 0, 1, 0, 0, 0, 0x2C, 0, 0, 0, 0] + size + [0, 2, 2, 0x44, 1, 0]
        return Array("GIF89a".utf8) + size + [0x80, 0, 0, 0, 0, 0, 255, 255, 255]
            + (0..<frames).flatMap { _ in frame } + [0x3B]
    }

    /// A WebP of 16384 × 16384, the largest there can be, that ends behind its header.
    static let webp: [UInt8] = {
        let body: [UInt8] = [0x2F, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0, 0]
        let chunk = Array("VP8L".utf8) + little(body.count, 4) + body
        return Array("RIFF".utf8) + little(chunk.count + 4, 4) + Array("WEBP".utf8) + chunk
    }()

    /// A JPEG of 65535 × 65535 that ends behind its header.
    static let jpeg: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
        + [
            0xFF, 0xC0, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0xFF,
            0xD9,
        ]

    /// A bitmap of 60,000 × 60,000 without its pixels.
    static let bmp: [UInt8] =
        Array("BM".utf8) + little(54, 4) + little(0, 4) + little(54, 4) + little(40, 4) + little(60000, 4)
        + little(60000, 4) + little(1, 2) + little(24, 2) + little(0, 24)

    /// A movie that says only where another one lies.
    static func reference(to url: String) -> [UInt8] {
        func box(_ name: String, _ body: [UInt8]) -> [UInt8] { big(body.count + 8) + Array(name.utf8) + body }
        let place = Array(url.utf8) + [0]
        let data = box("rdrf", [0, 0, 0, 0] + Array("url ".utf8) + big(place.count) + place)
        return box("ftyp", Array("qt  ".utf8) + big(0) + Array("qt  ".utf8))
            + box("moov", box("rmra", box("rmda", data)))
    }

    /// A JPEG with so many more segments of 64 KB behind its first two bytes, each saying that it is Exif.
    static func stuffed(_ jpeg: Data, segments: Int) -> [UInt8] {
        let segment =
            [0xFF, 0xE1, 0xFF, 0xFF] + Array("Exif\u{0}\u{0}II*\u{0}".utf8) + [UInt8](repeating: 0xFF, count: 65523)
        return Array(jpeg.prefix(2)) + (0..<segments).flatMap { _ in segment } + Array(jpeg.dropFirst(2))
    }
}
