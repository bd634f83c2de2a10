// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of a row of a table (a transition, a look, a motion): what it is called in Chinese, and what it is in a line of
/// English and of Chinese.
public struct RowWords: Hashable, Sendable {
    /// Its Chinese name; in English it is called by its own.
    public let chineseName: String
    public let english: String
    public let chinese: String

    public init(_ chineseName: String, _ english: String, _ chinese: String) {
        self.chineseName = chineseName
        self.english = english
        self.chinese = chinese
    }

    /// The line in a language given as a tag such as `zh-CN`; English for those that have none.
    public func line(in language: String?) -> String { Self.isChinese(language) ? chinese : english }

    public static func isChinese(_ language: String?) -> Bool { (language ?? "").lowercased().hasPrefix("zh") }
}
