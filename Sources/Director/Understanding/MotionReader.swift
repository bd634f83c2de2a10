// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads how the view moves over photos.
enum MotionReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        let names = clause.indices.filter { clause.isFree($0) && clause.units[$0].has("motion") }
        let head = clause.free("thing", "motion")
        // `only the middle one should move`
        if names.isEmpty, head == nil, scene.hasFilm, clause.has("only"), clause.has("should"),
            let move = clause.free("verb", "move"), clause.references.count == 1, let one = clause.references.first,
            clause.free("place") == nil
        {
            result.add(
                Wish("motion", ["type": "none"], target: .pictures(.allBut(one.value), kind: nil)), topic: .motion)
            result.add(Wish("motion", ["type": "auto"], target: .pictures(one.value, kind: nil)), topic: .motion)
            clause.use(move, one.index)
            return clause.use(saying: "only", "should")
        }
        guard !names.isEmpty || head != nil else { return }
        var kind: String?
        if let name = names.first, let value = clause.units[name].value(of: "motion") { kind = value }
        let place = names.first ?? head ?? 0
        // `no zooming or panning`, `don't move`; but `don't move, zoom`.
        if clause.isNegated(place) || (clause.hasVerb("remove") && kind != "none") {
            kind = kind == "none" ? "auto" : "none"
        }
        var wish = Wish("motion", ["type": .string(kind ?? "auto")])
        for name in names { clause.use(name) }
        if let head { clause.use(head) }
        if let amount = amount(&clause) { wish["amount"] = .number(amount) }
        if let reference = clause.references.first {
            let unit = clause.units[reference.index]
            let kind: MediaKind? = unit.is("thing", "clip") ? .video : unit.is("thing", "photo") ? .image : nil
            // `I don't like the way they slide around` is said of all.
            let isAll = reference.value == .it && head != nil && scene.memory.topic != .motion
            if !isAll { wish.target = .pictures(reference.value, kind: kind) }
            clause.use(reference.index)
        } else if let index = clause.free("each") {
            clause.use(index)
        }
        result.add(wish, topic: .motion)
        clause.useWords("verb.add", "verb.use", "verb.change", "verb.remove", "neg", "smooth", "all")
        if !scene.isCreating { clause.useWords("thing.photo") }
    }

    /// Slow and subtle is half of the calm usual, strong and fast is double.
    private static func amount(_ clause: inout Clause) -> Double? {
        if let share = clause.free(\.share).first {
            clause.use(share.index)
            return min(max(share.value, 0.01), 1)
        }
        if let index = clause.free("deg", "lot") ?? clause.free("adjust", "pace+") ?? clause.free("verb", "speed-up") {
            clause.use(index)
            return 0.24
        }
        if clause.hasThing("motion"), let index = clause.free("textstyle", "smaller", "bigger") {
            clause.use(index)
            return clause.units[index].is("textstyle", "smaller") ? 0.08 : 0.24
        }
        if let index = clause.free("deg", "bit") ?? clause.free("adjust", "pace-") ?? clause.free("verb", "slow-down") {
            clause.use(index)
            return 0.08
        }
        return nil
    }
}
