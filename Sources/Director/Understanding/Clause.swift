// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

/// A part of a message that says one thing, as units; readers mark what they have understood.
struct Clause: Sendable {
    let units: [Unit]
    private(set) var used: Set<Int> = []
    /// A "no" in the clause before reaches over an "or" into this one.
    var inheritsNegation = false
    /// The verb of the clause before, where this one has none: `remove the title and the music`.
    var inheritedVerb: String?
    /// It ends in a question mark.
    var isQuestion = false

    init(_ units: [Unit]) { self.units = units }

    var indices: Range<Int> { units.indices }
    var isDone: Bool { units.indices.allSatisfy { used.contains($0) } }

    mutating func use(_ indices: Int...) { used.formUnion(indices) }
    mutating func use(_ range: Range<Int>) { used.formUnion(range) }

    /// Marks every unit that says one of these: a family (`it`) or one concept (`verb.add`).
    mutating func use(saying concepts: String...) { use(concepts, alsoValues: true) }

    /// The same of plain words only: what was read out of the message (a reference, a time) stays for who needs it.
    mutating func useWords(_ concepts: String...) { use(concepts, alsoValues: false) }

    private mutating func use(_ concepts: [String], alsoValues: Bool) {
        for index in indices where alsoValues || units[index].value == nil {
            if units[index].concepts.contains(where: {
                concepts.contains($0.family) || concepts.contains($0.description)
            }) {
                used.insert(index)
            }
        }
    }

    func isFree(_ index: Int) -> Bool { units.indices.contains(index) && !used.contains(index) }

    /// Whether what nobody has understood of it asks for an edit: a deed, or something that is too much or too little.
    var asksForEdit: Bool {
        let deeds: Set<String> = [
            "add", "remove", "replace", "change", "move", "swap", "trim", "split", "rotate", "flip", "crop", "mute",
            "duplicate", "fade-in", "fade-out", "speed-up", "slow-down", "loop", "compose", "write", "caption",
            "play-reverse", "focus",
        ]
        return indices.contains { index in
            isFree(index) && units[index].value == nil
                && (units[index].concepts.first.map { $0.family == "verb" && deeds.contains($0.value) } ?? false
                    || units[index].has("adjust") || units[index].has("complain"))
        }
    }

    /// `not the temple`: a refusal and a picture, and nothing else.
    var isDenial: Bool {
        units.count > 1
            && units.allSatisfy { unit in
                unit.value.map { value in value.reference.map { $0 != .it } ?? false } ?? unit.has("neg")
            }
    }

    /// This clause with what the one before it spoke of without saying what to do about it: `the second lies on its side,
    /// turn it`; `the first two seconds shake, cut them`.
    func goingOn(from before: Clause) -> Clause {
        let spoken = before.units.filter { unit in
            switch unit.value {
            case .reference(.it)?, .reference(.unknown)?, .reference(.others)?: return false
            case .reference?: return true
            default: return false
            }
        }
        guard spoken.count <= 1 else { return self }
        let own = units.indices.filter { units[$0].value?.reference != nil }
        // `the first one is blurry, lose it`
        if let picture = spoken.first, own.count == 1, units[own[0]].value == .reference(.it), has("verb"), !has("off"),
            !units.indices.contains(where: { $0 != own[0] && units[$0].has("thing") })
        {
            var units = units
            units[own[0]] = picture
            return copy(units)
        }
        // `集市那张不好看，用晚饭替换`
        if let picture = spoken.first, own.count == 1, case .reference(.assets)? = units[own[0]].value,
            has("verb", "replace") || has("instead")
        {
            return copy([picture] + units)
        }
        // `all but the lion and the tiger, the rest is not wanted`
        if let left = spoken.first, case .reference(.allBut)? = left.value, own.count == 1,
            case .reference(.others)? = units[own[0]].value
        {
            var units = units
            units[own[0]] = left
            return copy(units)
        }
        // `cut the shaky start off the clip, about 1.5 seconds`
        if units.count == 1, units[0].value?.duration != nil,
            before.has("verb", "remove") || before.has("verb", "trim"),
            before.has("place", "start") || before.has("place", "end") || before.has("off")
        {
            return copy(before.units + units)
        }
        // `3 is plenty, pick the nicest`
        if has("best"), own.isEmpty, free(\.number).isEmpty, before.has("only"),
            let count = before.units.first(where: { $0.value?.number != nil })
        {
            return copy(units + [count])
        }
        let isBare = units.allSatisfy { $0.value == nil && ($0.has("verb") || $0.has("it") || $0.has("off")) }
        let others: Set<String> = ["film", "music", "voice", "transition", "title", "text", "caption", "subtitle"]
        let isOfAnother = units.contains { unit in
            unit.value?.quote != nil || unit.has("platform") || unit.has("genre") || unit.has("all") || unit.has("each")
                || unit.has("talk")
                || unit.concepts.contains { $0.family == "thing" && others.contains($0.value) }
        }
        guard own.isEmpty, !isOfAnother else { return self }
        if isBare {
            let figures = before.units.filter { $0.value != nil || $0.has("thing") || $0.has("place") }
            return figures.contains { $0.value != nil } ? copy(figures + units) : self
        }
        // What is to go must be said to go: `she is on the right and you cut her off` removes nobody.
        // `the surf clip starts too early, skip 2 seconds`
        let isOfClip = spoken.first?.is("thing", "clip") ?? false
        if isOfClip, units.contains(where: { $0.value?.duration != nil }) { return copy(spoken + units) }
        return spoken.isEmpty || has("verb", "remove") ? self : copy(spoken + units)
    }

    /// This clause as said of the clip that the one before it spoke of: `the clip is shaky, lose the first second`.
    func ofClip(in before: Clause) -> Clause {
        guard units.contains(where: { $0.value?.span != nil }), !has("thing"), references.isEmpty,
            let clip = before.units.first(where: { $0.value == nil && $0.is("thing", "clip") })
        else { return self }
        return copy([clip] + units)
    }

    /// This clause with `that one` as the picture that the message spoke of before: `start on the peak and make that one
    /// black and white`.
    func pointing(at reference: Reference) -> Clause {
        guard let index = units.firstIndex(where: { $0.value == .reference(.it) && $0.has("that-one") }) else {
            return self
        }
        var units = units
        units[index].value = .reference(reference)
        return copy(units)
    }

    private func copy(_ units: [Unit]) -> Clause {
        var clause = Clause(units)
        clause.inheritsNegation = inheritsNegation
        clause.inheritedVerb = inheritedVerb
        clause.isQuestion = isQuestion
        return clause
    }

    // MARK: Looking for concepts

    func has(_ family: String, _ value: String? = nil) -> Bool { first(family, value) != nil }

    /// The first unit, used or not, with a concept.
    func first(_ family: String, _ value: String? = nil) -> Int? {
        units.firstIndex { unit in value.map { unit.is(family, $0) } ?? unit.has(family) }
    }

    /// The first unit not yet used with one of these concepts.
    func free(_ family: String, _ values: String...) -> Int? {
        units.indices.first { index in
            isFree(index)
                && (values.isEmpty ? units[index].has(family) : values.contains { units[index].is(family, $0) })
        }
    }

    func hasVerb(_ values: String...) -> Bool {
        values.contains { has("verb", $0) || inheritedVerb == $0 } || (endsInRefusal && values.contains("remove"))
    }

    /// A refusal stands behind what it refuses: `标题不要`.
    var endsInRefusal: Bool {
        guard units.count > 1, let last = units.last else { return false }
        return last.value == nil && last.has("neg")
    }

    /// Files of a kind that are named here, as a reference or otherwise.
    func files(of kind: MediaKind, in scene: Scene) -> [String] {
        units.flatMap { unit in
            guard case .reference(.assets(let ids))? = unit.value else { return scene.ids(unit.assets, of: kind) }
            return scene.ids(ids, of: kind)
        }
    }

    func hasThing(_ values: String...) -> Bool { values.contains { has("thing", $0) } }

    // MARK: Looking for values

    /// The unused values of one sort, with their places.
    func free<T>(_ sort: (Unit.Value) -> T?) -> [(index: Int, value: T)] {
        units.indices.compactMap { index in
            guard isFree(index), let value = units[index].value, let found = sort(value) else { return nil }
            return (index, found)
        }
    }

    /// The value of one sort that stands nearest to a unit, before it or behind.
    func nearest<T>(to place: Int, _ sort: (Unit.Value) -> T?) -> (index: Int, value: T)? {
        free(sort).min { abs($0.index - place) < abs($1.index - place) }
    }

    var references: [(index: Int, value: Reference)] { free(\.reference) }

    // MARK: Negation

    /// Whether a "no", "without" or "don't" reaches unit `index`.
    func isNegated(_ index: Int) -> Bool {
        var place = index - 1
        var steps = 0
        while place >= 0, steps < 4 {
            if units[place].has("neg") { return true }
            if units[place].has("with") || units[place].has("but") || units[place].value != nil { return false }
            // `don't add music`, but `no cuts, add music`
            if units[place].has("verb"), place > 0, !units[place - 1].has("neg"), steps > 0 { return false }
            place -= 1
            steps += 1
        }
        return inheritsNegation && !units[..<index].contains { $0.has("verb") }
    }
}

extension Unit.Value {
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var duration: Int64? { if case .duration(let value) = self { value } else { nil } }
    var clock: Int64? { if case .clock(let value) = self { value } else { nil } }
    var span: (Int64, Int64)? { if case .span(let start, let end) = self { (start, end) } else { nil } }
    var share: Double? { if case .share(let value) = self { value } else { nil } }
    var times: Double? { if case .times(let value) = self { value } else { nil } }
    var reference: Reference? { if case .reference(let value) = self { value } else { nil } }
    var quote: String? { if case .quote(let value) = self { value } else { nil } }
    var color: String? { if case .color(let value) = self { value } else { nil } }
    var frameRate: Double? { if case .frameRate(let value) = self { value } else { nil } }
}
