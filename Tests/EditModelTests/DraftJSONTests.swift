// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct DraftJSONTests {
    @Test(arguments: [DraftSamples.example, DraftSamples.full])
    func whatIsWrittenReadsAsTheSameDraft(text: String) throws {
        let draft = try DraftSamples.draft(text)
        let written = draft.json.text()
        #expect(try DraftSamples.draft(written) == draft)
        #expect(try DraftSamples.draft(written).json.text() == written)
        #expect(try DraftSamples.draft(draft.json.text(.readable)) == draft)
    }

    @Test func everyFieldIsReadAndWrittenBackAsItWas() throws {
        let given = try JSONValue(parsing: DraftSamples.full)
        let written = try Draft(given).json
        #expect(written.text(.readable) == given.text(.readable))
    }

    @Test func theExampleMeansWhatItSays() throws {
        let draft = try DraftSamples.draft(DraftSamples.example)
        #expect(draft.duration == ms(6000))
        #expect(draft.frameCount == 180)
        #expect(draft.ruleViolations().isEmpty)
        #expect(draft.film.preset == "tiktok")
        #expect(draft.mainTrack?.segments[0].picture?.motion == Motion(.zoomIn, amount: 0.15))
        #expect(draft.mainTrack?.segments[0].picture?.transition == Transition(.crossfade, duration: ms(400)))
        #expect(draft.mainTrack?.segments[1].picture?.source == .video("B", start: ms(2000)))
        let music = try #require(draft.tracks[1].segments[0].sound)
        #expect(music.source == .generated(["kind": "music", "style": "lofi", "bpm": 84, "seed": 7]))
        #expect(music.ducks && music.volume == 0.35 && music.fadeOut == ms(1500))
        #expect(draft.tracks[2].segments[0].text?.style.size == 96)
    }

    @Test func unknownKeysStayAtEveryLevel() throws {
        let given = try JSONValue(parsing: DraftSamples.full)
        let kept = try Draft(given).json.paths(of: "x")
        #expect(kept == given.paths(of: "x"))
        #expect(kept.count == 19)
    }

    @Test func unknownKeysOfATransitionGoWithIt() throws {
        var draft = try DraftSamples.draft(DraftSamples.full)
        draft.tracks[0].segments[0].picture?.transition = nil
        draft.tracks[0].segments[0].picture?.motion = .none
        let segment = draft.json["t"]?.array?[0]["sg"]?.array?[0]
        #expect(segment?["tr"] == nil)
        #expect(segment?["motion"] == nil)
        #expect(segment?["x"] == 6)
    }

    @Test func defaultsAreLeftOutOfASegment() throws {
        let segment = DraftSamples.small.json["t"]?.array?[0]["sg"]?.array?[1]
        #expect(segment == ["id": "s2", "s": 2500, "d": 3000, "mt": "image", "src": "B", "m": ["name": "b.jpg"]])
    }

    @Test(
        arguments: [
            ("none", nil), ("cut", nil), ("fade", "crossfade"), ("Dissolve", "crossfade"), ("叠化", "crossfade"),
            ("fadeblack", "fade-black"), ("wipeleft", "wipe-left"), ("SLIDE LEFT", "slide-left"),
        ] as [(String, String?)])
    func aTransitionGoesByAnyOfItsNames(word: String, name: String?) throws {
        let json = try JSONValue(parsing: DraftSamples.example).setting("t[0].sg[0].tr.type", to: .string(word))
        #expect(try Draft(json).mainTrack?.segments[0].picture?.transition?.name.rawValue == name)
    }

    @Test(arguments: [1.5, 1.4999, 2.0]) func partsOfAMillisecondAreRounded(time: Double) throws {
        let json = try JSONValue(parsing: DraftSamples.example).setting("t[2].sg[0].s", to: .number(time))
        #expect(try Draft(json).tracks[2].segments[0].range.start == ms(Int64(time.rounded())))
    }

    @Test func aDraftWithoutAVersionIsReadAsTheFirst() throws {
        let json = try JSONValue(parsing: DraftSamples.example).setting("v", to: nil)
        #expect(try Draft(json).json["v"] == 1)
    }

    @Test func anEmptyObjectIsAnEmptyDraft() throws {
        let draft = try DraftSamples.draft("{}")
        #expect(draft == Draft())
        #expect(draft.duration == .zero && draft.ruleViolations().isEmpty)
    }
}

/// Drafts with one thing wrong: the error names the field.
@Suite struct BrokenDraftTests {
    static let cases: [(path: String, value: JSONValue?, field: String)] = [
        ("v", 2, "v"), ("v", 0, "v"), ("v", "one", "v"),
        ("m", [], "m"), ("m.title", 5, "m.title"), ("m.width", 15, "m.width"), ("m.width", 5000, "m.width"),
        ("m.height", 1080.5, "m.height"), ("m.fps", 0, "m.fps"), ("m.fps", 61, "m.fps"), ("m.fps", "30", "m.fps"),
        ("m.background", "black", "m.background"), ("m.background", "#12", "m.background"),
        ("m.fadeOut", -1, "m.fadeOut"), ("m.loudness", 0, "m.loudness"), ("m.loudness", -60, "m.loudness"),
        ("t", ["a": 1], "t"), ("t[0]", 7, "t[0]"), ("t[0].id", nil, "t[0].id"), ("t[0].id", "", "t[0].id"),
        ("t[0].tt", nil, "t[0].tt"), ("t[0].tt", 3, "t[0].tt"), ("t[0].tt", -1, "t[0].tt"),
        ("t[0].m.muted", "yes", "t[0].m.muted"), ("t[0].sg", 1, "t[0].sg"), ("t[0].sg[1]", [], "t[0].sg[1]"),
        ("t[0].sg[0].id", nil, "t[0].sg[0].id"), ("t[0].sg[0].s", nil, "t[0].sg[0].s"),
        ("t[0].sg[0].s", -1, "t[0].sg[0].s"), ("t[0].sg[0].d", nil, "t[0].sg[0].d"),
        ("t[0].sg[0].d", 0, "t[0].sg[0].d"), ("t[0].sg[0].d", 10_800_001, "t[0].sg[0].d"),
        ("t[0].sg[0].d", "3 s", "t[0].sg[0].d"),
        ("t[0].sg[0].mt", nil, "t[0].sg[0].mt"), ("t[0].sg[0].mt", "gif", "t[0].sg[0].mt"),
        ("t[0].sg[0].src", nil, "t[0].sg[0].src"), ("t[0].sg[0].src", "", "t[0].sg[0].src"),
        ("t[0].sg[0].fit", "stretch", "t[0].sg[0].fit"), ("t[0].sg[0].focus", [0.5], "t[0].sg[0].focus"),
        ("t[0].sg[0].focus", [0.5, 1.5], "t[0].sg[0].focus"), ("t[0].sg[0].crop", [0.5, 0, 0.6, 1], "t[0].sg[0].crop"),
        ("t[0].sg[0].crop", [0, 0, 0, 1], "t[0].sg[0].crop"), ("t[0].sg[0].rotate", 45, "t[0].sg[0].rotate"),
        ("t[0].sg[0].flip", "x", "t[0].sg[0].flip"), ("t[0].sg[0].opacity", 1.1, "t[0].sg[0].opacity"),
        ("t[0].sg[0].motion", ["amount": 1], "t[0].sg[0].motion.type"),
        ("t[0].sg[0].motion.type", "spin", "t[0].sg[0].motion.type"),
        ("t[0].sg[0].motion.amount", 2, "t[0].sg[0].motion.amount"),
        ("t[0].sg[0].grade.look", "hdr", "t[0].sg[0].grade.look"),
        ("t[0].sg[0].grade.contrast", -2, "t[0].sg[0].grade.contrast"),
        ("t[0].sg[0].tr.type", "starwars", "t[0].sg[0].tr.type"), ("t[0].sg[0].tr.type", nil, "t[0].sg[0].tr.type"),
        ("t[0].sg[0].tr.d", -5, "t[0].sg[0].tr.d"), ("t[0].sg[1].ss", -1, "t[0].sg[1].ss"),
        ("t[0].sg[1].speed", 0, "t[0].sg[1].speed"), ("t[0].sg[1].speed", 11, "t[0].sg[1].speed"),
        ("t[0].sg[1].vol", 2.5, "t[0].sg[1].vol"), ("t[0].sg[1].reverse", 1, "t[0].sg[1].reverse"),
        ("t[1].sg[0].gen", "music", "t[1].sg[0].gen"), ("t[1].sg[0].gen", ["style": "lofi"], "t[1].sg[0].gen"),
        ("t[1].sg[0].gen", nil, "t[1].sg[0].src"), ("t[1].sg[0].role", "noise", "t[1].sg[0].role"),
        ("t[1].sg[0].fo", -1, "t[1].sg[0].fo"), ("t[2].sg[0].text", nil, "t[2].sg[0].text"),
        ("t[2].sg[0].text", 5, "t[2].sg[0].text"), ("t[2].sg[0].role", "big", "t[2].sg[0].role"),
        ("t[2].sg[0].pos", "left", "t[2].sg[0].pos"), ("t[2].sg[0].at", [2, 0], "t[2].sg[0].at"),
        ("t[2].sg[0].style.size", 0, "t[2].sg[0].style.size"),
        ("t[2].sg[0].style.color", "red", "t[2].sg[0].style.color"),
        ("t[2].sg[0].style.stroke", ["width": -1], "t[2].sg[0].style.stroke.width"),
        ("t[2].sg[0].in.type", "explode", "t[2].sg[0].in.type"), ("t[2].sg[0].words", 3, "t[2].sg[0].words"),
        ("t[2].sg[0].words", [["a", 5, 2]], "t[2].sg[0].words[0]"),
        ("assets", ["A": ["name": "a"]], "assets.A.path"), ("assets", ["A": 1], "assets.A"),
    ]

    @Test(arguments: cases) func theErrorNamesTheField(path: String, value: JSONValue?, field: String) throws {
        let json = try JSONValue(parsing: DraftSamples.example).setting(path, to: value)
        let error = #expect(throws: DraftError.self) { try Draft(json) }
        #expect(error?.problems.map(\.field) == [field])
        #expect(error?.description.hasPrefix("\(field): ") == true)
    }

    /// `d` is derived: it may be missing, and where it is there it must be right.
    @Test(arguments: [JSONValue.integer(-1), .string("x"), .integer(5000), .integer(6001), .bool(true)])
    func aLengthThatIsNotTheMainTracksIsRefused(length: JSONValue) throws {
        let json = try JSONValue(parsing: DraftSamples.example).setting("d", to: length)
        let error = #expect(throws: DraftError.self) { try Draft(json) }
        #expect(error?.problems.map(\.field) == ["d"])
        if case .integer(let given) = length, given > 0 {
            #expect(error?.problems.first?.fault == .wrongEnd)
            #expect(error?.description.contains("\(given)") == true && error?.description.contains("6000") == true)
        }
    }

    @Test func aLengthMayBeMissing() throws {
        let json = try JSONValue(parsing: DraftSamples.example).setting("d", to: nil)
        #expect(try Draft(json).duration == MediaTime(milliseconds: 6000))
    }

    @Test func aNewerVersionIsRefusedWithWhatToDo() {
        let error = #expect(throws: DraftError.self) { try DraftSamples.draft(#"{"v":7}"#) }
        #expect(error?.description.contains("update Kinora") == true)
    }

    @Test(arguments: ["", "[]", "nonsense", "{\"v\":1", "{\"v\":1}}", "null"]) func whatIsNoObjectIsRefused(
        text: String
    ) {
        #expect(throws: DraftError.self) { try DraftSamples.draft(text) }
    }

    @Test func tooDeepIsRefused() {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: DraftError.self) { try DraftSamples.draft("{\"x\":\(deep)}") }
    }

    @Test func tooBigIsRefusedBeforeItIsRead() {
        let big = [UInt8](repeating: UInt8(ascii: " "), count: DraftLimits.mostBytes + 1)
        let error = #expect(throws: DraftError.self) { try Draft(parsing: big) }
        #expect(error?.description.contains("\(DraftLimits.mostBytes + 1) bytes") == true)
    }

    @Test func tooManyTracksAreAgainstTheRulesAndTooManyLettersRefused() throws {
        let tracks = (0...DraftLimits.mostTracks).map { #"{"id":"t\#($0)","tt":1}"# }.joined(separator: ",")
        let tooMany = try DraftSamples.draft("{\"t\":[\(tracks)]}").ruleViolations()
        #expect(tooMany.filter { $0.field == "t" }.count == 1)
        let long = String(repeating: "a", count: DraftLimits.longestText + 1)
        let text = #"{"t":[{"id":"x","tt":7,"sg":[{"id":"s","s":0,"d":1,"text":"\#(long)"}]}]}"#
        let tooLong = #expect(throws: DraftError.self) { try DraftSamples.draft(text) }
        #expect(tooLong?.problems.map(\.field) == ["t[0].sg[0].text"])
    }
}
