// SPDX-License-Identifier: GPL-3.0-or-later

extension TextCapture {
    /// `add a picture of a red lighthouse`, `加一张红色灯塔的图`: what a picture that nobody has given is to show, where no
    /// file is called so.
    mutating func capturePicture() {
        guard let head = units.firstIndex(where: { $0.value == nil && $0.has("draw") }) else { return }
        var start = head + 1
        // `generate an image showing …`, `draw me a …`
        while start < units.count, units[start].value == nil,
            units[start].has("of") || units[start].has("saying") || units[start].has("with") || units[start].has("for")
                || units[start].is("thing", "picture") || units[start].is("thing", "photo")
        {
            start += 1
        }
        let isWide = reading.tokens[units[head].tokens.lowerBound].kind == .wide
        var end = start
        var close = start
        while end < units.count, !isStop(end), text(end) != "," {
            close = end + 1
            // `的图` ends it where the words stand before what they describe.
            if isWide, units[end].value == nil, units[end].has("draw-end") { break }
            if !isWide, units[end].value == nil, endsDescription(end) {
                close = end
                break
            }
            end += 1
        }
        // `加一张封面` is no order to draw one; `加一张灯塔的图` is.
        if isWide, !units[head].has("cannot"), close == end { return }
        // What only files are called is one of them; `a red lighthouse` is none, though a file is called `red.jpg`.
        let described = units[start..<end].filter { !$0.has("and") && !$0.has("of") && !$0.has("skip") }
        let isFile =
            described.contains { $0.value?.reference != nil && $0.tokens.count > 1 }
            || described.contains { !$0.assets.isEmpty }
                && described.allSatisfy { !$0.assets.isEmpty || $0.has("thing") || $0.value?.reference != nil }
        guard end > start, !isFile else { return }
        let words = whole(start..<end, isRest: !isWide).trimmed
        guard !words.isEmpty, words.count <= 400 else { return }
        replace(head..<max(close, end), with: words, [Concept("drawn")])
    }

    /// Whether the description of a picture ends before this unit: where it goes (`at the end`), or another wish begins.
    private func endsDescription(_ index: Int) -> Bool {
        let unit = units[index]
        if unit.has("place") || unit.has("then") || unit.has("but") { return true }
        guard unit.has("and") || unit.has("at") || unit.has("to") || unit.has("as"), let next = units[safe: index + 1]
        else { return false }
        return next.value == nil && (next.has("verb") || next.has("place"))
    }
}
