// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

extension TextReader {
    static func write(
        _ clause: inout Clause, _ head: (index: Int, name: String)?, _ quotes: [(index: Int, value: String)],
        _ scene: Scene, _ result: inout Understanding
    ) {
        guard let quote = quotes.first else { return }
        clause.use(quote.index)
        if let head { clause.use(head.index) }
        useVerbs(&clause)
        let hasTitle = scene.texts.contains { $0.text?.role == .title }
        // `change the title to …`: the words change, all else stays.
        // `call it Autumn`, where it has a name already
        let isCalled =
            head == nil && hasTitle
            && clause.units.allSatisfy {
                $0.value?.quote != nil || $0.has("saying") || $0.has("talk") || $0.has("name-it")
            }
        // `the end should say Bye` is another text.
        let isElsewhere =
            clause.has("place", "end") || clause.references.contains { if case .it = $0.value { false } else { true } }
        if clause.hasVerb("change", "replace") || clause.has("should-be") && !isElsewhere || isCalled,
            head?.name != "caption",
            hasTitle || scene.texts.count == 1
        {
            var wish = Wish("change-text", ["text": .string(quote.value)], target: .texts(nil))
            if quotes.count > 1 {
                wish = Wish("change-text", ["find": .string(quote.value), "replace": .string(quotes[1].value)])
                clause.use(quotes[1].index)
            }
            result.add(wish, topic: .texts)
            if let position = position(&clause) {
                result.add(Wish("move-text", position, target: .texts(nil)), topic: .texts)
            }
            let style = style(&clause)
            if !style.isEmpty { result.add(Wish("style-text", style, target: .texts(nil)), topic: .texts) }
            return
        }
        if head?.name == "endcard" {
            var wish = Wish("end-card", ["text": .string(quote.value)])
            wish["pattern"] = pattern(&clause)
            if let time = clause.free(\.duration).first {
                wish["length"] = .integer(time.value)
                clause.use(time.index)
            }
            return result.add(wish, topic: .texts)
        }
        if head?.name == "credits" {
            let lines = quote.value.split { ",，、;\n".contains($0) }.map { JSONValue.string($0.trimmed) }
            var wish = Wish("credits", ["lines": .array(lines)])
            wish["pattern"] = pattern(&clause)
            return result.add(wish, topic: .texts)
        }
        // `A title card that says "Iceland" on a moving gradient` is a picture of its own.
        if head.map({ $0.name == "title" || $0.name == "text" }) ?? true, let pattern = pattern(&clause) {
            var wish = Wish("title-card", ["text": .string(quote.value), "pattern": pattern])
            if let time = clause.free(\.duration).first {
                wish["length"] = .integer(time.value)
                clause.use(time.index)
            }
            if let name = style(&clause)["name"] { wish["style"] = name }
            return result.add(wish, topic: .texts)
        }
        var wish = Wish("add-text", ["text": .string(quote.value)])
        if clause.has("another") { wish["another"] = true }
        wish["role"] = .string(head?.name == "caption" || head?.name == "subtitle" ? "caption" : "title")
        for (key, value) in style(&clause) {
            switch key {
            // A new text has no size yet to be larger than.
            case "scale": wish["size"] = .number(((value.number ?? 1) * 84).rounded())
            case "name": wish["style"] = value
            default: wish[key] = value
            }
        }
        for (key, value) in position(&clause) ?? [:] { wish[key] = value }
        place(&wish, &clause, scene)
        result.add(wish, topic: .texts)
    }

    /// When the text is shown: over a picture, at the start or end, all the time, from a moment on, for so long.
    static func place(_ wish: inout Wish, _ clause: inout Clause, _ scene: Scene) {
        if let index = clause.free("whole") {
            wish["whole"] = true
            clause.use(index)
        }
        if let span = clause.free(\.span).first {
            if span.value.0 >= 0, span.value.1 > span.value.0 {
                wish["start"] = .integer(span.value.0)
                wish["length"] = .integer(span.value.1 - span.value.0)
            } else if span.value.0 < 0 {
                wish["end"] = true
                wish["length"] = .integer(-span.value.0)
            }
            clause.use(span.index)
        }
        if let clock = clause.free(\.clock).first {
            wish["start"] = .integer(clock.value)
            clause.use(clock.index)
        }
        // `at 5s`
        if let time = clause.free(\.duration).first(where: { pair in
            pair.index > 0 && clause.units[pair.index - 1].value == nil && clause.units[pair.index - 1].has("at")
        }), !scene.isCreating {
            wish["start"] = .integer(time.value)
            clause.use(time.index)
        }
        if let time = clause.free(\.duration).first(where: { pair in
            // `a 6 second clip with … at the end`
            !scene.isCreating || !isOfFilm(clause.units[safe: pair.index + 1])
        }), clause.has("for") || !scene.isCreating || clause.has("place"),
            clause.units.indices.contains(time.index), !clause.hasVerb("make")
        {
            wish["length"] = .integer(time.value)
            clause.use(time.index)
        }
        if let reference = clause.references.first {
            clause.use(reference.index)
            // `put the title on it`: on the film, unless a picture was spoken of.
            let isFilm =
                reference.value == .it && !clause.units[reference.index].has("that-one")
                && scene.memory.topic != .pictures
            if !isFilm {
                wish.target = .pictures(reference.value, kind: nil)
                if wish["role"] == "title", wish["pos"] == nil { wish["role"] = "caption" }
            }
        } else if clause.has("each") || clause.has("all"), clause.hasThing("photo", "picture", "clip") {
            wish["whole"] = true
        }
        if let index = clause.free("place", "start") ?? clause.free("verb", "start-with") {
            clause.use(index)
        } else if let index = clause.free("place", "end", "to-end") ?? clause.free("verb", "end-with") {
            wish["end"] = true
            clause.use(index)
        }
    }

    private static func isOfFilm(_ unit: Unit?) -> Bool {
        guard let unit, unit.value == nil else { return false }
        return unit.is("thing", "film") || unit.is("thing", "clip") || unit.has("genre") || unit.has("platform")
    }

    static func position(_ clause: inout Clause) -> [String: JSONValue]? {
        if clause.free("pos") == nil, let index = clause.free("corner"),
            let name = clause.units[index].value(of: "corner")
        {
            clause.use(index)
            return ["position": name.hasPrefix("top") ? "top" : "lower-third"]
        }
        // `move the title up`
        if clause.free("pos") == nil, clause.hasVerb("move"), let way = clause.free("way") {
            clause.use(way)
            return ["position": clause.units[way].is("way", "up") ? "top" : "lower-third"]
        }
        // `lower down, not in the middle`
        let places = clause.indices.filter { clause.isFree($0) && clause.units[$0].has("pos") && !clause.isNegated($0) }
        guard let index = places.first, let name = clause.units[index].value(of: "pos") else { return nil }
        clause.use(index)
        return ["position": .string(name)]
    }

    /// A moving background that is named.
    static func pattern(_ clause: inout Clause) -> JSONValue? {
        guard let index = clause.free("pattern"), let name = clause.units[index].value(of: "pattern") else {
            return nil
        }
        clause.use(index)
        if let word = clause.free("thing", "background") { clause.use(word) }
        return .string(name)
    }

    static func style(_ clause: inout Clause) -> [String: JSONValue] {
        var style: [String: JSONValue] = [:]
        if let color = clause.free(\.color).first {
            style["color"] = .string(color.value)
            clause.use(color.index)
        } else if let index = clause.free("color"), let name = clause.units[index].value(of: "color"),
            let hex = ColorWords.hex[name]
        {
            style["color"] = .string(hex)
            clause.use(index)
        }
        for index in clause.indices where clause.isFree(index) {
            guard let word = clause.units[index].value(of: "textstyle") else { continue }
            switch word {
            case "bigger": style["scale"] = clause.has("deg", "lot") ? 1.6 : 1.3
            case "smaller": style["scale"] = clause.has("deg", "lot") ? 0.6 : 0.75
            case "bold": style["bold"] = .bool(!clause.isNegated(index))
            case "italic": style["italic"] = .bool(!clause.isNegated(index))
            case "upper": style["case"] = "upper"
            case "lower": style["case"] = "lower"
            case "shadow": style["shadow"] = .bool(!clause.isNegated(index))
            case "plate": style["plate"] = .bool(!clause.isNegated(index))
            case "outline": style["stroke"] = .bool(!clause.isNegated(index))
            case "readable": style["plate"] = true
            default: style["name"] = .string(word)
            }
            clause.use(index)
        }
        if let index = clause.free("anim"), let name = clause.units[index].value(of: "anim") {
            style["in"] = .string(name)
            clause.use(index)
        }
        return style
    }

    /// What is said of texts that are there.
    static func restyle(
        _ clause: inout Clause, _ head: (index: Int, name: String)?, _ scene: Scene, _ result: inout Understanding,
        words: String? = nil
    ) {
        let target: Wish.Target
        switch head?.name {
        case nil where words != nil: target = .texts(.unknown(words ?? ""))
        case "title": target = .texts(.assets(["title"]))
        case "caption", "subtitle": target = .texts(.assets(["caption"]))
        case nil where clause.hasVerb("remove") && clause.has("it"):
            result.add(Wish("remove-text", target: .texts(.it)), topic: .texts)
            return clause.use(clause.indices)
        default: target = .texts(nil)
        }
        var found = false
        let style = style(&clause)
        if !style.isEmpty {
            result.add(Wish("style-text", style, target: target), topic: .texts)
            found = true
        }
        if let position = position(&clause) {
            result.add(Wish("move-text", position, target: target), topic: .texts)
            found = true
        }
        guard head != nil || clause.has("appear") || clause.has("vanish") || saysHowLong(clause) else { return }
        var time = Wish("time-text", target: target)
        // `the title appears at 2 seconds and disappears at 5`
        if let moment = clause.free(\.duration).first ?? clause.free(\.clock).first, !scene.isCreating {
            if let index = clause.free("vanish") {
                var start = scene.texts.first?.range.start.milliseconds ?? 0
                if let last = result.wishes.last, last.name == "time-text", let from = last["start"]?.integer {
                    start = from
                    time["start"] = .integer(from)
                    result.wishes.removeLast()
                }
                time["length"] = .integer(max(moment.value - start, 100))
                clause.use(index, moment.index)
            } else if let index = clause.free("appear") ?? clause.free("verb", "start-with") {
                time["start"] = .integer(moment.value)
                clause.use(index, moment.index)
            }
        }
        if let index = clause.free("whole") {
            time["whole"] = true
            clause.use(index)
        }
        // `show the title only at the end`
        if let index = clause.free("place", "end"), head != nil, clause.hasVerb("show", "move") || clause.has("only"),
            let text = scene.texts.first(where: { $0.text?.role.rawValue == head?.name }) ?? scene.texts.first
        {
            time["start"] = .integer(
                max(0, scene.draft.duration.milliseconds - text.range.duration.milliseconds))
            clause.use(index)
        }
        // `show the title from 3 to 6 seconds`
        if let span = clause.free(\.span).first, span.value.0 >= 0, span.value.1 > span.value.0, !scene.isCreating {
            time["start"] = .integer(span.value.0)
            time["length"] = .integer(span.value.1 - span.value.0)
            clause.use(span.index)
        }
        // `keep the title up longer`
        if let change = clause.free("adjust", "length+") ?? clause.free("adjust", "length-"), head != nil,
            clause.free(\.duration).isEmpty,
            let text = scene.texts.first(where: { scene.memory.texts.contains($0.id) }) ?? scene.texts.first
        {
            let isLonger = clause.units[change].is("adjust", "length+")
            let now = text.range.duration.milliseconds
            time["length"] = .integer(
                max(300, min(isLonger ? now * 17 / 10 : now * 6 / 10, scene.draft.duration.milliseconds)))
            clause.use(change)
            clause.use(saying: "verb.hold")
        }
        if let duration = clause.free(\.duration).first, !scene.isCreating {
            time["length"] = .integer(duration.value)
            clause.use(duration.index)
        }
        if let clock = clause.free(\.clock).first {
            time["start"] = .integer(clock.value)
            clause.use(clock.index)
        }
        if !time.arguments.isEmpty {
            result.add(time, topic: .texts)
            found = true
        }
        if found {
            if let head { clause.use(head.index) }
            useVerbs(&clause)
        }
    }

    static func useVerbs(_ clause: inout Clause) {
        clause.use(
            saying: "verb.add", "verb.write", "verb.change", "verb.show", "verb.use", "verb.caption", "saying")
    }
}
