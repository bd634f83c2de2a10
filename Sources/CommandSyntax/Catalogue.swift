// SPDX-License-Identifier: GPL-3.0-or-later
public import Wording

/// The words of one language, by key. Declarations carry no prose: their keys are made from their names.
///
/// | key | what it is |
/// |---|---|
/// | `make` | one line on the command (`skill install` for a nested one; the program's own name for the root) |
/// | `make about` | paragraphs under that line, if any |
/// | `make --fps`, else `--fps` | help of an option or flag |
/// | `make INPUT`, else `INPUT` | help of an argument |
/// | `make --fps default`, else `--fps default` | what happens when an option without a default value is not given |
/// | `make example trip` | what the example shows |
/// | `heading picture` | heading of a section of options |
/// | `value seconds` | the placeholder of a kind of value |
///
/// In words with blanks, `{name}` is replaced by the value of that name, and `{name|file|files}` by the first word where
/// that value is 1, by the second where it is not.
public struct Catalogue: Sendable {
    public let language: Language
    /// By key, with their blanks unfilled.
    public private(set) var words: [String: String]

    public init(_ language: Language, _ words: [String: String]) {
        self.language = language
        self.words = words
    }

    /// All keys, sorted.
    public var keys: [String] { words.keys.sorted() }

    /// The words of `key`, or nil when the catalogue has none.
    public subscript(key: String) -> String? { words[key] }

    /// The words of the first of `keys` that has any.
    public func first(of keys: [String]) -> String? {
        for key in keys {
            if let found = words[key] { return found }
        }
        return nil
    }

    /// The words of `key` with its `{blanks}` filled in; the key itself when the catalogue has no such words.
    public func text(_ key: String, _ blanks: [String: String] = [:]) -> String {
        Wording.fill(words[key] ?? key, blanks)
    }

    /// The words of a message.
    public func text(_ wording: Wording) -> String { wording.text(in: words) }

    /// The words of an error.
    public func text(_ error: any Worded) -> String { error.text(in: words) }

    /// This catalogue with the words of `other` added; where both have a key, `other` wins.
    public func adding(_ other: Catalogue) -> Catalogue {
        Catalogue(language, words.merging(other.words) { _, new in new })
    }

    /// The library's own words: headings, errors, progress.
    public static func syntax(_ language: Language) -> Catalogue {
        switch language {
        case .english: Catalogue(.english, englishWords)
        case .chinese: Catalogue(.chinese, englishWords).adding(ownSyntax(.chinese))
        }
    }

    /// The library's own words in that language alone.
    static func ownSyntax(_ language: Language) -> Catalogue {
        switch language {
        case .english: Catalogue(.english, englishWords)
        case .chinese: Catalogue(.chinese, chineseWords)
        }
    }
}
