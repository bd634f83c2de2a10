// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

extension OrderReader {
    static func readMoves(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let references = pictures(in: clause, scene)
        if clause.hasVerb("swap"), scene.hasFilm || scene.isCreating {
            // `swap b.jpg for new.jpg`, which is not in the film
            if references.count == 2, scene.hasFilm, isInFilm(references[0].value, scene),
                case .assets(let ids) = references[1].value, !isInFilm(references[1].value, scene)
            {
                var wish = Wish("replace", target: pictures(references[0].value, clause))
                wish.media = scene.ids(ids, of: .image, .video)
                result.add(wish, topic: .pictures)
                finish(&clause, references)
                return true
            }
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
        // `i want dinner at the beginning`
        let isPut =
            clause.hasVerb("move", "add", "show") || clause.units.count == 2 && !clause.has("verb") && scene.hasFilm
            || scene.hasFilm && clause.has("verb", "use")
            || (clause.has("want") || clause.has("should")) && !clause.hasThing("text", "title", "caption", "music")
        let toStart =
            clause.has("verb", "start-with") || clause.has("place", "to-front")
            || (isPut && clause.has("place", "start") && !clause.has("again"))
        let toEnd =
            clause.has("verb", "end-with") || clause.has("place", "to-end")
            || (isPut && clause.has("place", "end"))
        // `show the beach twice`
        let twice = clause.hasVerb("show", "use") ? clause.free(\.times).first { $0.value == 2 } : nil
        if let twice { clause.use(twice.index) }
        let repeats =
            clause.has("again") && !clause.has("verb", "remove") || clause.hasVerb("duplicate") || twice != nil
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
        // `move the last photo to third place`, `i want the temple as second`
        let isPlaced =
            clause.hasVerb("move", "add")
            || (clause.has("want") || clause.has("should") || clause.has("verb", "make") || clause.has("as"))
                && clause.free(\.duration).isEmpty && !clause.has("look") && !clause.has("verb", "replace")
        if isPlaced, scene.hasFilm, references.count == 2, case .places(let to) = references[1].value,
            let place = to.first
        {
            if case .assets(let ids) = first.value, !isInFilm(first.value, scene) {
                var wish = Wish("insert", ["at": .integer(Int64(place))])
                wish.media = scene.ids(ids, of: .image, .video)
                result.add(wish, topic: .pictures)
            } else {
                result.add(
                    Wish("move", ["to": .integer(Int64(place))], target: pictures(first.value, clause)),
                    topic: .pictures)
            }
            finish(&clause, references)
            return true
        }
        return false
    }

    /// The word for a place, where it stands behind the first of two pictures and is said of that: `海边后面放市场`.
    static func anchorFirst(_ clause: Clause, _ references: [(index: Int, value: Reference)]) -> Int? {
        guard references.count == 2, case let side = references[0].index + 1, side < references[1].index,
            clause.units[side].has("postposed"), clause.units[side].value == nil,
            ["before", "after", "between"].contains(where: { clause.units[side].is("place", $0) }),
            !clause.units[..<references[0].index].contains(where: { $0.has("verb") && !$0.has("in") })
        else { return nil }
        return side
    }

    static func isInFilm(_ reference: Reference, _ scene: Scene) -> Bool {
        guard case .assets(let ids) = reference else { return true }
        return scene.draft.mainTrack?.segments.contains { segment in
            segment.picture?.assetID.map { ids.contains($0) } ?? false
        } ?? scene.isCreating
    }
}
