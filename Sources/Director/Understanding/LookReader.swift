// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads colour: looks such as warm or black and white, and brighter, more contrast, less saturation.
enum LookReader: ClauseReader {
    private static let adjustments = ["brightness", "contrast", "saturation", "temperature", "vignette", "grain"]

    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        readAdjustments(&clause, scene, &result)
        if readTable(&clause, scene, &result) { return finish(&clause) }
        let names = clause.indices.filter { clause.isFree($0) && clause.units[$0].has("look") }
        let head = clause.free("thing", "look")
        if names.isEmpty {
            guard let head else { return }
            clause.use(head)
            if clause.hasVerb("remove") || clause.isNegated(head) || clause.has("normal") || clause.has("original") {
                result.add(Wish("grade", plain(scene), target: target(&clause, scene)), topic: .look)
                finish(&clause)
            } else if clause.has("verb", "add") || clause.has("mixed") || clause.has("another"), scene.hasFilm,
                !clause.has("transition"), !clause.has("motion"),
                !clause.hasThing("transition", "motion", "text", "title")
            {
                // Which look is not said: a calm one that suits most.
                result.add(Wish("grade", ["look": "warm"], target: target(&clause, scene)), topic: .look)
                finish(&clause)
            }
            return
        }
        for name in names {
            guard let value = clause.units[name].value(of: "look") else { continue }
            let isOff = clause.isNegated(name) || clause.hasVerb("remove")
            // Of several in a row the last that is not refused counts: `not sepia, vintage`.
            if isOff, names.count > 1 {
                clause.use(name)
                continue
            }
            clause.use(name)
            let target = target(&clause, scene, near: name)
            let arguments = isOff || value == "none" ? plain(scene) : ["look": .string(value)]
            result.add(Wish("grade", arguments, target: target), topic: .look)
        }
        if let head { clause.use(head) }
        finish(&clause)
    }

    /// No look, and no colour table where there is one.
    private static func plain(_ scene: Scene) -> [String: JSONValue] {
        let graded = scene.draft.tracks.flatMap(\.segments).contains { $0.picture?.grade.lut != nil }
        return graded ? ["look": "none", "lut": "none"] : ["look": "none"]
    }

    /// A colour table that is named: `use teal.cube`, `teal.cube on the first photo`, `take teal.cube off`.
    private static func readTable(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let named = clause.indices.first { index in
            guard clause.isFree(index) else { return false }
            if case .reference(.assets(let ids))? = clause.units[index].value {
                return !scene.ids(ids, of: .lut).isEmpty
            }
            return clause.units[index].value == nil && !scene.ids(clause.units[index].assets, of: .lut).isEmpty
        }
        guard let named, let id = clause.files(of: .lut, in: scene).first else { return false }
        clause.use(named)
        let isOff = clause.isNegated(named) || clause.hasVerb("remove")
        for index in clause.indices where clause.isFree(index) && clause.units[index].is("thing", "look") {
            clause.use(index)
        }
        result.add(
            Wish("grade", ["lut": .string(isOff ? "none" : id)], target: target(&clause, scene, near: named)),
            topic: .look)
        return true
    }

    /// Whether a clause speaks of brightness, contrast and the like, which go up and down as loudness does.
    static func isMeant(in clause: Clause) -> Bool {
        clause.units.contains { unit in
            unit.concepts.contains { $0.family == "adjust" && adjustments.contains(String($0.value.dropLast())) }
        }
    }

    private static func finish(_ clause: inout Clause) {
        clause.useWords("verb.add", "verb.use", "verb.change", "verb.remove", "verb.give", "it", "neg", "all")
    }

    private static func target(_ clause: inout Clause, _ scene: Scene, near place: Int = 0) -> Wish.Target? {
        let found = clause.references.filter { reference in
            if case .assets(let ids) = reference.value { return !scene.ids(ids, of: .image, .video).isEmpty }
            return true
        }.min { abs($0.index - place) < abs($1.index - place) }
        guard let found else {
            if clause.hasThing("clip"), !clause.hasThing("photo") { return .pictures(.all, kind: .video) }
            return nil
        }
        clause.use(found.index)
        // "Make it warmer" is the film, unless a picture was spoken of last.
        let isPointed = clause.units[found.index].has("that-one")
        if case .it = found.value, scene.memory.topic != .pictures, !isPointed {
            // `zoom in on the last one, then make it sepia`
            return scene.pointed.map { .pictures($0, kind: nil) }
        }
        return .pictures(found.value, kind: clause.hasThing("clip") ? .video : clause.hasThing("photo") ? .image : nil)
    }

    private static func readAdjustments(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        var arguments: [String: JSONValue] = [:]
        // `turn the contrast down`: the direction is a word of loudness.
        let isOfSound = clause.hasThing("music", "voice", "sound", "volume")
        let lowers = isOfSound ? nil : clause.free("adjust", "volume-")
        let raises = isOfSound ? nil : clause.free("adjust", "volume+")
        for index in clause.indices where clause.isFree(index) {
            guard let value = clause.units[index].value(of: "adjust"), let sign = value.last, sign == "+" || sign == "-"
            else { continue }
            let name = String(value.dropLast())
            guard adjustments.contains(name) else { continue }
            if clause.hasThing("text", "title", "caption") { continue }
            var amount = clause.has("deg", "lot") ? 0.35 : clause.has("deg", "bit") ? 0.12 : 0.2
            if let share = clause.nearest(to: index, \.share) {
                amount = min(share.value, 1)
                clause.use(share.index)
            }
            // `too dark` asks for the other way; `not so bright` as well.
            var isUp = sign == "+"
            if let direction = lowers ?? raises, direction != index {
                if lowers != nil { isUp = false }
                clause.use(direction)
            }
            let isTooMuch = clause.units.indices.contains(index - 1) && clause.units[index - 1].is("deg", "too")
            if isTooMuch || clause.isNegated(index) { isUp.toggle() }
            if arguments[name] == nil { arguments[name] = .number(isUp ? amount : -amount) }
            clause.use(index)
            if isTooMuch { clause.use(index - 1) }
        }
        guard !arguments.isEmpty else { return }
        // "They're too dark, brighten them up": the complaint and the wish are one.
        if let last = result.wishes.last, last.name == "grade", last["relative"] == true,
            Set(last.arguments.keys) == Set(arguments.keys).union(["relative"])
        {
            result.wishes.removeLast()
        }
        arguments["relative"] = true
        result.add(Wish("grade", arguments, target: target(&clause, scene)), topic: .look)
        finish(&clause)
    }
}
