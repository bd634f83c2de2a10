// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands above a part of a form.
public struct MultipartPart: Sendable, Hashable {
    /// The field's name.
    public let name: String
    /// The file's name as the sender says, without control characters: data, never a path to use. Nil for a field.
    public let filename: String?
    public let contentType: String?

    public init(name: String, filename: String? = nil, contentType: String? = nil) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
    }

    /// Reads header lines, each with its line end.
    init(head: [UInt8]) throws(MultipartError) {
        var disposition: HeaderParameters?
        var type: String?
        for line in head.split(separator: 0x0A) {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty { continue }
            guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex,
                line[..<colon].allSatisfy(\.isTokenByte)
            else { throw .malformed("a part has a line that is no header") }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = Self.text(line[(colon + 1)...])
            if name.isSameToken("Content-Disposition") { disposition = HeaderParameters(value) }
            if name.isSameToken("Content-Type") { type = String(value.trimmed) }
        }
        guard let disposition, disposition.value.lowercased() == "form-data", let name = disposition["name"] else {
            throw .malformed("a part does not say its name")
        }
        self.name = Self.undoBrowserEscapes(name)
        filename = (disposition.extended("filename") ?? disposition["filename"].map(Self.undoBrowserEscapes))
            .map { String($0.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }) }
        contentType = type
    }

    /// UTF-8, or else every byte for itself.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// Browsers write `"`, CR and LF in names as `%22`, `%0D` and `%0A` (WHATWG HTML, 4.10.21.8), and nothing else so.
    private static func undoBrowserEscapes(_ text: String) -> String {
        guard text.utf8.contains(0x25) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, rest.count >= 2 {
                switch String(decoding: rest.prefix(2), as: UTF8.self).uppercased() {
                case "22": bytes.append(0x22)
                case "0D": bytes.append(0x0D)
                case "0A": bytes.append(0x0A)
                default:
                    bytes.append(byte)
                    continue
                }
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
