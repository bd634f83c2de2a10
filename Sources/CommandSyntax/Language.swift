// SPDX-License-Identifier: GPL-3.0-or-later
/// A language the program can speak. A new one is a case here and a catalogue file for each set of words.
public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"

    /// The language of a locale name such as `zh_CN.UTF-8`, `zh-Hans`, `en_GB` or `zh`; nil when it is none of ours.
    public init?(locale: String) {
        let language = locale.prefix { $0.isLetter }.lowercased()
        self.init(rawValue: language)
    }

    /// The language a person asked for: the first non-empty one of `variable`, `LC_ALL`, `LC_MESSAGES` and `LANG` decides
    /// (POSIX order); English when that one names no language of ours.
    ///
    /// - Parameter variable: the program's own variable, heard before the system's.
    public static func preferred(
        environment: [String: String], variable: String = "KINORA_LANG"
    ) -> Language {
        for name in [variable, "LC_ALL", "LC_MESSAGES", "LANG"] {
            if let locale = environment[name], !locale.isEmpty { return Language(locale: locale) ?? .english }
        }
        return .english
    }
}
