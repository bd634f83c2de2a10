// SPDX-License-Identifier: GPL-3.0-or-later

/// Small words that a language writes together with their neighbour: `l'ordre`, `quítala`. Cut off, both parts can be
/// looked up.
struct Clitics: Sendable {
    /// `l'`, `d'`: before a word.
    private(set) var leading: Set<String> = []
    /// `-la` behind a verb, the longest first.
    private(set) var trailing: [String] = []
    /// What the trailing ones mean. As tokens they are written with a hyphen, since `la` may be another word.
    private(set) var meanings: [String: Concept] = [:]

    init() {}

    /// One a line: `l'`, or an ending and its meaning: `la it`.
    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
            if let word = parts.first, parts.count == 1, word.hasSuffix("'") { leading.insert(word) }
            if let word = parts.first, parts.count == 2, let concept = Concept(parsing: parts[1]) {
                trailing.append(word)
                meanings["-" + word] = concept
            }
        }
        trailing.sort { ($1.count, $0) < ($0.count, $1) }
    }

    var isEmpty: Bool { leading.isEmpty && trailing.isEmpty }

    /// The tokens with what is written together taken apart.
    ///
    /// A trailing one is cut off only where the whole is unknown and what stays, of three letters or more, is known.
    func cut(_ tokens: [Token], in characters: [Character], knowing isKnown: (String) -> Bool) -> [Token] {
        if isEmpty { return tokens }
        return tokens.flatMap { token -> [Token] in
            guard token.kind == .word, let (first, second, place) = parts(of: token.text, knowing: isKnown),
                place > 0 ? token.range.count > place : token.range.count > -place
            else { return [token] }
            return split(token, characters, at: place > 0 ? place : token.range.count + place, first, second)
        }
    }

    /// The two parts of a word that holds a clitic, and where it is cut: characters from its begin, or, below 0, from its end.
    private func parts(of word: String, knowing isKnown: (String) -> Bool) -> (String, String, Int)? {
        if let mark = word.utf8.firstIndex(of: 0x27) {
            let head = word[...mark]
            guard leading.contains(String(head)), word.utf8.index(after: mark) < word.endIndex else { return nil }
            return (String(head), String(word[word.index(after: mark)...]), head.count)
        }
        if trailing.isEmpty || isKnown(word) { return nil }
        for ending in trailing where word.hasSuffix(ending) {
            let stem = String(word.dropLast(ending.count))
            if stem.count > 2, isKnown(stem) { return (stem, "-" + ending, -ending.count) }
        }
        return nil
    }

    private func split(
        _ token: Token, _ characters: [Character], at count: Int, _ first: String, _ second: String
    ) -> [Token] {
        let middle = token.range.lowerBound + count
        var (left, right) = (token, token)
        left.text = first
        left.range = token.range.lowerBound..<middle
        right.text = second
        right.range = middle..<token.range.upperBound
        right.isSpaced = false
        right.isCapitalised = characters[middle].isUppercase
        return [left, right]
    }

    /// The folded tokens of a phrase of a lexicon or of a file's name.
    func words(of phrase: String, knowing isKnown: (String) -> Bool = { _ in true }) -> [String] {
        guard let words = Tokenizer.plainWords(of: phrase) else {
            let characters = Array(phrase)
            return cut(Tokenizer.tokens(of: characters), in: characters, knowing: isKnown).map(\.text)
        }
        if isEmpty { return words }
        return words.flatMap { word in
            parts(of: word, knowing: isKnown).map { [$0.0, $0.1] } ?? [word]
        }
    }
}
