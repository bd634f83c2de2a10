// SPDX-License-Identifier: GPL-3.0-or-later
extension Character {
    /// Columns the character takes on a terminal: 0, 1 or 2 (Unicode TR11 wide and fullwidth, and emoji).
    package var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.value < 0x300 { return first.value < 0x20 || (0x7F..<0xA0).contains(first.value) ? 0 : 1 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if first.isWide || unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
        return 1
    }

    /// Whether a line may be broken before and after the character without a space (Han, kana, Hangul and their kin).
    var breaksAnywhere: Bool {
        guard let first = unicodeScalars.first else { return false }
        return first.value >= 0x2E80 && first.isWide
    }

    /// Whether the character must not stand at the beginning of a line (closing punctuation).
    var staysWithPrevious: Bool { "，。、；：？！）」』】》〉”’…,.;:?!)]}%".contains(self) }

    /// Whether the character must not stand at the end of a line (opening punctuation).
    var staysWithNext: Bool { "（「『【《〈“‘([{".contains(self) }
}

extension Unicode.Scalar {
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: properties.isEmojiPresentation
        }
    }
}

extension StringProtocol {
    /// Columns the text takes on a terminal, without any escape sequences in it.
    package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }
}

extension String {
    /// The text filled up with spaces to `columns`; unchanged when it is that wide already.
    package func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, columns - displayWidth))
    }

    /// The text cut to at most `columns`, its end replaced by `…` when something had to go.
    package func clipped(to columns: Int) -> String {
        guard displayWidth > columns else { return self }
        guard columns > 0 else { return "" }
        var result = ""
        var width = 0
        for character in self {
            if width + character.displayWidth > columns - 1 { break }
            result.append(character)
            width += character.displayWidth
        }
        return result + "…"
    }

    /// The text in lines of at most `columns`: broken at spaces, and between CJK characters but never before closing or after
    /// opening punctuation. A longer word stands on a line of its own. Line breaks in the text are kept.
    func wrapped(to columns: Int) -> [String] {
        split(separator: "\n", omittingEmptySubsequences: false).flatMap { String.wrap($0, to: Swift.max(columns, 8)) }
    }

    private static func wrap(_ text: Substring, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var width = 0
        for piece in pieces(of: text) {
            let pieceWidth = piece.text.displayWidth
            let gap = piece.spaced && !line.isEmpty ? 1 : 0
            if !line.isEmpty, width + gap + pieceWidth > columns {
                lines.append(line)
                (line, width) = (piece.text, pieceWidth)
            } else {
                line += (gap == 1 ? " " : "") + piece.text
                width += gap + pieceWidth
            }
        }
        return lines + [line]
    }

    /// The unbreakable pieces of a line, each with whether a space goes before it.
    private static func pieces(of text: Substring) -> [(text: String, spaced: Bool)] {
        var pieces: [(text: String, spaced: Bool)] = []
        var piece = ""
        var spaced = false
        func flush() {
            if !piece.isEmpty { pieces.append((piece, spaced)) }
            piece = ""
            spaced = false
        }
        for character in text {
            if character == " " {
                flush()
                spaced = true
            } else if let last = piece.last, !character.staysWithPrevious, !last.staysWithNext,
                character.breaksAnywhere || last.breaksAnywhere
            {
                flush()
                piece.append(character)
            } else {
                piece.append(character)
            }
        }
        flush()
        return pieces
    }
}
