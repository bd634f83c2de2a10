// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// Reads the WAV files that the player writes: 16-bit stereo, 48 kHz.
public enum WaveReader {
    public static func read(_ url: URL) throws -> (left: [Float], right: [Float]) {
        let data = [UInt8](try Data(contentsOf: url))
        guard data.count > 44 else { return ([], []) }
        // The data chunk follows the format where this program writes; other writers put lists before it.
        var place = 12
        while place + 8 < data.count, !(data[place] == 0x64 && data[place + 1] == 0x61 && data[place + 2] == 0x74) {
            let size =
                Int(data[place + 4]) | Int(data[place + 5]) << 8 | Int(data[place + 6]) << 16 | Int(data[place + 7])
                << 24
            place += 8 + size + size % 2
        }
        place += 8
        let frames = max(0, (data.count - place) / 4)
        var (left, right) = ([Float](), [Float]())
        left.reserveCapacity(frames)
        right.reserveCapacity(frames)
        for frame in 0..<frames {
            let at = place + frame * 4
            left.append(Float(Int16(bitPattern: UInt16(data[at]) | UInt16(data[at + 1]) << 8)) / 32_768)
            right.append(Float(Int16(bitPattern: UInt16(data[at + 2]) | UInt16(data[at + 3]) << 8)) / 32_768)
        }
        return (left, right)
    }
}
