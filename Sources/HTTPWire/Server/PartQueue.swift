// SPDX-License-Identifier: GPL-3.0-or-later

/// Byte arrays in a row, taken whole or in pieces from the front.
struct PartQueue: Sendable {
    private var parts: [[UInt8]] = []
    private var first = 0
    private var taken = 0
    private(set) var byteCount = 0

    mutating func append(_ part: [UInt8]) {
        guard !part.isEmpty else { return }
        parts.append(part)
        byteCount += part.count
    }

    /// The next part, whole but for what `fill` took of it.
    mutating func next() -> [UInt8]? {
        guard first < parts.count else { return nil }
        let part = taken == 0 ? parts[first] : Array(parts[first][taken...])
        advance()
        byteCount -= part.count
        return part
    }

    /// Copies as much as there is and fits; the number of bytes copied.
    mutating func fill(_ room: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < room.count, first < parts.count {
            let count = min(room.count - filled, parts[first].count - taken)
            parts[first].withUnsafeBytes { part in
                UnsafeMutableRawBufferPointer(rebasing: room[filled..<filled + count])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: part[taken..<taken + count]))
            }
            filled += count
            taken += count
            if taken == parts[first].count { advance() }
        }
        byteCount -= filled
        return filled
    }

    private mutating func advance() {
        parts[first] = []
        first += 1
        taken = 0
        if first == parts.count {
            parts.removeAll(keepingCapacity: first <= 64)
            first = 0
        } else if first >= 64, first * 2 > parts.count {
            parts.removeFirst(first)
            first = 0
        }
    }
}
