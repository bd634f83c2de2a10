// SPDX-License-Identifier: GPL-3.0-or-later

/// Text from anybody, made harmless and regular before it is laid out (see `TitleLimits`).
///
/// Line ends of every kind become `\n` and empty lines in a row one; tabs and odd spaces become spaces; control
/// characters, NUL, noncharacters, private-use characters, bidi embeddings and overrides are dropped (the marks and
/// isolates that real right-to-left text needs stay); a run of combining marks is cut; so is the whole.
struct TamedText {
    /// No trailing space on any line, no empty line first or last.
    let text: String
    let isCut: Bool

    init(_ raw: String) {
        var kept = String.UnicodeScalarView()
        var marks = 0
        var lines = 1
        var looked = 0
        var isCut = false
        var pendingBreaks = 0
        var pendingSpaces = 0
        var previousWasReturn = false
        for scalar in raw.unicodeScalars {
            looked += 1
            if looked > TitleLimits.scalars {
                isCut = true
                break
            }
            let wasReturn = previousWasReturn
            previousWasReturn = scalar == "\r"
            if scalar == "\n" && wasReturn { continue }
            if Self.endsLine(scalar) {
                pendingBreaks += 1
                pendingSpaces = 0
                continue
            }
            if Self.isSpace(scalar) {
                pendingSpaces += 1
                continue
            }
            if Self.isDropped(scalar) { continue }
            let kind = scalar.properties.generalCategory
            if kind == .nonspacingMark || kind == .enclosingMark {
                marks += 1
                if marks > TitleLimits.marks { continue }
            } else {
                marks = 0
            }
            if pendingBreaks > 0, !kept.isEmpty {
                let breaks = min(pendingBreaks, 2)
                lines += breaks
                if lines > TitleLimits.lines {
                    isCut = true
                    break
                }
                for _ in 0..<breaks { kept.append("\n") }
            } else if pendingSpaces > 0, !kept.isEmpty {
                for _ in 0..<min(pendingSpaces, 4) { kept.append(" ") }
            }
            pendingBreaks = 0
            pendingSpaces = 0
            kept.append(scalar)
        }
        var text = ""
        var count = 0
        for character in String(kept) {
            count += 1
            if count > TitleLimits.characters {
                isCut = true
                break
            }
            let scalars = character.unicodeScalars
            text.unicodeScalars.append(contentsOf: scalars.prefix(TitleLimits.cluster))
        }
        self.isCut = isCut
        self.text = text
    }

    private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// Spaces that may break; the no-break ones (00A0, 202F) stay what they are, and the ideographic one (3000) keeps its width.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20, 0x1680, 0x2000...0x200A, 0x205F: true
        default: false
        }
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true  // control
        case 0xAD: true  // soft hyphen: nothing here hyphenates
        case 0x202A...0x202E: true  // embeddings and overrides
        case 0x206A...0x206F, 0xFFF9...0xFFFC: true  // deprecated format, interlinear, object
        case 0xFEFF: true  // byte order mark
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: true  // private use
        case 0xFDD0...0xFDEF: true
        case let value where value & 0xFFFE == 0xFFFE: true  // noncharacters
        default: false
        }
    }
}

extension TamedText {
    static func cased(_ text: String, _ letterCase: TitleCase, language: String) -> String {
        switch letterCase {
        case .asIs: text
        case .upper: upper(text, language: language)
        case .lower: lower(text, language: language)
        }
    }

    /// Small letters; I without a dot stays without one in Turkish.
    static func lower(_ text: String, language: String) -> String {
        guard isTurkic(language) else { return text.lowercased() }
        return text.reduce(into: "") { $0 += $1 == "I" ? "ı" : $1 == "İ" ? "i" : $1.lowercased() }
    }

    private static func isTurkic(_ language: String) -> Bool {
        ["tr", "az"].contains(language.lowercased().prefix { $0 != "-" && $0 != "_" })
    }

    /// Capitals as the language writes them: dotted İ in Turkish, no accents in Greek, none at all in Georgian.
    static func upper(_ text: String, language: String) -> String {
        let turkic = isTurkic(language)
        var result = ""
        for character in text {
            if turkic, character == "i" {
                result.append("İ")
            } else if let first = character.unicodeScalars.first, (0x10A0...0x10FF).contains(first.value) {
                result.append(character)
            } else if let first = character.unicodeScalars.first,
                (0x0370...0x03FF).contains(first.value) || (0x1F00...0x1FFF).contains(first.value)
            {
                result += greekCapital(character)
            } else {
                result += character.uppercased()
            }
        }
        return result
    }

    private static func greekCapital(_ character: Character) -> String {
        switch character {
        case "ά", "Ά": "Α"
        case "έ", "Έ": "Ε"
        case "ή", "Ή": "Η"
        case "ί", "Ί": "Ι"
        case "ό", "Ό": "Ο"
        case "ύ", "Ύ": "Υ"
        case "ώ", "Ώ": "Ω"
        case "ΐ": "Ϊ"
        case "ΰ": "Ϋ"
        default: character.uppercased()
        }
    }
}
