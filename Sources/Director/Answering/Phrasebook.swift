// SPDX-License-Identifier: GPL-3.0-or-later

/// The answers of one language, by key: `key: words with {blanks}`.
///
/// `{name}` is replaced by the value of that name, `{name|one|many}` by the second part where that value is `1`, by the
/// third where it is not.
struct Phrasebook: Sendable {
    private(set) var phrases: [String: String] = [:]

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            phrases[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
        }
    }

    /// The same answers in other characters: words first, then single characters.
    ///
    /// - Parameter table: `words→other words`, and pairs of characters, between white space.
    func written(with table: String) -> Phrasebook {
        var words: [(String, String)] = []
        var characters: [Character: Character] = [:]
        for line in table.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            for pair in line.split(whereSeparator: \.isWhitespace) {
                let parts = pair.split(separator: "→")
                if parts.count == 2 {
                    words.append((String(parts[0]), String(parts[1])))
                } else if pair.count == 2, let from = pair.first, let to = pair.last {
                    characters[from] = to
                }
            }
        }
        var other = self
        for (key, phrase) in phrases {
            let phrase = words.reduce(phrase) { $0.replacing($1.0, with: $1.1) }
            other.phrases[key] = String(phrase.map { characters[$0] ?? $0 })
        }
        return other
    }

    var keys: [String] { phrases.keys.sorted() }

    /// Whether there are words for `key`.
    func has(_ key: String) -> Bool { phrases[key] != nil }

    /// The words of `key`; nil where the language has none.
    func text(_ key: String, _ blanks: [String: String] = [:]) -> String? {
        guard let template = phrases[key] else { return nil }
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let parts = rest[rest.index(after: open)..<close].split(separator: "|", omittingEmptySubsequences: false)
            let value = blanks[String(parts.first ?? "")] ?? ""
            result += parts.count == 3 ? String(value == "1" ? parts[1] : parts[2]) : value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
