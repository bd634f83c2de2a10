// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@testable import HandOver

/// To OpenTimelineIO and back.
@Suite struct OTIOTests {
    private func written(_ film: HandOver) throws -> JSONValue {
        try JSONValue(parsing: film.files(.otio)[0].bytes)
    }

    private func read(_ json: JSONValue, media: [String: HandOverMedia] = HandOverSamples.media) throws -> (
        draft: Draft, losses: [OTIOLoss]
    ) {
        try OTIOReader(parsing: Array(json.text().utf8)).draft(media: media)
    }

    private func frames(_ value: JSONValue?, _ key: String) -> Double? {
        value?["source_range"]?[key]?["value"]?.number
    }

    @Test func cutsLieInTheMiddleOfTransitionsAndSourcesFollow() throws {
        let json = try written(HandOverSamples.film())
        let track = json["tracks"]?["children"]?.array?.first
        let children = track?["children"]?.array ?? []
        #expect(
            children.map { $0["OTIO_SCHEMA"]?.string } == [
                "Clip.2", "Transition.1", "Clip.2", "Transition.1", "Clip.2", "Clip.2",
            ])
        // 0 … 3.4 s and 3 … 6 s meet at frame 96; 6 s and 5.2 s at frame 168.
        #expect(children.map { frames($0, "duration") } == [96, nil, 72, nil, 78, 30])
        // The clip begins a second in, and six frames of transition at double speed further.
        #expect(children.map { frames($0, "start_time") } == [0, nil, 42, nil, 12, 0])
        #expect(children[1]["in_offset"]?["value"]?.number == 6)
        #expect(children[1]["out_offset"]?["value"]?.number == 6)
        #expect(children[1]["transition_type"]?.string == "SMPTE_Dissolve")
        #expect(children[2]["effects"]?.array?.first?["time_scalar"]?.number == 2)
        #expect(
            children[4]["media_references"]?["DEFAULT_MEDIA"]?["target_url"]?.string == "file:///media/tall%20one.jpg")
        #expect(json["tracks"]?["markers"]?.array?.map { $0["name"]?.string } == ["Summer <3", "At the sea"])
    }

    @Test func aLoopIsLaidRoundByRoundWithItsBars() throws {
        let json = try written(HandOverSamples.film())
        let music = json["tracks"]?["children"]?.array?.first { $0["name"]?.string == "Music" }
        let rounds = music?["children"]?.array ?? []
        // Its last bar line is at 4 s: 120 frames, 120 frames, and what is left of 276.
        #expect(rounds.map { frames($0, "duration") } == [120, 120, 36])
        #expect(rounds.first?["markers"]?.array?.filter { $0["name"]?.string == "bar" }.count == 2)
    }

    @Test func aFileThatNobodyChangedGivesTheSameDraft() throws {
        let film = try HandOverSamples.film()
        let (draft, losses) = try read(written(film))
        #expect(draft.json == film.draft.json)
        #expect(losses == [])
    }

    /// Everything that an editor may do to it is seen, and what was kept on the clips stays.
    @Test func aShotThatWasMadeLongerIsLongerAndKeepsItsLook() throws {
        let film = try HandOverSamples.film()
        let json = try written(film).setting("tracks.children[0].children[5].source_range.duration.value", to: 60)
        let (draft, _) = try read(json)
        #expect(draft.duration.milliseconds == 10_200)
        let first = try #require(draft.mainTrack?.segments.first)
        #expect(first.picture?.grade.look == .warm)
        #expect(first.picture?.transition == Transition(.crossfade, duration: HandOverSamples.ms(400)))
        #expect(draft.mainTrack?.segments[1].picture?.transition?.name.rawValue == "wipe-left")
        #expect(draft.tracks.map(\.kind) == [.video, .video, .audio, .audio, .text])
        #expect(draft.tracks[3].segments.first?.sound?.source.isGenerated == true)
        #expect(draft.tracks[2].segments.map(\.range.duration.milliseconds) == [9200], "the loop is one again")
        #expect(draft.ruleViolations(media: HandOverSamples.media.mapValues(\.facts)) == [])
    }

    @Test func aTextThatWasMovedAndRewordedFollows() throws {
        let json = try written(HandOverSamples.film())
            .setting("tracks.markers[1].name", to: "By the lake")
            .setting("tracks.markers[1].marked_range.start_time.value", to: 150)
        let (draft, _) = try read(json)
        let caption = draft.tracks.last?.segments.last
        #expect(caption?.text?.text == "By the lake")
        #expect(caption?.range.start.milliseconds == 5000)
        #expect(caption?.range.duration.milliseconds == 2000)
    }

    @Test func aStrangersFileBecomesADraftAndTellsWhatItLost() throws {
        let (draft, losses) = try read(JSONValue(parsing: Self.stranger), media: ["m1": clip("m1"), "m2": clip("m2")])
        let shots = draft.mainTrack?.segments ?? []
        try #require(shots.map(\.range.start.milliseconds) == [0, 3500, 7000, 8000])
        #expect(shots.map(\.range.end.milliseconds) == [4500, 7000, 8000, 9000])
        #expect(shots[0].picture?.transition == Transition(.crossfade, duration: HandOverSamples.ms(1000)))
        #expect(shots[0].picture?.muted == false, "its sound is on the sound track")
        #expect(shots[1].picture?.muted == true, "its sound is not")
        #expect(shots[1].picture?.speed == 2)
        guard case .video(_, let start)? = shots[1].picture?.source else { throw TestFailure() }
        // A second in, less half a second of transition at double speed.
        #expect(start == .zero)
        if case .color? = shots[2].picture?.source {} else { Issue.record("what is not known leaves its place open") }
        #expect(draft.film.frameRate == FrameRate(24))
        #expect(draft.film.title == "Theirs")
        #expect(
            Set(losses) == [
                OTIOLoss(kind: .schema, name: "odd"), OTIOLoss(kind: .effect, name: "one"),
                OTIOLoss(kind: .marker, name: "note"),
            ])
        #expect(draft.tracks.count == 1, "a clip's own sound is no sound of its own")
    }

    @Test(arguments: [
        ("{", "notJSON"), ("[]", "noTimeline"), (#"{"OTIO_SCHEMA":"Clip.2"}"#, "noTimeline"),
        (#"{"OTIO_SCHEMA":"Timeline.7","tracks":{}}"#, "newer"),
        (#"{"OTIO_SCHEMA":"Timeline.1","tracks":{}}"#, "wrong"),
        (
            #"{"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","children":[{"OTIO_SCHEMA":"Track.1","kind":"Video","children":[{"OTIO_SCHEMA":"Clip.9"}]}]}}"#,
            "newer"
        ),
    ])
    func whatCannotBeReadIsRefused(text: String, why: String) throws {
        do {
            _ = try OTIOReader(parsing: Array(text.utf8))
            Issue.record("was read: \(text)")
        } catch let error {
            #expect("\(error)".hasPrefix(why), "\(error)")
        }
    }

    @Test func aFilmWithoutPicturesOrFilesIsRefused() throws {
        let empty = #"{"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","children":[]}}"#
        #expect(throws: OTIOError.noPictures) { try read(JSONValue(parsing: empty)) }
        #expect(throws: OTIOError.unknownMedia(names: ["a.mov", "b.mov"])) {
            try read(JSONValue(parsing: Self.stranger), media: [:])
        }
    }

    private struct TestFailure: Error {}

    private func clip(_ id: String) -> HandOverMedia {
        HandOverMedia(
            path: "/\(id).mov",
            facts: MediaFacts(
                id: id, name: "\(id).mov", kind: .video, format: "mov", contentHash: id,
                size: PixelSize(width: 1920, height: 1080), duration: HandOverSamples.ms(20_000), frameRate: 24,
                hasSound: true))
    }

    /// Two clips of four and three seconds with a dissolve of a second, something odd of a second, and the first clip's sound.
    private static let stranger: String = {
        func time(_ frames: Int) -> String { #"{"OTIO_SCHEMA":"RationalTime.1","rate":24,"value":\#(frames)}"# }
        func range(_ start: Int, _ count: Int) -> String {
            #"{"OTIO_SCHEMA":"TimeRange.1","start_time":\#(time(start)),"duration":\#(time(count))}"#
        }
        func clip(_ name: String, _ url: String, _ start: Int, _ count: Int, _ effect: String = "") -> String {
            #"{"OTIO_SCHEMA":"Clip.1","name":"\#(name)","source_range":\#(range(start, count)),"effects":[\#(effect)],"#
                + #""media_reference":{"OTIO_SCHEMA":"ExternalReference.1","target_url":"\#(url)"}}"#
        }
        func track(_ kind: String, _ children: [String]) -> String {
            #"{"OTIO_SCHEMA":"Track.1","kind":"\#(kind)","name":"","children":[\#(children.joined(separator: ","))]}"#
        }
        let dissolve =
            #"{"OTIO_SCHEMA":"Transition.1","name":"x","transition_type":"SMPTE_Dissolve","in_offset":\#(time(12)),"#
            + #""out_offset":\#(time(12))}"#
        let video = track(
            "Video",
            [
                clip("one", "a.mov", 48, 96, #"{"OTIO_SCHEMA":"Effect.1","name":"glow"}"#), dissolve,
                clip("two", "b.mov", 24, 72, #"{"OTIO_SCHEMA":"LinearTimeWarp.1","time_scalar":2.0}"#),
                #"{"OTIO_SCHEMA":"Widget.3","name":"odd","source_range":\#(range(0, 24))}"#,
                clip("three", "a.mov", 240, 24),
            ])
        let audio = track("Audio", [clip("one", "a.mov", 48, 96)])
        let marker = #"{"OTIO_SCHEMA":"Marker.2","name":"note","marked_range":\#(range(0, 1))}"#
        return #"{"OTIO_SCHEMA":"Timeline.1","name":"Theirs","tracks":{"OTIO_SCHEMA":"Stack.1","markers":[\#(marker)],"#
            + #""children":[\#(video),\#(audio)]}}"#
    }()
}
