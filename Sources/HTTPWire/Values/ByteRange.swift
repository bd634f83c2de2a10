// SPDX-License-Identifier: GPL-3.0-or-later

/// What a `Range` header means for a body of known size (RFC 9110, 14). One range is served; several are answered whole.
public enum ByteRange: Hashable, Sendable {
    case whole
    /// Bytes of the body, half-open, never empty.
    case part(Range<Int>)
    /// Nothing of what was asked for is there: 416.
    case unsatisfiable

    /// Reads the header; anything that is not one plain range of bytes means the whole.
    public init(header: String?, size: Int) {
        self = .whole
        guard let header, header.utf8.count <= 64, let equals = header.firstIndex(of: "="),
            header[..<equals].trimmed.isSameToken("bytes")
        else { return }
        let spec = header[header.index(after: equals)...].trimmed
        let ends = spec.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, !spec.contains(",") else { return }
        switch (Self.number(ends[0]), Self.number(ends[1])) {
        case (.some(let first), .some(let last)):
            guard first <= last else { return }
            self = first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
        case (.some(let first), nil):
            guard ends[1].isEmpty else { return }
            self = first < size ? .part(first..<size) : .unsatisfiable
        case (nil, .some(let suffix)):
            guard ends[0].isEmpty else { return }
            self = suffix > 0 && size > 0 ? .part(max(0, size - suffix)..<size) : .unsatisfiable
        case (nil, nil): return
        }
    }

    /// Digits only; what is too large for a machine word is as good as the largest.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text) ?? Int.max - 1
    }
}
