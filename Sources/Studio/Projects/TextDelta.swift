// SPDX-License-Identifier: GPL-3.0-or-later

/// What one text has otherwise than another one, as bytes: how much of the front and of the end stays, and what stands
/// between. Right for any two texts, small for two that differ in one place, as the JSON of two drafts in a row.
///
/// ```
/// old   {"a":1,"b":[2,3],"c":4}        delta   front 10, end 9, "7"
/// new   {"a":1,"b":7],"c":4}
/// ```
enum TextDelta {
    static func delta(from old: [UInt8], to new: [UInt8]) -> [UInt8] {
        let most = min(old.count, new.count)
        var front = 0
        while front < most, old[front] == new[front] { front += 1 }
        var end = 0
        while end < most - front, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        var delta: [UInt8] = []
        write(front, to: &delta)
        write(end, to: &delta)
        return delta + new[front..<(new.count - end)]
    }

    /// Nil where the delta was not made for this text.
    static func text(from old: [UInt8], by delta: [UInt8]) -> [UInt8]? {
        var rest = delta[...]
        guard let front = read(&rest), let end = read(&rest), front <= old.count, end <= old.count - front else {
            return nil
        }
        return Array(old[..<front]) + Array(rest) + Array(old[(old.count - end)...])
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow (LEB128).
    private static func write(_ number: Int, to bytes: inout [UInt8]) {
        var rest = UInt(number)
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func read(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        var number: UInt = 0
        for place in 0..<8 {
            guard let byte = bytes.popFirst() else { return nil }
            number |= UInt(byte & 0x7F) << (7 * UInt(place))
            if byte < 0x80 { return Int(number) }
        }
        return nil
    }
}
