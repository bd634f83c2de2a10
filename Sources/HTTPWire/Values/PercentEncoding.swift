// SPDX-License-Identifier: GPL-3.0-or-later

/// Percent-encoding of paths and queries (RFC 3986, 2.1).
public enum PercentEncoding {
    /// The text behind the escapes, or nil for a broken escape, bytes that are not UTF-8, or a NUL.
    public static func decode(_ text: some StringProtocol) -> String? { decode(text, plusIsSpace: false) }

    /// The same for form data, where `+` is a space.
    public static func decodeForm(_ text: some StringProtocol) -> String? { decode(text, plusIsSpace: true) }

    /// Everything but letters, digits and `-._~` escaped: safe as a part of a path or a query.
    public static func encode(_ text: some StringProtocol) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decode(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
        if !text.utf8.contains(where: { $0 == 0x25 || $0 == 0x2B || $0 == 0 }) { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case 0x25:
                guard let high = rest.next()?.hexValue, let low = rest.next()?.hexValue else { return nil }
                bytes.append(high << 4 | low)
            case 0x2B where plusIsSpace: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }
}
