// SPDX-License-Identifier: GPL-3.0-or-later

extension TextCapture {
    /// `put Happy Birthday Mom at the end`, `Happy New Year across the middle`: words with capitals amid words without,
    /// where something is put or written or its place is told.
    mutating func captureTitleCase() {
        let words = reading.tokens.filter { $0.kind == .word }
        guard words.count(where: { !$0.isCapitalised }) * 2 >= words.count,
            !units.contains(where: { $0.value?.quote != nil || $0.has("cannot") })
        else { return }
        var token = 0
        while token < reading.tokens.count {
            let end = titleEnd(from: token)
            guard end > token + 1, let range = wholeUnits(token..<end), isShownText(range) else {
                token = max(end, token + 1)
                continue
            }
            replace(range, with: reading.text(token..<end))
            token = end
        }
    }

    /// `zoo day written at the bottom`, `Happy 80th as the title`: words that stand before what says that they are shown.
    mutating func captureBefore() {
        guard !units.contains(where: { $0.value?.quote != nil || $0.has("cannot") }) else { return }
        for index in units.indices.dropFirst() where units[index].value == nil {
            let isTitled =
                units[index].has("as")
                && ["title", "text", "caption", "subtitle"].contains(role(index + 1) ?? "")
            guard isTitled || units[index].has("saying-before") else { continue }
            var start = index
            while start > 0, !isStop(start - 1), text(start - 1) != ",", text(start - 1) != ":", !leads(start - 1) {
                start -= 1
            }
            guard start < index, reading.tokens[units[start].tokens.lowerBound].kind == .word else { continue }
            let isSaid =
                units[start..<index].contains(where: \.isUnknown)
                || reading.tokens[units[start].tokens.lowerBound].isCapitalised
            guard isSaid else { continue }
            return replace(start..<index, with: whole(start..<index))
        }
    }

    /// Whether a unit leads up to words that are to be shown, or is something else of the film.
    private func leads(_ index: Int) -> Bool {
        let unit = units[index]
        if let value = unit.value {
            if case .number = value { return false }
            if case .reference(.places) = value { return false }
            return true
        }
        return unit.concepts.contains { concept in
            ["verb", "with", "and", "thing", "be", "want", "saying", "it", "on", "genre", "platform", "then", "but"]
                .contains(concept.family)
        }
    }

    /// Where a row of words with capitals ends that begins at a token; small words and figures between belong to it.
    private func titleEnd(from start: Int) -> Int {
        guard isTitleWord(start) else { return start }
        var end = start + 1
        var capitals = 1
        while let next = reading.tokens[safe: end] {
            if isTitleWord(end) {
                capitals += 1
                end += 1
            } else if next.kind == .number, next.isSpaced {
                capitals += 1
                end += 1
            } else if next.kind == .word || next.text == "&", next.isSpaced, isJoining(end), isTitleWord(end + 1) {
                end += 1
            } else {
                break
            }
        }
        return capitals > 1 ? end : start
    }

    private func isTitleWord(_ index: Int) -> Bool {
        guard let token = reading.tokens[safe: index], token.kind == .word, token.isCapitalised else { return false }
        // The person's own "I" says nothing; a word with an ending behind a full stop is a file or an address.
        let isPerson = token.text == "i" || token.text.hasPrefix("i'")
        let isFile = reading.tokens[safe: index + 1].map { $0.text == "." && !$0.isSpaced } ?? false
        let isName = isFile && reading.tokens[safe: index + 2].map { !$0.isSpaced && $0.kind == .word } ?? false
        return !isPerson && !isName
    }

    /// `Road to Rome`, `Lisa & Tom`; `and` joins two wishes as often as two words, so it does not count.
    private func isJoining(_ index: Int) -> Bool {
        if reading.tokens[index].text == "&" { return true }
        guard let unit = units.first(where: { $0.tokens.contains(index) }) else { return true }
        let small: Set<String> = ["in", "on", "at", "of", "to", "for", "by", "from", "with"]
        return unit.tokens.count == 1 && unit.value == nil && unit.concepts.contains { small.contains($0.family) }
    }

    /// The units over these tokens; nil where one of them reaches beyond.
    private func wholeUnits(_ tokens: Range<Int>) -> Range<Int>? {
        guard let first = units.firstIndex(where: { $0.tokens.overlaps(tokens) }),
            let last = units.lastIndex(where: { $0.tokens.overlaps(tokens) }),
            units[first].tokens.lowerBound >= tokens.lowerBound, units[last].tokens.upperBound <= tokens.upperBound
        else { return nil }
        return first..<last + 1
    }

    private func isShownText(_ range: Range<Int>) -> Bool {
        // Pictures, platforms and looks are called so too.
        let names: Set<String> = ["platform", "look", "music", "mood", "transition", "motion", "shape", "occasion"]
        let isNamed = units[range].allSatisfy { unit in
            !unit.assets.isEmpty || unit.value?.reference != nil || unit.concepts.contains { names.contains($0.family) }
        }
        if isNamed { return false }
        // `Make The First …`: a command with capitals.
        if range.lowerBound == 0, units[0].has("verb"), !units[0].has("saying") { return false }
        // What stands behind "title" or "that says" is read from there on.
        if let before = units[safe: range.lowerBound - 1], before.value == nil, units[range.lowerBound].value == nil,
            before.has("saying") || role(range.lowerBound - 1) != nil || before.has("to")
        {
            return false
        }
        let start = units[..<range.lowerBound].indices.last { isStop($0) || text($0) == "," }.map { $0 + 1 } ?? 0
        let end = units.indices[range.upperBound...].first { isStop($0) || text($0) == "," } ?? units.count
        let around = Array(units[start..<range.lowerBound]) + Array(units[range.upperBound..<end])
        if around.contains(where: { $0.is("thing", "music") || $0.is("verb", "swap") }) { return false }
        // `i want Happy Birthday Anna at the start`
        let isWanted = around.contains { $0.value == nil && $0.has("want") }
        if isWanted, around.contains(where: { $0.value == nil && $0.has("place") }) { return true }
        return around.contains { unit in
            unit.value == nil
                && (["add", "write", "caption", "show", "start-with", "end-with"].contains { unit.is("verb", $0) }
                    || unit.has("saying") || unit.has("pos") || unit.has("whole") || unit.has("appear")
                    || unit.concepts.contains { $0.family == "thing" && Self.roles.contains($0.value) })
        }
    }
}
