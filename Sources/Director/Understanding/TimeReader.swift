// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import EditModel
import JSON

/// Reads lengths of time: of the film, of each picture, of one picture; and the pace.
enum TimeReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        readHeld(&clause, scene, &result)
        readLength(&clause, scene, &result)
        readPace(&clause, scene, &result)
    }

    // MARK: Of pictures

    /// `4 seconds per photo`, `the first photo for 5 seconds`, `第三张放两秒`.
    private static func readHeld(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        // `the first photo 4 seconds, the rest 2`
        if clause.free(\.duration).isEmpty, clause.units.count <= 3, let last = result.wishes.last, last.name == "pace",
            last["each"] != nil, let number = clause.free(\.number).first, (0.2...60).contains(number.value),
            let reference = clause.references.first
        {
            result.add(
                Wish(
                    "pace", ["each": .integer(Int64(number.value * 1000))],
                    target: .pictures(reference.value, kind: nil)), topic: .pictures)
            clause.use(number.index, reference.index)
        }
        // `use the first three for a 10 second story`: the length is the film's.
        if scene.isCreating, let time = clause.free(\.duration).first, clause.units.indices.contains(time.index + 1),
            clause.units[time.index + 1].is("thing", "film") || clause.units[time.index + 1].has("platform")
        {
            return
        }
        while let time = clause.free(\.duration).first {
            let references = clause.references.filter { reference in
                switch reference.value {
                case .it, .theOther: return scene.memory.topic == .pictures && clause.hasVerb("hold")
                case .assets(let ids): return !scene.ids(ids, of: .image, .video).isEmpty
                default: return true
                }
            }
            let each = clause.free("each") ?? oneCounted(clause)
            // `hold the first two seconds longer`, `第一张多放两秒`
            let isMore =
                clause.has("verb", "hold")
                && (clause.units.indices.contains(time.index - 1) && clause.units[time.index - 1].has("amount-next")
                    || clause.units.indices.contains(time.index + 1)
                        && clause.units[time.index + 1].is("adjust", "length+"))
            if isMore, scene.hasFilm, let reference = references.first {
                result.add(
                    Wish("pace", ["more": .integer(time.value)], target: .pictures(reference.value, kind: nil)),
                    topic: .pictures)
                clause.use(time.index, reference.index)
                return clause.use(saying: "verb", "adjust")
            }
            if let reference = references.min(by: { abs($0.index - time.index) < abs($1.index - time.index) }) {
                result.add(
                    Wish("pace", ["each": .integer(time.value)], target: .pictures(reference.value, kind: nil)),
                    topic: .pictures)
                clause.use(time.index, reference.index)
                if let each { clause.use(each) }
            } else if let each {
                var wish = Wish("pace", ["each": .integer(time.value)])
                if clause.hasThing("clip"), !clause.hasThing("photo") { wish.target = .pictures(.all, kind: .video) }
                result.add(wish, topic: .pictures)
                clause.use(time.index, each)
            } else {
                return
            }
            clause.use(saying: "verb.hold", "verb.show", "verb.change", "verb.use", "for")
            if !scene.isCreating { clause.use(saying: "thing.photo", "thing.picture") }
        }
    }

    /// `一张照片放两秒`: one picture, so long, means each of them.
    private static func oneCounted(_ clause: Clause) -> Int? {
        clause.free(\.number).first { pair in
            pair.value == 1 && clause.units.indices.contains(pair.index + 1)
                && clause.units[pair.index + 1].is("unit", "item")
                && (clause.units[pair.index + 1].has("thing") || clause.hasThing("photo", "picture")
                    || !clause.has("verb", "make"))
        }?.index
    }

    // MARK: Of the film

    private static func readLength(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        // `the intro of the song is too long` says nothing of the film.
        if clause.hasThing("music"), !clause.hasThing("film", "length"), clause.free(\.duration).isEmpty,
            clause.free(\.times).isEmpty, clause.free(\.share).isEmpty
        {
            return
        }
        let shorter = clause.free("adjust", "length-")
        let longer = clause.free("adjust", "length+")
        // `too long, make it 12`: after talk of the length a bare number is seconds.
        if let last = result.wishes.last, last.name == "length", last["factor"] != nil, shorter == nil, longer == nil,
            let number = clause.free(\.number).first, (1...3600).contains(number.value),
            !clause.hasThing("photo", "picture", "clip", "text", "title", "music")
        {
            result.wishes.removeLast()
            result.add(Wish("length", ["length": .integer(Int64(number.value * 1000))]), topic: .film)
            return clause.use(number.index)
        }
        if let time = clause.free(\.duration).first ?? clause.free(\.clock).first {
            clause.use(time.index)
            let now = scene.draft.duration.milliseconds
            // `five seconds shorter`, against `shorter, ten seconds`.
            let isAdded = adds(clause, time.index)
            let isDifference =
                (shorter.map { $0 == time.index + 1 } ?? false) || (longer.map { $0 == time.index + 1 } ?? false)
                || clause.has("by") || (clause.has("off") && !clause.has("to")) || isAdded
                // 缩短三秒, against 缩短到三秒
                || [shorter, longer].contains {
                    $0 == time.index - 1 && clause.units[time.index - 1].has("amount-next")
                }
            // `no more than ten seconds`: what is shorter already stays so.
            if clause.has("at-most"), scene.hasFilm, now <= time.value, !isDifference {
                return clause.use(saying: "at-most", "thing.length", "thing.film", "verb", "it")
            }
            var length = time.value
            if isDifference, scene.hasFilm {
                length = max(1000, shorter != nil || clause.has("off") ? now - length : now + length)
            }
            result.add(Wish("length", ["length": .integer(length)]), topic: .film)
        } else if shorter != nil || clause.hasVerb("trim"), scene.hasFilm,
            let number = clause.free(\.number).first(where: { pair in
                pair.index > 0 && pair.value >= 1 && clause.units[pair.index - 1].value == nil
                    && clause.units[pair.index - 1].has("to")
            })
        {
            // `shave it down to 10`
            clause.use(number.index)
            result.add(Wish("length", ["length": .integer(Int64(number.value * 1000))]), topic: .film)
        } else if let number = bareLength(clause, scene) {
            // `make it 20`, `the total should be 20`
            clause.use(number.index)
            clause.use(saying: "verb", "it", "thing.film", "thing.length", "should", "be", "should-be")
            result.add(Wish("length", ["length": .integer(Int64(number.value * 1000))]), topic: .film)
        } else if shorter != nil || longer != nil, scene.hasFilm,
            let share = clause.free(\.share).first, share.value > 0, share.value < 1, !speaksOfPictures(clause)
        {
            // `a third shorter`
            clause.use(share.index)
            let factor = shorter != nil ? 1 - share.value : 1 + share.value
            result.add(Wish("length", ["factor": .number(factor)]), topic: .film)
        } else if shorter != nil || longer != nil, scene.hasFilm,
            let reference = clause.references.first(where: { if case .it = $0.value { false } else { true } })
        {
            // `keep the team photo up longer`
            var factor = shorter != nil ? 0.65 : 1.5
            if clause.has("deg", "bit") { factor = shorter != nil ? 0.8 : 1.25 }
            if clause.has("deg", "lot") { factor = shorter != nil ? 0.45 : 2 }
            var wish = Wish("pace", ["factor": .number(factor)])
            wish.target = .pictures(reference.value, kind: nil)
            result.add(wish, topic: .pictures)
            clause.use(reference.index)
        } else if shorter != nil || longer != nil, scene.hasFilm {
            var factor = shorter != nil ? 0.75 : 1.33
            if clause.has("deg", "lot") { factor = shorter != nil ? 0.5 : 1.8 }
            if clause.has("deg", "bit") { factor = shorter != nil ? 0.85 : 1.18 }
            if let times = clause.free(\.times).first {
                factor = shorter != nil && times.value > 1 ? 1 / times.value : times.value
                clause.use(times.index)
            } else if clause.has("half") {
                factor = shorter != nil ? 0.5 : 1.5
            }
            if clause.units.indices.contains(where: {
                clause.units[$0].is("deg", "too") && ($0 + 1 == shorter || $0 + 1 == longer)
            }) {
                factor = 1 / factor
            }
            // `too long. cut it down to ten seconds`: the figure comes in the next clause.
            result.add(Wish("length", ["factor": .number(factor)]), topic: .film)
        } else if let times = clause.free(\.times).first, clause.hasThing("length") || clause.has("as-long") {
            result.add(Wish("length", ["factor": .number(times.value)]), topic: .film)
            clause.use(times.index)
        } else {
            return
        }
        for index in [shorter, longer].compactMap(\.self) { clause.use(index) }
        clause.use(saying: "thing.length", "deg.too", "verb.trim")
    }

    /// `add three seconds`, `减两秒`: more or less of the film, where nothing else is said that could last so long.
    private static func adds(_ clause: Clause, _ place: Int) -> Bool {
        guard clause.has("verb", "add") || clause.has("more"), !clause.hasThing("film") || clause.has("to"),
            !clause.has("want") || clause.has("more"), !clause.hasThing("length")
        else { return false }
        return clause.units.enumerated().allSatisfy { offset, unit in
            offset == place
                || unit.value == nil
                    && ["verb", "more", "to", "on", "want", "it", "skip", "be", "polite"].contains(where: unit.has)
                || unit.value == nil && unit.is("thing", "film") || unit.value == .reference(.it)
        }
    }

    private static func speaksOfPictures(_ clause: Clause) -> Bool {
        clause.hasThing("photo", "picture", "clip", "transition", "title", "text", "music")
            || clause.references.contains { if case .it = $0.value { false } else { true } }
    }

    /// A number that can only be the film's seconds: with "length", or with nothing but `make it …`.
    private static func bareLength(_ clause: Clause, _ scene: Scene) -> (index: Int, value: Double)? {
        let numbers = clause.free(\.number)
        guard let number = numbers.first, numbers.count == 1, (2...3600).contains(number.value),
            scene.hasFilm || clause.hasThing("length"),
            !speaksOfPictures(clause)
        else { return nil }
        let isOfLength = clause.hasThing("length")
        let isMade =
            clause.has("verb", "make") || clause.has("verb", "change") || clause.has("should-be")
            || clause.has("should")
        let isOfFilm = isMade && (clause.hasThing("film") || clause.has("it")) && scene.memory.topic == .film
        guard isOfLength || isOfFilm else { return nil }
        let frame: Set<String> = [
            "verb", "it", "to", "be", "should", "should-be", "thing", "want", "polite", "for", "at", "only", "deg",
            "talk", "in", "as", "all",
            "unit-before",
        ]
        let isAlone = clause.units.enumerated().allSatisfy { offset, unit in
            offset == number.index || unit.value == .reference(.it)
                || unit.value == nil && (unit.concepts.contains { frame.contains($0.family) })
        }
        return isAlone ? number : nil
    }

    // MARK: Pace

    private static func readPace(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        let quicker =
            clause.free("adjust", "pace+") ?? clause.free("complain", "slow") ?? clause.free("verb", "speed-up")
        let slower =
            clause.free("adjust", "pace-") ?? clause.free("complain", "fast") ?? clause.free("verb", "slow-down")
        guard let index = quicker ?? slower, scene.hasFilm else { return }
        var isQuicker = quicker != nil
        // `too fast` asks for slower, and `太快了，放慢一点` says it twice.
        if clause.units.indices.contains(index - 1), clause.units[index - 1].is("deg", "too") { isQuicker.toggle() }
        if clause.isNegated(index) { isQuicker.toggle() }
        var factor = isQuicker ? 0.75 : 1.3
        if clause.has("deg", "lot") { factor = isQuicker ? 0.55 : 1.7 }
        if clause.has("deg", "bit") { factor = isQuicker ? 0.85 : 1.2 }
        if let times = clause.free(\.times).first {
            factor = isQuicker ? 1 / max(times.value, 0.1) : max(times.value, 0.1)
            clause.use(times.index)
        }
        clause.use(index)
        var wish = Wish("pace", ["factor": .number(factor)])
        if let reference = clause.references.first {
            if case .it = reference.value {} else { wish.target = .pictures(reference.value, kind: nil) }
            clause.use(reference.index)
        }
        if let last = result.wishes.last, last.name == "pace", last["factor"] != nil { result.wishes.removeLast() }
        result.add(wish, topic: .film)
        clause.use(saying: "deg", "thing.pace")
    }
}
