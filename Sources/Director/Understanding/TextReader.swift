// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import EditModel
import EditTime
import JSON

/// Reads wishes about words on the picture: titles, captions, scripts, credits.
enum TextReader: ClauseReader {
    static let roles = ["title", "text", "caption", "subtitle", "credits", "endcard", "script"]

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
        let isRead =
            clause.has("verb", "read-aloud") || clause.inheritedVerb == "read-aloud" && clause.references.isEmpty
        let isHeard = clause.hasThing("voice") || isRead && !clause.has("saying")
        if head == nil, !quotes.isEmpty, isHeard { return }
        let isText = head != nil || clause.hasVerb("write", "caption") || clause.has("saying")
        guard isText || !quotes.isEmpty || speaksOfTexts(clause, scene) else { return }
        if let head, clause.hasVerb("remove") || clause.isNegated(head.index),
            quotes.isEmpty || clause.hasVerb("remove")
        {
            return remove(&clause, head, quotes, &result)
        }
        // `get rid of "Hi there"`
        if head == nil, let quote = quotes.first, clause.has("verb", "remove"),
            scene.texts.contains(where: { $0.text?.text.lowercased().contains(quote.value.lowercased()) ?? false })
        {
            result.add(Wish("remove-text", ["find": .string(quote.value)]), topic: .texts)
            return clause.use(clause.indices)
        }
        // `move Summer to the middle`, where the film says so
        if head == nil, let quote = quotes.first, quotes.count == 1, !clause.hasVerb("add", "write", "replace"),
            clause.hasVerb("move", "change", "show") || clause.has("be"), scene.texts.count > 1,
            scene.texts.contains(where: { $0.text?.text.lowercased() == quote.value.lowercased() })
        {
            clause.use(quote.index)
            return restyle(&clause, nil, scene, &result, words: quote.value)
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
                || scene.isCreating && clause.units.count > 1 || isOnlyTimed(clause)
                || !scene.hasFilm && !scene.media.contains(where: { [.image, .video].contains($0.kind) })
                || scene.hasFilm && ["pos", "whole", "corner", "appear"].contains(where: { clause.has($0) })
        {
            return write(&clause, head, quotes, scene, &result)
        }
        let before = (result.wishes.count, clause.used.count)
        restyle(&clause, head, scene, &result)
        if before == (result.wishes.count, clause.used.count) { askForWords(&clause, head, scene, &result) }
    }

    /// `"Sale" for three seconds at second 4`: words in quotation marks and when they are shown, and nothing else.
    private static func isOnlyTimed(_ clause: Clause) -> Bool {
        clause.units.count > 1
            && clause.units.allSatisfy { unit in
                switch unit.value {
                case .quote, .duration, .clock, .span, .reference: true
                case nil: ["at", "for", "in", "on", "from", "pos", "place", "verb"].contains(where: unit.has)
                default: false
                }
            }
    }

    /// `give it a title`: which words is not said.
    private static func askForWords(
        _ clause: inout Clause, _ head: (index: Int, name: String)?, _ scene: Scene, _ result: inout Understanding
    ) {
        let isBare = clause.units.count <= 2 && head != nil && !clause.has("verb")
        guard scene.hasFilm, !clause.isQuestion || clause.has("polite"), !clause.has("adjust"),
            !clause.has("deg", "too"),
            !clause.has("ask", "what"), !clause.has("ask", "which"),
            head.map({ ["title", "text", "caption", "subtitle"].contains($0.name) }) ?? clause.has("verb", "write"),
            clause.hasVerb("add", "write", "give", "use", "show", "make", "caption") || clause.has("want")
                || clause.has("with")
                || isBare && scene.texts.isEmpty
        else { return }
        result.needs.append("words")
        clause.use(clause.indices)
    }

    static func role(_ clause: Clause) -> (index: Int, name: String)? {
        for index in clause.indices where clause.isFree(index) && clause.units[index].value == nil {
            if let name = clause.units[index].concepts.first(where: { $0.family == "thing" && roles.contains($0.value) }
            )?.value {
                return (index, name)
            }
        }
        return nil
    }

    /// "Bigger", "in red", "at the top" after talk of a text.
    static func speaksOfTexts(_ clause: Clause, _ scene: Scene) -> Bool {
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
    static func saysHowLong(_ clause: Clause) -> Bool {
        let isOfIt = clause.references.allSatisfy { $0.value == .it }
        if clause.has("whole"), clause.units.allSatisfy({ $0.has("whole") || $0.value == .reference(.it) }) {
            return true
        }
        guard isOfIt, clause.hasVerb("hold", "show", "keep") else { return false }
        return clause.has("whole") || !clause.free(\.duration).isEmpty
    }

    /// `It vanishes too fast`: the text stays for longer.
    static func readBrief(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
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
    static func readFilmOfType(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        guard let index = clause.free("thing", "type-film"), !scene.hasFilm || scene.isCreating,
            let quote = clause.free(\.quote).first
        else { return false }
        let lines = quote.value.split { "/|;；,，、\n".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
        var wish = Wish("type-film", ["lines": .array(lines.map { .string($0.strippedOfAnd) })])
        wish["pattern"] = pattern(&clause)
        if let time = clause.free(\.duration).first {
            wish["length"] = .integer(time.value)
            clause.use(time.index)
        }
        result.add(wish, topic: .texts)
        clause.use(index, quote.index)
        return true
    }

    // MARK: Removing

    static func remove(
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
        clause.use(saying: "verb", "all", "neg")
    }

    // MARK: Changing words

    /// `it should be Mom, not Mum`; `change Mum to Mom`; `标题改成…`.
    static func readReplacement(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
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
