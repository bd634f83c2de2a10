// SPDX-License-Identifier: GPL-3.0-or-later

/// The little that is read of an ICC profile here: its name (ICC.1:2022, 7.2, 7.3, 10.15; ICC.1:2001-04, 6.5.17).
enum ICCProfile {
    /// What the profile calls itself, from its `desc` tag; nil when that cannot be read.
    static func name(_ profile: [UInt8]) -> String? {
        func number(_ offset: Int) -> Int? {
            guard offset >= 0, offset + 4 <= profile.count else { return nil }
            return profile[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        func tag(_ offset: Int) -> String {
            offset + 4 <= profile.count ? String(decoding: profile[offset..<offset + 4], as: UTF8.self) : ""
        }
        func bytes(_ offset: Int, _ count: Int) -> ArraySlice<UInt8>? {
            guard count > 0, count <= 4096, offset >= 0, offset + count <= profile.count else { return nil }
            return profile[offset..<offset + count]
        }
        guard profile.count >= 132, tag(36) == "acsp", let count = number(128), count <= 200 else { return nil }
        for entry in 0..<count where tag(132 + entry * 12) == "desc" {
            guard let start = number(132 + entry * 12 + 4) else { return nil }
            let words: String?
            switch start + 4 <= profile.count ? tag(start) : "" {
            case "desc":
                // Version 2: a count and ASCII with its closing zero.
                words = number(start + 8).flatMap { bytes(start + 12, $0) }.map { String(decoding: $0, as: UTF8.self) }
            case "mluc":
                // Version 4: records of language, length and place; UTF-16, big-endian. The first will do.
                guard let length = number(start + 20), let place = number(start + 24) else { return nil }
                words = bytes(start + place, length).map { slice in
                    let units = stride(from: slice.startIndex, to: slice.endIndex - 1, by: 2)
                        .map { UInt16(slice[$0]) << 8 | UInt16(slice[$0 + 1]) }
                    return String(decoding: units, as: UTF16.self)
                }
            default: words = nil
            }
            let clean = (words ?? "").filter { !$0.unicodeScalars.contains { $0.value < 32 } }
            return clean.isEmpty ? nil : clean
        }
        return nil
    }
}
