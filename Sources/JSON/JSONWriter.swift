// SPDX-License-Identifier: GPL-3.0-or-later

extension JSONValue {
    public enum Style: Sendable {
        /// No white space.
        case compact
        /// Two spaces a level; an object or list that fits in 100 characters stands on one line.
        case readable
    }

    /// The value as JSON text: keys sorted, so that equal values give equal bytes; no escaping of `/` or of non-ASCII.
    /// Numbers that are not finite (JSON has none) are written as null.
    public func text(_ style: Style = .compact) -> String {
        var out: [UInt8] = []
        switch style {
        case .compact: write(into: &out)
        case .readable:
            writeReadable(into: &out, indent: 0)
            out.append(0x0A)
        }
        return String(decoding: out, as: UTF8.self)
    }

    private func write(into out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .integer(let value): out += String(value).utf8
        case .number(let value):
            if let whole = Int64(exactly: value) {
                out += String(whole).utf8
            } else {
                out += (value.isFinite ? "\(value)" : "null").utf8
            }
        case .string(let value): Self.write(value, into: &out)
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                element.write(into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.key, into: &out)
                out.append(UInt8(ascii: ":"))
                member.value.write(into: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private func writeReadable(into out: inout [UInt8], indent: Int) {
        let start = out.count
        write(into: &out)
        if out.count - start + indent <= 100 { return }
        let inner = [UInt8](repeating: 0x20, count: indent + 2)
        let outer = [UInt8](repeating: 0x20, count: indent)
        switch self {
        case .array(let elements) where !elements.isEmpty:
            out.removeSubrange(start...)
            out += "[\n".utf8
            for (index, element) in elements.enumerated() {
                if index > 0 { out += ",\n".utf8 }
                out += inner
                element.writeReadable(into: &out, indent: indent + 2)
            }
            out += [0x0A] + outer + [UInt8(ascii: "]")]
        case .object(let members) where !members.isEmpty:
            out.removeSubrange(start...)
            out += "{\n".utf8
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { out += ",\n".utf8 }
                out += inner
                Self.write(member.key, into: &out)
                out += ": ".utf8
                member.value.writeReadable(into: &out, indent: indent + 2)
            }
            out += [0x0A] + outer + [UInt8(ascii: "}")]
        default: break
        }
    }

    private static func write(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out += "\\\"".utf8
            case UInt8(ascii: "\\"): out += "\\\\".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0D: out += "\\r".utf8
            case 0x09: out += "\\t".utf8
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                out += "\\u00".utf8
                out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
