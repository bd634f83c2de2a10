// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

/// Which of the fonts that titles are set with this machine has, and which package brings one that is missing.
public enum FontCatalog {
    public struct Entry: Hashable, Sendable {
        /// Plain name of a family ("serif"), or what the font is for ("Chinese, Japanese, Korean").
        public let name: String
        /// The font, as Fontconfig knows it.
        public let font: String
        /// Debian package that brings it.
        public let package: String
        public let isInstalled: Bool
        /// Nice to have: large, and only for one look in a few languages.
        public let isOptional: Bool
    }

    /// Every family offered, then the fonts for other scripts and emoji.
    public static func available() -> [Entry] {
        let families = FontFamily.all.map { ($0.name, $0.fonts[0], $0.package) }
        let others = [
            ("other scripts", "Noto Sans", "fonts-noto-core"),
            ("Arabic", "Noto Sans Arabic", "fonts-noto-core"),
            ("Thai", "Noto Sans Thai", "fonts-noto-core"),
            ("Devanagari", "Noto Sans Devanagari", "fonts-noto-core"),
            ("Chinese, Japanese, Korean", "Noto Sans CJK SC", "fonts-noto-cjk"),
            ("Chinese, Japanese, Korean serif", "Noto Serif CJK SC", "fonts-noto-cjk"),
            ("emoji", "Noto Color Emoji", "fonts-noto-color-emoji"),
        ]
        let optional = [
            ("handwritten Chinese", "LXGW WenKai", "fonts-lxgw-wenkai"),
            ("handwritten Japanese", "Klee One", "fonts-klee"),
        ]
        func entries(_ rows: [(String, String, String)], isOptional: Bool) -> [Entry] {
            rows.map {
                Entry(
                    name: $0.0, font: $0.1, package: $0.2, isInstalled: isInstalled($0.1), isOptional: isOptional)
            }
        }
        return entries(families + others, isOptional: false) + entries(optional, isOptional: true)
    }

    /// Packages to install so that nothing but the optional is missing, sorted, each once.
    public static func missingPackages() -> [String] {
        Set(available().filter { !$0.isInstalled && !$0.isOptional }.map(\.package)).sorted()
    }

    /// Whether Fontconfig lists a font family of this very name.
    static func isInstalled(_ family: String) -> Bool {
        guard let pattern = FcPatternCreate() else { return false }
        defer { FcPatternDestroy(pattern) }
        let added = family.withCString {
            $0.withMemoryRebound(to: FcChar8.self, capacity: family.utf8.count + 1) {
                FcPatternAddString(pattern, FC_FAMILY, $0)
            }
        }
        guard added != 0, let wanted = FcObjectSetCreate() else { return false }
        defer { FcObjectSetDestroy(wanted) }
        FcObjectSetAdd(wanted, FC_FAMILY)
        guard let fonts = FcFontList(nil, pattern, wanted) else { return false }
        defer { FcFontSetDestroy(fonts) }
        return fonts.pointee.nfont > 0
    }

    /// Whether there is any font at all.
    static func isEmpty() -> Bool {
        guard let pattern = FcPatternCreate() else { return true }
        defer { FcPatternDestroy(pattern) }
        guard let wanted = FcObjectSetCreate() else { return true }
        defer { FcObjectSetDestroy(wanted) }
        guard let fonts = FcFontList(nil, pattern, wanted) else { return true }
        defer { FcFontSetDestroy(fonts) }
        return fonts.pointee.nfont == 0
    }
}
