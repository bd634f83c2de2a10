// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

/// What stands between two line ends of the text, measured and ready to be broken into lines. Widths are in em.
struct Paragraph {
    struct Character {
        let text: String
        /// Of the paragraph's UTF-8.
        let bytes: Range<Int>
        let width: Double
        let isSpace: Bool
        /// A line may begin with it (UAX 14 as Pango tailors it to the language).
        let mayBegin: Bool
        /// A script without spaces between words.
        let isUnspaced: Bool
        /// A word begins with it; known in unspaced scripts only where there is a dictionary of them, else everywhere.
        let beginsWord: Bool
    }

    let text: String
    let fromRight: Bool
    let shaped: ShapedLine
    /// How it is set where it is broken into lines, and how large beside the text's size.
    let dress: Dress
    let scale: Double
    let characters: [Character]
    /// `starts[i]` is the width of all before character i; one more than there are characters.
    let starts: [Double]

    init(_ text: String, shaped: ShapedLine, fromRight: Bool, dress: Dress, scale: Double) {
        self.text = text
        self.dress = dress
        self.scale = scale
        self.shaped = shaped
        self.fromRight = fromRight
        var widths = [Double](repeating: 0, count: text.utf8.count + 1)
        // A cluster's width is shared by the characters that begin in it.
        var begins = [Bool](repeating: false, count: text.utf8.count + 1)
        var offset = 0
        for character in text {
            begins[offset] = true
            offset += character.utf8.count
        }
        for cluster in shaped.clusters {
            let inside = cluster.bytes.filter { begins[$0] }
            let width = cluster.right - cluster.left
            if inside.isEmpty {
                var start = cluster.bytes.lowerBound
                while start > 0, !begins[start] { start -= 1 }
                widths[start] += width
            } else {
                for start in inside { widths[start] += width / Double(inside.count) }
            }
        }
        var characters: [Character] = []
        var starts = [0.0]
        var sum = 0.0
        offset = 0
        let words =
            text.unicodeScalars.contains { Self.isEastAsian(g_unichar_get_script($0.value)) }
            ? WordStarts.offsets(in: text) : nil
        for character in text {
            let size = character.utf8.count
            let script =
                character.unicodeScalars.first.map { g_unichar_get_script($0.value) } ?? G_UNICODE_SCRIPT_COMMON
            characters.append(
                Character(
                    text: String(character), bytes: offset..<offset + size, width: widths[offset],
                    isSpace: character == " " || character == "\u{3000}",
                    mayBegin: offset > 0 && shaped.breaks.contains(offset), isUnspaced: Self.isUnspaced(script),
                    beginsWord: !Self.isEastAsian(script) || words?.contains(offset) ?? true))
            sum += widths[offset]
            starts.append(sum)
            offset += size
        }
        self.characters = characters
        self.starts = starts
    }

    private static func isUnspaced(_ script: GUnicodeScript) -> Bool {
        isEastAsian(script) || (ScriptFonts.row(script)?.isUnspaced ?? false)
    }

    private static func isEastAsian(_ script: GUnicodeScript) -> Bool {
        script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA
    }

    /// Where characters `range` end when the spaces at their end are not counted.
    func visible(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, characters[end - 1].isSpace { end -= 1 }
        return range.lowerBound..<end
    }

    func width(_ range: Range<Int>) -> Double {
        let seen = visible(range)
        return starts[seen.upperBound] - starts[seen.lowerBound]
    }

    func string(_ range: Range<Int>) -> String {
        characters[range].reduce(into: "") { $0 += $1.text }
    }
}
