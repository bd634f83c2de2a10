// SPDX-License-Identifier: GPL-3.0-or-later

/// Something to be said to a person: the key of its words, and what goes into their blanks. The words themselves are in
/// catalogues, one a language; until then a message is a value that can be compared, kept and sent.
///
/// In words with blanks, `{name}` is replaced by the value of that name, and `{name|file|files}` by the first word where
/// that value is 1, by the second where it is not.
public struct Wording: Hashable, Sendable, Codable {
    /// What stands in a blank.
    public indirect enum Value: Hashable, Sendable, Codable, ExpressibleByStringInterpolation {
        /// The same in every language: a name, a number, a field.
        case text(String)
        /// Words of their own.
        case words(Wording)

        public init(stringLiteral value: String) { self = .text(value) }
    }

    public var key: String
    public var blanks: [String: Value]

    public init(_ key: String, _ blanks: [String: Value] = [:]) {
        self.key = key
        self.blanks = blanks
    }

    /// The message in the words of a catalogue; the key itself where that has none.
    public func text(in words: [String: String]) -> String {
        Self.fill(
            words[key] ?? key,
            blanks.mapValues { value in
                switch value {
                case .text(let text): text
                case .words(let wording): wording.text(in: words)
                }
            })
    }

    /// Fills the blanks of a template; one without a value stays as it is.
    public static func fill(_ template: String, _ blanks: [String: String]) -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let inside = rest[rest.index(after: open)...]
            if let close = inside.firstIndex(of: "}"), let value = value(of: inside[..<close], in: blanks) {
                result += value
                rest = inside[inside.index(after: close)...]
            } else {
                result += "{"
                rest = inside
            }
        }
        return result + rest
    }

    /// What stands in a blank: `name`, or `name|one|many`.
    private static func value(of blank: Substring, in blanks: [String: String]) -> String? {
        let parts = blank.split(separator: "|", omittingEmptySubsequences: false)
        guard let value = blanks[String(parts[0])] else { return nil }
        switch parts.count {
        case 1: return value
        case 3: return String(value == "1" ? parts[1] : parts[2])
        default: return nil
        }
    }
}
