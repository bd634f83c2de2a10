// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// Reads what is no edit: questions, thanks, wishes that Kinora cannot fulfil.
enum SpeechReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        if let index = clause.first("drawn"), let words = clause.units[index].value?.quote {
            let isFirst = clause.has("place", "start") || clause.has("place", "to-front")
            result.speeches.append(.draw(words, at: isFirst ? 1 : -1))
            return clause.use(clause.indices)
        }
        // `cut the shaky start off`, `the first two seconds are shaky, cut them`: why, not what.
        let isReason =
            clause.has("shaky") && clause.units.contains { $0.value?.span != nil || $0.value?.duration != nil }
            || clause.has("place", "start") && clause.hasVerb("remove", "trim", "skip")
        if !isReason, let index = clause.first("cannot"), let what = clause.units[index].value(of: "cannot") {
            result.speeches.append(.impossible(what))
            return clause.use(clause.indices)
        }
        if let question = question(clause, scene) {
            result.speeches.append(.ask(question))
            return clause.use(clause.indices)
        }
        if clause.has("verb", "export"),
            !clause.units.contains(where: { $0.value != nil || $0.has("platform") || $0.has("lines") })
        {
            if !edits(clause) {
                result.speeches.append(.export)
                return clause.use(clause.indices)
            }
        }
        if clause.has("status"), !edits(clause) {
            result.speeches.append(.status)
            return clause.use(clause.indices)
        }
        if clause.has("balance") {
            result.speeches.append(.balance)
            return clause.use(clause.indices)
        }
        // `more`, `even more`
        let mores: Set<String> = ["more", "deg", "talk", "again"]
        if clause.has("more"),
            clause.units.allSatisfy({ $0.value == nil && $0.concepts.contains { mores.contains($0.family) } })
        {
            result.speeches.append(.more)
            return clause.use(clause.indices)
        }
        if clause.has("also"), let reference = clause.references.first, clause.units.count <= 3, !edits(clause) {
            result.speeches.append(.same(reference.value))
            return clause.use(clause.indices)
        }
        for index in clause.indices where clause.isFree(index) {
            switch clause.units[index].value(of: "talk") {
            case "thanks": result.speeches.append(.thanks)
            case "praise": result.speeches.append(.praise)
            case "hello": result.speeches.append(.hello)
            case "yes": result.speeches.append(.yes)
            case "no" where clause.units.count == 1: result.speeches.append(.no)
            case nil: continue
            default: break
            }
            clause.use(index)
        }
    }

    /// Whether the clause asks for a change beside what it says.
    private static func edits(_ clause: Clause) -> Bool {
        clause.hasVerb("make", "add", "remove", "change", "replace", "swap", "move")
    }

    private static func question(_ clause: Clause, _ scene: Scene) -> Understanding.Question? {
        if clause.has("ask", "last-change"), !clause.has("verb", "undo") { return .lastChange }
        if clause.has("ask", "fits"), clause.isQuestion || clause.has("ask", "is"), !clause.has("polite"),
            let platform = clause.units.lazy.compactMap({ $0.value(of: "platform") }).first
        {
            return .fits(platform)
        }
        // "Kinds of transitions" asks only where something asks: it is in plain wishes too.
        let asks = clause.units.contains { unit in unit.concepts.contains { $0.family == "ask" && $0.value != "kinds" }
        }
        guard asks || clause.isQuestion else { return nil }
        // `can you make …?` and `could it be shorter?` are polite wishes.
        let isPolite = clause.has("polite") && !clause.has("ask", "what") && !clause.has("ask", "which")
        let wishes = [
            "verb", "adjust", "look", "pos", "textstyle", "color", "motion", "transition", "fit", "shape", "platform",
            "mood",
        ]
        if isPolite, wishes.contains(where: { clause.has($0) }), !clause.has("ask", "how") { return nil }
        // `can it last 20?`
        if isPolite, clause.hasThing("length"), !clause.free(\.number).isEmpty || !clause.free(\.duration).isEmpty {
            return nil
        }
        if clause.has("ask", "how-long") || clause.hasThing("length"),
            let platform = clause.units.lazy.compactMap({ $0.value(of: "platform") }).first
        {
            return .longest(platform)
        }
        if clause.has("ask", "how"), let verb = clause.units.lazy.compactMap({ $0.value(of: "verb") }).first {
            return .how(verb)
        }
        // `do you support 4K?`
        let isSize = clause.units.contains { unit in
            switch unit.value {
            case .lines?, .size?, .ratio?, .frameRate?: true
            default: unit.has("lines") || unit.has("shape")
            }
        }
        if clause.has("ask", "can"), isSize, !clause.has("verb", "make") { return .kinds("sizes") }
        if clause.has("ask", "list"), clause.hasThing("photo", "picture", "clip", "order") { return .order }
        if clause.has("ask", "place"),
            let named = clause.references.first(where: { if case .assets = $0.value { true } else { false } })
        {
            return .contains(named.value)
        }
        if clause.has("ask", "how-long") || clause.has("ask", "what") && clause.hasThing("pace"),
            !clause.hasThing("film", "music", "text", "title")
        {
            let named = clause.references.first { if case .it = $0.value { false } else { true } }?.value
            if named != nil || clause.has("each") || clause.hasThing("photo", "picture", "clip") { return .pace(named) }
        }
        if clause.has("ask", "how-long") { return .length }
        if clause.has("ask", "abilities") { return .abilities }
        let isKinds =
            clause.has("ask", "what") || clause.has("ask", "which") || (clause.has("ask", "kinds") && clause.isQuestion)
        let canYou = clause.has("polite") || clause.has("ask", "can") || clause.has("ask", "kinds")
        if isKinds, canYou || !scene.hasFilm || clause.has("ask", "kinds") {
            for (family, subject) in [
                ("transition", "transitions"), ("motion", "motion"), ("look", "looks"), ("platform", "platforms"),
            ]
            where clause.has("thing", family) || (clause.has(family) && clause.has("ask", "kinds")) {
                return .kinds(subject)
            }
            if clause.hasThing("music"), canYou { return .kinds("music") }
            if clause.hasThing("format") || clause.hasThing("file") { return .kinds("formats") }
            if clause.hasThing("platform") { return .kinds("platforms") }
            if clause.hasThing("title", "text"), canYou { return .kinds("texts") }
            if canYou, !clause.has("verb", "make") { return .abilities }
        }
        if clause.has("ask", "how-many") { return .count }
        guard asks || clause.isQuestion, !clause.has("verb") || clause.has("ask") else { return nil }
        if clause.hasThing("music"), clause.has("ask", "is") || isKinds || clause.isQuestion { return .music }
        if clause.hasThing("title", "text", "caption") { return .title }
        if clause.hasThing("length") { return .length }
        // `what look is it?`, `is it still in colour?`
        if clause.hasThing("look") || clause.has("look") && clause.has("ask", "is"), !clause.has("ask", "kinds") {
            return .look
        }
        // `is the temple in it?`, 小狗是第几张
        if clause.has("ask", "is"), clause.isQuestion || clause.has("in"),
            let named = clause.references.first(where: { if case .assets = $0.value { true } else { false } })
        {
            return .contains(named.value)
        }
        // `which one is the second?`
        if asks, clause.has("ask", "which") || clause.has("ask", "what"), !clause.has("verb"),
            clause.units.contains(where: { $0.value?.reference != nil })
        {
            return .order
        }
        if clause.hasThing("order") || clause.has("ask", "which") && clause.hasThing("photo", "picture", "clip") {
            return .order
        }
        if clause.hasThing("canvas", "fps", "platform") || clause.has("shape") { return .format }
        if clause.hasThing("transition") { return .kinds("transitions") }
        // `can you do slow motion?` asks only, unless it says of what.
        let saysWhat = clause.units.contains { $0.value != nil || $0.has("it") || $0.has("definite") }
        if clause.has("ask", "can"), clause.isQuestion, !saysWhat, !clause.has("verb", "make") { return .abilities }
        return nil
    }
}

/// Reads steps through the film's history: undo, redo, start over, versions.
enum HistoryReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        if let index = clause.first("verb", "name-version") {
            let name = clause.free(\.quote).first?.value
            if let name {
                result.add(Wish("name-version", ["name": .string(name)]))
                return clause.use(clause.indices)
            }
            clause.use(index)
        }
        // `the very first version was best` is said of the history.
        if scene.version != nil, clause.hasThing("version"), !clause.has("verb", "go-back"), !clause.has("verb", "make")
        {
            return clause.use(clause.indices)
        }
        // `it's odd without, bring it back`
        if clause.has("verb", "bring-back"), clause.references.allSatisfy({ $0.value == .it }), !clause.has("thing"),
            !clause.units.contains(where: { $0.value?.quote != nil || $0.has("place") })
        {
            result.speeches.append(.bringBack)
            return clause.use(clause.indices)
        }
        // `never mind, leave it in`: what was just done is not to be.
        let isKept =
            clause.has("cancel") && clause.hasVerb("keep") && clause.references.allSatisfy { $0.value == .it }
        // 取消最后两个操作, `back up two steps`: steps are of the history.
        let isStepped =
            clause.has("step") && (clause.hasVerb("remove", "undo") || clause.has("cancel"))
            && clause.units.contains { $0.value != nil }
        let isUndo =
            isStepped || clause.has("verb", "undo") || clause.units.count == 1 && clause.has("cancel") || isKept
        if isUndo || clause.has("verb", "redo") {
            let count = steps(clause)
            result.speeches.append(isUndo ? .undo(count) : .redo(count))
            return clause.use(clause.indices)
        }
        if clause.has("verb", "restart"), clause.references.isEmpty {
            result.speeches.append(.restart)
            return clause.use(clause.indices)
        }
        // `the first version please`
        if !clause.has("verb"), !clause.isQuestion, clause.hasThing("version"), clause.has("original"), scene.hasFilm {
            result.speeches.append(.goBack(nil, 1))
            return clause.use(clause.indices)
        }
        // `show me noir again`: a version that was given this name.
        if clause.has("verb", "show"), !clause.has("verb", "go-back"), let name = clause.free(\.quote).first?.value,
            scene.memory.versions?.contains(name) == true
        {
            result.speeches.append(.goBack(name, nil))
            return clause.use(clause.indices)
        }
        guard clause.has("verb", "go-back") else { return }
        let name = clause.free(\.quote).first?.value
        if name != nil || clause.hasThing("version") {
            result.speeches.append(.goBack(name, version(clause)))
        } else if let version = scene.version {
            result.speeches.append(.goBack(nil, version))
        } else {
            result.speeches.append(.undo(steps(clause)))
        }
        clause.use(clause.indices)
    }

    /// The version that one clause names for another that goes back to it.
    static func version(in clauses: [Clause]) -> Int? {
        guard clauses.contains(where: { $0.has("verb", "go-back") && !$0.hasThing("version") }) else { return nil }
        return clauses.first { $0.hasThing("version") && !$0.has("verb", "go-back") }.flatMap(version)
    }

    private static func version(_ clause: Clause) -> Int? {
        if case .places(let places)? = clause.references.first?.value, places.count == 1 { return places.first }
        if let number = clause.free(\.number).first { return Int(exactly: number.value) }
        return clause.has("original") ? 1 : nil
    }

    /// How many: `undo the last two changes`, `go back twice`.
    private static func steps(_ clause: Clause) -> Int {
        for unit in clause.units {
            switch unit.value {
            case .reference(.last(let count)): return count
            case .reference(.first(let count)) where clause.has("step"): return count
            case .reference(.places(let places)) where clause.has("step") && places.count == 1 && places[0] > 0:
                return min(places[0], 1000)
            case .number(let number): return min(max(Int(number), 1), 1000)
            case .times(let times): return min(max(Int(times), 1), 1000)
            default: continue
            }
        }
        return clause.has("all") ? 1000 : 1
    }
}
