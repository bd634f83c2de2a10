// SPDX-License-Identifier: GPL-3.0-or-later

extension TextCapture {
    /// `@my_kitchen` is shown as it is.
    mutating func captureHandles() {
        guard !units.contains(where: { $0.value?.quote != nil }) else { return }
        var index = 0
        while index < units.count {
            defer { index += 1 }
            guard text(index) == "@" else { continue }
            let start = units[index].tokens.lowerBound
            var end = start + 1
            while let token = reading.tokens[safe: end], !token.isSpaced, token.kind != .newline,
                token.kind != .mark || ["_", "."].contains(token.text)
            {
                end += 1
            }
            if end > start + 1, reading.tokens[end - 1].text == "." { end -= 1 }
            guard end > start + 1 else { continue }
            var last = index
            while last + 1 < units.count, units[last + 1].tokens.upperBound <= end { last += 1 }
            replace(index..<last + 1, with: reading.text(start..<end))
        }
    }

    /// Whether white space stands before unit `start` in a message without, and a word for a text before that.
    func isSetOff(_ start: Int, _ role: String?) -> Bool {
        guard let role, role != "script", role != "name", let unit = units[safe: start], unit.value == nil,
            let before = reading.tokens[safe: unit.tokens.lowerBound - 1], before.kind == .wide
        else { return false }
        let token = reading.tokens[unit.tokens.lowerBound]
        return token.isSpaced && (token.kind == .wide || token.isCapitalised)
    }

    /// Where the words that begin at `start` end; nil where none are to be captured.
    ///
    /// - Parameter mayBePlain: whether a word that means nothing else is the text, as in `title bali`.
    func captureEnd(from start: Int, isCalled: Bool, mayBePlain: Bool = false) -> Int? {
        guard let first = reading.tokens[safe: units[start].tokens.lowerBound] else { return nil }
        if units[start].value != nil, !first.isCapitalised { return nil }
        if first.kind == .mark || first.kind == .newline { return nil }
        // White space sets the words off where words are written without: `就写 我们回来了`.
        if isSetOff(start, "text"), isCalled || first.kind != .wide || !isEnding(start) {
            let end = units.indices[start...].first { isStop($0) || text($0) == "," } ?? units.count
            return end > start ? end : nil
        }
        // `标题写里斯本`: a small word may begin it where words are written without spaces.
        let isSmall = first.kind == .wide && isCalled && isSmallWord(start)
        if isEnding(start) && !first.isCapitalised && !isSmall { return nil }
        if first.kind == .wide, isCalled {
            // Nothing behind it tells where or how it is shown: all of it is the text.
            let end = units.indices[start...].first { isStop($0) || text($0) == "," } ?? units.count
            if end > start, !units[start..<end].contains(where: isPlacement) { return end }
            // `标题写夏日海边`, where a file is called 海边
            let isNamed = { (unit: Unit) in
                if case .reference(.assets)? = unit.value {
                    !unit.concepts.contains { $0.family == "thing" }
                } else {
                    false
                }
            }
            if end > start + 1, units[start].value == nil,
                !units[start..<end].contains(where: { isPlacement($0) && !isNamed($0) || $0.has("verb") })
            {
                return end
            }
        }
        if isSmall { return nil }
        let isTitleCase = first.isCapitalised
        // `that says Something is coming`: nothing behind it tells where, when or how.
        if isTitleCase, isCalled, first.kind == .word {
            let stop = units.indices[start...].first { isStop($0) || text($0) == "," || text($0) == "(" } ?? units.count
            let joins = ["and", "then", "but", "with", "thing"]
            let isPlain = units[start..<stop].allSatisfy { unit in
                !isPlacement(unit) && unit.value == nil && !joins.contains(where: unit.has)
                    && (!unit.has("verb") || unit.is("verb", "move") || unit.is("verb", "play"))
            }
            if isPlain, stop > start { return stop }
        }
        if mayBePlain, !isTitleCase, !isCalled, units[start].isUnknown, start > 0 {
            // `标题夏天`, `title bali`: a word that means nothing else is the title.
            let end =
                units.indices[start...].first { !units[$0].isUnknown || isStop($0) || text($0) == "," } ?? units.count
            let isLast = end == units.count || isStop(end) || text(end) == "," || units[end].has("and")
            return isLast && reading.tokens[units[start].tokens].allSatisfy { $0.kind == .word || $0.kind == .wide }
                ? end : nil
        }
        // Plain small words are a text only where something says so.
        if !isTitleCase, !isCalled { return nil }
        if first.kind == .wide, !isCalled { return nil }
        var end = start
        while end < units.count {
            if isStop(end) || text(end) == "," || text(end) == "(" { break }
            if end > start, isTitleCase {
                let token = reading.tokens[units[end].tokens.lowerBound]
                if !token.isCapitalised, token.kind == .word {
                    // Small words belong to it where a capital follows: `Road to Rome`.
                    guard let next = reading.tokens[safe: units[end].tokens.upperBound], next.isCapitalised,
                        isSmallWord(end) || !isEnding(end) || isCalled && isPlainVerb(end)
                    else {
                        // `that says Bonjour à tous`: a sentence, up to what tells where it stands.
                        guard isCalled, units[end].value == nil, !isEnding(end) || isInside(end) else { break }
                        end += 1
                        continue
                    }
                }
                if units[end].has("and"), let next = reading.tokens[safe: units[end].tokens.upperBound],
                    !next.isCapitalised
                {
                    break
                }
            } else if end > start, isEnding(end), !(isCalled && isLastOrdinal(end)) {
                break
            }
            end += 1
        }
        return end > start ? end : nil
    }

    /// `the words family first, …`: a place in a row behind which nothing more is said.
    private func isLastOrdinal(_ index: Int) -> Bool {
        guard case .reference(.places)? = units[index].value, units[index].tokens.count == 1, !units[index].has("thing")
        else { return false }
        return index + 1 == units.count || isStop(index + 1) || text(index + 1) == ","
    }

    /// `Sale starts Friday`: a verb between words with capitals is said, not asked for.
    private func isPlainVerb(_ index: Int) -> Bool {
        units[index].value == nil && units[index].tokens.count == 1 && units[index].has("verb")
            && !units[index].has("pos")
    }

    /// `Thanks for watching`: a small word behind which nothing tells where, when or how the text is shown.
    func isInside(_ index: Int) -> Bool {
        let unit = units[index]
        guard unit.value == nil, unit.tokens.count == 1,
            ["for", "with", "in", "on", "at", "it"].contains(where: unit.has), !unit.has("verb")
        else { return false }
        let stop = units.indices[index...].first { isStop($0) || text($0) == "," } ?? units.count
        let rest = units[index + 1..<stop]
        return !rest.isEmpty
            && rest.allSatisfy { next in
                next.value == nil
                    && !next.concepts.contains { concept in
                        [
                            "verb", "thing", "pos", "place", "corner", "color", "textstyle", "anim", "whole",
                            "transition", "look", "motion", "music", "each", "all",
                            "size", "adjust", "and", "then", "but",
                        ]
                        .contains(concept.family)
                    }
            }
    }

    func isPlacement(_ unit: Unit) -> Bool {
        switch unit.value {
        case .reference, .span, .duration, .clock, .color, .share, .quote, .times: return true
        default: break
        }
        let families: Set<String> = [
            "pos", "place", "corner", "color", "textstyle", "anim", "whole", "ask", "look", "transition", "motion",
            "platform", "shape",
        ]
        return unit.concepts.contains { families.contains($0.family) }
    }

    /// One word that joins others: `in`, `to`, `and`.
    func isSmallWord(_ index: Int) -> Bool {
        let small: Set<String> = [
            "in", "on", "at", "of", "to", "for", "and", "by", "from", "with", "skip", "and-number",
        ]
        let unit = units[index]
        return unit.value == nil && unit.tokens.count == 1 && unit.concepts.allSatisfy { small.contains($0.family) }
    }

    /// Units that tell how or where the text is shown rather than belong to it.
    func isEnding(_ index: Int) -> Bool {
        let unit = units[index]
        switch unit.value {
        case .reference, .span, .duration, .clock, .color, .share, .quote: return true
        default: break
        }
        let families: Set<String> = [
            "pos", "place", "in", "on", "at", "for", "with", "verb", "it", "deg", "adjust", "and", "then", "color",
            "neg", "others",
            "whole", "thing", "transition", "motion", "look", "music", "text", "size",
            "textstyle", "anim", "corner", "ask",
        ]
        return unit.concepts.contains { families.contains($0.family) }
    }
}
