// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import EditModel
import EditTime
import JSON

/// Reads wishes about words on the picture: titles, captions, scripts, credits.
enum TextReader: ClauseReader {
    private static let roles = ["title", "text", "caption", "subtitle", "credits", "endcard", "script"]

    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        if clause.hasThing("film-name") { return }
        if readReplacement(&clause, scene, &result) { return }
        if readFilmOfType(&clause, scene, &result) { return }
        if readBrief(&clause, scene, &result) { return }
        if clause.hasThing("date"), !clause.hasVerb("remove"), clause.free(\.quote).isEmpty,
            clause.free(\.number).isEmpty,
            clause.hasVerb("caption", "write", "add", "show", "use", "make") || clause.has("each") || clause.has("all")
        {
            result.add(Wish("date-captions"), topic: .texts)
            return clause.use(clause.indices)
        }
        let head = role(clause)
        let quotes = clause.free(\.quote)
        // `a voice over saying "Welcome"` is heard, not seen.
        let isHeard = clause.hasThing("voice") || (clause.hasVerb("read-aloud") && !clause.has("saying"))
        if head == nil, !quotes.isEmpty, isHeard { return }
        let isText = head != nil || clause.hasVerb("write", "caption") || clause.has("saying")
        guard isText || !quotes.isEmpty || speaksOfTexts(clause, scene) else { return }
        if let head, clause.hasVerb("remove") || clause.isNegated(head.index),
            quotes.isEmpty || clause.hasVerb("remove")
        {
            return remove(&clause, head, quotes, &result)
        }
        // `label the pictures "Mum", "Dad" and "Me"`
        if quotes.count > 1, clause.hasVerb("caption") || head?.name == "caption",
            clause.references.isEmpty || clause.hasThing("photo", "picture")
        {
            result.add(Wish("captions", ["lines": .array(quotes.map { .string($0.value) })]), topic: .texts)
            for quote in quotes { clause.use(quote.index) }
            if let head { clause.use(head.index) }
            return useVerbs(&clause)
        }
        if readScript(&clause, head, scene, &result) { return }
        if !quotes.isEmpty,
            isText || clause.hasVerb("add", "change", "replace", "show", "start-with", "end-with")
                || scene.isCreating && clause.units.count > 1
        {
            return write(&clause, head, quotes, scene, &result)
        }
        restyle(&clause, head, scene, &result)
    }

    private static func role(_ clause: Clause) -> (index: Int, name: String)? {
        for index in clause.indices where clause.isFree(index) && clause.units[index].value == nil {
            if let name = clause.units[index].concepts.first(where: { $0.family == "thing" && roles.contains($0.value) }
            )?.value {
                return (index, name)
            }
        }
        return nil
    }

    /// "Bigger", "in red", "at the top" after talk of a text.
    private static func speaksOfTexts(_ clause: Clause, _ scene: Scene) -> Bool {
        // Right after a film was made, what can only be said of texts is said of its title.
        guard scene.memory.topic == .texts || scene.memory.topic == .film, !scene.texts.isEmpty else { return false }
        if scene.memory.topic == .texts, saysHowLong(clause), !clause.hasThing("photo", "picture", "clip", "music") {
            return true
        }
        let others: Set<String> = [
            "photo", "clip", "music", "film", "transition", "background", "voice", "picture", "logo",
        ]
        if clause.units.contains(where: { unit in
            unit.concepts.contains { $0.family == "thing" && others.contains($0.value) }
        }) {
            return false
        }
        if scene.memory.topic == .film {
            if scene.isCreating || !clause.references.allSatisfy({ if case .it = $0.value { true } else { false } }) {
                return false
            }
            return clause.has("pos", "lower-third") || clause.has("textstyle", "bold")
                || clause.has("textstyle", "italic")
                || (clause.has("color") && !clause.has("look") && !clause.has("black"))
        }
        if saysHowLong(clause) { return true }
        return clause.has("pos") || clause.has("color") || clause.has("textstyle") || !clause.free(\.color).isEmpty
            || clause.has("anim") || clause.has("appear") || clause.has("vanish")
            || (clause.hasVerb("remove") && clause.has("it"))
    }

    /// `Show it for the whole film`, `keep it up for six seconds`, after talk of a text.
    private static func saysHowLong(_ clause: Clause) -> Bool {
        let isOfIt = clause.references.allSatisfy { $0.value == .it }
        guard isOfIt, clause.hasVerb("hold", "show", "keep") else { return false }
        return clause.has("whole") || !clause.free(\.duration).isEmpty
    }

    /// `It vanishes too fast`: the text stays for longer.
    private static func readBrief(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        guard let index = clause.free("complain", "text-brief"),
            let text = scene.texts.first(where: {
                scene.memory.texts.contains($0.id)
            }) ?? scene.texts.first
        else { return false }
        let longer = min(text.range.duration.milliseconds * 17 / 10, scene.draft.duration.milliseconds)
        result.add(Wish("time-text", ["length": .integer(longer)], target: .texts(nil)), topic: .texts)
        clause.use(index)
        return true
    }

    /// `Kinetic typography: Dream big / Start small`: a film of nothing but words.
    private static func readFilmOfType(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        guard let index = clause.free("thing", "type-film"), !scene.hasFilm || scene.isCreating,
            let quote = clause.free(\.quote).first
        else { return false }
        let lines = quote.value.split { "/|;；,，、\n".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
        var wish = Wish("type-film", ["lines": .array(lines.map { .string($0.strippedOfAnd) })])
        if let time = clause.free(\.duration).first {
            wish["length"] = .integer(time.value)
            clause.use(time.index)
        }
        result.add(wish, topic: .texts)
        clause.use(index, quote.index)
        return true
    }

    // MARK: Removing

    private static func remove(
        _ clause: inout Clause, _ head: (index: Int, name: String), _ quotes: [(index: Int, value: String)],
        _ result: inout Understanding
    ) {
        var wish = Wish("remove-text")
        switch head.name {
        case "title": wish["role"] = "title"
        case "caption": wish["role"] = "caption"
        case "subtitle": wish["role"] = "subtitle"
        case "credits": wish["role"] = "credit"
        default: wish["all"] = true
        }
        if let reference = clause.references.first {
            wish.target = .texts(reference.value)
            clause.use(reference.index)
        }
        if let quote = quotes.first {
            wish["find"] = .string(quote.value)
            clause.use(quote.index)
        }
        result.add(wish, topic: .texts)
        clause.use(head.index)
        for index in clause.indices
        where clause.units[index].has("verb") || clause.units[index].has("all") || clause.units[index].has("neg") {
            clause.use(index)
        }
    }

    // MARK: Changing words

    /// `it should be Mom, not Mum`; `change Mum to Mom`; `标题改成…`.
    private static func readReplacement(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        guard !scene.texts.isEmpty else { return false }
        if let old = clause.first("exchange", "old"), let new = clause.first("exchange", "new"),
            let find = clause.units[old].value?.quote, let words = clause.units[new].value?.quote
        {
            result.add(Wish("change-text", ["find": .string(find), "replace": .string(words)]), topic: .texts)
            clause.use(clause.indices)
            return true
        }
        let quotes = clause.free(\.quote)
        if clause.has("should-be") || clause.hasVerb("change", "replace"), quotes.count == 2 {
            let (first, second) = (quotes[0], quotes[1])
            let saysNot = clause.units[first.index..<second.index].contains { $0.has("neg") || $0.has("instead-of") }
            let (old, new) = saysNot ? (second.value, first.value) : (first.value, second.value)
            guard scene.texts.contains(where: { $0.text?.text.range(of: old) != nil }) else { return false }
            result.add(Wish("change-text", ["find": .string(old), "replace": .string(new)]), topic: .texts)
            clause.use(clause.indices)
            return true
        }
        return false
    }

    // MARK: Scripts and captions

    private static func readScript(
        _ clause: inout Clause, _ head: (index: Int, name: String)?, _ scene: Scene, _ result: inout Understanding
    ) -> Bool {
        let isCaptioned = clause.free("verb", "caption")
        // `add text: Paris, Rome, Athens` is captions too: a list after a colon.
        let isList = clause.units.contains { unit in
            unit.has("captured") && (unit.value?.quote?.contains { ",，、;；\n|".contains($0) } ?? false)
        }
        guard let head = head ?? isCaptioned.map({ ($0, "caption") }),
            ["script", "caption", "subtitle"].contains(head.name) || isCaptioned != nil
                || (head.name == "text" && isList)
        else { return false }
        let files = scene.media.filter { $0.kind == .text }
        let isRead = clause.hasVerb("read-aloud") || clause.hasThing("voice")
        if let quote = clause.free(\.quote).first {
            let isOfOne = clause.references.contains { if case .it = $0.value { false } else { true } }
            guard head.name != "caption" || !isOfOne else { return false }
            let words = quote.value
            clause.use(quote.index, head.index)
            if isRead {
                result.add(Wish("voice-over", ["text": .string(words)]), topic: .voice)
            } else {
                result.add(Self.captions(words, isScript: head.name == "script"), topic: .texts)
            }
            useVerbs(&clause)
            return true
        }
        if isRead, head.name == "script" {
            clause.use(head.index)
            if let index = clause.free("verb", "read-aloud") { clause.use(index) }
            if let index = clause.free("thing", "voice") { clause.use(index) }
            if let file = files.first {
                result.add(Wish("voice-over", ["text": .string(file.text ?? "")]), topic: .voice)
            } else {
                result.needs.append("script")
            }
            return true
        }
        if clause.hasThing("date") {
            result.add(Wish("date-captions"), topic: .texts)
            clause.use(clause.indices)
            return true
        }
        if clause.free("pos") != nil, !scene.texts.isEmpty { return false }
        guard !files.isEmpty, !clause.has("deg"), !clause.has("adjust"), !clause.has("color") else { return false }
        // The script that was uploaded.
        clause.use(head.index)
        useVerbs(&clause)
        if !scene.isCreating {
            result.add(Wish("captions", ["script": .string(files.first?.id ?? "")]), topic: .texts)
        } else {
            result.topic = .texts
        }
        return true
    }

    /// Captions from typed words: a list with commas is one for each picture, sentences are a script.
    private static func captions(_ words: String, isScript: Bool) -> Wish {
        let parts = words.split { ",，、;；\n|/".contains($0) }
            .map { $0.trimmed }.filter { !$0.isEmpty }
        let isList = !isScript && parts.count > 1 && parts.allSatisfy { $0.count <= 60 } && !words.contains(". ")
        guard isList else { return Wish("captions", ["script": .string(words)]) }
        return Wish("captions", ["lines": .array(parts.map { .string($0.strippedOfAnd) })])
    }

    // MARK: Writing

    private static func write(
        _ clause: inout Clause, _ head: (index: Int, name: String)?, _ quotes: [(index: Int, value: String)],
        _ scene: Scene, _ result: inout Understanding
    ) {
        guard let quote = quotes.first else { return }
        clause.use(quote.index)
        if let head { clause.use(head.index) }
        useVerbs(&clause)
        let hasTitle = scene.texts.contains { $0.text?.role == .title }
        // `change the title to …`: the words change, all else stays.
        if clause.hasVerb("change", "replace") || clause.has("should-be"), head?.name != "caption",
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
            if let time = clause.free(\.duration).first {
                wish["length"] = .integer(time.value)
                clause.use(time.index)
            }
            return result.add(wish, topic: .texts)
        }
        if head?.name == "credits" {
            let lines = quote.value.split { ",，、;\n".contains($0) }.map { JSONValue.string($0.trimmed) }
            return result.add(Wish("credits", ["lines": .array(lines)]), topic: .texts)
        }
        var wish = Wish("add-text", ["text": .string(quote.value)])
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
    private static func place(_ wish: inout Wish, _ clause: inout Clause, _ scene: Scene) {
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
        if let time = clause.free(\.duration).first, clause.has("for") || !scene.isCreating || clause.has("place"),
            clause.units.indices.contains(time.index), !clause.hasVerb("make")
        {
            wish["length"] = .integer(time.value)
            clause.use(time.index)
        }
        if let reference = clause.references.first {
            clause.use(reference.index)
            // `put the title on it`: on the film, unless a picture was spoken of.
            if case .it = reference.value, !clause.units[reference.index].has("that-one"),
                scene.memory.topic != .pictures
            {
                return
            }
            wish.target = .pictures(reference.value, kind: nil)
            if wish["role"] == "title", wish["pos"] == nil { wish["role"] = "caption" }
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

    private static func position(_ clause: inout Clause) -> [String: JSONValue]? {
        if clause.free("pos") == nil, let index = clause.free("corner"),
            let name = clause.units[index].value(of: "corner")
        {
            clause.use(index)
            return ["position": name.hasPrefix("top") ? "top" : "lower-third"]
        }
        guard let index = clause.free("pos"), let name = clause.units[index].value(of: "pos") else { return nil }
        clause.use(index)
        return ["position": .string(name)]
    }

    private static func style(_ clause: inout Clause) -> [String: JSONValue] {
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
    private static func restyle(
        _ clause: inout Clause, _ head: (index: Int, name: String)?, _ scene: Scene, _ result: inout Understanding
    ) {
        let target: Wish.Target
        switch head?.name {
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
            } else if let index = clause.free("appear") {
                time["start"] = .integer(moment.value)
                clause.use(index, moment.index)
            }
        }
        if let index = clause.free("whole") {
            time["whole"] = true
            clause.use(index)
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

    private static func useVerbs(_ clause: inout Clause) {
        for index in clause.indices {
            if ["add", "write", "change", "show", "use", "caption"].contains(where: {
                clause.units[index].is("verb", $0)
            })
                || clause.units[index].has("saying")
            {
                clause.use(index)
            }
        }
    }
}

/// Colours that have names, as film titles use them: not the pure ones of a screen but ones that stand on a picture.
enum ColorWords {
    static let hex: [String: String] = [
        "white": "#FFFFFF", "black": "#000000", "red": "#E53935", "blue": "#1E88E5", "green": "#43A047",
        "yellow": "#FFEB3B", "orange": "#FB8C00", "pink": "#F06292", "purple": "#8E24AA", "gold": "#FFC107",
        "grey": "#9E9E9E", "brown": "#795548", "teal": "#00897B", "cream": "#FFF8E1", "silver": "#CFD8DC",
        "navy": "#1A237E", "turquoise": "#26C6DA", "beige": "#F5F5DC",
    ]
}

extension StringProtocol {
    /// Without white space and quotation marks at both ends.
    var trimmed: String {
        let isEdge = { (character: Character) in character.isWhitespace || "\"“”「」『』《》".contains(character) }
        let start = drop(while: isEdge)
        return String(String(start).reversed().drop(while: isEdge).reversed())
    }
}

extension String {
    /// `and Athens` at the end of a list is `Athens`.
    var strippedOfAnd: String {
        for word in ["and ", "和", "及"] where hasPrefix(word) && count > word.count {
            return String(dropFirst(word.count)).trimmed
        }
        return hasSuffix(".") && !dropLast().contains(".") ? String(dropLast()) : self
    }
}
