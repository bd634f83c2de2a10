// SPDX-License-Identifier: GPL-3.0-or-later

extension TextCapture {
    /// `Typo! Summer`, where the film shows "Summr": the nearest word there is meant.
    mutating func captureMisspelt(_ shown: [String]) {
        guard !shown.isEmpty, let typo = units.firstIndex(where: { $0.value == nil && $0.has("typo") }) else { return }
        let words = Set(shown.flatMap { $0.split { !$0.isLetter }.map(String.init) })
        let known = Dictionary(words.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        let spelling = Spelling(Set(known.keys))
        for index in units.indices where index != typo && units[index].value == nil {
            guard let token = token(units[index]), token.kind == .word, known[token.text] == nil,
                let old = spelling.correction(of: token.text).flatMap({ known[$0] })
            else { continue }
            let right = reading.text(of: units[index])
            let tokens = units[min(index, typo)].tokens.lowerBound..<units[max(index, typo)].tokens.upperBound
            let both = [old, right].map { Unit(tokens: units[index].tokens, value: .quote($0)) }
            let head = Unit(tokens: tokens, concepts: [Concept("should-be"), Concept("thing", "text")])
            reading.units.replaceSubrange(min(index, typo)..<max(index, typo) + 1, with: [head] + both)
            return
        }
    }

    /// `it should be Mom, not Mum`; `change Mum to Mom`, where the film shows "Mum".
    mutating func captureExchange(_ shown: [String]) {
        guard !shown.isEmpty, !units.contains(where: { $0.value?.quote != nil }) else { return }
        if let should = units.firstIndex(where: { $0.value == nil && $0.has("should-be") }),
            let not = units[(should + 1)...].firstIndex(where: {
                $0.value == nil && ($0.has("neg") || $0.has("instead-of"))
            })
        {
            let comma = text(not - 1) == "," ? not - 1 : not
            let end = units[not...].indices.first { isStop($0) } ?? units.count
            exchange(should + 1..<comma, not + 1..<end, shown, oldIsFirst: false)
        } else if let verb = units.firstIndex(where: {
            $0.value == nil && ($0.is("verb", "change") || $0.is("verb", "replace"))
        }),
            let to = units[(verb + 1)...].firstIndex(where: {
                $0.value == nil && ($0.has("to") || $0.has("with") || $0.is("verb", "change"))
            }),
            to > verb + 1
        {
            let end = units[to...].indices.first { isStop($0) || text($0) == "," } ?? units.count
            exchange(verb + 1..<to, to + 1..<end, shown, oldIsFirst: true)
        } else if let to = units.firstIndex(where: { $0.value == nil && $0.is("verb", "change") }), to > 0 {
            // The words to be changed stand first in Chinese and Japanese.
            let end = units[to...].indices.first { isStop($0) || text($0) == "," } ?? units.count
            exchange(0..<to, to + 1..<end, shown, oldIsFirst: true)
        }
    }

    func part(_ range: Range<Int>, _ role: String) -> Unit {
        Unit(
            tokens: units[range.lowerBound].tokens.lowerBound..<units[range.upperBound - 1].tokens.upperBound,
            concepts: [Concept("exchange", role)], value: .quote(words(range)))
    }

    func words(_ range: Range<Int>) -> String {
        reading.text(units[range.lowerBound].tokens.lowerBound..<units[range.upperBound - 1].tokens.upperBound)
    }

    mutating func exchange(_ first: Range<Int>, _ second: Range<Int>, _ shown: [String], oldIsFirst: Bool) {
        guard !first.isEmpty, !second.isEmpty else { return }
        let old = words(oldIsFirst ? first : second).lowercased()
        guard shown.contains(where: { $0.contains(old) }) else { return }
        // Side by side, so that no comma parts them.
        let range = first.lowerBound..<second.upperBound
        reading.units.replaceSubrange(
            range, with: [part(first, oldIsFirst ? "old" : "new"), part(second, oldIsFirst ? "new" : "old")])
    }
}
