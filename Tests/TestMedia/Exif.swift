// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// Writes a small EXIF block into a JPEG (EXIF 2.32), for no installed tool does it the same everywhere.
public enum Exif {
    public static func write(orientation: Int, captured: String? = nil, offset: String? = nil, into url: URL) throws {
        func two(_ n: Int) -> [UInt8] { [UInt8(n >> 8 & 255), UInt8(n & 255)] }
        func four(_ n: Int) -> [UInt8] { two(n >> 16) + two(n) }
        func short(_ tag: Int, _ value: Int) -> [UInt8] { two(tag) + two(3) + four(1) + two(value) + two(0) }
        let texts = [(0x9003, captured), (0x9011, offset)].compactMap { tag, text in
            text.map { (tag, Array($0.utf8) + [0]) }
        }

        // TIFF header, then directory 0 with the orientation and the way to the EXIF directory behind it.
        var block = Array("MM".utf8) + two(42) + four(8)
        let exifDirectory = 8 + 2 + 2 * 12 + 4
        block += two(2) + short(0x0112, orientation) + two(0x8769) + two(4) + four(1) + four(exifDirectory) + four(0)
        var place = exifDirectory + 2 + texts.count * 12 + 4
        block += two(texts.count)
        for (tag, text) in texts {
            block += two(tag) + two(2) + four(text.count) + four(place)
            place += text.count
        }
        block += four(0) + texts.flatMap(\.1)

        let segment = Array("Exif".utf8) + [0, 0] + block
        var file = try Data(contentsOf: url)
        file.insert(contentsOf: [0xFF, 0xE1] + two(segment.count + 2) + segment, at: 2)
        try file.write(to: url)
    }
}
