// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

/// The names of a project's files as people say them: whole, without their ending, or by one word.
struct MediaNames: Sendable {
    private struct Name: Sendable {
        var id: String
        /// `img_0412.jpg` as tokens.
        var full: [String]
        /// `img_0412`.
        var stem: [String]
        /// `beach` of `beach-2.jpg`.
        var words: Set<String>
    }

    private let names: [Name]
    private let byFirstToken: [String: [Int]]
    /// Words of any name, with three letters or more.
    let words: Set<String>

    init(_ media: [MediaFacts], variants: [Character: Character] = [:], clitics: Clitics = Clitics()) {
        var words: Set<String> = []
        names = media.prefix(2000).map { facts in
            let folded = facts.name.prefix(200).map { Tokenizer.fold($0, variants) }.joined()
            let full = clitics.words(of: folded)
            let dot = folded.lastIndex(of: ".")
            let stem = clitics.words(of: String(dot.map { folded[..<$0] } ?? folded[...]))
            let parts = Set(stem.filter { Self.isTelling($0) })
            words.formUnion(parts)
            return Name(id: facts.id, full: full, stem: stem, words: parts)
        }
        self.words = words
        var byFirstToken: [String: [Int]] = [:]
        for (index, name) in names.enumerated() {
            if let first = name.full.first { byFirstToken[first, default: []].append(index) }
        }
        self.byFirstToken = byFirstToken
    }

    /// Whether a part of a name can stand for it: a word, or the figures that cameras count with.
    private static func isTelling(_ part: String) -> Bool {
        part.contains(where: \.isLetter) ? part.count > 1 : part.count > 2 && (part.count > 3 || part.hasPrefix("0"))
    }

    /// File names that stand in a message whole, with their ending; the longest first.
    func fullNames(in tokens: [Token], outside taken: [Range<Int>]) -> [Unit] {
        guard !names.isEmpty else { return [] }
        let texts = tokens.map(\.text)
        var found: [Range<Int>: [String]] = [:]
        for start in texts.indices {
            for index in byFirstToken[texts[start]] ?? [] {
                let name = names[index]
                let range = start..<start + name.full.count
                guard name.full.count > name.stem.count, range.upperBound <= texts.count,
                    texts[range].elementsEqual(name.full), !taken.contains(where: { $0.overlaps(range) })
                else { continue }
                found[range, default: []].append(name.id)
            }
        }
        var units: [Unit] = []
        for (range, ids) in found.sorted(by: { ($1.key.count, $0.key.lowerBound) < ($0.key.count, $1.key.lowerBound) })
        where !units.contains(where: { $0.tokens.overlaps(range) }) {
            units.append(Unit(tokens: range, value: .reference(.assets(ids)), assets: ids))
        }
        return units
    }

    /// Names without their ending that begin at `start`, of two tokens or more: `IMG_0412`, `海边`.
    func stems(at start: Int, in tokens: [Token]) -> [(end: Int, ids: [String])] {
        var found: [Int: [String]] = [:]
        for index in byFirstToken[tokens[start].text] ?? [] {
            let stem = names[index].stem
            let end = start + stem.count
            guard stem.count > 1, end <= tokens.count, zip(stem, tokens[start..<end]).allSatisfy({ $0 == $1.text })
            else {
                continue
            }
            found[end, default: []].append(names[index].id)
        }
        return found.map { (end: $0.key, ids: $0.value) }.sorted { $0.end < $1.end }
    }

    /// Adds to each unit the assets that a word of it names.
    func marked(_ units: [Unit], _ tokens: [Token]) -> [Unit] {
        units.map { unit in
            guard unit.assets.isEmpty, unit.value == nil else { return unit }
            var unit = unit
            let texts = tokens[unit.tokens].map(\.text)
            unit.assets = assets(saying: texts)
            if unit.isUnknown, tokens[unit.tokens].allSatisfy({ $0.kind == .wide }), texts.count < 20 {
                unit.assets = assets(holding: texts)
            }
            return unit
        }
    }

    /// Ids of the files in whose name these words stand, in upload order; none for words that say too little.
    func assets(saying words: [String]) -> [String] {
        guard let word = words.first, words.count == 1 else { return [] }
        guard word.count > 1 else { return [] }
        let stem = word.hasSuffix("s") && word.count > 3 ? String(word.dropLast()) : word
        // What is called just so comes before what only begins so: `back.jpg` before `back-better.jpg`.
        let same = names.filter { $0.stem == [word] }
        if !same.isEmpty { return same.map(\.id) }
        return names.filter { $0.words.contains(word) || $0.words.contains(stem) }.map(\.id)
    }

    /// Ids of the files whose name begins with, or holds, this run of wide characters.
    func assets(holding text: [String]) -> [String] {
        guard !text.isEmpty else { return [] }
        return names.filter { name in
            name.stem.indices.contains { start in name.stem[start...].starts(with: text) }
        }.map(\.id)
    }
}
