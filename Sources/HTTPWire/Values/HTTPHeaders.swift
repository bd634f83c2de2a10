// SPDX-License-Identifier: GPL-3.0-or-later

/// Header fields in the order they came. Names are compared without regard to case.
///
/// Values cannot break out of their line: CR, LF and NUL in a value or a name that is set become spaces or are dropped, so
/// that text from strangers may stand in a header.
public struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    /// One field.
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: String
    }

    public private(set) var fields: [Field] = []

    public init() {}
    public init(_ fields: [(String, String)]) { for (name, value) in fields { add(name, value) } }
    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

    /// Fields as a parser found them: already without line ends.
    init(parsed fields: [Field]) { self.fields = fields }

    /// The first value of that name; setting replaces all of that name, nil removes them.
    public subscript(_ name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            fields.removeAll { Self.same($0.name, name) }
            if let newValue { add(name, newValue) }
        }
    }

    /// All values of that name.
    public func values(_ name: String) -> [String] {
        fields.lazy.filter { Self.same($0.name, name) }.map(\.value)
    }

    /// The parts of a field that is a list, over all lines of that name, trimmed: `Accept-Encoding: gzip, br` has two.
    public func list(_ name: String) -> [Substring] {
        values(name).flatMap { $0.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty } }
    }

    /// Puts one more field at the end.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: Self.cleanName(name), value: Self.cleanValue(value)))
    }

    /// Puts a field at the end unless one of that name is there.
    public mutating func addIfMissing(_ name: String, _ value: String) { if self[name] == nil { add(name, value) } }

    public var isEmpty: Bool { fields.isEmpty }

    private static func cleanValue(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else { return value }
        return String(
            decoding: value.utf8.map { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }

    private static func cleanName(_ name: String) -> String {
        name.utf8.allSatisfy(\.isTokenByte) ? name : String(decoding: name.utf8.filter(\.isTokenByte), as: UTF8.self)
    }

    static func same(_ a: String, _ b: String) -> Bool {
        let (x, y) = (a.utf8, b.utf8)
        guard x.count == y.count else { return false }
        var others = y.makeIterator()
        for byte in x where byte.lowercased != others.next()?.lowercased { return false }
        return true
    }
}

extension UInt8 {
    /// A byte that may stand in a token (RFC 9110, 5.6.2): names of headers, methods, parameters.
    var isTokenByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
        default: false
        }
    }
    var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}

extension StringProtocol {
    /// Without spaces and tabs at either end.
    var trimmed: Substring {
        var rest = Substring(self)
        while let first = rest.utf8.first, first == 0x20 || first == 0x09 { rest = rest.dropFirst() }
        while let last = rest.utf8.last, last == 0x20 || last == 0x09 { rest = rest.dropLast() }
        return rest
    }

    /// Whether the ASCII letters agree without regard to case.
    func isSameToken(_ other: String) -> Bool { HTTPHeaders.same(String(self), other) }
}
