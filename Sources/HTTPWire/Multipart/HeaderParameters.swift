// SPDX-License-Identifier: GPL-3.0-or-later

/// A header value with parameters: `form-data; name="files"; filename="a.png"` (RFC 9110, 5.6.6).
package struct HeaderParameters {
    let value: String
    private var parameters: [(name: String, value: String)] = []

    /// Nil if the value is empty or a quoted text does not end. Of two parameters with one name the first counts.
    package init?(_ header: String) {
        var rest = Array(header.utf8)[...]
        value = String(Self.take(&rest, until: 0x3B).trimmed)
        guard !value.isEmpty else { return nil }
        while !rest.isEmpty {
            rest = rest.dropFirst()
            Self.skipSpace(&rest)
            let name = rest.prefix(while: { $0 != 0x3D && $0 != 0x3B })
            rest = rest.dropFirst(name.count)
            let text = String(String(decoding: name, as: UTF8.self).trimmed).lowercased()
            guard rest.first == 0x3D else { continue }
            rest = rest.dropFirst()
            Self.skipSpace(&rest)
            if rest.first == 0x22 {
                guard let quoted = Self.takeQuoted(&rest) else { return nil }
                parameters.append((text, quoted))
                _ = Self.take(&rest, until: 0x3B)
            } else {
                parameters.append((text, String(Self.take(&rest, until: 0x3B).trimmed)))
            }
        }
    }

    package subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The extended form of a parameter: `filename*=UTF-8''na%C3%AFve.png` (RFC 8187).
    package func extended(_ name: String) -> String? {
        guard let text = self[name + "*"] else { return nil }
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        if parts[0].isSameToken("UTF-8") { return PercentEncoding.decode(parts[2]) }
        guard parts[0].isSameToken("ISO-8859-1") else { return nil }
        var scalars = String.UnicodeScalarView()
        var rest = parts[2].utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == 0x25 else {
                scalars.append(Unicode.Scalar(byte))
                continue
            }
            guard let high = rest.next()?.hexValue, let low = rest.next()?.hexValue else { return nil }
            scalars.append(Unicode.Scalar(high << 4 | low))
        }
        return String(scalars)
    }

    private static func skipSpace(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop(while: { $0 == 0x20 || $0 == 0x09 })
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, until stop: UInt8) -> String {
        let text = rest.prefix(while: { $0 != stop })
        rest = rest.dropFirst(text.count)
        return String(decoding: text, as: UTF8.self)
    }

    /// A quoted text. Of backslash pairs only `\"` and `\\` are undone: some senders leave a backslash as it is.
    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>) -> String? {
        rest = rest.dropFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == 0x22 { return String(decoding: bytes, as: UTF8.self) }
            if byte == 0x5C, let next = rest.first, next == 0x22 || next == 0x5C {
                bytes.append(next)
                rest = rest.dropFirst()
            } else {
                bytes.append(byte)
            }
        }
        return nil
    }
}
