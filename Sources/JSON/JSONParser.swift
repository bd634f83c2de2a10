// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a text is not JSON, and where.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    /// What stands there or is missing, with its words.
    public enum Problem: String, CaseIterable, Hashable, Sendable {
        case trailing = "something follows the end of the value"
        case noValue = "the text ends where a value should stand"
        case unknownWord = "an unknown word"
        case noKey = "a key in quotes should stand here"
        case noBrace = "a comma or a closing brace should stand here"
        case noBracket = "a comma or a closing bracket should stand here"
        case noSuchValue = "no value starts with this character"
        case leadingZero = "a number must not start with zero"
        case noDecimals = "digits should follow the decimal point"
        case noExponent = "digits should follow the exponent"
        case numberOutside = "a number out of range"
        case notUTF8 = "a text that is not valid UTF-8"
        case controlCharacter = "a control character inside a text; write it as an escape"
        case openText = "a text without its closing quote"
        case openEscape = "the text ends inside an escape"
        case halfSurrogate = "half of a surrogate pair"
        case unknownEscape = "an unknown escape"
        case noHexDigits = "four hexadecimal digits should follow \\u"
        case tooDeep = "nested deeper than 64 levels"
        case noColon = "a colon should follow the key"
    }

    /// Bytes from the start of the text.
    public let offset: Int
    public let line: Int
    public let problem: Problem

    public var description: String { "not valid JSON at line \(line), byte \(offset): \(problem.rawValue)" }
}

extension JSONValue {
    /// Nesting beyond which a text is refused.
    public static let deepest = 64

    /// Reads one JSON value that fills `bytes` (UTF-8, RFC 8259, a leading byte order mark is skipped). Of a key that
    /// stands twice in an object the last one counts. Throws `JSONError` on anything else.
    public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
        var parser = JSONParser(bytes: Array(bytes))
        self = try parser.document()
    }

    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: text.utf8)
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        if at < bytes.count { throw error(.trailing) }
        return value
    }

    func error(_ problem: JSONError.Problem) -> JSONError {
        let line = bytes[..<min(at, bytes.count)].reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
        return JSONError(offset: at, line: line, problem: problem)
    }

    mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
            at += 1
        }
    }

    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        if depth > JSONValue.deepest { throw error(.tooDeep) }
        skipSpace()
        guard let byte = next else { throw error(.noValue) }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let count = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { bytes[at...].starts(with: $0) }
        if !matches { throw error(.unknownWord) }
        at += count
        return value
    }

    mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        at += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if next == UInt8(ascii: "}") {
            at += 1
            return .object(members)
        }
        while true {
            skipSpace()
            if next != UInt8(ascii: "\"") { throw error(.noKey) }
            let key = try text()
            skipSpace()
            if next != UInt8(ascii: ":") { throw error(.noColon) }
            at += 1
            members[key] = try value(depth: depth + 1)
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"):
                at += 1
                return .object(members)
            default: throw error(.noBrace)
            }
        }
    }

    mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        at += 1
        var elements: [JSONValue] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            at += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "]"):
                at += 1
                return .array(elements)
            default: throw error(.noBracket)
            }
        }
    }

    mutating func number() throws(JSONError) -> JSONValue {
        let start = at
        func digits() -> Bool {
            let first = at
            while let byte = next, byte >= 0x30, byte <= 0x39 { at += 1 }
            return at > first
        }
        var whole = true
        if next == UInt8(ascii: "-") { at += 1 }
        let leadingZero = next == UInt8(ascii: "0")
        let firstDigit = at
        if !digits() { throw error(.noSuchValue) }
        if leadingZero, at > firstDigit + 1 { throw error(.leadingZero) }
        if next == UInt8(ascii: ".") {
            whole = false
            at += 1
            if !digits() { throw error(.noDecimals) }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            whole = false
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            if !digits() { throw error(.noExponent) }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if whole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw error(.numberOutside) }
        return .number(value)
    }

    mutating func text() throws(JSONError) -> String {
        at += 1
        var plainStart = at
        var result: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                result += bytes[plainStart..<at]
                guard let text = String(validating: result, as: UTF8.self) else {
                    throw error(.notUTF8)
                }
                at += 1
                return text
            case UInt8(ascii: "\\"):
                result += bytes[plainStart..<at]
                at += 1
                try escape(into: &result)
                plainStart = at
            case 0..<0x20: throw error(.controlCharacter)
            default: at += 1
            }
        }
        throw error(.openText)
    }

    mutating func escape(into result: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw error(.openEscape) }
        at += 1
        switch byte {
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "u"):
            var code = try fourHexDigits()
            if code & 0xFC00 == 0xD800 {
                guard bytes[at...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
                    throw error(.halfSurrogate)
                }
                at += 2
                let low = try fourHexDigits()
                guard low & 0xFC00 == 0xDC00 else { throw error(.halfSurrogate) }
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = Unicode.Scalar(code) else { throw error(.halfSurrogate) }
            result += Array(String(Character(scalar)).utf8)
        default: throw error(.unknownEscape)
        }
    }

    mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        guard at + 4 <= bytes.count, bytes[at..<at + 4].allSatisfy({ isHexDigit($0) }),
            let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw error(.noHexDigits) }
        at += 4
        return code
    }

    func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
