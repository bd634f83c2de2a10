// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a message's units into clauses: at stops and commas, and at "and" or "then" where both sides say something.
enum ClauseSplitter {
    static func clauses(of reading: Reading) -> [Clause] {
        var clauses: [Clause] = []
        var current: [Unit] = []
        var opening: Opening?

        func close(question: Bool = false) {
            guard !current.isEmpty else {
                if question, !clauses.isEmpty { clauses[clauses.count - 1].isQuestion = true }
                return
            }
            var question = question
            // `ten seconds, ok?` asks nothing.
            if question, current.count > 1, let tag = current.last, tag.value == nil, tag.has("question-tag"),
                current[0].value != nil || !current[0].has("ask")
            {
                current.removeLast()
                question = false
            }
            var clause = Clause(settled(current))
            clause.isQuestion = question
            if let before = clauses.last, let opening { inherit(&clause, from: before, opening) }
            clauses.append(clause)
            current = []
        }

        for (index, unit) in reading.units.enumerated() {
            let text = unit.tokens.count == 1 && unit.value == nil ? reading.tokens[unit.tokens.lowerBound].text : ""
            let isNewline = unit.tokens.count == 1 && reading.tokens[unit.tokens.lowerBound].kind == .newline
            // `cafe.example` is one word.
            let next = reading.tokens[safe: unit.tokens.upperBound]
            let isInside = text == "." && next.map { !$0.isSpaced && $0.kind == .word } ?? false
            if isNewline || (!isInside && [".", "!", "?", ";"].contains(text)) {
                close(question: text == "?")
                opening = isNewline || text == ";" ? Opening.comma : nil
            } else if current.last?.value?.quote != nil, text == "," || text == "/" || unit.has("and"),
                unit.value == nil,
                quoteFollows(index + 1, reading)
            {
                // `"Mum", "Dad" and "Me"` is one list.
                continue
            } else if text == ",", !isQuestionTag(index + 1, reading) {
                close()
                opening = .comma
            } else if text == "," {
                continue
            } else if text == ":", current.count == 1, case .reference(.places(let places))? = current[0].value,
                places.count == 1
            {
                // `first: vertical. second: ten seconds`
                current = []
            } else if text == "(" || text == ")" {
                // `1) vertical 2) 3 seconds each`
                if text == ")", case .number? = current.last?.value { current.removeLast() }
                close()
                opening = .comma
            } else if unit.value == nil, unit.has("and") || unit.has("then") || unit.has("but") || unit.has("or"),
                says(current), says(Array(reading.units[(index + 1)...].prefix(8)), upToStop: reading)
            {
                close()
                opening = unit.has("or") ? .or : unit.has("but") || unit.has("then") ? .comma : .and
            } else if beginsOthers(unit, current), saysOfOthers(Array(reading.units[(index + 1)...].prefix(4)), reading)
            {
                // `only the beach in b/w the rest normal`
                close()
                opening = .comma
                append(unit, to: &current)
            } else if unit.value == nil, unit.has("except"), says(current) {
                // `plain cuts, except for a fade between …`
                close()
                opening = .comma
            } else if unit.value == nil, unit.has("and"), current.isEmpty {
                continue
            } else {
                append(unit, to: &current)
                // A verb form after which something else begins: `消して`.
                if unit.value == nil, unit.has("closes"), says(current),
                    says(Array(reading.units[(index + 1)...].prefix(8)), upToStop: reading)
                {
                    close()
                    opening = nil
                }
            }
        }
        close()
        return clauses
    }

    /// Whether "the rest" behind what was said of one picture begins something else: not where a verb or a small word
    /// before it leads up to it.
    private static func beginsOthers(_ unit: Unit, _ current: [Unit]) -> Bool {
        guard unit.value == .reference(.others), current.contains(where: { $0.value?.reference != nil }),
            let last = current.last
        else { return false }
        let leads = ["verb", "neg", "and", "of", "in", "on", "for", "with", "to", "at", "place", "from", "instead-of"]
        return last.value?.reference == nil && (last.value != nil || !leads.contains(where: last.has))
    }

    private static func saysOfOthers(_ units: [Unit], _ reading: Reading) -> Bool {
        guard let first = units.first else { return false }
        return ["normal", "as-is", "original"].contains(where: first.has) || first.value?.number != nil
            || says(units, upToStop: reading)
    }

    /// A "no" that stands behind what it is said of (`音楽なし`) is put before it; of a picture it means to take it out.
    private static func append(_ unit: Unit, to units: inout [Unit]) {
        guard unit.value == nil, unit.has("neg-after"), let last = units.last, !last.has("neg") else {
            return units.append(unit)
        }
        var no = unit
        no.concepts = unit.concepts.filter { $0.family != "neg-after" } + [Concept("neg")]
        if last.value?.reference != nil { no.concepts = [Concept("verb", "remove")] }
        units.insert(no, at: units.count - 1)
    }

    /// Whether nothing but `ok?` follows.
    private static func isQuestionTag(_ index: Int, _ reading: Reading) -> Bool {
        guard index + 1 < reading.units.count, reading.units[index].value == nil,
            reading.units[index].has("question-tag")
        else { return false }
        return reading.text(of: reading.units[index + 1]) == "?"
    }

    /// Whether a quotation comes next, past "," and "and".
    private static func quoteFollows(_ start: Int, _ reading: Reading) -> Bool {
        for unit in reading.units[min(start, reading.units.count)...].prefix(2) {
            if unit.value?.quote != nil { return true }
            let isJoint = unit.value == nil && (unit.has("and") || unit.has("neg") || reading.text(of: unit) == ",")
            if !isJoint { return false }
        }
        return false
    }

    /// Words whose sense the rest of the clause decides: to "cut photos into a film" is to make one, to "take" a voice
    /// "off" is to remove it.
    private static func settled(_ units: [Unit]) -> [Unit] {
        if let verb = units.firstIndex(where: { $0.has("separable") && $0.value == nil }),
            let sense = units[verb].value(of: "separable"),
            units[(verb + 1)...].contains(where: { $0.value == nil && $0.has("off") })
        {
            var units = units
            units[verb].concepts = [Concept("verb", sense)]
            return units
        }
        guard let into = units.firstIndex(where: { $0.has("into") }),
            units[into...].contains(where: { $0.is("thing", "film") || $0.has("genre") || $0.has("platform") }),
            let verb = units[..<into].firstIndex(where: { $0.is("verb", "remove") || $0.is("verb", "trim") })
        else { return units }
        var units = units
        units[verb].concepts = [Concept("verb", "make")]
        return units
    }

    private enum Opening { case comma, and, or }

    private static func inherit(_ clause: inout Clause, from before: Clause, _ opening: Opening) {
        let hasOwnVerb = clause.has("verb")
        let isBare = !clause.units.contains { $0.value?.quote != nil }
        if opening == .or || (opening == .and && !hasOwnVerb && isBare) {
            let hasHead = before.units.indices.contains { !before.units[$0].has("neg") && before.isNegated($0) }
            if hasHead { clause.inheritsNegation = true }
        }
        // `drop the market, nine seconds, black and white`: only what could be dropped inherits it.
        let isOfAnother =
            opening == .comma
            && !clause.units.contains { $0.has("thing") || $0.value?.reference != nil || $0.value?.quote != nil }
        if !hasOwnVerb, !isOfAnother, opening != .comma || clause.units.count <= 3 {
            let verb = before.units.compactMap { $0.value(of: "verb") }.last ?? before.inheritedVerb
            // What is said of everything goes no further.
            clause.inheritedVerb = verb.flatMap { opening == .comma && all.contains($0) ? nil : $0 }
        }
    }

    /// Verbs that are said of the whole film.
    private static let all: Set<String> = [
        "use-all", "make", "shuffle", "reverse-order", "sort-name", "sort-time", "sort-given",
    ]

    /// Families that say something by themselves.
    private static let heads: Set<String> = [
        "verb", "transition", "motion", "look", "adjust", "fit", "platform", "shape", "music", "mood", "thing", "beat",
        "text", "complain", "better", "talk", "pos", "speed",
    ]

    private static func says(_ units: [Unit], upToStop reading: Reading? = nil) -> Bool {
        for unit in units {
            if let reading, unit.tokens.count == 1,
                [",", ".", ";", "!", "?"].contains(reading.tokens[unit.tokens.lowerBound].text)
            {
                return false
            }
            if unit.concepts.contains(where: { heads.contains($0.family) }) { return true }
            switch unit.value {
            case .reference, .duration, .share, .ratio, .size, .lines, .quote, .frameRate, .span, .times: return true
            default: continue
            }
        }
        return false
    }
}
