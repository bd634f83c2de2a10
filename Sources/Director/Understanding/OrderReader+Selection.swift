// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

extension OrderReader {
    static func readSelection(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let references = pictures(in: clause, scene)
        let others =
            clause.has("thing", "transition") || clause.has("thing", "music") || clause.has("look")
            || clause.has("thing", "motion")
            || clause.has("transition")
            || clause.has("motion") || clause.has("adjust") || clause.has("fit") || clause.hasVerb("focus")
            || clause.hasThing("version")
        // `the last one is the best, open with it` picks none out.
        let isPraised =
            references.contains { if case .first = $0.value { false } else { !$0.value.isPlural } }
            && !clause.hasVerb("keep", "use", "only")
        if let best = clause.free("best"), !others, !isPraised {
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
        // 掐头去尾: the first and the last go.
        if let index = clause.free("verb", "trim-ends"), references.isEmpty, scene.hasFilm,
            clause.free(\.duration).isEmpty
        {
            result.add(Wish("remove", target: .pictures(.places([1, -1]), kind: nil)), topic: .pictures)
            clause.use(index)
            return true
        }
        // `delete all photos`
        if references.isEmpty, !others, clause.has("verb", "remove"),
            clause.has("verb", "use-all") || clause.has("all") && clause.hasThing("photo", "picture", "clip"),
            !clause.hasThing("text", "title", "caption", "sound", "voice", "film"), clause.free(\.span).isEmpty,
            clause.free(\.duration).isEmpty
        {
            result.add(Wish("remove", target: pictures(.all, clause)), topic: .pictures)
            finish(&clause, references)
            clause.use(saying: "verb.use-all")
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
            !clause.units.contains(where: { $0.value?.span != nil }),
            clause.free(\.duration).isEmpty
                || scene.isCreating, clause.hasThing("photo") != clause.hasThing("clip"), kind(clause) != nil
        {
            result.add(Wish("keep", target: pictures(.all, clause)), topic: .pictures)
            clause.use(saying: "only", "verb.only")
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
        // `photo 2 out`
        if isAlone, scene.hasFilm, clause.has("off"), clause.units.count <= 3, clause.free(\.duration).isEmpty {
            result.add(Wish("remove", target: pictures(first.value, clause)), topic: .pictures)
            finish(&clause, references)
            clause.use(saying: "off")
            return true
        }
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
            case .first, .last, .places, .through, .middle, .both:
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
            case .assets, .first, .last, .places, .through, .allBut, .alternate, .middle, .both:
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
        // `only the middle one should move`
        if clause.has("should"), clause.has("verb", "move"), clause.free("place") == nil { return false }
        let only = clause.has("only") || clause.hasVerb("only")
        if only || clause.hasVerb("keep"), clause.hasVerb("use", "keep", "show", "only") || only, !clause.has("as-is"),
            clause.free(\.duration).isEmpty || only && scene.isCreating && !clause.has("each")
        {
            if case .others = first.value { return false }
            result.add(Wish("keep", target: pictures(first.value, clause)), topic: .pictures)
            finish(&clause, references)
            return true
        }
        return false
    }
}
