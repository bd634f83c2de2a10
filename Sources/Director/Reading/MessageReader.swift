// SPDX-License-Identifier: GPL-3.0-or-later

/// A message taken apart: its tokens and what they mean.
struct Reading: Sendable {
    let characters: [Character]
    let tokens: [Token]
    var units: [Unit]
    /// The language it is in: that of the pack whose words it uses most.
    let language: String

    /// What was typed over these tokens, without the space around it.
    func text(_ tokens: Range<Int>) -> String {
        guard let first = self.tokens[tokens].first, let last = self.tokens[tokens].last else { return "" }
        return String(characters[first.range.lowerBound..<last.range.upperBound])
    }

    func text(of unit: Unit) -> String { text(unit.tokens) }

    /// What was typed from the first unit of a clause to its last.
    func text(of clause: Clause) -> String {
        guard let start = clause.units.map(\.tokens.lowerBound).min(),
            let end = clause.units.map(\.tokens.upperBound).max()
        else { return "" }
        return text(start..<end)
    }
}

/// Takes messages apart with the words of one or two languages: one that is written with spaces, one without.
struct MessageReader: Sendable {
    /// More of a message than this is not looked at for wishes; a longer one is a script.
    static let longest = 6000

    let packs: [LanguagePack]
    private let spelling: Spelling
    private let known: Set<String>

    init(packs: [LanguagePack]) {
        self.packs = packs
        var vocabulary: Set<String> = []
        var common: Set<String> = []
        for pack in packs {
            vocabulary.formUnion(pack.lexicon.vocabulary)
            common.formUnion(pack.commonWords)
        }
        known = vocabulary.union(common)
        spelling = Spelling(vocabulary)
    }

    private var variants: [Character: Character] { packs.last?.variants ?? [:] }

    func read(_ message: String, media: MediaNames, language: String) -> Reading {
        let characters = Array(message.prefix(Self.longest))
        var tokens = Tokenizer.tokens(of: characters, variants: variants)
        for pack in packs {
            tokens = pack.clitics.cut(tokens, in: characters) { pack.isWhole($0) || media.words.contains($0) }
        }
        var spans = QuoteFinder.quotes(in: tokens, characters)
        spans += ColorFinder.colors(in: tokens, outside: spans.map(\.tokens))
        spans += media.fullNames(in: tokens, outside: spans.map(\.tokens))
        spans += Literals.spans(in: tokens, characters, outside: spans.map(\.tokens))
        let forms = tokens.map { self.forms(of: $0, media) }
        var units = segment(tokens, forms, spans, media)
        units.removeAll { !$0.concepts.isEmpty && $0.concepts.allSatisfy { $0.family == "skip" } }
        units = Quantities.merged(units, tokens)
        units = References.merged(units, tokens)
        return Reading(characters: characters, tokens: tokens, units: units, language: language)
    }

    /// How many of the words these packs know, for telling languages apart.
    func coverage(of tokens: [Token]) -> Int {
        tokens.count { $0.kind == .word && known.contains($0.text) }
    }

    /// Spellings under which a token is looked up, best first.
    private func forms(of token: Token, _ media: MediaNames) -> [String] {
        var forms = [token.text]
        // A word of a file's name is right as it is: `waves` is no form of `wav`.
        guard token.kind == .word, !media.words.contains(token.text) else { return forms }
        for pack in packs {
            for stem in pack.inflection.stems(of: token.text) where pack.lexicon.vocabulary.contains(stem) {
                if !forms.contains(stem) { forms.append(stem) }
            }
        }
        if forms.count > 1 || known.contains(token.text) { return forms }
        // `dogs` is as right as `dog`.
        let isBent = packs.contains { pack in
            pack.inflection.stems(of: token.text).contains { pack.commonWords.contains($0) || media.words.contains($0) }
        }
        if isBent { return forms }
        // Names keep their spelling.
        if token.isCapitalised, token.range.lowerBound > 0, !token.isAllCapitals { return forms }
        if let right = spelling.correction(of: token.text) {
            forms.append(right)
            for pack in packs {
                for stem in pack.inflection.stems(of: right) where pack.lexicon.vocabulary.contains(stem) {
                    if !forms.contains(stem) { forms.append(stem) }
                }
            }
        }
        return forms
    }

    /// What begins at a token: a phrase, or a file's name.
    private struct Choice {
        var end: Int
        var concepts: [Concept] = []
        var assets: [String] = []
        var isExact = true
    }

    /// The row of phrases that covers the tokens best: long ones before short ones, exact ones before others.
    private func segment(_ tokens: [Token], _ forms: [[String]], _ spans: [Unit], _ media: MediaNames) -> [Unit] {
        var spanAt: [Int: Unit] = [:]
        var isTaken = [Bool](repeating: false, count: tokens.count)
        for span in spans {
            spanAt[span.tokens.lowerBound] = span
            for index in span.tokens { isTaken[index] = true }
        }
        var best = [Double](repeating: 0, count: tokens.count + 1)
        var choice = [Choice?](repeating: nil, count: tokens.count)
        for start in tokens.indices.reversed() {
            best[start] = best[start + 1]
            if let span = spanAt[start] {
                best[start] = best[span.tokens.upperBound]
                continue
            }
            if isTaken[start] { continue }
            for (end, ids) in media.stems(at: start, in: tokens) where !isTaken[start..<end].contains(true) {
                let score = Double((end - start) * (end - start)) + best[end]
                if score >= best[start] {
                    best[start] = score
                    choice[start] = Choice(end: end, assets: ids)
                }
            }
            for pack in packs {
                pack.lexicon.phrases(at: start, in: forms) { end, concepts, isExact in
                    guard !isTaken[start..<end].contains(true) else { return }
                    let length = Double(end - start)
                    let score = length * length * (isExact ? 1 : 0.8) + best[end]
                    if var chosen = choice[start], chosen.end == end, score >= best[start] * 0.999 {
                        chosen.concepts += concepts.filter { !chosen.concepts.contains($0) }
                        choice[start] = chosen
                    } else if score > best[start] {
                        best[start] = score
                        choice[start] = Choice(end: end, concepts: concepts, isExact: isExact)
                    }
                }
            }
        }
        var units: [Unit] = []
        var place = 0
        while place < tokens.count {
            if let span = spanAt[place] {
                units.append(span)
                place = span.tokens.upperBound
            } else if let chosen = choice[place] {
                units.append(
                    Unit(
                        tokens: place..<chosen.end, concepts: chosen.concepts, assets: chosen.assets,
                        isExact: chosen.isExact))
                place = chosen.end
            } else {
                var end = place + 1
                // What no lexicon knows of a script without spaces is one unknown word.
                while tokens[place].kind == .wide, end < tokens.count, tokens[end].kind == .wide, choice[end] == nil,
                    !isTaken[end]
                {
                    end += 1
                }
                units.append(Unit(tokens: place..<end))
                place = end
            }
        }
        return media.marked(units, tokens)
    }
}
