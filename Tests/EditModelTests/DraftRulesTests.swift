// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Testing

@Suite struct DraftRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let fields: [String]
        let change: @Sendable (inout Draft) -> Void
        var testDescription: String { name }

        init(_ name: String, _ fields: [String], _ change: @escaping @Sendable (inout Draft) -> Void) {
            self.name = name
            self.fields = fields
            self.change = change
        }
    }

    static func clip(_ id: String, from start: Int64, speed: Double = 1) -> Segment.Content {
        var picture = PictureContent(.video(id, start: ms(start)))
        picture.speed = speed
        return .picture(picture)
    }

    static let cases = [
        Case("a sound draft", []) { _ in },
        Case("gap", ["t[0].sg[1].s"]) { $0.tracks[0].segments[1].range.start = ms(2501) },
        Case("overlap beyond the transition", ["t[0].sg[1].s", "t[1].sg[0].d"]) {
            $0.tracks[0].segments[1].range.start = ms(2499)
        },
        Case("late beginning", ["t[0].sg[0].s", "t[0].sg[1].s"]) { $0.tracks[0].segments[0].range.start = ms(100) },
        Case("negative start", ["t[0].sg[0].s", "t[0].sg[0].s", "t[0].sg[1].s"]) {
            $0.tracks[0].segments[0].range.start = ms(-1)
        },
        Case("no length", ["t[2].sg[0].d"]) { $0.tracks[2].segments[0].range.duration = .zero },
        Case("part of a millisecond", ["t[2].sg[0].d"]) {
            $0.tracks[2].segments[0].range.duration += MediaTime(ticks: 1)
        },
        Case("id twice", ["t[0].sg[1].id"]) { $0.tracks[0].segments[1].id = "s1" },
        Case("track and segment of one id", ["t[1].id"]) { $0.tracks[1].id = "s1" },
        Case("empty id", ["t[1].id"]) { $0.tracks[1].id = "" },
        Case("odd width", ["m.width"]) { $0.film.canvas.width = 1081 },
        Case("huge height", ["m.height"]) { $0.film.canvas.height = 4098 },
        Case("too many frames a second", ["m.fps"]) { $0.film.frameRate = FrameRate(61) },
        Case("fades longer than the film", ["m.fadeOut"]) { ($0.film.fadeIn, $0.film.fadeOut) = (ms(3000), ms(2501)) },
        Case("negative fade", ["m.fadeIn"]) { $0.film.fadeIn = ms(-5) },
        Case("transition over half a neighbour", ["t[0].sg[0].tr.d"]) {
            $0.tracks[0].segments[0].picture?.transition?.duration = ms(1600)
            $0.tracks[0].segments[1].range.start = ms(1400)
            $0.tracks[1].segments[0].range.duration = ms(4400)
        },
        Case("transition of exactly half", []) {
            $0.tracks[0].segments[0].picture?.transition?.duration = ms(1500)
            $0.tracks[0].segments[1].range.start = ms(1500)
            $0.tracks[1].segments[0].range.duration = ms(4500)
        },
        Case("transition of no length", ["t[0].sg[0].tr.d"]) {
            $0.tracks[0].segments[0].picture?.transition?.duration = .zero
            $0.tracks[0].segments[1].range.start = ms(3000)
        },
        Case("transition after the last", ["t[0].sg[1].tr"]) {
            $0.tracks[0].segments[1].picture?.transition = Transition(.crossfade, duration: ms(100))
        },
        Case("unknown transition", ["t[0].sg[0].tr.type"]) {
            $0.tracks[0].segments[0].picture?.transition?.name = Transition.Name("starwars")
        },
        Case("text after the film", ["t[2].sg[0].d"]) { $0.tracks[2].segments[0].range.duration = ms(5501) },
        Case("music after the film", ["t[1].sg[0].d"]) { $0.tracks[1].segments[0].range.duration = ms(5501) },
        Case("text over text", ["t[2].sg[1].s"]) { draft in
            var second = draft.tracks[2].segments[0]
            second.id = "s5"
            second.range.start = ms(2000)
            draft.tracks[2].segments.append(second)
        },
        Case("words on a picture track", ["t[0].sg[1]"]) {
            $0.tracks[0].segments[1].content = .text(TextContent("x", role: .title, position: .top))
        },
        Case("picture track with a transition over the film", ["t[3].sg[0].tr"]) { draft in
            var logo = PictureContent(.image("A"))
            logo.transition = Transition(.crossfade, duration: ms(100))
            draft.tracks.append(
                Track(
                    id: "v2", kind: .video, name: "Logo",
                    segments: [
                        Segment(id: "l", range: TimeRange(ms(0), until: ms(1000)), content: .picture(logo), name: "")
                    ]))
        },
        Case("logo after the film", ["t[3].sg[0].d"]) { draft in
            draft.tracks.append(
                Track(
                    id: "v2", kind: .video, name: "Logo",
                    segments: [
                        Segment(
                            id: "l", range: TimeRange(ms(0), until: ms(6000)),
                            content: .picture(PictureContent(.image("A"))), name: "")
                    ]))
        },
        Case("missing asset", ["t[0].sg[1].src"]) {
            $0.tracks[0].segments[1].content = .picture(PictureContent(.image("nowhere")))
        },
        Case("photo that is a song", ["t[0].sg[1].src"]) {
            $0.tracks[0].segments[1].content = .picture(PictureContent(.image("S")))
        },
        Case("clip that is a photo", ["t[0].sg[1].src"]) { $0.tracks[0].segments[1].content = clip("A", from: 0) },
        Case("clip to its end", []) { $0.tracks[0].segments[1].content = clip("C", from: 1000) },
        Case("clip past its end", ["t[0].sg[1].d"]) { $0.tracks[0].segments[1].content = clip("C", from: 1002) },
        Case("fast clip past its end", ["t[0].sg[1].d"]) {
            $0.tracks[0].segments[1].content = clip("C", from: 0, speed: 1.4)
        },
        Case("slow clip", []) { $0.tracks[0].segments[1].content = clip("C", from: 2500, speed: 0.5) },
        Case("missing lut", ["t[0].sg[1].grade.lut"]) { $0.tracks[0].segments[1].picture?.grade.lut = "cube" },
        Case("missing map", ["t[0].sg[0].tr.map"]) { $0.tracks[0].segments[0].picture?.transition?.map = "grey" },
        Case("map that is a song", ["t[0].sg[0].tr.map"]) { $0.tracks[0].segments[0].picture?.transition?.map = "S" },
        Case("song past its end", ["t[1].sg[0].d"]) {
            $0.tracks[1].segments[0].sound?.source = .asset("S", start: ms(54_502))
        },
        Case("looped song", []) {
            $0.tracks[1].segments[0].sound?.source = .asset("S", start: ms(59_000))
            $0.tracks[1].segments[0].sound?.loops = true
        },
        Case("looped from past its end", ["t[1].sg[0].ss"]) {
            $0.tracks[1].segments[0].sound?.source = .asset("S", start: ms(60_000))
            $0.tracks[1].segments[0].sound?.loops = true
        },
        Case("sound of a silent clip", ["t[1].sg[0].src"]) {
            $0.tracks[1].segments[0].sound?.source = .asset("Q", start: .zero)
            $0.tracks[1].segments[0].range.duration = ms(1000)
        },
        Case("too long a film", ["d"]) {
            $0.tracks[0].segments[1].range.duration = DraftLimits.longest
        },
    ]

    @Test(arguments: cases) func aBrokenRuleIsNamedByItsField(example: Case) {
        var draft = DraftSamples.small
        example.change(&draft)
        let problems = draft.ruleViolations(media: DraftSamples.media)
        #expect(problems.map(\.field) == example.fields, "\(problems)")
    }

    @Test func withoutMediaOnlyTheDraftItselfIsChecked() {
        var draft = DraftSamples.small
        draft.tracks[0].segments[1].content = .picture(PictureContent(.image("nowhere")))
        #expect(draft.ruleViolations().isEmpty)
    }

    @Test func allProblemsAreThrownAtOnce() {
        var draft = DraftSamples.small
        draft.film.canvas.width = 3
        draft.tracks[1].id = "s1"
        let error = #expect(throws: DraftError.self) { try draft.validate() }
        #expect(error?.problems.map(\.field) == ["m.width", "m.width", "t[1].id"])
    }

    @Test func tooManySegmentsAreCountedOverAllTracks() {
        var draft = Draft()
        for track in 0..<6 {
            let segments = (0..<1000).map {
                Segment(
                    id: "\(track)-\($0)", range: TimeRange(start: ms(Int64($0)), duration: ms(1)),
                    content: .text(TextContent("", role: .caption, position: .top)), name: "")
            }
            draft.tracks.append(Track(id: "x\(track)", kind: .text, name: "", segments: segments))
        }
        #expect(draft.ruleViolations().map(\.field) == ["t"])
    }

    @Test func soundMayComeBeforeThereIsAPicture() {
        var draft = DraftSamples.small
        draft.tracks[0].segments = []
        #expect(draft.ruleViolations(media: DraftSamples.media).isEmpty)
    }
}
