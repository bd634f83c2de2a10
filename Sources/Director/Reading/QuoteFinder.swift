// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds what stands in quotation marks of any kind.
enum QuoteFinder {
    private static let pairs: [Character: Character] = [
        "\"": "\"", "“": "”", "”": "”", "„": "“", "「": "」", "『": "』", "《": "》", "«": "»", "‹": "›", "'": "'", "‘": "’",
        "＂": "＂", "〝": "〞",
    ]

    /// One unit for each quoted text that is not empty; the marks belong to it.
    static func quotes(in tokens: [Token], _ characters: [Character]) -> [Unit] {
        var units: [Unit] = []
        var index = 0
        while index < tokens.count {
            defer { index += 1 }
            let token = tokens[index]
            guard token.range.count == 1, let close = pairs[characters[token.range.lowerBound]] else { continue }
            // An apostrophe opens a quotation only at the start of a word.
            let isApostrophe = close == "'" || close == "’"
            if isApostrophe, index > 0, !token.isSpaced, tokens[index - 1].kind == .word { continue }
            guard
                let end = tokens.indices[(index + 1)...].prefix(400).first(where: { place in
                    let other = tokens[place]
                    guard other.range.count == 1 else { return false }
                    let character = characters[other.range.lowerBound]
                    let closes =
                        character == close || (close == "”" && (character == "“" || character == "\""))
                        || (close == "\"" && (character == "”" || character == "“"))
                    guard closes, isApostrophe else { return closes }
                    // And closes one only at the end of one.
                    return place + 1 == tokens.count || tokens[place + 1].isSpaced || tokens[place + 1].kind != .word
                }), end > index + 1
            else { continue }
            let words = tokens[index + 1].range.lowerBound..<tokens[end - 1].range.upperBound
            units.append(Unit(tokens: index..<end + 1, value: .quote(String(characters[words]))))
            index = end
        }
        return units
    }
}
