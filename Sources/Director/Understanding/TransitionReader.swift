// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads how one picture goes over into the next.
enum TransitionReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        let style = style(clause, scene)
        let head = clause.free("thing", "transition")
        if style == nil, clause.has("complain", "busy") { return }
        let cut = clause.free("cut")
        if style == nil, cut == nil, readAbrupt(&clause, head, &result) { return }
        guard style != nil || head != nil || cut != nil else {
            return readTopic(&clause, scene, &result)
        }
        var wish = Wish("transition")
        if let cut, let head, clause.isNegated(head), style == nil {
            // `no transitions, plain cuts`
            clause.use(cut)
        } else if let cut, style == nil || cut < (style ?? 0) || !clause.isNegated(cut) {
            guard !clause.isNegated(cut) || style != nil else { return clause.use(cut) }
            if style == nil { wish["type"] = "none" }
            clause.use(cut)
        }
        if let head, clause.isNegated(head) || clause.hasVerb("remove"), style == nil || clause.isNegated(head) {
            wish["type"] = "none"
        }
        if let style, let name = clause.units[style].value(of: "transition") {
            wish["type"] = .string(clause.isNegated(style) || clause.hasVerb("remove") ? "none" : name)
            for index in clause.indices.prefix(style + 1) where clause.units[index].has("transition") {
                clause.use(index)
            }
        } else if head != nil, clause.has("mixed") {
            wish["type"] = "mixed"
        }
        if let head { clause.use(head) }
        // A length is the transition's when it stands with it: `half-second crossfades`, `每个一秒`.
        if let time = clause.free(\.duration).first, time.value <= 4000, !belongsToPictures(time.index, clause, scene) {
            wish["length"] = .integer(time.value)
            clause.use(time.index)
        } else if let factor = pace(&clause) {
            wish["factor"] = .number(factor)
        }
        if let reference = clause.references.first, !isSound(reference.value, scene) {
            wish.target = joint(reference.value, clause)
            clause.use(reference.index)
        }
        if wish.arguments.isEmpty {
            guard
                scene.isCreating || clause.hasVerb("add", "use", "make", "change") || clause.has("with")
                    || clause.has("smooth")
            else {
                result.topic = .transitions
                return
            }
            wish["type"] = clause.has("another") ? "another" : "auto"
        }
        result.add(wish, topic: .transitions)
        clause.useWords(
            "verb.add", "verb.use", "verb.change", "verb.remove", "verb.replace", "smooth", "place", "mixed", "only",
            "neg", "each")
        if !scene.isCreating { clause.useWords("thing.photo", "thing.picture") }
    }

    /// `It jumps from the second to the third`, `go over more smoothly`.
    private static func readAbrupt(_ clause: inout Clause, _ head: Int?, _ result: inout Understanding) -> Bool {
        let complaint = clause.free("complain", "abrupt")
        let joint = clause.references.first { $0.value.isPlural && clause.has("smooth") }
        guard let index = complaint ?? joint.flatMap({ _ in clause.free("smooth") }) else { return false }
        var wish = Wish("transition", ["type": "crossfade"])
        if let reference = clause.references.first {
            wish.target = self.joint(reference.value, clause)
            clause.use(reference.index)
        }
        clause.use(index)
        if let head { clause.use(head) }
        result.add(wish, topic: .transitions)
        return true
    }

    /// The unit that names a kind of transition. Words that mean other things too count only beside "transition" or between pictures.
    private static func style(_ clause: Clause, _ scene: Scene) -> Int? {
        let names = clause.indices.filter { clause.isFree($0) && clause.units[$0].has("transition") }
        guard let first = names.first else { return nil }
        // `change the crossfades to wipes`: what it is to be comes last.
        var name = first
        if let last = names.last, last > first,
            clause.has("verb", "change") || clause.has("verb", "replace") || clause.has("with"),
            clause.units[first + 1..<last].contains(where: {
                $0.value == nil && ($0.is("verb", "change") || $0.has("to") || $0.has("with"))
            })
        {
            name = last
        }
        let unit = clause.units[name]
        // `a black background instead of the blur`
        if clause.hasThing("background"), !clause.hasThing("transition") { return nil }
        let isAmbiguous =
            unit.has("motion") || unit.has("verb") || unit.has("look") || unit.has("fit") || unit.has("adjust")
        if !isAmbiguous { return name }
        let talks =
            clause.hasThing("transition") || clause.has("place", "between") || scene.memory.topic == .transitions
        return talks ? name : nil
    }

    /// Whether a length of time is said of each photo rather than of the transition.
    private static func belongsToPictures(_ index: Int, _ clause: Clause, _ scene: Scene) -> Bool {
        guard let each = clause.first("each") else { return clause.hasVerb("make") && scene.isCreating }
        let near = (max(0, index - 3)...min(clause.units.count - 1, index + 3))
        return near.contains(each) && (clause.hasThing("photo", "picture") && !clause.hasThing("transition"))
    }

    private static func isSound(_ reference: Reference, _ scene: Scene) -> Bool {
        guard case .assets(let ids) = reference else { return false }
        return scene.ids(ids, of: .image, .video).isEmpty
    }

    /// `between the first and the second`, `after the third`, `into the last`.
    private static func joint(_ reference: Reference, _ clause: Clause) -> Wish.Target {
        if clause.has("place", "between"), reference.isPlural { return .joint(between: reference) }
        if clause.has("place", "before"), case .places(let places) = reference {
            return .joints(after: .places(places.map { $0 - 1 }))
        }
        return reference.isPlural && !clause.has("place", "after")
            ? .joint(between: reference) : .joints(after: reference)
    }

    /// "A bit slower" of transitions.
    private static func pace(_ clause: inout Clause) -> Double? {
        for (family, value, factor) in [
            ("adjust", "pace-", 1.5), ("adjust", "pace+", 0.66), ("verb", "slow-down", 1.5), ("verb", "speed-up", 0.66),
            ("adjust", "length+", 1.5), ("adjust", "length-", 0.66),
        ] {
            if let index = clause.free(family, value) {
                clause.use(index)
                return factor
            }
        }
        return nil
    }

    /// "Slower", "one second each" after talk of transitions.
    private static func readTopic(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        guard scene.memory.topic == .transitions,
            !clause.hasThing("photo", "picture", "film", "clip", "music", "text", "title")
        else { return }
        var wish = Wish("transition")
        if let time = clause.free(\.duration).first, time.value <= 4000, clause.has("each") || clause.units.count <= 4,
            !clause.hasVerb("make"), !scene.isCreating
        {
            wish["length"] = .integer(time.value)
            clause.use(time.index)
            if let each = clause.free("each") { clause.use(each) }
        } else if !clause.hasThing("pace"), !scene.isCreating, let factor = pace(&clause) {
            wish["factor"] = .number(factor)
        }
        if !wish.arguments.isEmpty { result.add(wish, topic: .transitions) }
    }
}
