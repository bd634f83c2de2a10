// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// A script taken apart: a heading, and lines short enough for the screen.
struct Script: Hashable {
    /// A first line that begins with `#`.
    var heading: String?
    var lines: [String]

    /// Characters of a script that are read.
    static let longest = 200_000
    /// Two rows of subtitle: 42 characters each, 16 for Chinese, Japanese and Korean.
    static let longestLine = 84.0
    /// Reading speed with ease, characters a second (a wide character counts as 2.6: it says so much more).
    static let charactersASecond = 15.0
    static let wideCharacter = 2.6

    init(_ text: String) {
        var lines: [String] = []
        for raw in text.split(whereSeparator: \.isNewline) {
            var line = Self.trimmed(raw)
            if line.hasPrefix("#") {
                let words = Self.trimmed(line.drop { $0 == "#" })
                if heading == nil, lines.isEmpty, !words.isEmpty {
                    heading = words
                    continue
                }
                line = words
            }
            for mark in ["- ", "* ", "• "] where line.hasPrefix(mark) { line = Self.trimmed(line.dropFirst(2)) }
            for sentence in Self.sentences(line) { lines += Self.screenLines(sentence) }
        }
        self.lines = lines
    }

    /// Milliseconds that all lines take to read with ease.
    var readingTime: Int64 { lines.reduce(0) { $0 + Self.readingTime($1) } }

    /// Milliseconds that `line` takes to read with ease: at least 1.2 s.
    static func readingTime(_ line: String) -> Int64 {
        max(1200, Int64((weight(line) / charactersASecond * 1000).rounded()) + 300)
    }

    static func weight(_ line: some StringProtocol) -> Double {
        line.reduce(0) { $0 + ($1.isWide ? wideCharacter : 1) }
    }

    /// Sentences of one line, with their closing marks.
    static func sentences(_ line: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        let characters = Array(line)
        for (index, character) in characters.enumerated() {
            current.append(character)
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            if let next, next.closesSentence || next.isClosingMark { continue }
            let core = current.reversed().first { !$0.isClosingMark }
            guard let core, core.closesSentence else { continue }
            if core == "." || core == "!" || core == "?" {
                if let next, !next.isWhitespace { continue }
                if core == ".", endsInAbbreviation(current) { continue }
            }
            sentences.append(trimmed(current))
            current = ""
        }
        let rest = trimmed(current)
        if !rest.isEmpty { sentences.append(rest) }
        return sentences.filter { !$0.isEmpty }
    }

    private static let abbreviations: Set = [
        "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "no", "jr", "sr", "e.g", "i.e", "approx", "inc", "ltd",
    ]

    private static func endsInAbbreviation(_ text: String) -> Bool {
        let word = text.dropLast().split(whereSeparator: \.isWhitespace).last.map { $0.lowercased() } ?? ""
        if abbreviations.contains(word) { return true }
        // An initial: "J. R. R. Tolkien", "U.S."
        return word.split(separator: ".").allSatisfy { $0.count == 1 && $0 != "i" } && !word.isEmpty
            && word.allSatisfy { $0.isLetter || $0 == "." } && !word.contains(where: \.isWide)
    }

    /// A sentence cut into pieces that fit the screen, at commas where it has any, as evenly as they allow.
    static func screenLines(_ sentence: String) -> [String] {
        let total = weight(sentence)
        guard total > longestLine else { return [sentence] }
        let characters = Array(sentence)
        var best: (cost: Double, index: Int)?
        var before = 0.0
        for (index, character) in characters.enumerated().dropLast() {
            before += character.isWide ? wideCharacter : 1
            let next = characters[index + 1]
            let pause = character.isPause && (next.isWhitespace || character.isWide)
            let breakable =
                pause || next.isWhitespace || (character.isWide && next.isWide && !next.isPause && !next.closesSentence)
            guard breakable else { continue }
            let cost = abs(before - total / 2) / total - (pause ? 0.25 : 0) - (next.isWhitespace ? 0.02 : 0)
            if best.map({ cost < $0.cost }) ?? true { best = (cost, index) }
        }
        // A word longer than the screen is cut where it stands.
        let cut = (best?.index ?? characters.count / 2 - 1) + 1
        let left = trimmed(String(characters[..<cut]))
        let right = trimmed(String(characters[cut...]))
        guard !left.isEmpty, !right.isEmpty else { return [sentence] }
        return screenLines(left) + screenLines(right)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension Character {
    /// Chinese, Japanese or Korean: one character is about a word's part and stands in a square.
    var isWide: Bool {
        guard let value = unicodeScalars.first?.value else { return false }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return true
        default: return false
        }
    }

    fileprivate var closesSentence: Bool { ".!?…。！？".contains(self) }
    fileprivate var isClosingMark: Bool { "\"'”’»)]）」』】".contains(self) }
    fileprivate var isPause: Bool { ",;:，、；：—–".contains(self) }
}
