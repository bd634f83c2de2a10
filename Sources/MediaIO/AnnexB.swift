// SPDX-License-Identifier: GPL-3.0-or-later

/// H.264 and HEVC byte streams: units set apart by start codes (ITU-T H.264 annex B).
enum AnnexB {
    /// Where the units lie in `data`, without their start codes.
    static func units(_ data: [UInt8]) -> [Range<Int>] {
        data.withUnsafeBufferPointer { bytes in
            var starts: [(code: Int, unit: Int)] = []
            var at = 0
            while at + 3 <= bytes.count {
                if bytes[at + 2] > 1 {
                    at += 3
                } else if bytes[at] == 0, bytes[at + 1] == 0, bytes[at + 2] == 1 {
                    starts.append((at > 0 && bytes[at - 1] == 0 ? at - 1 : at, at + 3))
                    at += 3
                } else {
                    at += 1
                }
            }
            return starts.indices.map { index in
                starts[index].unit..<(index + 1 < starts.count ? starts[index + 1].code : bytes.count)
            }
        }
    }

    /// Takes out the note in which x264 lists its settings (a user-data SEI of 0.7 kB, in every chunk's first packet).
    static func removeEncoderNote(_ data: inout [UInt8]) {
        guard let note = units(data).first(where: { isEncoderNote(data[$0]) }) else { return }
        let code = note.lowerBound >= 4 && data[note.lowerBound - 4] == 0 ? 4 : 3
        data.removeSubrange(note.lowerBound - code..<note.upperBound)
    }

    /// The text of x264's note: `x264 - core 164 r3095 baee400 - H.264/MPEG-4 AVC codec - …`.
    static func encoderNote(in data: [UInt8]) -> String? {
        units(data).first { isEncoderNote(data[$0]) }.map { unit in
            let text = data[unit].drop { $0 != UInt8(ascii: "x") }.prefix { $0 >= 0x20 && $0 < 0x7F }
            return String(decoding: text, as: UTF8.self)
        }
    }

    /// A SEI unit of user data under x264's own identifier (x264, encoder/set.c).
    private static func isEncoderNote(_ unit: ArraySlice<UInt8>) -> Bool {
        let identifier: [UInt8] = [
            0xDC, 0x45, 0xE9, 0xBD, 0xE6, 0xD9, 0x48, 0xB7, 0x96, 0x2C, 0xD8, 0x20, 0xD9, 0x23, 0xEE, 0xEF,
        ]
        guard unit.count > 24, unit[unit.startIndex] & 0x1F == 6, unit[unit.startIndex + 1] == 5 else { return false }
        let payload = unit.dropFirst(2).drop { $0 == 0xFF }.dropFirst()
        return payload.starts(with: identifier)
    }
}
