// SPDX-License-Identifier: GPL-3.0-or-later

/// A typeface offered by a plain name: which fonts set it, what it covers, which Debian package brings it.
public struct FontFamily: Hashable, Sendable {
    /// The plain name: "serif".
    public let name: String
    /// Font names as Fontconfig knows them, best first.
    public let fonts: [String]
    /// Debian package of the first font.
    public let package: String
    /// What goes with it when a letter is not in it, and which cut of Han, Arabic, Thai … it takes.
    public let character: Character
    /// ISO 639 codes of some languages it sets by itself; all others come from the fonts of their script.
    public let languages: [String]
    public let summary: String

    public enum Character: String, Hashable, Sendable {
        case sans, serif
        /// Brush and pen shapes for Han where there are such fonts, serifs elsewhere.
        case hand
    }

    /// The table, the default first.
    public static let all: [FontFamily] = [
        FontFamily(
            name: "sans", fonts: ["Inter Display", "Inter", "Noto Sans"], package: "fonts-inter", character: .sans,
            languages: european + ["vi", "ru", "uk", "el"], summary: "Inter: clear and modern, made for screens"),
        FontFamily(
            name: "text", fonts: ["Inter", "Noto Sans"], package: "fonts-inter", character: .sans,
            languages: european + ["vi", "ru", "uk", "el"], summary: "Inter in its cut for small sizes: captions"),
        FontFamily(
            name: "humanist", fonts: ["Lato", "Noto Sans"], package: "fonts-lato", character: .sans,
            languages: european + ["vi", "ru", "uk", "el"], summary: "Lato: warm and friendly"),
        FontFamily(
            name: "display", fonts: ["Bebas Neue", "Noto Sans Display"], package: "fonts-bebas-neue", character: .sans,
            languages: european + ["ru"], summary: "Bebas Neue: tall narrow capitals, posters"),
        FontFamily(
            name: "geometric", fonts: ["League Spartan", "Inter Display", "Inter", "Noto Sans"],
            package: "fonts-league-spartan", character: .sans, languages: european + ["vi"],
            summary: "League Spartan: round and bold"),
        FontFamily(
            name: "serif", fonts: ["EB Garamond 12", "EB Garamond", "Noto Serif"], package: "fonts-ebgaramond",
            character: .serif, languages: european + ["vi", "ru", "uk", "el"], summary: "EB Garamond: bookish, quiet"),
        FontFamily(
            name: "didone", fonts: ["Noto Serif Display", "EB Garamond 12", "Noto Serif"], package: "fonts-noto-core",
            character: .serif, languages: european + ["vi", "ru", "uk", "el"],
            summary: "Noto Serif Display: fine hairlines, fashion and film"),
        FontFamily(
            name: "script", fonts: ["Dancing Script", "Noto Serif Display", "Noto Serif"],
            package: "fonts-dancingscript", character: .hand, languages: ["en", "de", "fr", "es", "it", "pt", "nl"],
            summary: "Dancing Script: a lively hand"),
        FontFamily(
            name: "typewriter", fonts: ["Courier Prime Code", "Noto Sans Mono", "Noto Serif"],
            package: "fonts-courier-prime", character: .serif, languages: ["en", "de", "fr", "es", "it", "pt", "nl"],
            summary: "Courier Prime Code: a film script out of the machine"),
        FontFamily(
            name: "retro", fonts: ["Lobster Two", "Lobster", "Dancing Script", "Noto Serif"], package: "fonts-lobster",
            character: .hand, languages: ["en", "de", "fr", "es", "it", "pt", "nl"],
            summary: "Lobster: a signwriter's brush"),
    ]

    private static let european = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "tr", "sv", "fi", "hu", "ro"]

    /// The row of this plain name, or of this font's name; nil when it is neither.
    public static func named(_ name: String) -> FontFamily? {
        let wanted = name.lowercased()
        return all.first { $0.name == wanted } ?? all.first { $0.fonts.first?.lowercased() == wanted }
    }
}
