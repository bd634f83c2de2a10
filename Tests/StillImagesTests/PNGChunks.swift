// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Puts chunks into PNG files by hand (PNG, third edition, 5.3): what no tool would write.
enum PNGChunks {
    /// A copy with an `iCCP` chunk of these bytes, right or wrong.
    static func insert(profile: Data, into png: URL) throws -> URL {
        let chunk = Array("iCCP".utf8) + Array("broken".utf8) + [0, 0] + stored(profile)
        return try insert(chunk, into: png)
    }

    /// Bytes as a zlib stream of stored blocks (RFC 1950, RFC 1951 3.2.4).
    static func stored(_ data: Data) -> [UInt8] {
        let bytes = Array(data.prefix(65535))
        let count = bytes.count
        var (a, b) = (1, 0)
        for byte in bytes {
            a = (a + Int(byte)) % 65521
            b = (b + a) % 65521
        }
        return [0x78, 0x01, 1, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8 & 255)]
            + bytes + number(b << 16 | a)
    }

    static func number(_ n: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(n >> $0 & 255) } }

    /// A PNG that claims any size and has one byte of pixels.
    static func header(width: Int, height: Int) -> Data {
        let ihdr = Array("IHDR".utf8) + number(width) + number(height) + [8, 2, 0, 0, 0]
        let idat = Array("IDAT".utf8) + stored(Data([0]))
        return Data(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + framed(ihdr) + framed(idat) + framed(Array("IEND".utf8)))
    }

    private static func insert(_ chunk: [UInt8], into png: URL) throws -> URL {
        var file = try Data(contentsOf: png)
        // Behind the signature and IHDR.
        file.insert(contentsOf: framed(chunk), at: 33)
        let url = png.deletingLastPathComponent().appendingPathComponent("patched.png")
        try file.write(to: url)
        return url
    }

    private static func framed(_ chunk: [UInt8]) -> [UInt8] { number(chunk.count - 4) + chunk + number(crc(chunk)) }

    private static func crc(_ bytes: [UInt8]) -> Int {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return Int(~crc)
    }
}
