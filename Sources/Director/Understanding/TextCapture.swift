// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds words that are to be shown as they are although nobody put them in quotation marks: `the title Garden Party and
/// this song`, `put FLASH SALE in red`, `caption them: Paris, Rome, Athens`, `title:Tokyo Days`.
struct TextCapture {
    private var reading: Reading

    /// - Parameter shown: words that the film shows, for "Mom, not Mum".
    static func marked(_ reading: Reading, shown: [String] = []) -> Reading {
        var capture = TextCapture(reading: reading)
        capture.captureMisspelt(shown)
        capture.captureExchange(shown.map { $0.lowercased() })
        capture.captureAfterColon()
        capture.captureHandles()
        capture.captureAfterHead()
        capture.captureCapitals()
        return capture.reading
    }

    private var units: [Unit] { reading.units }

    private func token(_ unit: Unit) -> Token? {
        unit.tokens.count == 1 ? reading.tokens[unit.tokens.lowerBound] : nil
    }

    private func text(_ index: Int) -> String {
        guard units.indices.contains(index), units[index].value == nil, let token = token(units[index]) else {
            return ""
        }
        return token.text
    }

    private mutating func replace(_ range: Range<Int>, with words: String, _ concepts: [Concept] = []) {
        guard let first = units[range].first, let last = units[range].last else { return }
        reading.units.replaceSubrange(
            range,
            with: [
                Unit(
                    tokens: first.tokens.lowerBound..<last.tokens.upperBound, concepts: concepts, value: .quote(words))
            ])
    }

    private static let roles: Set<String> = [
        "type-film", "title", "text", "caption", "subtitle", "script", "credits", "endcard",
    ]

    private func role(_ index: Int) -> String? {
        guard units.indices.contains(index), units[index].value == nil else { return nil }
        if units[index].is("verb", "caption") { return "caption" }
        if units[index].is("verb", "read-aloud") { return "script" }
        if units[index].is("verb", "end-with") { return "end" }
        if units[index].is("verb", "write") { return "text" }
        if units[index].is("verb", "name-version") || units[index].is("thing", "film-name") { return "name" }
        return units[index].concepts.first { $0.family == "thing" && Self.roles.contains($0.value) }?.value
    }

    private func isStop(_ index: Int) -> Bool {
        if text(index) == ".", let next = reading.tokens[safe: units[index].tokens.upperBound] {
            // `cafe.example` is one word.
            return next.isSpaced || next.kind != .word
        }
        return [".", "!", "?", ";", "\n"].contains(text(index)) || isNewline(index)
    }

    private func isNewline(_ index: Int) -> Bool {
        units.indices.contains(index) && token(units[index])?.kind == .newline
    }

    // MARK: Words for words

    /// `Typo! Summer`, where the film shows "Summr": the nearest word there is meant.
    private mutating func captureMisspelt(_ shown: [String]) {
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
    private mutating func captureExchange(_ shown: [String]) {
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

    private func part(_ range: Range<Int>, _ role: String) -> Unit {
        Unit(
            tokens: units[range.lowerBound].tokens.lowerBound..<units[range.upperBound - 1].tokens.upperBound,
            concepts: [Concept("exchange", role)], value: .quote(words(range)))
    }

    private func words(_ range: Range<Int>) -> String {
        reading.text(units[range.lowerBound].tokens.lowerBound..<units[range.upperBound - 1].tokens.upperBound)
    }

    private mutating func exchange(_ first: Range<Int>, _ second: Range<Int>, _ shown: [String], oldIsFirst: Bool) {
        guard !first.isEmpty, !second.isEmpty else { return }
        let old = words(oldIsFirst ? first : second).lowercased()
        guard shown.contains(where: { $0.contains(old) }) else { return }
        // Side by side, so that no comma parts them.
        let range = first.lowerBound..<second.upperBound
        reading.units.replaceSubrange(
            range, with: [part(first, oldIsFirst ? "old" : "new"), part(second, oldIsFirst ? "new" : "old")])
    }

    // MARK: After a colon

    private mutating func captureAfterColon() {
        guard
            let colon = units.indices.first(where: { index in
                text(index) == ":" && index > 0 && (max(0, index - 6)..<index).contains { role($0) != nil }
            })
        else { return }
        guard let role = (max(0, colon - 6)..<colon).reversed().compactMap({ self.role($0) }).first,
            colon + 1 < units.count
        else { return }
        if units[colon + 1].value?.quote != nil { return }
        // A script or a list of captions is the rest of the message; a title ends with its line.
        var end = units.count
        if !["type-film", "script", "caption", "subtitle", "credits"].contains(role) {
            end = units.indices[(colon + 1)...].first { isStop($0) || text($0) == "," } ?? units.count
        }
        // `…: Dream big / Act now. 9 secs`: what is measured behind the last stop is no line of it.
        if role == "type-film", let stop = units.indices.last(where: { isStop($0) && $0 > colon + 1 }),
            units[(stop + 1)...].contains(where: { $0.value?.duration != nil }), units.count - stop < 4
        {
            end = stop
        }
        guard end > colon + 1 else { return }
        let words = whole(colon + 1..<end, isRest: true)
        replace(colon..<end, with: words, [Concept("captured", "rest")])
    }

    // MARK: After a word such as `title`

    private mutating func captureAfterHead() {
        var index = 0
        while index < units.count {
            defer { index += 1 }
            let isSaying = units[index].value == nil && units[index].has("saying")
            let role = role(index)
            guard
                isSaying || role == "name" || role == "title" || role == "text" || role == "endcard"
                    || role == "credits" || role == "end" || role == "caption"
                    || isSetOff(index + 1, role)
            else {
                continue
            }
            var start = index + 1
            // `label the first photo Paris`
            if role == "caption", start + 1 < units.count, case .reference? = units[start].value,
                units[start + 1].value == nil, reading.tokens[units[start + 1].tokens.lowerBound].isCapitalised,
                let end = captureEnd(from: start + 1, isCalled: true)
            {
                replace(start + 1..<end, with: whole(start + 1..<end))
                continue
            }
            if role == "caption", !isSaying, !isSetOff(index + 1, role) { continue }
            // `end with Order now`
            if role == "end", start < units.count, units[start].value != nil || units[start].has("thing") { continue }
            // `remember this one as take 1`
            if units[index].is("verb", "name-version"), start < units.count,
                !units[start...].contains(where: { $0.value?.quote != nil })
            {
                let end = units.indices[start...].first { isStop($0) || text($0) == "," } ?? units.count
                if end > start { replace(start..<end, with: whole(start..<end)) }
                continue
            }
            if role == "name" {
                while start < units.count, units[start].value == nil,
                    units[start].has("should-be") || units[start].has("be") || units[start].has("to")
                {
                    start += 1
                }
            }
            while start < units.count, units[start].value == nil,
                units[start].has("saying") || units[start].has("of") && !isSaying
                    || (role == "endcard" || role == "credits") && units[start].has("with")
            {
                start += 1
            }
            // `change the title to …`
            if !isSaying, start < units.count, units[start].value == nil,
                units[start].has("to") || units[start].is("verb", "change"),
                units.contains(where: { $0.is("verb", "change") })
            {
                start += 1
            }
            let isCalled = isSaying || start > index + 1
            guard start < units.count, units[start].value?.quote == nil,
                let end = captureEnd(from: start, isCalled: isCalled)
            else { continue }
            let words = whole(start..<end)
            replace(start..<end, with: words)
        }
    }

    /// The words over these units, with the small ones at both ends that no unit holds, where there are no spaces to
    /// tell them from what stands around: `我们回来了`.
    private func whole(_ range: Range<Int>, isRest: Bool = false) -> String {
        var first = units[range.lowerBound].tokens.lowerBound
        var end = units[range.upperBound - 1].tokens.upperBound
        let before = range.lowerBound > 0 ? units[range.lowerBound - 1].tokens.upperBound : 0
        let after = range.upperBound < units.count ? units[range.upperBound].tokens.lowerBound : reading.tokens.count
        if reading.tokens[first].kind == .wide || reading.tokens[end - 1].kind == .wide {
            while first > before, reading.tokens[first - 1].kind == .wide { first -= 1 }
            while end < after, reading.tokens[end].kind == .wide { end += 1 }
        }
        // `Notre mariage`, `The Big Day`: a small word with a capital begins it.
        while first > before, reading.tokens[first - 1].kind == .word, reading.tokens[first - 1].isCapitalised {
            first -= 1
        }
        // `Our Holiday`, `Act now`: words that say nothing to the director belong to what is shown.
        let isTitleCase = reading.tokens[first].isCapitalised
        while end < after, isWord(end, capitalised: !isRest), isRest || isTitleCase { end += 1 }
        return reading.text(first..<end)
    }

    private func isWord(_ index: Int, capitalised: Bool) -> Bool {
        let token = reading.tokens[index]
        return token.kind == .word && (token.isCapitalised || !capitalised)
    }

    // MARK: Handles

    /// `@my_kitchen` is shown as it is.
    private mutating func captureHandles() {
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
    private func isSetOff(_ start: Int, _ role: String?) -> Bool {
        guard let role, role != "script", role != "name", let unit = units[safe: start], unit.value == nil,
            let before = reading.tokens[safe: unit.tokens.lowerBound - 1], before.kind == .wide
        else { return false }
        let token = reading.tokens[unit.tokens.lowerBound]
        return token.isSpaced && (token.kind == .wide || token.isCapitalised)
    }

    /// Where the words that begin at `start` end; nil where none are to be captured.
    private func captureEnd(from start: Int, isCalled: Bool) -> Int? {
        guard let first = reading.tokens[safe: units[start].tokens.lowerBound] else { return nil }
        if units[start].value != nil, !first.isCapitalised { return nil }
        if first.kind == .mark || first.kind == .newline { return nil }
        // White space sets the words off where words are written without: `就写 我们回来了`.
        if isSetOff(start, "text"), isCalled || first.kind != .wide || !isEnding(start) {
            let end = units.indices[start...].first { isStop($0) || text($0) == "," } ?? units.count
            return end > start ? end : nil
        }
        if isEnding(start) && !first.isCapitalised { return nil }
        if first.kind == .wide, isCalled {
            // Nothing behind it tells where or how it is shown: all of it is the text.
            let end = units.indices[start...].first { isStop($0) || text($0) == "," } ?? units.count
            if end > start, !units[start..<end].contains(where: isPlacement) { return end }
        }
        let isTitleCase = first.isCapitalised
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
                        isSmallWord(end) || !isEnding(end)
                    else {
                        // `that says Bonjour à tous`: a sentence, up to what tells where it stands.
                        guard isCalled, units[end].value == nil, !isEnding(end) else { break }
                        end += 1
                        continue
                    }
                }
                if units[end].has("and"), let next = reading.tokens[safe: units[end].tokens.upperBound],
                    !next.isCapitalised
                {
                    break
                }
            } else if end > start, isEnding(end) {
                break
            }
            end += 1
        }
        return end > start ? end : nil
    }

    private func isPlacement(_ unit: Unit) -> Bool {
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
    private func isSmallWord(_ index: Int) -> Bool {
        let small: Set<String> = ["in", "on", "at", "of", "to", "for", "and", "by", "from", "skip", "and-number"]
        let unit = units[index]
        return unit.value == nil && unit.tokens.count == 1 && unit.concepts.allSatisfy { small.contains($0.family) }
    }

    /// Units that tell how or where the text is shown rather than belong to it.
    private func isEnding(_ index: Int) -> Bool {
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

    // MARK: Capitals

    private mutating func captureCapitals() {
        let words = reading.tokens.filter { $0.kind == .word && $0.text.count > 1 }
        let capitals = words.count(where: \.isAllCapitals)
        guard words.count - capitals >= capitals else { return }
        guard
            units.contains(where: { unit in
                unit.value == nil
                    && (["add", "write", "change", "start-with", "end-with"].contains { unit.is("verb", $0) }
                        || unit.has("saying")
                        || unit.concepts.contains { $0.family == "thing" && Self.roles.contains($0.value) })
            }), !units.contains(where: { $0.value?.quote != nil })
        else { return }
        var best: Range<Int>?
        var index = 0
        while index < units.count {
            var end = index
            while end < units.count, units[end].value == nil,
                reading.tokens[units[end].tokens].allSatisfy(\.isAllCapitals)
            {
                end += 1
            }
            // `THE END`, though `the` is dropped.
            let hasMore =
                end > index && units[index].tokens.lowerBound > 0
                && reading.tokens[units[index].tokens.lowerBound - 1].isAllCapitals
            if end > index, end - index > (best?.count ?? 0),
                end - index > 1 || hasMore
                    || (units[index].isUnknown && reading.tokens[units[index].tokens.lowerBound].text.count > 2)
            {
                best = index..<end
            }
            index = max(end, index + 1)
        }
        if let best { replace(best, with: whole(best)) }
    }
}

extension Array {
    /// The element at `index`, or nil outside the array.
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
