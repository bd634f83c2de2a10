// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// Reads wishes about clips, and turns of any picture: trim, split, speed, reverse, rotate, flip, crop.
enum ClipReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        readTrim(&clause, scene, &result)
        readSplit(&clause, scene, &result)
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
        if readSide(&clause, names, scene, &result) { return }
        if readMiddle(&clause, names, scene, &result) { return }
        if readEnds(&clause, names, scene, &result) { return }
        if readStart(&clause, names, scene, &result) { return }
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
            // `cut the shaky start off the clip`: how much follows.
            if clause.free(\.duration).isEmpty, clause.hasVerb("trim", "remove"), clause.has("off"),
                clause.has("place", "start") || clause.has("place", "end")
            {
                result.topic = .clips
                return clause.use(clause.indices)
            }
            guard let time = clause.free(\.duration).first, clause.hasVerb("trim", "remove", "skip"),
                clause.has("place", "start") || clause.has("place", "end") || clause.has("off")
                    || clause.hasVerb("skip") && !clause.hasThing("film", "music")
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

    /// `drop the first half of surf`, `keep the second half of the clip`.
    private static func readHalf(
        _ clause: inout Clause, _ names: [String], _ scene: Scene, _ result: inout Understanding
    ) -> Bool {
        guard scene.hasFilm, let half = clause.free("half"), let name = names.first,
            let whole = scene.facts(name)?.duration?.milliseconds,
            case .places(let places)? = clause.references.first(where: { $0.index == half - 1 })?.value,
            places == [1] || places == [2] || places == [-1]
        else { return false }
        let removes = clause.hasVerb("remove", "trim", "skip")
        guard removes || clause.hasVerb("keep", "use", "only", "show") || clause.has("only") else { return false }
        let keepsStart = (places == [1]) != removes
        result.add(
            Wish(
                "trim",
                ["from": .integer(keepsStart ? 0 : whole / 2), "to": .integer(keepsStart ? whole / 2 : whole)],
                target: .pictures(.assets([name]), kind: .video)), topic: .clips)
        clause.use(clause.indices)
        return true
    }

    /// `only the middle 4 seconds of surf`.
    private static func readMiddle(
        _ clause: inout Clause, _ names: [String], _ scene: Scene, _ result: inout Understanding
    ) -> Bool {
        if readHalf(&clause, names, scene, &result) { return true }
        guard scene.hasFilm, clause.has("middle"), let time = clause.free(\.duration).first, let name = names.first,
            let whole = scene.facts(name)?.duration?.milliseconds, time.value < whole,
            clause.hasVerb("keep", "use", "only", "show") || clause.has("only") || !clause.has("verb")
        else { return false }
        let start = (whole - time.value) / 2
        var wish = Wish("trim", ["from": .integer(start), "to": .integer(start + time.value)])
        wish.target = target(&clause, .video, scene) ?? .pictures(.it, kind: .video)
        result.add(wish, topic: .clips)
        clause.use(clause.indices)
        return true
    }

    /// `surf: cut everything before 3 s`, `keep the clip up to 0:05`, 冲浪第三秒之后不要: one side of a moment goes.
    private static func readSide(
        _ clause: inout Clause, _ names: [String], _ scene: Scene, _ result: inout Understanding
    ) -> Bool {
        guard scene.hasFilm, scene.hasClips, !names.isEmpty || clause.hasThing("clip"),
            let time = clause.free(\.duration).first ?? clause.free(\.clock).first,
            let side = clause.first("place", "before") ?? clause.first("place", "after"),
            abs(side - time.index) <= 1, clause.references.count <= 1
        else { return false }
        let removes = clause.hasVerb("remove", "trim", "skip") || clause.has("neg")
        guard removes || clause.hasVerb("keep", "use", "only", "show") || clause.has("only") else { return false }
        let isStart = clause.units[side].is("place", "before") == removes
        var wish = Wish("trim", isStart ? ["start": .integer(time.value)] : ["from": 0, "to": .integer(time.value)])
        wish.target = target(&clause, .video, scene) ?? .pictures(.it, kind: .video)
        result.add(wish, topic: .clips)
        clause.use(clause.indices)
        return true
    }

    /// `冲浪掐头去尾各一秒`: so much off both ends.
    private static func readEnds(
        _ clause: inout Clause, _ names: [String], _ scene: Scene, _ result: inout Understanding
    ) -> Bool {
        guard clause.has("verb", "trim-ends"), scene.hasClips, !names.isEmpty || clause.hasThing("clip"),
            let time = clause.free(\.duration).first
        else { return false }
        var wish = Wish("trim", ["start": .integer(time.value), "end": .integer(time.value)])
        wish.target = target(&clause, .video, scene) ?? .pictures(.it, kind: .video)
        result.add(wish, topic: .clips)
        clause.use(clause.indices)
        return true
    }

    /// `start the surf at 3 s`, `surf from 2 to 5`, `make the clip shorter, 5 seconds`: of a clip, not of the film.
    private static func readStart(
        _ clause: inout Clause, _ names: [String], _ scene: Scene, _ result: inout Understanding
    ) -> Bool {
        let isIt = scene.memory.topic == .clips && clause.references.contains { $0.value == .it }
        guard scene.hasFilm, scene.hasClips, !names.isEmpty || clause.hasThing("clip") || isIt,
            clause.free(\.span).isEmpty,
            !clause.hasThing("film", "music", "text", "title")
        else { return false }
        let numbers = clause.free(\.number)
        var wish = Wish("trim")
        if numbers.count == 2, clause.free(\.duration).isEmpty, clause.has("place", "from") || clause.has("from"),
            numbers[0].value < numbers[1].value,
            clause.units[numbers[0].index + 1..<numbers[1].index].contains(where: { $0.has("to") })
        {
            wish["from"] = .integer(Int64(numbers[0].value * 1000))
            wish["to"] = .integer(Int64(numbers[1].value * 1000))
        } else if let time = clause.free(\.duration).first ?? clause.free(\.clock).first,
            clause.has("verb", "start-with") || clause.has("place", "from")
                || clause.has("place", "start") && clause.has("at"),
            !clause.has("off"), !clause.hasVerb("remove", "trim", "skip", "split")
        {
            wish["from"] = .integer(time.value)
        } else {
            let shorter = clause.free("adjust", "length-")
            let longer = clause.free("adjust", "length+")
            // `the clip should be 3 seconds only`
            let isSet = (clause.has("should") || clause.has("be")) && !clause.free(\.duration).isEmpty
            guard shorter != nil || longer != nil || isSet, !clause.has("off") else { return false }
            wish = Wish("pace", ["factor": .number(shorter != nil ? 0.65 : 1.5)])
            if let time = clause.free(\.duration).first {
                wish = Wish("pace", ["each": .integer(time.value)])
            }
        }
        wish.target = target(&clause, .video, scene) ?? .pictures(.it, kind: .video)
        result.add(wish, topic: .clips)
        clause.use(clause.indices)
        return true
    }

    /// `split the first photo at 2 seconds`, `cut the clip in half`: of a picture that is named the time is its own.
    private static func readSplit(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        guard clause.free("verb", "split") != nil, scene.hasFilm else { return }
        var wish = Wish("split")
        if let time = clause.free(\.clock).first ?? clause.free(\.duration).first {
            wish["at"] = .integer(time.value)
            clause.use(time.index)
        } else if !clause.has("cut") || !clause.references.isEmpty || clause.hasThing("clip"),
            !clause.hasThing("music", "voice", "text", "title")
        {
            wish["middle"] = true
        } else {
            return
        }
        let kind: MediaKind? = clause.hasThing("clip") ? .video : nil
        if let reference = clause.references.first {
            wish.target = .pictures(reference.value, kind: kind)
        } else if kind != nil {
            wish.target = .pictures(.it, kind: kind)
        } else if wish["middle"] == true {
            wish.target = .pictures(.it, kind: nil)
        }
        result.add(wish, topic: .pictures)
        clause.use(clause.indices)
    }

    // MARK: Speed

    private static func readSpeed(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        // A clip that is slow is to be faster; of pictures it is the pace.
        let up =
            clause.free("verb", "speed-up")
            ?? (clause.hasThing("clip") || !clause.files(of: .video, in: scene).isEmpty
                ? clause.free("adjust", "pace+") ?? clause.free("complain", "slow") : nil)
        let isNamed = clause.hasThing("clip") || !clause.files(of: .video, in: scene).isEmpty
        let down = clause.free("verb", "slow-down") ?? (isNamed ? clause.free("adjust", "pace-") : nil)
        let times = clause.free(\.times).first
        let isClip =
            clause.hasThing("clip") || !clause.files(of: .video, in: scene).isEmpty
            || (scene.memory.topic == .clips && scene.hasClips)
        // `the clip at 0.5x`
        let isBare = isClip && times != nil && !clause.has("verb") && !clause.hasThing("music", "sound", "volume")
        let isSpeed = clause.hasThing("speed") || up != nil || down != nil || isBare
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
        // 冲浪倒着放: backwards is said of the clip that is named.
        let backwards =
            clause.files(of: .video, in: scene).isEmpty || clause.references.count != 1
            ? nil : clause.free("verb", "reverse-order")
        if let index = clause.free("verb", "play-reverse") ?? backwards {
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
        // `turn photo 3 clockwise`
        let turned = clause.has("verb", "change") && !clause.references.isEmpty ? clause.free("dir") : nil
        if let index = clause.free("verb", "rotate") ?? turned, !clause.hasThing("transition", "motion") {
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
            // `it is backwards in the selfie, mirror it`: said twice.
            if let last = result.wishes.last, last.name == "flip",
                clause.references.allSatisfy({ $0.value == .it || .pictures($0.value, kind: nil) == last.target })
            {
                for reference in clause.references { clause.use(reference.index) }
                return
            }
            result.add(
                Wish("flip", ["axis": .string(axis)], target: target(&clause, nil, scene) ?? .pictures(.it, kind: nil)),
                topic: .pictures)
        }
    }
}
