// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads which pictures are in the film and in what order.
enum OrderReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        if readArrangement(&clause, scene, &result) { return }
        if readMoves(&clause, scene, &result) { return }
        if readReplacement(&clause, scene, &result) { return }
        if readSelection(&clause, scene, &result) { return }
        readInsertion(&clause, scene, &result)
    }

    private static func kind(_ clause: Clause) -> MediaKind? {
        clause.hasThing("clip") ? .video : clause.hasThing("photo") ? .image : nil
    }

    private static func pictures(_ reference: Reference, _ clause: Clause) -> Wish.Target {
        .pictures(reference, kind: kind(clause))
    }

    /// References that can be pictures: names of songs and scripts are not.
    private static func pictures(in clause: Clause, _ scene: Scene) -> [(index: Int, value: Reference)] {
        clause.references.filter { reference in
            guard case .assets(let ids) = reference.value else { return true }
            return !scene.ids(ids, of: .image, .video).isEmpty
        }
    }

    private static func finish(_ clause: inout Clause, _ references: [(index: Int, value: Reference)]) {
        for reference in references { clause.use(reference.index) }
        for index in clause.indices where clause.units[index].value == nil {
            let unit = clause.units[index]
            if unit.has("verb") || unit.has("place") || unit.has("and") || unit.has("with") || unit.has("to")
                || unit.has("it")
                || ["photo", "picture", "clip", "order"].contains(where: { unit.is("thing", $0) }) || unit.has("again")
                || unit.has("only") || unit.has("neg") || unit.has("all")
            {
                clause.use(index)
            }
        }
    }

    // MARK: The order of all

    private static func readArrangement(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        // `order: hotel, dog, beach`: each in turn before those said behind it.
        if scene.hasFilm, let index = clause.free("thing", "order"), let reference = pictures(in: clause, scene).first,
            case .assets(let ids) = reference.value, ids.count > 1
        {
            for id in ids.reversed() {
                result.add(Wish("move", ["to": 1], target: .pictures(.assets([id]), kind: nil)))
            }
            result.topic = .pictures
            clause.use(index, reference.index)
            return true
        }
        for (concept, by) in [
            ("reverse-order", "reverse"), ("shuffle", "shuffle"), ("sort-name", "name"), ("sort-time", "time"),
            ("sort-given", "given"),
        ] {
            guard let index = clause.free("verb", concept),
                concept != "shuffle" || !clause.hasThing("transition", "motion", "music", "look")
            else { continue }
            result.add(Wish("order", ["by": .string(by)]), topic: .pictures)
            clause.use(index)
            return false
        }
        return false
    }

    // MARK: Moves

    private static func readMoves(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let references = pictures(in: clause, scene)
        if clause.hasVerb("swap"), scene.hasFilm || scene.isCreating {
            if references.count >= 2 {
                var wish = Wish("swap", target: pictures(references[0].value, clause))
                wish.second = references[1].value
                result.add(wish, topic: .pictures)
                finish(&clause, references)
                return true
            }
            if let reference = references.first, reference.value.isPlural {
                result.add(Wish("swap", target: pictures(reference.value, clause)), topic: .pictures)
                finish(&clause, references)
                return true
            }
        }
        guard let first = references.first else {
            // `put dad back, at the start this time`
            if let place = clause.free("place", "start", "to-front", "end", "to-end"), !clause.has("verb"),
                clause.units.allSatisfy({ $0.value == nil && !$0.has("thing") }), let last = result.wishes.indices.last,
                ["insert", "move", "duplicate"].contains(result.wishes[last].name),
                result.wishes[last].second == nil
            {
                let unit = clause.units[place]
                let isStart = unit.is("place", "start") || unit.is("place", "to-front")
                result.wishes[last][result.wishes[last].name == "move" ? "to" : "at"] = isStart ? 1 : -1
                clause.use(place)
                return true
            }
            return false
        }
        // `sunset last`
        if references.count == 2, !clause.has("verb"), case .assets = first.value, clause.free(\.duration).isEmpty,
            case .places(let places) = references[1].value, places == [1] || places == [-1]
        {
            result.add(
                Wish("move", ["to": .integer(Int64(places[0]))], target: pictures(first.value, clause)),
                topic: .pictures)
            finish(&clause, references)
            return true
        }
        let toStart =
            clause.has("verb", "start-with") || clause.has("place", "to-front")
            || (clause.hasVerb("move", "add", "show") && clause.has("place", "start") && !clause.has("again"))
        let toEnd =
            clause.has("verb", "end-with") || clause.has("place", "to-end")
            || (clause.hasVerb("move", "add", "show") && clause.has("place", "end"))
        // `show the beach twice`
        let twice = clause.hasVerb("show", "use") ? clause.free(\.times).first { $0.value == 2 } : nil
        if let twice { clause.use(twice.index) }
        let repeats = clause.has("again") || clause.hasVerb("duplicate") || twice != nil
        let moves =
            clause.hasVerb("move", "start-with", "end-with") || clause.has("place", "to-front")
            || clause.has("place", "to-end")
        if repeats, let side = anchorFirst(clause, references) {
            var wish = Wish("duplicate", target: pictures(references[1].value, clause))
            wish.second = references[0].value
            wish["side"] = clause.units[side].is("place", "before") ? "before" : "after"
            result.add(wish, topic: .pictures)
            finish(&clause, references)
            return true
        }
        if repeats {
            var wish = Wish("duplicate", target: pictures(first.value, clause))
            if toStart { wish["at"] = 1 } else if toEnd || clause.has("place", "end") { wish["at"] = -1 }
            if references.count > 1, let after = clause.first("place", "after") ?? clause.first("place", "before") {
                wish.second = references[1].value
                wish["side"] = .string(clause.units[after].is("place", "before") ? "before" : "after")
            }
            result.add(wish, topic: .pictures)
            finish(&clause, references)
            return true
        }
        // `before the beach put the market`, where the word stands behind what it belongs to.
        if let side = Self.anchorFirst(clause, references), clause.hasVerb("add", "show", "use", "move") || moves {
            let before = clause.units[side].is("place", "before")
            var wish = Wish("move", target: pictures(references[1].value, clause))
            if case .assets(let ids) = references[1].value, scene.hasFilm, !isInFilm(references[1].value, scene) {
                wish = Wish("insert", ["at": -1])
                wish.media = scene.ids(ids, of: .image, .video)
            }
            wish.second = references[0].value
            // Between two pictures is behind the first of them.
            if case .assets(let ids) = references[0].value, ids.count > 1 { wish.second = .assets([ids[0]]) }
            if case .places(let places) = references[0].value, places.count > 1 { wish.second = .places([places[0]]) }
            wish["side"] = before ? "before" : "after"
            result.add(wish, topic: .pictures)
            finish(&clause, references)
            return true
        }
        // `put the market after the beach`; Chinese has the place behind: `把市场放到海边后面`
        if references.count >= 2,
            let side = clause.first("place", "after") ?? clause.first("place", "before")
                ?? clause.first("place", "between"),
            clause.hasVerb("move", "add", "show", "swap", "use") || moves || !clause.has("verb"),
            !clause.has("transition"), !clause.hasThing("transition"), !clause.has("cut")
        {
            var wish = Wish("move", target: pictures(references[0].value, clause))
            if case .assets(let ids) = references[0].value, scene.hasFilm, !isInFilm(references[0].value, scene) {
                wish = Wish("insert", ["at": -1])
                wish.media = scene.ids(ids, of: .image, .video)
            }
            // Between two pictures is behind the first of them.
            wish.second = references[1].value
            wish["side"] = .string(clause.units[side].is("place", "before") ? "before" : "after")
            result.add(wish, topic: .pictures)
            finish(&clause, references)
            return true
        }
        if toStart || toEnd, moves || isInFilm(first.value, scene) {
            if case .assets(let ids) = first.value, scene.hasFilm, !isInFilm(first.value, scene) {
                var wish = Wish("insert", ["at": toStart ? 1 : -1])
                wish.media = scene.ids(ids, of: .image, .video)
                result.add(wish, topic: .pictures)
            } else {
                result.add(
                    Wish("move", ["to": toStart ? 1 : -1], target: pictures(first.value, clause)), topic: .pictures)
            }
            finish(&clause, references)
            return true
        }
        // `the sunset in the middle`
        if scene.hasFilm, references.count == 1, clause.hasVerb("move", "add", "show"), clause.has("pos", "center"),
            !clause.hasThing("text", "title", "caption", "subtitle", "logo"), isInFilm(first.value, scene)
        {
            let count = scene.draft.mainTrack?.segments.count ?? 1
            result.add(
                Wish("move", ["to": .integer(Int64((count + 1) / 2))], target: pictures(first.value, clause)),
                topic: .pictures)
            finish(&clause, references)
            return true
        }
        // `move the last photo to third place`
        if clause.hasVerb("move"), references.count >= 2, case .places(let to) = references[1].value,
            let place = to.first
        {
            result.add(
                Wish("move", ["to": .integer(Int64(place))], target: pictures(first.value, clause)), topic: .pictures)
            finish(&clause, references)
            return true
        }
        return false
    }

    /// The word for a place, where it stands behind the first of two pictures and is said of that: `海边后面放市场`.
    private static func anchorFirst(_ clause: Clause, _ references: [(index: Int, value: Reference)]) -> Int? {
        guard references.count == 2, case let side = references[0].index + 1, side < references[1].index,
            clause.units[side].has("postposed"), clause.units[side].value == nil,
            ["before", "after", "between"].contains(where: { clause.units[side].is("place", $0) }),
            !clause.units[..<references[0].index].contains(where: { $0.has("verb") && !$0.has("in") })
        else { return nil }
        return side
    }

    private static func isInFilm(_ reference: Reference, _ scene: Scene) -> Bool {
        guard case .assets(let ids) = reference else { return true }
        return scene.draft.mainTrack?.segments.contains { segment in
            segment.picture?.assetID.map { ids.contains($0) } ?? false
        } ?? scene.isCreating
    }

    // MARK: Another picture instead

    private static func readReplacement(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let references = pictures(in: clause, scene)
        // `use d.jpg instead of b.jpg`
        if scene.hasFilm, references.count == 2, let instead = clause.first("instead-of"),
            references[0].index < instead, references[1].index > instead, case .assets(let ids) = references[0].value
        {
            var wish = Wish("replace", target: pictures(references[1].value, clause))
            wish.media = scene.ids(ids, of: .image, .video)
            result.add(wish, topic: .pictures)
            finish(&clause, references)
            clause.use(instead)
            return true
        }
        guard scene.hasFilm, clause.hasVerb("replace", "change", "swap") else { return false }
        guard references.count >= 2, case .assets(let ids) = references[1].value else { return false }
        var wish = Wish("replace", target: pictures(references[0].value, clause))
        wish.media = scene.ids(ids, of: .image, .video)
        result.add(wish, topic: .pictures)
        finish(&clause, references)
        return true
    }

    // MARK: Which pictures

    private static func readSelection(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let references = pictures(in: clause, scene)
        let others =
            clause.has("thing", "transition") || clause.has("thing", "music") || clause.has("look")
            || clause.has("transition")
            || clause.has("motion") || clause.has("adjust") || clause.has("fit") || clause.hasVerb("focus")
            || clause.hasThing("version")
        if let best = clause.free("best"), !others {
            var count: Int64 = 5
            if let number = clause.free(\.number).first {
                count = Int64(number.value)
                clause.use(number.index)
            } else if case .first(let few)? = references.first?.value {
                count = Int64(few)
            }
            result.add(Wish("keep-best", ["count": .integer(count)]), topic: .pictures)
            clause.use(best)
            finish(&clause, references)
            return true
        }
        if clause.hasVerb("use-all")
            || (clause.hasVerb("use", "keep") && clause.has("all") && references.isEmpty
                && clause.hasThing("photo", "picture", "clip"))
        {
            result.add(Wish("use-all"), topic: .pictures)
            finish(&clause, references)
            return true
        }
        // `only the photos`
        if references.isEmpty, !others, clause.hasVerb("only") || clause.has("only"),
            clause.free(\.duration).isEmpty
                || scene.isCreating, clause.hasThing("photo") != clause.hasThing("clip"), kind(clause) != nil
        {
            result.add(Wish("keep", target: pictures(.all, clause)), topic: .pictures)
            for index in clause.indices where clause.units[index].has("only") || clause.units[index].is("verb", "only")
            {
                clause.use(index)
            }
            return true
        }
        // `get rid of the clip`
        if references.isEmpty, !others, clause.has("verb", "remove"), clause.hasThing("clip"), scene.hasClips,
            !clause.hasThing("sound", "voice", "text", "title", "film", "photo"), clause.free(\.span).isEmpty,
            clause.free(\.duration).isEmpty, !clause.has("verb", "trim")
        {
            result.add(Wish("remove", target: .pictures(.all, kind: .video)), topic: .pictures)
            finish(&clause, references)
            return true
        }
        guard let first = references.first, !others, !clause.has("verb", "crop") else { return false }
        let isAlone = !clause.has("verb") && !clause.has("thing", "film") && clause.inheritedVerb == nil
        // `without the second one`
        if isAlone, scene.hasFilm, clause.isNegated(first.index), clause.free(\.duration).isEmpty,
            clause.units[..<first.index].allSatisfy({ $0.value == nil && !$0.has("talk") || $0.has("neg") })
        {
            result.add(Wish("remove", target: pictures(first.value, clause)), topic: .pictures)
            finish(&clause, references)
            return true
        }
        if scene.isCreating, clause.hasVerb("use"), references.count == 1, !clause.isNegated(first.index) {
            switch first.value {
            case .first, .last, .places, .through:
                result.add(Wish("keep", target: pictures(first.value, clause)), topic: .pictures)
                clause.use(first.index)
                return true
            default: break
            }
        }
        // `a slideshow with the front, the side and the back`, `a film of the first three`
        if scene.isCreating, clause.hasThing("film"), references.count == 1, first.index > 0,
            clause.units[first.index - 1].value == nil,
            ["of", "with", "from"].contains(where: { clause.units[first.index - 1].has($0) }) || clause.has("only"),
            !clause.has("saying"), !clause.hasThing("title", "text", "caption", "logo", "voice")
        {
            switch first.value {
            case .assets, .first, .last, .places, .through, .allBut, .alternate:
                result.add(Wish("keep", target: pictures(first.value, clause)), topic: .pictures)
                clause.use(first.index)
                return true
            default: break
            }
        }
        // `of the first keep only the left half` is a part of it.
        if clause.has("side"), clause.hasVerb("keep", "only") { return false }
        let removes =
            clause.hasVerb("remove")
            || ((clause.hasVerb("use", "show", "add") || !clause.has("verb")) && clause.isNegated(first.index))
        if removes, !clause.has("thing", "voice"), !clause.has("thing", "text"), !clause.has("thing", "title") {
            for reference in references {
                if case .unknown(let words) = reference.value {
                    result.missing.append(words)
                } else {
                    result.add(Wish("remove", target: pictures(reference.value, clause)), topic: .pictures)
                }
            }
            finish(&clause, references)
            return true
        }
        // `make a film of a.jpg, b.jpg and c.jpg`: of these and no others.
        if scene.isCreating, clause.hasVerb("use"), clause.hasVerb("make"), case .assets(let ids) = first.value,
            references.count == 1, !ids.isEmpty, !clause.isNegated(first.index)
        {
            result.add(Wish("keep", target: pictures(first.value, clause)), topic: .pictures)
            clause.use(first.index)
            return true
        }
        let only = clause.has("only") || clause.hasVerb("only")
        if only || clause.hasVerb("keep"), clause.hasVerb("use", "keep", "show", "only") || only, !clause.has("as-is"),
            clause.free(\.duration).isEmpty
        {
            if case .others = first.value { return false }
            result.add(Wish("keep", target: pictures(first.value, clause)), topic: .pictures)
            finish(&clause, references)
            return true
        }
        return false
    }

    // MARK: More pictures

    private static func readInsertion(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        guard scene.hasFilm, clause.hasVerb("add", "show", "use"), !clause.has("adjust"), !clause.has("look") else {
            return
        }
        guard let reference = pictures(in: clause, scene).first, case .assets(let ids) = reference.value else { return }
        if clause.has("thing", "logo") || clause.has("corner") { return }
        let media = scene.ids(ids, of: .image, .video)
        guard !media.isEmpty else { return }
        // What is there already is not wanted twice, unless that is said.
        if isInFilm(reference.value, scene) { return }
        var wish = Wish("insert", ["at": -1])
        wish.media = media
        let all = pictures(in: clause, scene)
        if all.count > 1, let side = clause.first("place", "after") ?? clause.first("place", "before") {
            wish.second = all[1].value
            wish["side"] = .string(clause.units[side].is("place", "before") ? "before" : "after")
        }
        if let time = clause.free(\.duration).first {
            wish["length"] = .integer(time.value)
            clause.use(time.index)
        }
        result.add(wish, topic: .pictures)
        finish(&clause, all)
    }
}
