// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// What a message comes to: wishes, or something to answer, and what was not understood.
struct Understanding: Sendable {
    /// What is said that is no edit.
    enum Speech: Hashable, Sendable {
        case undo(Int)
        case redo(Int)
        /// What has just gone is to be there again: forward after a step back, else back.
        case bringBack
        case restart
        /// To a version: its name, or the number of the turn it came of (1 = the first film).
        case goBack(String?, Int?)
        case export
        case status
        case balance
        case ask(Question)
        case thanks, praise, hello, yes, no
        /// Something that Kinora does not do: a key of the answers.
        case impossible(String)
        /// A picture that nobody has given: what it is to show, and where it goes (1 = to the front, -1 = to the end).
        case draw(String, at: Int)
        /// The last wish once more: a bit longer, and again a bit.
        case more
        /// The last wish, for another picture too.
        case same(Reference)
        /// The last wish, with another reference.
        case correction(Reference)
    }

    enum Question: Hashable, Sendable {
        case length, count, music, title, format, order, abilities, look
        /// How long pictures stand, or those that are named.
        case pace(Reference?)
        /// Whether a picture is in the film.
        case contains(Reference)
        /// What the last turn changed.
        case lastChange
        /// Whether the film suits a platform.
        case fits(String)
        case kinds(String)
        /// How long a film for a platform may be.
        case longest(String)
        /// How one does what: a verb.
        case how(String)
    }

    var wishes: [Wish] = []
    var speeches: [Speech] = []
    /// A film is asked for.
    var asksForFilm = false
    /// Words that meant nothing, as typed.
    var unknown: [String] = []
    /// Clauses that ask for an edit of which nothing came, as typed.
    var leftOver: [String] = []
    /// References that name nothing, as typed.
    var missing: [String] = []
    /// What has to be there first and is not: `voice`, `script`.
    var needs: [String] = []
    var topic: Memory.Topic?

    mutating func add(_ wish: Wish, topic: Memory.Topic? = nil) {
        if let topic { self.topic = topic }
        // `the last one must not move, keep it still`: the same again, of the same picture.
        if wish.target == nil, let last = wishes.last, last.target != nil, last.name == wish.name,
            last.arguments == wish.arguments
        {
            return
        }
        // `flip the order around, last to first`: said twice.
        if wish.name == "order", wishes.last == wish { return }
        wishes.append(wish)
    }

    func has(_ name: String) -> Bool { wishes.contains { $0.name == name } }
}

/// A reader of one subject: it takes from a clause what it understands and leaves the rest.
protocol ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding)
}

extension Understanding {
    /// The readers, in the order in which they look at a clause.
    private static func readers() -> [any ClauseReader.Type] {
        [
            SpeechReader.self, HistoryReader.self, TextReader.self, SoundReader.self, ClipReader.self, OrderReader.self,
            TransitionReader.self, MotionReader.self, LookReader.self, FramingReader.self, ExtrasReader.self,
            TimeReader.self, CanvasReader.self, FilmReader.self,
        ]
    }

    static func of(_ reading: Reading, in scene: Scene) -> Understanding {
        var result = Understanding()
        let marked = TextCapture.marked(
            reading, shown: scene.texts.compactMap { $0.text?.text }, versions: scene.memory.versions ?? [])
        let clauses = withWords(ClauseSplitter.clauses(of: marked))
        var scene = scene
        scene.isCreating = !scene.hasFilm || clauses.contains { FilmReader.asksForFilm($0, in: scene) }
        scene.version = HistoryReader.version(in: clauses)
        var silent: Clause?
        var before: Clause?
        var pointed: Reference?
        let correctsOne = clauses.contains { clause in
            clause.has("talk", "wrong")
                || clause.references.contains { !clause.isNegated($0.index) } && clauses[0].has("talk", "no")
        }
        for var clause in clauses {
            if let topic = result.topic { scene.memory.topic = topic }
            let said = clause
            if let silent {
                clause = clause.goingOn(from: silent)
                if clause.units != said.units { result.leftOver = result.leftOver.dropLast() }
            }
            if let before { clause = clause.ofClip(in: before) }
            before = said
            if result.completesDrawing(clause) { continue }
            if let pointed { clause = clause.pointing(at: pointed) }
            pointed =
                said.references.last { reference in
                    switch reference.value {
                    case .it, .theOther, .unknown, .others, .all: false
                    case .assets(let ids): !scene.ids(ids, of: .image, .video).isEmpty
                    default: true
                    }
                }?.value ?? pointed
            scene.pointed = nil
            if case .pictures(let last, _)? = result.wishes.last?.target, !last.isPlural, last != .it {
                scene.pointed = last
            }
            // `I meant the market, not the temple`: the second half asks for nothing.
            if correctsOne, clause.isDenial { continue }
            let count = (result.wishes.count, result.speeches.count)
            result.completeLast(&clause, scene)
            for reader in readers() where !clause.isDone { reader.read(&clause, in: scene, into: &result) }
            result.collectUnknown(clause, marked)
            silent = count == (result.wishes.count, result.speeches.count) && !said.isQuestion ? said : nil
            if silent != nil { result.leftOver.append(clause.asksForEdit ? marked.text(of: said) : "") }
        }
        result.leftOver.removeAll(where: \.isEmpty)
        result.readCorrection(clauses)
        result.readFigure(clauses, scene)
        // `never mind, keep it`
        if result.wishes.count == 1, result.wishes[0].name == "keep", case .pictures(.it, _)? = result.wishes[0].target,
            clauses.contains(where: { $0.has("cancel") })
        {
            (result.wishes, result.speeches) = ([], [.undo(1)])
        }
        // `all but the first`, and nothing else: these are to stay.
        if clauses.count == 1, scene.hasFilm, result.wishes.isEmpty, result.speeches.isEmpty, !clauses[0].has("verb"),
            case .allBut(let left)? = clauses[0].references.first?.value
        {
            result.add(Wish("keep", target: .pictures(.allBut(left), kind: nil)), topic: .pictures)
        }
        result.asksForFilm = result.asksForFilm || (scene.isCreating && scene.hasFilm)
        return result
    }

    /// `A ten second film of type, just write "We are back"`: the words of a film of nothing but words belong to it.
    private static func withWords(_ clauses: [Clause]) -> [Clause] {
        guard let film = clauses.firstIndex(where: { $0.hasThing("type-film") }),
            !clauses[film].units.contains(where: { $0.value?.quote != nil }),
            let words = clauses.indices.first(where: { index in
                index != film && clauses[index].units.contains { $0.value?.quote != nil }
            })
        else { return clauses }
        var clauses = clauses
        clauses[film] = Clause(clauses[film].units + clauses[words].units)
        clauses.remove(at: words)
        return clauses
    }

    /// `generate a picture of a unicorn and put it at the end`: where the picture goes that the clause before asks for.
    private mutating func completesDrawing(_ clause: Clause) -> Bool {
        guard case .draw(let words, _)? = speeches.last, clause.has("place"),
            clause.references.allSatisfy({ $0.value == .it }), clause.units.count <= 5
        else { return false }
        let isFirst = clause.has("place", "start") || clause.has("place", "to-front")
        speeches[speeches.count - 1] = .draw(words, at: isFirst ? 1 : -1)
        return true
    }

    /// `Keep the cover longer, five seconds`: a bare length of time says how much of the wish before.
    private mutating func completeLast(_ clause: inout Clause, _ scene: Scene) {
        let times = clause.free(\.duration)
        let frame: Set<String> = ["for", "be", "deg", "want", "it", "talk", "in", "to", "only", "at"]
        // `it should start at the chorus, 0:15`
        if topic == .music, let clock = clause.free(\.clock).first, clause.units.count <= 4,
            clause.units.enumerated().allSatisfy({ offset, unit in
                offset == clock.index
                    || unit.value == nil
                        && (unit.has("at") || unit.has("from") || unit.has("place") || unit.is("verb", "start-with"))
            })
        {
            if let last = wishes.indices.last, wishes[last].name == "music" {
                wishes[last]["start"] = .integer(clock.value)
            } else {
                add(Wish("music", ["start": .integer(clock.value)]))
            }
            return clause.use(clause.indices)
        }
        // `start at the chorus, like twenty seconds in`
        if topic == .music, let time = times.first, clause.units.count <= 3,
            let next = clause.units[safe: time.index + 1], next.value == nil, next.has("in")
        {
            if let last = wishes.indices.last, wishes[last].name == "music", wishes[last]["compose"] == nil {
                wishes[last]["start"] = .integer(time.value)
            } else {
                add(Wish("music", ["start": .integer(time.value)]))
            }
            return clause.use(clause.indices)
        }
        // `warm it up but leave the dinner alone`
        let alike: Set<String> = ["grade", "motion", "fit", "rotate", "flip", "pace"]
        if let last = wishes.indices.last, alike.contains(wishes[last].name), clause.has("as-is"),
            clause.has("verb", "keep"), clause.references.count == 1,
            clause.units.allSatisfy({ $0.value?.reference != nil || $0.has("as-is") || $0.has("verb") })
        {
            let left = clause.references[0].value
            switch (wishes[last].target, left) {
            case (nil, .it), (nil, .others), (nil, .all): break
            case (nil, _), (.pictures(.all, _)?, _): wishes[last].target = .pictures(.allBut(left), kind: nil)
            default: break
            }
            return clause.use(clause.indices)
        }
        // `第二张不好，拿 d.jpg 顶上`: what was to go gives its place to another.
        if let last = wishes.indices.last, wishes[last].name == "remove", wishes[last].target != nil,
            clause.has("verb", "replace") || clause.has("instead"), clause.references.count == 1,
            case .assets(let ids) = clause.references[0].value, !OrderReader.isInFilm(clause.references[0].value, scene)
        {
            var replace = Wish("replace", target: wishes[last].target)
            replace.media = scene.ids(ids, of: .image, .video)
            wishes[last] = replace
            return clause.use(clause.indices)
        }
        // `the wind is too loud, turn it off`
        if let last = wishes.indices.last,
            wishes[last].name == "volume" && wishes[last]["factor"] != nil || wishes[last].name == "music",
            clause.has("verb", "remove") || clause.has("verb", "mute") && wishes[last].name == "volume",
            clause.units.allSatisfy({ $0.value == .reference(.it) || $0.value == nil && $0.has("verb") })
        {
            let isMusic = wishes[last]["of"] == "music" || wishes[last].name == "music"
            var mute =
                isMusic ? Wish("remove-sound", ["role": "music"]) : Wish("mute", ["of": wishes[last]["of"] ?? "all"])
            mute.target = isMusic ? nil : wishes[last].target
            wishes[last] = mute
            return clause.use(clause.indices)
        }
        guard let time = times.first, times.count == 1, let last = wishes.indices.last,
            clause.units.enumerated().allSatisfy({ offset, unit in
                offset == time.index || unit.value == .reference(.it)
                    || (unit.value == nil
                        && unit.concepts.contains {
                            frame.contains($0.family)
                                || ($0.family == "verb"
                                    && ["hold", "show", "change", "keep", "add", "make", "trim"].contains($0.value))
                        })
            })
        else { return }
        // `faster, ten seconds`: nobody wants each of four pictures to stand so long.
        let count = Int64(scene.draft.mainTrack?.segments.count ?? 0)
        if wishes[last].name == "pace", wishes[last]["factor"] != nil, wishes[last].target == nil, count > 1,
            time.value * count > scene.draft.duration.milliseconds * 3 / 2
        {
            wishes[last] = Wish("length", ["length": .integer(time.value)])
            return clause.use(clause.indices)
        }
        switch wishes[last].name {
        case "pace" where wishes[last]["factor"] != nil && time.value <= 60_000:
            wishes[last]["factor"] = nil
            wishes[last]["each"] = .integer(time.value)
        case "time-text" where clause.has("verb"):
            wishes[last]["length"] = .integer(time.value)
        case "transition" where time.value <= 4000:
            wishes[last]["factor"] = nil
            wishes[last]["length"] = .integer(time.value)
        case "length" where wishes[last]["factor"] != nil:
            wishes[last]["factor"] = nil
            wishes[last]["length"] = .integer(time.value)
        case "add-text" where wishes[last]["length"] == nil && clause.has("verb"):
            wishes[last]["length"] = .integer(time.value)
        case "move", "insert", "duplicate", "motion", "grade":
            // `put dinner first and hold it for five seconds`
            guard let target = wishes[last].target, clause.has("verb", "hold") || clause.has("verb", "show") else {
                return
            }
            add(Wish("pace", ["each": .integer(time.value)], target: target))
        default: return
        }
        clause.use(clause.indices)
    }

    /// `No, the other one`: a refusal and a picture, and no wish of its own.
    private mutating func readCorrection(_ clauses: [Clause]) {
        let isUndo = speeches.contains { if case .undo = $0 { true } else { false } }
        guard wishes.isEmpty, !asksForFilm, !isUndo,
            clauses.contains(where: { ($0.has("talk", "no") && $0.units.count == 1) || $0.has("talk", "wrong") }),
            let reference = clauses.flatMap({ clause in clause.references.filter { !clause.isNegated($0.index) } })
                .first?.value
        else { return }
        speeches = [.correction(reference)]
    }

    /// `No wait, it's 2023`, after talk of a text with one figure in it.
    private mutating func readFigure(_ clauses: [Clause], _ scene: Scene) {
        let units = clauses.flatMap(\.units)
        // `a typo, it's “Summer Days”`
        let quotes = units.compactMap { $0.value?.quote }
        let right: Set<String> = ["talk", "should-be", "be", "it", "of", "as", "typo", "to", "should", "saying"]
        if wishes.isEmpty, !asksForFilm, scene.memory.topic == .texts, scene.texts.count == 1, quotes.count == 1,
            units.contains(where: { $0.is("talk", "wrong") || $0.is("talk", "correct") || $0.has("typo") }),
            units.allSatisfy({ unit in
                unit.value?.quote != nil || unit.concepts.contains { right.contains($0.family) }
            })
        {
            speeches = []
            return add(Wish("change-text", ["text": .string(quotes[0])], target: .texts(nil)), topic: .texts)
        }
        let numbers = units.compactMap { $0.value?.number }
        let frame: Set<String> = ["talk", "should-be", "be", "it", "of", "as", "typo", "neg", "to", "should"]
        guard wishes.isEmpty, !asksForFilm, scene.memory.topic == .texts, numbers.count == 1,
            let number = Int(exactly: numbers[0]), number >= 0,
            units.contains(where: { $0.has("talk") || $0.has("should-be") || $0.has("typo") }),
            units.allSatisfy({ unit in
                unit.value?.number != nil || unit.concepts.contains { frame.contains($0.family) }
            }),
            let text = scene.texts.first(where: { scene.memory.texts.contains($0.id) })?.text?.text
        else { return }
        let figures = text.split { !$0.isNumber }.filter { $0.allSatisfy(\.isASCII) }
        guard figures.count == 1, figures[0] != "\(number)" else { return }
        speeches = []
        add(
            Wish("change-text", ["find": .string(String(figures[0])), "replace": .string("\(number)")]),
            topic: .texts)
    }

    private mutating func collectUnknown(_ clause: Clause, _ reading: Reading) {
        for index in clause.indices where clause.isFree(index) {
            let unit = clause.units[index]
            if case .reference(.unknown(let words))? = unit.value { missing.append(words) }
            guard unit.isUnknown, reading.tokens[unit.tokens].contains(where: { $0.kind == .word || $0.kind == .wide })
            else {
                continue
            }
            unknown.append(reading.text(of: unit))
        }
    }
}
