// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads wishes about clips, and turns of any picture: trim, split, speed, reverse, rotate, flip, crop.
enum ClipReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        readTrim(&clause, scene, &result)
        readSplit(&clause, &result)
        readSpeed(&clause, scene, &result)
        readTurns(&clause, scene, &result)
    }

    private static func target(_ clause: inout Clause, _ kind: MediaKind?, _ scene: Scene) -> Wish.Target? {
        guard let reference = clause.references.first else {
            return clause.has("all") || clause.has("each") ? .pictures(.all, kind: kind) : nil
        }
        clause.use(reference.index)
        return .pictures(reference.value, kind: kind)
    }

    // MARK: Trim and split

    private static func readTrim(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        let names = clause.files(of: .video, in: scene)
        // `the first two seconds of the video are shaky, cut them` is said of the clip.
        let isPart = scene.hasFilm && clause.hasThing("film") && !clause.free(\.span).isEmpty
        let isClip =
            !names.isEmpty || clause.hasThing("clip") || scene.memory.topic == .clips
            || (isPart && clause.hasVerb("trim", "remove", "skip", "only", "keep"))
        guard isClip, scene.hasClips || !names.isEmpty else { return }
        guard let span = clause.free(\.span).first else {
            // `trim the clip to 3 seconds`
            if let time = clause.free(\.duration).first, clause.hasVerb("trim"), time.index > 0,
                clause.units[time.index - 1].value == nil, clause.units[time.index - 1].has("to"),
                clause.hasThing("clip") || !names.isEmpty
            {
                var wish = Wish("trim", ["from": 0, "to": .integer(time.value)])
                clause.use(time.index)
                wish.target = target(&clause, .video, scene) ?? .pictures(.it, kind: .video)
                result.add(wish, topic: .clips)
                return clause.use(clause.indices)
            }
            guard let time = clause.free(\.duration).first, clause.hasVerb("trim", "remove", "skip"),
                clause.has("place", "start") || clause.has("place", "end") || clause.has("off")
            else { return }
            var wish = Wish("trim", [clause.has("place", "end") ? "end" : "start": .integer(time.value)])
            clause.use(time.index)
            wish.target = target(&clause, .video, scene) ?? .pictures(.it, kind: .video)
            result.add(wish, topic: .clips)
            return clause.use(clause.indices)
        }
        var wish: Wish
        if clause.hasVerb("remove", "skip", "trim") || clause.has("off"), !clause.hasVerb("keep", "only", "use"),
            !clause.has("only"), span.value.0 <= 0
        {
            wish = Wish(
                "trim", span.value.0 == 0 ? ["start": .integer(span.value.1)] : ["end": .integer(-span.value.0)])
        } else if span.value.0 >= 0 {
            wish = Wish("trim", ["from": .integer(span.value.0), "to": .integer(span.value.1)])
        } else {
            wish = Wish("trim", ["last": .integer(-span.value.0)])
        }
        clause.use(span.index)
        wish.target = target(&clause, .video, scene) ?? .pictures(.it, kind: .video)
        result.add(wish, topic: .clips)
        clause.use(
            saying: "verb.only", "verb.use", "verb.keep", "verb.trim", "verb.remove", "verb.skip", "thing.clip")
    }

    private static func readSplit(_ clause: inout Clause, _ result: inout Understanding) {
        guard let index = clause.free("verb", "split") else { return }
        guard let time = clause.free(\.clock).first ?? clause.free(\.duration).first else { return }
        result.add(Wish("split", ["at": .integer(time.value)]), topic: .pictures)
        clause.use(index, time.index)
        for reference in clause.references { clause.use(reference.index) }
    }

    // MARK: Speed

    private static func readSpeed(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        // A clip that is slow is to be faster; of pictures it is the pace.
        let up =
            clause.free("verb", "speed-up")
            ?? (clause.hasThing("clip") ? clause.free("adjust", "pace+") ?? clause.free("complain", "slow") : nil)
        let down = clause.free("verb", "slow-down") ?? (clause.hasThing("clip") ? clause.free("adjust", "pace-") : nil)
        let times = clause.free(\.times).first
        let isClip =
            clause.hasThing("clip") || !clause.files(of: .video, in: scene).isEmpty
            || (scene.memory.topic == .clips && scene.hasClips)
        let isSpeed = clause.hasThing("speed") || up != nil || down != nil
        guard isSpeed, scene.hasClips, isClip || (clause.hasThing("speed") && times != nil) else { return }
        if clause.hasThing("transition") || clause.hasThing("motion") || clause.hasThing("pace") { return }
        var speed: Double
        if let times {
            speed = down != nil && times.value > 1 ? 1 / times.value : times.value
            clause.use(times.index)
        } else if let share = clause.free(\.share).first {
            speed = down != nil && share.value < 1 && clause.has("deg") == false ? share.value : share.value
            clause.use(share.index)
        } else if clause.has("normal") {
            speed = 1
        } else if clause.has("half") {
            speed = down != nil || up == nil ? 0.5 : 1.5
        } else {
            speed = down != nil ? (clause.has("deg", "bit") ? 0.75 : 0.5) : clause.has("deg", "bit") ? 1.25 : 1.5
        }
        speed = min(max(speed, 0.1), 10)
        var wish = Wish("speed", ["speed": .number(speed)])
        wish.target = target(&clause, .video, scene) ?? .pictures(.all, kind: .video)
        result.add(wish, topic: .clips)
        clause.use(
            saying: "verb.speed-up", "verb.slow-down", "verb.play", "verb.change", "thing.speed", "thing.clip", "half")
    }

    // MARK: Turns

    private static func readTurns(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        if let index = clause.free("verb", "play-forward"), scene.hasClips {
            clause.use(index)
            result.add(
                Wish("play-reverse", ["on": .bool(clause.isNegated(index))], target: target(&clause, .video, scene)),
                topic: .clips)
            clause.use(saying: "verb", "again")
        }
        if let index = clause.free("verb", "play-reverse") {
            let isClip =
                clause.hasThing("clip") || !clause.files(of: .video, in: scene).isEmpty
                || (scene.memory.topic == .clips && !clause.hasThing("film", "order"))
            if isClip || scene.draft.mainTrack?.segments.count == 1, scene.hasClips {
                clause.use(index)
                result.add(
                    Wish(
                        "play-reverse", ["on": .bool(!clause.isNegated(index))], target: target(&clause, .video, scene)),
                    topic: .clips)
            } else {
                result.add(Wish("order", ["by": "reverse"]), topic: .pictures)
                clause.use(index)
            }
            if let index = clause.free("thing", "clip") ?? clause.free("thing", "film") { clause.use(index) }
        }
        if let index = clause.free("verb", "rotate"), !clause.hasThing("transition") {
            var degrees = 90
            if let number = clause.free(\.number).first, let whole = Int(exactly: number.value), whole % 90 == 0 {
                degrees = whole
                clause.use(number.index)
            } else if clause.units[index].is("turn", "180") || clause.has("turn", "180") {
                degrees = 180
            }
            if clause.has("dir", "left") { degrees = -degrees }
            if let unit = clause.free("unit", "degree") { clause.use(unit) }
            if let dir = clause.free("dir") { clause.use(dir) }
            if let turn = clause.free("turn") { clause.use(turn) }
            clause.use(index)
            // `it lies on its side, turn it clockwise`: one turn, of which the second part may tell how far.
            if clause.references.isEmpty, let last = result.wishes.last, last.name == "rotate" {
                if degrees != 90 { result.wishes[result.wishes.count - 1]["degrees"] = .integer(Int64(degrees)) }
                return
            }
            result.add(
                Wish(
                    "rotate", ["degrees": .integer(Int64(degrees))],
                    target: target(&clause, nil, scene) ?? .pictures(.it, kind: nil)),
                topic: .pictures)
        }
        if let index = clause.free("verb", "flip") {
            let axis = clause.units[index].is("axis", "v") || clause.has("axis", "v") ? "v" : "h"
            clause.use(index)
            if let axis = clause.free("axis") { clause.use(axis) }
            result.add(
                Wish("flip", ["axis": .string(axis)], target: target(&clause, nil, scene) ?? .pictures(.it, kind: nil)),
                topic: .pictures)
        }
    }
}
