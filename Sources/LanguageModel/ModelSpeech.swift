// SPDX-License-Identifier: GPL-3.0-or-later

/// What of a model's text a person is shown: a few plain lines. Thoughts that some models write before their answer are
/// left out, and so are marks of formatting and whatever steers a terminal or turns the direction of writing.
enum ModelSpeech {
    static let mostLines = 6
    static let mostCharacters = 800

    static func shown(_ text: String) -> String {
        let lines = withoutThoughts(text).split(whereSeparator: \.isNewline).map { plain(String($0)) }
            .filter { !$0.isEmpty }
        let whole = lines.prefix(mostLines).joined(separator: "\n")
        return whole.count > mostCharacters ? whole.prefix(mostCharacters - 1) + "…" : whole
    }

    /// Without `<think>…</think>`; a thought that never ends is all there is.
    private static func withoutThoughts(_ text: String) -> String {
        var rest = Substring(text)
        var answer = ""
        while let open = rest.firstRange(of: "<think>") {
            answer += rest[..<open.lowerBound]
            guard let close = rest[open.upperBound...].firstRange(of: "</think>") else { return answer }
            rest = rest[close.upperBound...]
        }
        // Templates that open the thought themselves leave only its end.
        if let close = rest.firstRange(of: "</think>") { rest = rest[close.upperBound...] }
        return answer + rest
    }

    private static func plain(_ line: String) -> String {
        let scalars = line.unicodeScalars.filter { scalar in
            // The joiner is part of emoji and of several scripts.
            let category = scalar.properties.generalCategory
            return scalar == "\u{200D}" || scalar == "\t" || category != .control && category != .format
        }
        var plain = String(String.UnicodeScalarView(scalars)).replacing("**", with: "").replacing("`", with: "")
        while let first = plain.first, first == "#" || first.isWhitespace { plain.removeFirst() }
        while plain.last?.isWhitespace ?? false { plain.removeLast() }
        return plain
    }
}
