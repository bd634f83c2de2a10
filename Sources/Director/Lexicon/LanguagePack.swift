// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

/// What the director knows of one language: its words, how they bend, and how it answers. All of it is data of one folder.
struct LanguagePack: Sendable {
    /// ISO 639-1: `en`.
    let code: String
    let lexicon: Lexicon
    let inflection: Inflection
    /// Words that are right as they are and mean nothing here, so that they are not taken for misspelt ones.
    let commonWords: Set<String>
    /// Characters to be read as others: traditional ones as simplified ones.
    let variants: [Character: Character]
    private let plainForms: Set<Character>
    let replies: Phrasebook
    /// The answers to messages in the characters that `variants` folds; nil where the language has one script.
    let otherReplies: Phrasebook?
    /// What is written together with its neighbour: `l'ordre`.
    let clitics: Clitics

    /// - Parameter files: the folder's files by name.
    init(code: String, files: [String: String]) {
        self.code = code
        var variants: [Character: Character] = [:]
        for pair in (files["variants.txt"] ?? "").split(whereSeparator: \.isWhitespace) where pair.count == 2 {
            if let from = pair.first, let to = pair.last { variants[from] = to }
        }
        self.variants = variants
        plainForms = Set(variants.values)
        let fold = { (text: String) in Tokenizer.fold(text, variants) }
        let clitics = Clitics(files["clitics.txt"] ?? "")
        self.clitics = clitics
        let common = Set((files["common.txt"] ?? "").split(whereSeparator: \.isWhitespace).map { fold(String($0)) })
        func read(knowing isWhole: @escaping (String) -> Bool) -> Lexicon {
            var lexicon = Lexicon()
            lexicon.add(Self.names(in: code)) { clitics.words(of: fold($0), knowing: isWhole) }
            for (name, text) in files.sorted(by: { $0.key < $1.key }) where name.hasPrefix("lexicon") {
                lexicon.add(text) { clitics.words(of: fold($0), knowing: isWhole) }
            }
            return lexicon
        }
        var lexicon = read { _ in true }
        if !clitics.trailing.isEmpty {
            // Phrases are cut as messages are: where the whole is no word by itself.
            let whole = lexicon.singles.union(common)
            lexicon = read { whole.contains($0) }
            for (token, concept) in clitics.meanings.sorted(by: { $0.key < $1.key }) {
                lexicon.add([token], meaning: concept)
            }
        }
        self.lexicon = lexicon
        inflection = Inflection(files["endings.txt"] ?? "")
        commonWords = common
        replies = Phrasebook(files["replies.txt"] ?? "")
        otherReplies = files["traditional.txt"].map { [replies] in replies.written(with: $0) }
    }

    /// The looks by the names that their table gives them, as lines of a lexicon: a new row is understood by itself.
    private static func names(in code: String) -> String {
        LookCatalog.entries.filter { $0.look != .none }.map { entry in
            let name = entry.look.rawValue.replacing("-", with: " ")
            let chinese = entry.words.chineseName
            let phrases = code == "zh" ? ["\(chinese)滤镜", "\(chinese)调色"] : ["\(name) look", "\(name) filter"]
            return "look.\(entry.look.rawValue): \(phrases.joined(separator: " | "))"
        }.joined(separator: "\n")
    }

    /// Whether a message, or where it says nothing of it a language tag, is in the other characters: traditional ones.
    func isInOtherScript(_ message: String, tag: String?) -> Bool {
        guard otherReplies != nil else { return false }
        var folded = 0
        var plain = 0
        for character in message.prefix(4000) {
            if variants[character] != nil {
                folded += 1
            } else if plainForms.contains(character) {
                plain += 1
            }
        }
        if folded != plain { return folded > plain }
        let tag = (tag ?? "").lowercased()
        return ["-tw", "-hk", "-mo", "-hant"].contains { tag.hasSuffix($0) || tag.contains($0 + "-") }
    }

    /// Whether a word stands in the lexicon, or among the common words, as it is and alone.
    func isWhole(_ word: String) -> Bool { lexicon.singles.contains(word) || commonWords.contains(word) }

    /// Whether its words are written without spaces.
    var isWide: Bool { code == "zh" || code == "ja" }
}

/// How words of a language end, so that a lexicon need hold only one form of each: rules such as `ing → e`.
struct Inflection: Sendable {
    private struct Ending: Sendable {
        var ending: String
        var replacement: String
    }

    private let endings: [Ending]

    /// One rule a line: an ending, and what stands instead of it (`-` for nothing).
    init(_ text: String) {
        endings = text.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard parts.count == 2 else { return nil }
            return Ending(ending: String(parts[0]), replacement: parts[1] == "-" ? "" : String(parts[1]))
        }
    }

    /// Forms that `word` may have come from, best first; at least three letters are left of each.
    func stems(of word: String) -> [String] {
        endings.compactMap { rule in
            guard word.hasSuffix(rule.ending), word.count - rule.ending.count + rule.replacement.count >= 3 else {
                return nil
            }
            return word.dropLast(rule.ending.count) + rule.replacement
        }
    }
}
