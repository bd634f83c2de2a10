// SPDX-License-Identifier: GPL-3.0-or-later

/// One piece of a message: a word, a number, a character of a script without spaces, a mark.
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case word, number, wide, mark, newline, symbol
    }

    var kind: Kind
    /// Folded: lower case, no accents, half width, straight quotes.
    var text: String
    /// Characters of the message.
    var range: Range<Int>
    /// White space stands before it.
    var isSpaced: Bool
    /// As typed, it began with a capital; all of its letters were capitals.
    var isCapitalised: Bool
    var isAllCapitals: Bool
}

/// Cuts a message into tokens. Pure and linear.
enum Tokenizer {
    /// Tokens of `characters`, with ranges in it.
    static func tokens(of characters: [Character], variants: [Character: Character] = [:]) -> [Token] {
        let folded = characters.map { fold($0, variants) }
        var tokens: [Token] = []
        var place = 0
        var spaced = false
        func emit(_ kind: Token.Kind, _ end: Int) {
            let original = characters[place..<end]
            let letters = original.filter(\.isLetter)
            tokens.append(
                Token(
                    kind: kind, text: folded[place..<end].joined(), range: place..<end, isSpaced: spaced,
                    isCapitalised: letters.first?.isUppercase ?? false,
                    isAllCapitals: letters.count > 1 && letters.allSatisfy { $0.isUppercase || !$0.isCased }))
            place = end
            spaced = false
        }
        while place < characters.count {
            let character = characters[place]
            if character.isNewline {
                emit(.newline, place + 1)
            } else if character.isWhitespace {
                place += 1
                spaced = true
            } else if isDigit(folded[place]) {
                var end = place + 1
                while end < folded.count {
                    if isDigit(folded[end]) {
                        end += 1
                    } else if end + 1 < folded.count, folded[end] == "." || folded[end] == ",", isDigit(folded[end + 1])
                    {
                        // 2.5, and 1,080 with three digits after the comma; "1,2" is a list.
                        let after = folded[(end + 1)...].prefix { isDigit($0) }.count
                        if folded[end] == ",", after != 3 { break }
                        end += 1 + after
                    } else {
                        break
                    }
                }
                emit(.number, end)
            } else if character.isWide, character.isLetter {
                emit(.wide, place + 1)
            } else if character.isLetter {
                var end = place + 1
                while end < characters.count {
                    if characters[end].isLetter, !characters[end].isWide {
                        end += 1
                    } else if folded[end] == "'", end + 1 < characters.count, characters[end + 1].isLetter,
                        !characters[end + 1].isWide
                    {
                        end += 2
                    } else {
                        break
                    }
                }
                emit(.word, end)
            } else {
                emit(
                    character.isLetter || character.isNumber ? .wide : isSymbol(character) ? .symbol : .mark, place + 1)
            }
        }
        return tokens
    }

    /// The folded tokens of a phrase of a lexicon.
    static func words(of phrase: String) -> [String] { tokens(of: Array(phrase)).map(\.text) }

    /// The tokens of a phrase of nothing but small ASCII letters, spaces, apostrophes between letters, Chinese characters and
    /// kana; nil for any other. Most phrases of a lexicon are such, and there are tens of thousands.
    static func plainWords(of phrase: String) -> [String]? {
        var phrase = phrase
        return phrase.withUTF8 { bytes -> [String]? in
            var words: [String] = []
            func emit(_ range: Range<Int>) {
                if !range.isEmpty { words.append(String(decoding: bytes[range], as: UTF8.self)) }
            }
            var (start, place) = (0, 0)
            while place < bytes.count {
                switch bytes[place] {
                case 0x61...0x7A: place += 1
                case 0x27:
                    guard place > start, place + 1 < bytes.count, (0x61...0x7A).contains(bytes[place + 1]) else {
                        return nil
                    }
                    place += 1
                case 0x20:
                    emit(start..<place)
                    place += 1
                    start = place
                case 0xE3...0xE9:
                    // A string is valid UTF-8: two more bytes follow.
                    let high = UInt32(bytes[place] & 0x0F) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6
                    guard isPlainWide(high | UInt32(bytes[place + 2] & 0x3F)) else { return nil }
                    emit(start..<place)
                    emit(place..<place + 3)
                    place += 3
                    start = place
                default: return nil
                }
            }
            emit(start..<place)
            return words
        }
    }

    /// Chinese characters and kana that are letters by themselves.
    private static func isPlainWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0x4E00...0x9FFF: true
        default: false
        }
    }

    /// A text folded character by character, as its tokens are.
    static func fold(_ text: String, _ variants: [Character: Character]) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var folded = ""
        for character in text { folded += fold(character, variants) }
        return folded
    }

    private static func isDigit(_ text: String) -> Bool { text.count == 1 && text >= "0" && text <= "9" }

    private static func isSymbol(_ character: Character) -> Bool {
        character.unicodeScalars.contains {
            $0.properties.isEmojiPresentation || $0.properties.generalCategory == .otherSymbol
        }
    }

    /// Marks that people type in more than one form.
    private static let plain: [Character: String] = [
        "’": "'", "‘": "'", "´": "'", "`": "'", "，": ",", "。": ".", "！": "!", "？": "?", "：": ":", "；": ";", "、": ",",
        "（": "(", "）": ")", "～": "~", "—": "-", "–": "-", "−": "-", "×": "x", "％": "%", "…": ".",
    ]

    /// Lower case, half width, without accents on Latin letters, in the pack's own variant of a character.
    static func fold(_ character: Character, _ variants: [Character: Character]) -> String {
        if let ascii = character.asciiValue {
            return String(UnicodeScalar(ascii >= 65 && ascii <= 90 ? ascii + 32 : ascii))
        }
        if let same = plain[character] { return same }
        if let variant = variants[character] { return String(variant) }
        guard let scalar = character.unicodeScalars.first else { return "" }
        // Full width forms lie at a fixed distance from ASCII.
        if (0xFF01...0xFF5E).contains(scalar.value), let half = UnicodeScalar(scalar.value - 0xFEE0) {
            return String(half).lowercased()
        }
        if let base = accents[scalar.value] { return base }
        // A Latin letter with an accent that stands by itself.
        if scalar.value < 0x250, character.unicodeScalars.count > 1, character.isLetter {
            return String(scalar).lowercased()
        }
        return String(character).lowercased()
    }

    /// Latin-1 and Latin Extended-A letters without their accents.
    private static let accents: [UInt32: String] = {
        let rows: [(String, String)] = [
            ("àáâãäåāăą", "a"), ("çćĉċč", "c"), ("ďđ", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"),
            ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņňŉ", "n"), ("òóôõöøōŏő", "o"),
            ("ŕŗř", "r"), ("śŝşš", "s"), ("ţťŧ", "t"), ("ùúûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"),
            ("œ", "oe"), ("æ", "ae"), ("ß", "ss"),
        ]
        var table: [UInt32: String] = [:]
        for (letters, base) in rows {
            for letter in letters.unicodeScalars { table[letter.value] = base }
            for letter in letters.uppercased().unicodeScalars where table[letter.value] == nil {
                table[letter.value] = base
            }
        }
        table[0xDF] = "ss"
        return table
    }()
}

extension Character {
    /// Chinese, Japanese or Korean: no spaces between words.
    var isWide: Bool {
        guard let value = unicodeScalars.first?.value else { return false }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF66...0xFF9F, 0x20000...0x3FFFD:
            return true
        default: return false
        }
    }
}
