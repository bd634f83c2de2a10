// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads which pictures are in the film and in what order.
enum OrderReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        if readArrangement(&clause, scene, &result) { return }
        if readInstead(&clause, scene, &result) { return }
        if readMoves(&clause, scene, &result) { return }
        if readReplacement(&clause, scene, &result) { return }
        if readSelection(&clause, scene, &result) { return }
        readInsertion(&clause, scene, &result)
    }

    static func kind(_ clause: Clause) -> MediaKind? {
        clause.hasThing("clip") ? .video : clause.hasThing("photo") ? .image : nil
    }

    static func pictures(_ reference: Reference, _ clause: Clause) -> Wish.Target {
        .pictures(reference, kind: kind(clause))
    }

    /// References that can be pictures: names of songs and scripts are not.
    static func pictures(in clause: Clause, _ scene: Scene) -> [(index: Int, value: Reference)] {
        clause.references.filter { reference in
            guard case .assets(let ids) = reference.value else { return true }
            return !scene.ids(ids, of: .image, .video).isEmpty
        }
    }

    static func finish(_ clause: inout Clause, _ references: [(index: Int, value: Reference)]) {
        for reference in references { clause.use(reference.index) }
        clause.useWords(
            "verb", "place", "and", "with", "to", "it", "again", "only", "neg", "all", "thing.photo", "thing.picture",
            "thing.clip", "thing.order")
    }

    // MARK: The order of all

    static func readArrangement(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        // `order: hotel, dog, beach`: each in turn before those said behind it.
        if scene.hasFilm || scene.isCreating, clause.has("thing", "order"),
            let reference = pictures(in: clause, scene).first
        {
            let row: [Reference] =
                switch reference.value {
                case .assets(let ids): ids.map { .assets([$0]) }
                case .places(let places): places.map { .places([$0]) }
                default: []
                }
            if row.count > 1 {
                for picture in row.reversed() {
                    result.add(Wish("move", ["to": 1], target: .pictures(picture, kind: nil)))
                }
                result.topic = .pictures
                if let index = clause.free("thing", "order") { clause.use(index) }
                clause.use(reference.index)
                clause.use(saying: "verb", "should", "be", "to", "should-be")
                return true
            }
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

    // MARK: Another picture instead

    /// `use d.jpg instead of b.jpg`, `put dinner where the market is`, `instead of the market show dinner`, `the market
    /// should be dinner`, 用晚饭换掉集市.
    static func readInstead(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let references = pictures(in: clause, scene)
        guard scene.hasFilm, references.count == 2, !clause.hasThing("text", "title", "caption", "music") else {
            return false
        }
        let (first, second) = (references[0], references[1])
        var (new, old) = (first, second)
        if let instead = clause.first("instead-of") {
            guard instead < second.index else { return false }
            if instead < first.index { (new, old) = (second, first) }
            clause.use(instead)
        } else if let should = clause.first("should-be"), first.index < should, should < second.index,
            !isInFilm(second.value, scene)
        {
            (new, old) = (second, first)
            clause.use(should)
        } else if let verb = clause.first("verb", "replace"), let use = clause.first("verb", "use"), use < first.index,
            first.index < verb, verb < second.index
        {
            clause.use(verb, use)
        } else {
            return false
        }
        guard case .assets(let ids) = new.value else { return false }
        var wish = Wish("replace", target: pictures(old.value, clause))
        wish.media = scene.ids(ids, of: .image, .video)
        result.add(wish, topic: .pictures)
        finish(&clause, references)
        return true
    }

    static func readReplacement(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let references = pictures(in: clause, scene)
        guard scene.hasFilm, clause.hasVerb("replace", "change", "swap") else { return false }
        guard references.count >= 2, case .assets(let ids) = references[1].value else { return false }
        var wish = Wish("replace", target: pictures(references[0].value, clause))
        wish.media = scene.ids(ids, of: .image, .video)
        result.add(wish, topic: .pictures)
        finish(&clause, references)
        return true
    }

    // MARK: More pictures

    static func readInsertion(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
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
