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
