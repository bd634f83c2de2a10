// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

/// Which fonts set a script that the style's own face lacks, and how the script behaves. One row a script.
///
/// Naming them keeps Fontconfig's own order (DejaVu before Noto for Arabic, any Han variant) and the machine's
/// locale out of the drawing.
struct ScriptFonts {
    let script: GUnicodeScript
    /// The language that letters of this script are shaped as when the request's language is written otherwise.
    let language: String
    let sans: [String]
    let serif: [String]
    /// Letters touch (Arabic) or hang from one line (Devanagari): letter spacing would tear them.
    var isJoined = false
    /// No spaces between words: word-by-word goes by where a line may break.
    var isUnspaced = false
    var fromRight = false

    static func row(_ script: GUnicodeScript) -> ScriptFonts? { rows[script.rawValue] }

    private static let rows: [Int32: ScriptFonts] = {
        var rows: [Int32: ScriptFonts] = [:]
        for row in table { rows[Int32(row.script.rawValue)] = row }
        return rows
    }()

    private static func noto(
        _ script: GUnicodeScript, _ language: String, _ name: String, serif: String? = nil, joined: Bool = false,
        unspaced: Bool = false, fromRight: Bool = false
    ) -> ScriptFonts {
        let sans = "Noto Sans \(name)"
        return ScriptFonts(
            script: script, language: language, sans: [sans], serif: [serif ?? "Noto Serif \(name)", sans],
            isJoined: joined, isUnspaced: unspaced, fromRight: fromRight)
    }

    private static let table: [ScriptFonts] = [
        ScriptFonts(script: G_UNICODE_SCRIPT_LATIN, language: "en", sans: ["Noto Sans"], serif: ["Noto Serif"]),
        ScriptFonts(script: G_UNICODE_SCRIPT_GREEK, language: "el", sans: ["Noto Sans"], serif: ["Noto Serif"]),
        ScriptFonts(script: G_UNICODE_SCRIPT_CYRILLIC, language: "ru", sans: ["Noto Sans"], serif: ["Noto Serif"]),
        noto(G_UNICODE_SCRIPT_ARABIC, "ar", "Arabic", serif: "Noto Naskh Arabic", joined: true, fromRight: true),
        noto(G_UNICODE_SCRIPT_HEBREW, "he", "Hebrew", fromRight: true),
        noto(G_UNICODE_SCRIPT_THAI, "th", "Thai", unspaced: true),
        noto(G_UNICODE_SCRIPT_LAO, "lo", "Lao", unspaced: true),
        noto(G_UNICODE_SCRIPT_KHMER, "km", "Khmer", unspaced: true),
        noto(G_UNICODE_SCRIPT_MYANMAR, "my", "Myanmar", unspaced: true),
        noto(G_UNICODE_SCRIPT_DEVANAGARI, "hi", "Devanagari", joined: true),
        noto(G_UNICODE_SCRIPT_BENGALI, "bn", "Bengali", joined: true),
        noto(G_UNICODE_SCRIPT_GURMUKHI, "pa", "Gurmukhi", joined: true),
        noto(G_UNICODE_SCRIPT_GUJARATI, "gu", "Gujarati"),
        noto(G_UNICODE_SCRIPT_ORIYA, "or", "Oriya"),
        noto(G_UNICODE_SCRIPT_TAMIL, "ta", "Tamil"),
        noto(G_UNICODE_SCRIPT_TELUGU, "te", "Telugu"),
        noto(G_UNICODE_SCRIPT_KANNADA, "kn", "Kannada"),
        noto(G_UNICODE_SCRIPT_MALAYALAM, "ml", "Malayalam"),
        noto(G_UNICODE_SCRIPT_SINHALA, "si", "Sinhala"),
        noto(G_UNICODE_SCRIPT_GEORGIAN, "ka", "Georgian"),
        noto(G_UNICODE_SCRIPT_ARMENIAN, "hy", "Armenian"),
        noto(G_UNICODE_SCRIPT_ETHIOPIC, "am", "Ethiopic"),
        noto(G_UNICODE_SCRIPT_TIBETAN, "bo", "Tibetan", unspaced: true),
        noto(G_UNICODE_SCRIPT_SYRIAC, "syr", "Syriac", joined: true, fromRight: true),
        noto(G_UNICODE_SCRIPT_MONGOLIAN, "mn", "Mongolian", joined: true),
        noto(G_UNICODE_SCRIPT_NKO, "nqo", "NKo", joined: true, fromRight: true),
        noto(G_UNICODE_SCRIPT_THAANA, "dv", "Thaana", fromRight: true),
        noto(G_UNICODE_SCRIPT_SAMARITAN, "smp", "Samaritan", fromRight: true),
        noto(G_UNICODE_SCRIPT_MANDAIC, "myz", "Mandaic", fromRight: true),
        noto(G_UNICODE_SCRIPT_ADLAM, "ff-adlm", "Adlam", joined: true, fromRight: true),
        noto(G_UNICODE_SCRIPT_HANIFI_ROHINGYA, "rhg", "Hanifi Rohingya", joined: true, fromRight: true),
        noto(G_UNICODE_SCRIPT_CHEROKEE, "chr", "Cherokee"),
    ]
}

/// The shape that Han characters take: each of the five has its own strokes for thousands of them.
enum HanVariant: String {
    case simplified = "zh-cn"
    case taiwan = "zh-tw"
    case hongKong = "zh-hk"
    case japanese = "ja"
    case korean = "ko"

    private var suffix: String {
        switch self {
        case .simplified: "SC"
        case .taiwan: "TC"
        case .hongKong: "HK"
        case .japanese: "JP"
        case .korean: "KR"
        }
    }

    func fonts(_ character: FontFamily.Character) -> [String] {
        let sans = ["Noto Sans CJK \(suffix)"]
        switch character {
        case .sans: return sans
        case .serif: return ["Noto Serif CJK \(suffix)"] + sans
        case .hand:
            let pen = self == .japanese ? ["Klee One"] : self == .korean ? [] : ["LXGW WenKai"]
            return pen + ["Noto Serif CJK \(suffix)"] + sans
        }
    }

    /// From the language tag; where that names another script's language, from the company the characters keep.
    static func chosen(language: String, text: String) -> HanVariant {
        let parts = language.lowercased().split { $0 == "-" || $0 == "_" }
        switch parts.first {
        case "zh", "yue", "cmn":
            if parts.contains("hk") || parts.contains("mo") || parts.first == "yue" { return .hongKong }
            return parts.contains("tw") || parts.contains("hant") ? .taiwan : .simplified
        case "ja": return .japanese
        case "ko": return .korean
        default: break
        }
        var hasHangul = false
        for scalar in text.unicodeScalars where scalar.value >= 0x1100 {
            switch g_unichar_get_script(scalar.value) {
            case G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA: return .japanese
            case G_UNICODE_SCRIPT_BOPOMOFO: return .taiwan
            case G_UNICODE_SCRIPT_HANGUL: hasHangul = true
            default: break
            }
        }
        return hasHangul ? .korean : .simplified
    }

    static func covers(_ script: GUnicodeScript) -> Bool {
        script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA
            || script == G_UNICODE_SCRIPT_HANGUL || script == G_UNICODE_SCRIPT_BOPOMOFO
    }
}
