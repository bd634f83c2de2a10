// SPDX-License-Identifier: GPL-3.0-or-later

/// The words and phrases of one language and what they mean, as a tree of tokens.
///
/// Read from `lexicon*.txt` of the language's folder. A line is `concept: phrase | phrase | …`; lines that begin with
/// white space go on with the concept above; `#` begins a remark. One phrase may stand under several concepts.
struct Lexicon: Sendable {
    struct Problem: Hashable, CustomStringConvertible {
        var line: Int
        var message: String
        var description: String { "line \(line): \(message)" }
    }

    /// One step of the tree: what the phrase that ends here means, and how it may go on.
    private struct Node: Sendable {
        var concepts: [Concept] = []
        var next: [String: Int32] = [:]
    }

    private var nodes = [Node()]
    /// Every single token of any phrase, for telling words that are known from words that are misspelt.
    private(set) var vocabulary: Set<String> = []
    /// Those that are a phrase by themselves.
    private(set) var singles: Set<String> = []
    private(set) var problems: [Problem] = []
    private(set) var concepts: Set<Concept> = []

    init() {}

    /// Adds the lines of a file.
    ///
    /// - Parameter words: cuts a phrase into tokens as messages are cut.
    mutating func add(_ text: String, cutting words: (String) -> [String]) {
        var current: Concept?
        for (number, line) in Self.lines(of: text).enumerated() {
            let content = line.prefix { $0 != "#" }
            guard content.utf8.contains(where: { $0 > 0x20 }) else { continue }
            var phrases = content
            if content.first?.isWhitespace != true {
                guard let colon = content.firstIndex(of: ":"), let concept = Concept(parsing: content[..<colon]) else {
                    problems.append(Problem(line: number + 1, message: "no concept before a colon"))
                    current = nil
                    continue
                }
                current = concept
                phrases = content[content.index(after: colon)...]
            }
            guard let current else { continue }
            for phrase in phrases.utf8.split(separator: UInt8(ascii: "|")) {
                let tokens = words(String(Substring(phrase)))
                if tokens.isEmpty { continue }
                add(tokens, meaning: current)
                // `isn't` is typed `isnt` as often.
                guard tokens.contains(where: { $0.hasSuffix("n't") }) else { continue }
                let bare = tokens.map { $0.hasSuffix("n't") ? $0.dropLast(2) + "t" : $0 }
                add(bare, meaning: current)
            }
        }
    }

    private static func lines(of text: String) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    mutating func add(_ tokens: [String], meaning concept: Concept) {
        if let only = tokens.first, tokens.count == 1 { singles.insert(only) }
        var place = 0
        for token in tokens {
            vocabulary.insert(token)
            if let next = nodes[place].next[token] {
                place = Int(next)
            } else {
                nodes.append(Node())
                nodes[place].next[token] = Int32(nodes.count - 1)
                place = nodes.count - 1
            }
        }
        if !nodes[place].concepts.contains(concept) { nodes[place].concepts.append(concept) }
        concepts.insert(concept)
    }

    /// Calls `found` with the end and the meanings of every phrase that begins at `start`, shortest first.
    ///
    /// - Parameter forms: the spellings under which each token may be looked up, best first.
    func phrases(at start: Int, in forms: [[String]], found: (_ end: Int, _ concepts: [Concept], _ exact: Bool) -> Void)
    {
        walk(node: 0, at: start, forms, exact: true, found)
    }

    private func walk(
        node: Int, at place: Int, _ forms: [[String]], exact: Bool, _ found: (Int, [Concept], Bool) -> Void
    ) {
        guard place < forms.count else { return }
        for (rank, form) in forms[place].enumerated() {
            guard let next = nodes[node].next[form] else { continue }
            let isExact = exact && rank == 0
            if !nodes[Int(next)].concepts.isEmpty { found(place + 1, nodes[Int(next)].concepts, isExact) }
            walk(node: Int(next), at: place + 1, forms, exact: isExact, found)
        }
    }
}
