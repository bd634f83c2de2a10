// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds words that are to be shown as they are although nobody put them in quotation marks: `the title Garden Party and
/// this song`, `put FLASH SALE in red`, `caption them: Paris, Rome, Athens`, `title:Tokyo Days`.
struct TextCapture {
    var reading: Reading

    /// - Parameters:
    ///   - shown: words that the film shows, for "Mom, not Mum".
    ///   - versions: names of versions, for "back to draft one".
    static func marked(_ reading: Reading, shown: [String] = [], versions: [String] = []) -> Reading {
        var capture = TextCapture(reading: reading)
        capture.captureVersion(versions)
        capture.captureMisspelt(shown)
        capture.capturePicture()
        capture.captureExchange(shown.map { $0.lowercased() })
        capture.captureChange(shown)
        capture.captureShown(shown)
        capture.captureAfterColon()
        capture.captureHandles()
        capture.captureTitleCase()
        capture.captureBefore()
        capture.captureAfterHead()
        capture.capturePut()
        capture.captureCapitals()
        return capture.reading
    }

    var units: [Unit] { reading.units }

    func token(_ unit: Unit) -> Token? {
        unit.tokens.count == 1 ? reading.tokens[unit.tokens.lowerBound] : nil
    }

    func text(_ index: Int) -> String {
        guard units.indices.contains(index), units[index].value == nil, let token = token(units[index]) else {
            return ""
        }
        return token.text
    }

    mutating func replace(_ range: Range<Int>, with words: String, _ concepts: [Concept] = []) {
        guard let first = units[range].first, let last = units[range].last else { return }
        reading.units.replaceSubrange(
            range,
            with: [
                Unit(
                    tokens: first.tokens.lowerBound..<last.tokens.upperBound, concepts: concepts, value: .quote(words))
            ])
    }

    static let roles: Set<String> = [
        "type-film", "title", "text", "caption", "subtitle", "script", "credits", "endcard", "voice",
    ]

    func role(_ index: Int) -> String? {
        guard units.indices.contains(index), units[index].value == nil else { return nil }
        if units[index].is("verb", "caption") { return "caption" }
        if units[index].is("verb", "read-aloud") { return "script" }
        if units[index].is("verb", "end-with") { return "end" }
        if units[index].is("verb", "write") { return "text" }
        if units[index].is("verb", "name-version") || units[index].is("thing", "film-name") { return "name" }
        return units[index].concepts.first { $0.family == "thing" && Self.roles.contains($0.value) }?.value
    }

    func isStop(_ index: Int) -> Bool {
        if text(index) == ".", let next = reading.tokens[safe: units[index].tokens.upperBound] {
            // `cafe.example` is one word.
            return next.isSpaced || next.kind != .word
        }
        return [".", "!", "?", ";", "\n"].contains(text(index)) || isNewline(index)
    }

    func isNewline(_ index: Int) -> Bool {
        units.indices.contains(index) && token(units[index])?.kind == .newline
    }

    // MARK: After a colon

    mutating func captureAfterColon() {
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
        if !["type-film", "script", "caption", "subtitle", "credits", "voice"].contains(role) {
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

    mutating func captureAfterHead() {
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
            if role == "caption", captureLabels(index) { continue }
            // `别写到画面上`: nothing is to be written.
            if role == "text", units[index].is("verb", "write"),
                (max(0, index - 2)..<index).contains(where: { units[$0].has("neg") })
            {
                continue
            }
            if role == "caption", !isSaying, !isSetOff(index + 1, role), !isCapitalised(index + 1) { continue }
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
            // `write our names Kim & Lee`: the words begin with their capital.
            if units[index].is("verb", "write"), !isSaying, start == index + 1,
                let capital = units.indices[start...].prefix(4).first(where: { isCapitalised($0) })
            {
                start = capital
            }
            let isWritten =
                units[index].is("verb", "write") && start < units.count
                && (isCapitalised(start) || isPlainText(from: start))
            // `add the text good vibes only at the bottom`
            let isAdded =
                ["title", "text", "caption"].contains(role) && start < units.count && units[start].isUnknown
                && units[..<index].contains { $0.value == nil && ($0.is("verb", "add") || $0.is("verb", "show")) }
            let isCalled = isSaying || start > index + 1 || isWritten || isAdded
            // `字幕分别是海、菜、庙、饭`: a list of captions goes on to the stop.
            if isSaying, start < units.count, reading.tokens[units[start].tokens.lowerBound].kind == .wide,
                let stop = captionListEnd(start, head: index)
            {
                replace(start..<stop, with: whole(start..<stop), [Concept("captured", "rest")])
                continue
            }
            guard start < units.count, units[start].value?.quote == nil,
                let end = captureEnd(
                    from: start, isCalled: isCalled, mayBePlain: !units[index].is("verb", "write") && role == "title")
            else { continue }
            // Nothing that stands in quotation marks or is a figure to be kept needs words beside it.
            if end < units.count, units[end].value?.quote != nil { continue }
            // `add the title Summer`, but `add the title somewhere`
            if isAdded, !isSaying, start == index + 1, end == start + 1, !isCapitalised(start), end < units.count,
                !isStop(end)
            {
                continue
            }
            let isRest = isSaying && (end == units.count || isStop(end) || text(end) == ",")
            var words = whole(start..<end)
            // `that says our summer`: small words between belong to it.
            let from = units[start - 1].tokens.upperBound
            let between = reading.tokens[from..<units[start].tokens.lowerBound]
            if isSaying || isWritten && !isCapitalised(start), start == index + 1, !between.isEmpty,
                between.allSatisfy({ $0.kind == .word })
            {
                words = reading.text(from..<units[end - 1].tokens.upperBound)
            }
            if isRest, isCapitalised(start) { words = whole(start..<end, isRest: true) }
            replace(start..<end, with: words)
        }
    }

    /// `write our trip to bali on the first photo`: words of which one means nothing to the director, up to where they
    /// are to stand.
    private func isPlainText(from start: Int) -> Bool {
        guard units[start].value == nil, !units[start].has("thing"), !units[start].has("verb"), !units[start].has("it")
        else { return false }
        let end =
            units.indices[start...].first { isStop($0) || text($0) == "," || isEnding($0) && !isSmallWord($0) }
            ?? units.count
        guard let next = units[safe: end], isPlacement(next) else { return false }
        return units[start..<end].contains { unit in
            reading.tokens[unit.tokens].allSatisfy { $0.kind == .word && $0.text.count > 2 }
                && (unit.isUnknown || unit.has("talk"))
        }
    }

    /// The words over these units, with the small ones at both ends that no unit holds, where there are no spaces to
    /// tell them from what stands around: `我们回来了`.
    func whole(_ range: Range<Int>, isRest: Bool = false) -> String {
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

    func isWord(_ index: Int, capitalised: Bool) -> Bool {
        let token = reading.tokens[index]
        return token.kind == .word && (token.isCapitalised || !capitalised)
    }

    private func isCapitalised(_ index: Int) -> Bool {
        guard let unit = units[safe: index], unit.value == nil, !unit.has("it") else { return false }
        let token = reading.tokens[unit.tokens.lowerBound]
        return token.kind == .word && token.isCapitalised
    }

    /// `label the photos Sea, Market and Temple`: one for each.
    private mutating func captureLabels(_ index: Int) -> Bool {
        var start = index + 1
        while let unit = units[safe: start], unit.value == nil || unit.value == .reference(.it),
            unit.is("thing", "photo") || unit.is("thing", "picture") || unit.has("it") || unit.has("each")
                || unit.has("all")
        {
            start += 1
        }
        // `captions Ann, Ben, Cat`
        let isBare = start == index + 1 && units[index].is("thing", "caption")
        guard start > index + 1 || isBare, start < units.count, units[start].value == nil,
            reading.tokens[units[start].tokens.lowerBound].isCapitalised
        else { return false }
        let stop = units.indices[start...].first { isStop($0) } ?? units.count
        guard units[start..<stop].indices.contains(where: { text($0) == "," }) else { return false }
        replace(start..<stop, with: whole(start..<stop, isRest: true), [Concept("captured", "rest")])
        return true
    }

    // MARK: In the middle, over a picture

    /// `put Hello in the middle`: a word with a capital that means no picture, and where it is to stand.
    mutating func capturePut() {
        guard !units.contains(where: { $0.value?.quote != nil }) else { return }
        for index in units.indices.dropLast() where units[index].value == nil && units[index].is("verb", "add") {
            let start = index + 1
            guard isCapitalised(start), units[start].assets.isEmpty,
                units[start].concepts.allSatisfy({ $0.family == "talk" || $0.family == "like" }),
                let end = captureEnd(from: start, isCalled: true)
            else { continue }
            let stop = units.indices[end...].first { isStop($0) || text($0) == "," } ?? units.count
            guard units[end..<stop].contains(where: { $0.has("pos") || $0.has("corner") || $0.has("whole") }) else {
                continue
            }
            return replace(start..<end, with: whole(start..<end))
        }
    }

    /// `change it to Hello World`, where the film shows words: they become these.
    mutating func captureChange(_ shown: [String]) {
        guard !shown.isEmpty, !units.contains(where: { $0.value?.quote != nil }) else { return }
        for index in units.indices.dropLast(2)
        where units[index].value == nil && units[index].is("verb", "change") && units[index + 1].has("it") {
            let start =
                units[index + 2].value == nil && (units[index + 2].has("to") || units[index + 2].has("saying"))
                ? index + 3 : index + 2
            guard start > index + 2, isCapitalised(start), units[start].concepts.allSatisfy({ $0.family == "talk" }),
                let end = captureEnd(from: start, isCalled: true)
            else { continue }
            return replace(start..<end, with: whole(start..<end, isRest: end == units.count))
        }
    }

    /// `go back to draft one`: the name of a version, said as it was given.
    mutating func captureVersion(_ names: [String]) {
        guard !names.isEmpty, !units.contains(where: { $0.value?.quote != nil }),
            units.contains(where: { unit in
                unit.value == nil && ["go-back", "undo", "use", "show", "restart"].contains { unit.is("verb", $0) }
            })
        else { return }
        let texts = reading.tokens.map(\.text)
        for name in names.reversed() {
            let sought = Tokenizer.words(of: name)
            guard !sought.isEmpty, let place = texts.indices.first(where: { texts[$0...].starts(with: sought) }),
                let range = unitsOver(place..<place + sought.count)
            else { continue }
            return replace(range, with: name)
        }
    }

    /// The units over these tokens; nil where one of them reaches beyond, or none is there.
    private func unitsOver(_ tokens: Range<Int>) -> Range<Int>? {
        guard let first = units.firstIndex(where: { $0.tokens.overlaps(tokens) }),
            let last = units.lastIndex(where: { $0.tokens.overlaps(tokens) }),
            units[first].tokens.lowerBound >= tokens.lowerBound, units[last].tokens.upperBound <= tokens.upperBound
        else { return nil }
        return first..<last + 1
    }

    /// `get rid of Hi there`: words that the film shows, said just so.
    mutating func captureShown(_ shown: [String]) {
        guard !units.contains(where: { $0.value?.quote != nil }),
            units.contains(where: { unit in
                unit.value == nil && ["remove", "change", "replace", "move"].contains { unit.is("verb", $0) }
            })
        else { return }
        for words in shown {
            let sought = Tokenizer.words(of: words)
            guard !sought.isEmpty else { continue }
            let texts = reading.tokens.map(\.text)
            guard let place = texts.indices.first(where: { texts[$0...].starts(with: sought) }) else { continue }
            // One word alone must be written as it is shown, and mean nothing else.
            if sought.count == 1 {
                // `drop the bye text`
                let after = units.firstIndex { $0.tokens.lowerBound == place + 1 }
                let isBeside = after.map { ["title", "text", "caption"].contains(role($0) ?? "") } ?? false
                let isItself = (reading.tokens[place].isCapitalised || isBeside) && sought[0].count > 2
                let isAlone = { (unit: Unit) in unit.tokens == place..<place + 1 && (unit.isUnknown || isBeside) }
                guard isItself, units.contains(where: isAlone) else {
                    continue
                }
            }
            let tokens = place..<place + sought.count
            guard let range = unitsOver(tokens) else { continue }
            return replace(range, with: words)
        }
    }

    /// Where a list of captions, parted by commas, ends; nil where what begins at `start` is none.
    private func captionListEnd(_ start: Int, head: Int) -> Int? {
        guard (max(0, head - 3)..<head).contains(where: { ["caption", "subtitle"].contains(role($0) ?? "") }) else {
            return nil
        }
        let stop = units.indices[start...].first { isStop($0) } ?? units.count
        return units[start..<stop].indices.contains { text($0) == "," } ? stop : nil
    }

    // MARK: Capitals

    mutating func captureCapitals() {
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
                    || (units[index].concepts.allSatisfy { $0.family == "talk" }
                        && reading.tokens[units[index].tokens.lowerBound].text.count > 2)
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
