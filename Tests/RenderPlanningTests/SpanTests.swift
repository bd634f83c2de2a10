// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import RenderPlanning
import Testing

/// What the frames of a film are made of.
@Suite struct SpanTests {
    typealias Samples = PlanSamples

    /// The layer and fade of each frame of the film, with windows moved to that frame.
    static func frames(_ plan: FilmPlan) -> [(main: MainLayer, overlays: [Overlay], fade: FilmFade?)] {
        plan.chunks.flatMap(\.spans).flatMap { span in
            (0..<span.frames).map { frame in
                var main = span.main
                switch main {
                case .shot(var shot):
                    if shot.window != .still { shot.window.first += frame }
                    main = .shot(shot)
                case .joint(var joint):
                    if joint.from.window != .still { joint.from.window.first += frame }
                    if joint.to.window != .still { joint.to.window.first += frame }
                    joint.window.first += frame
                    main = .joint(joint)
                }
                var fade = span.fade
                fade?.window.first += frame
                return (main, span.overlays, fade)
            }
        }
    }

    @Test func aTransitionIsAJointWithItsOwnWindow() throws {
        let frames = Self.frames(try Samples.plan(Samples.draft(Samples.photos(2))))
        #expect(frames.count == 165)
        for (index, frame) in frames.enumerated() {
            switch frame.main {
            case .shot(let shot):
                #expect(index < 75 || index >= 90)
                #expect(shot.window == FrameWindow(first: index < 75 ? index : index - 75, total: 90))
            case .joint(let joint):
                #expect((75..<90).contains(index))
                #expect(joint.window == FrameWindow(first: index - 75, total: 15))
                #expect(joint.from.window == FrameWindow(first: index, total: 90))
                #expect(joint.to.window == FrameWindow(first: index - 75, total: 90))
                #expect(joint.transition == .crossfade)
            }
        }
    }

    @Test func filmFadesCoverItsFirstAndLastFrames() throws {
        var draft = Samples.draft(Samples.photos(2))
        (draft.film.fadeIn, draft.film.fadeOut) = (ms(200), ms(1000))
        let frames = Self.frames(try Samples.plan(draft))
        for (index, frame) in frames.enumerated() {
            if index < 6 {
                #expect(frame.fade == FilmFade(rises: true, window: FrameWindow(first: index, total: 6)))
            } else if index >= 135 {
                #expect(frame.fade == FilmFade(rises: false, window: FrameWindow(first: index - 135, total: 30)))
            } else {
                #expect(frame.fade == nil)
            }
        }
    }

    @Test func aliasesOfATransitionAreDrawnUnderItsName() throws {
        var draft = Samples.draft(Samples.photos(2))
        draft.tracks[0].segments[0].picture?.transition?.name = Transition.Name("fade")
        let joints = Self.frames(try Samples.plan(draft)).compactMap { frame -> Transition.Name? in
            if case .joint(let joint) = frame.main { joint.transition } else { nil }
        }
        #expect(Set(joints) == [.crossfade])
    }

    @Test func sourcesAreResolvedToTheirContent() throws {
        var shots = Samples.photos(2, joint: 0)
        shots[0].content.grade.lut = "cube"
        shots[1].content = PictureContent(.video("clip", start: ms(500)))
        shots[1].content.speed = 2
        shots[1].content.reverse = true
        var facts = Samples.photo("p0")
        facts.focus = UnitPoint(x: 0.2, y: 0.3)
        var cube = Samples.photo("cube")
        cube.kind = .lut
        let plan = try Samples.plan(Samples.draft(shots), [facts, cube, Samples.clip("clip", 10_000)])
        guard case .shot(let photo)? = plan.chunks.first?.spans.first?.main,
            case .shot(let clip)? = plan.chunks.last?.spans.last?.main
        else {
            Issue.record("no shots")
            return
        }
        #expect(photo.source == .photo(PhotoSource(hash: "hash-p0", size: PixelSize(width: 4000, height: 3000))))
        #expect(photo.focus == UnitPoint(x: 0.2, y: 0.3))
        #expect(photo.grade.lut == "hash-cube")
        #expect(
            clip.source
                == .clip(
                    ClipSource(
                        hash: "hash-clip", size: PixelSize(width: 1920, height: 1080), rotation: 0, start: ms(500),
                        speed: 2, reverse: true)))
    }

    @Test func overlaysLieInTrackOrderTextOnTop() throws {
        var draft = Samples.draft(Samples.photos(1))
        let whole = TimeRange(.zero, until: ms(3000))
        let words = [Samples.title("t1", 0, 3000, "lower"), Samples.title("t2", 0, 3000, "upper")]
        draft.tracks.append(Track(id: "x1", kind: .text, name: "", segments: [words[0]]))
        draft.tracks.append(
            Track(
                id: "v2", kind: .video, name: "",
                segments: [
                    Segment(id: "l", range: whole, content: .picture(PictureContent(.color("#FF0000"))), name: "")
                ]))
        draft.tracks.append(Track(id: "x2", kind: .text, name: "", segments: [words[1]]))
        let overlays = try #require(try Samples.plan(draft).chunks.first?.spans.first?.overlays)
        let kinds = overlays.map { overlay in
            switch overlay {
            case .text(let text): text.bitmap
            case .picture: "picture"
            }
        }
        #expect(kinds == ["picture", "bitmap of lower", "bitmap of upper"])
    }

    @Test func mutedTracksAndInvisiblePicturesAreNotDrawn() throws {
        var draft = Samples.draft(Samples.photos(1))
        let plain = try Samples.plan(draft)
        var ghost = PictureContent(.color("#FF0000"))
        ghost.opacity = 0
        draft.tracks.append(
            Track(
                id: "v2", kind: .video, name: "",
                segments: [
                    Segment(id: "l", range: TimeRange(.zero, until: ms(3000)), content: .picture(ghost), name: "")
                ]))
        draft.tracks.append(Track(id: "x1", kind: .text, name: "", segments: [Samples.title("t", 0, 1000)]))
        draft.tracks[2].muted = true
        #expect(try Samples.plan(draft).chunks == plain.chunks)
    }

    // MARK: Random drafts

    /// Drafts with random shots, transitions, overlays, rates and fades: spans add up, every window lies inside its
    /// total, and every segment's frames are each shown once.
    @Test(arguments: 0..<8) func windowsLieInsideTheirTotals(block: Int) throws {
        for seed in block * 40..<(block + 1) * 40 {
            var random = SeededRandom(seed: UInt64(seed))
            let draft = Self.randomDraft(&random)
            let inputs = Samples.inputs(
                draft, [Samples.clip("clip", 200_000)], longestChunk: seed % 2 == 0 ? 2000 : 1000)
            #expect(draft.ruleViolations(media: inputs.media).isEmpty, "seed \(seed)")
            let plan = try FilmPlan(draft: draft, inputs: inputs)
            ChunkTests.check(plan, draft, longest: seed % 2 == 0 ? 2000 : 1000)
            for chunk in plan.chunks {
                #expect(chunk.spans.reduce(0) { $0 + $1.frames } == chunk.frameCount)
                for span in chunk.spans { Self.check(span, "seed \(seed)") }
            }
            // No two draftings of the same film differ.
            #expect(try FilmPlan(draft: draft, inputs: inputs) == plan)
        }
    }

    static func check(_ span: Span, _ note: Comment) {
        func inside(_ window: FrameWindow) -> Bool {
            window == .still || (window.first >= 0 && window.first + span.frames <= window.total)
        }
        switch span.main {
        case .shot(let shot): #expect(inside(shot.window), note)
        case .joint(let joint):
            #expect(inside(joint.window) && joint.window != .still || joint.window.total == 1, note)
            #expect(inside(joint.from.window) && inside(joint.to.window), note)
        }
        for overlay in span.overlays {
            switch overlay {
            case .text(let text):
                #expect(inside(text.window), note)
                #expect((text.entrance?.frames ?? 0) <= text.window.total, note)
                #expect((text.exit?.frames ?? 0) <= text.window.total, note)
            case .picture(let shot, _, _): #expect(inside(shot.window), note)
            }
        }
        if let fade = span.fade { #expect(inside(fade.window), note) }
    }

    static func randomDraft(_ random: inout SeededRandom) -> Draft {
        let rates = [FrameRate(24000, over: 1001), FrameRate(25), FrameRate(30), FrameRate(60), FrameRate(7)]
        let shots = (0..<Int.random(in: 1...25, using: &random)).map { index -> Samples.Shot in
            let length = [20, 41, 100, 334, 700, 1501, 3000, 6007].randomElement(using: &random) ?? 1000
            var shot = Samples.Shot(
                "p\(Int.random(in: 0..<8, using: &random))", Int64(length), moving: Bool.random(using: &random))
            shot.id += "-\(index)"
            if Int.random(in: 0..<4, using: &random) == 0 {
                shot.content = PictureContent(.video("clip", start: ms(Int64.random(in: 0...9999, using: &random))))
            } else {
                shot.content.source = .image(String(shot.id.prefix(2)))
            }
            if Int.random(in: 0..<3, using: &random) == 0 { shot.content.grade.grain = 0.2 }
            return shot
        }
        var joined = shots
        for index in joined.indices.dropLast() where Bool.random(using: &random) {
            let most = min(joined[index].length, joined[index + 1].length) / 2
            joined[index].joint = Int64.random(in: 0...most, using: &random)
        }
        var draft = Samples.draft(joined, rate: rates.randomElement(using: &random) ?? FrameRate(30))
        let end = draft.duration.milliseconds
        var start: Int64 = 0
        var titles = Track(id: "x1", kind: .text, name: "")
        while start < end, titles.segments.count < 6 {
            let from = Int64.random(in: start..<end, using: &random)
            let to = Int64.random(in: from + 1...end, using: &random)
            let kind = TextAnimation.Kind.allCases.randomElement(using: &random) ?? .fade
            titles.segments.append(
                Samples.title("t\(from)", from, to) {
                    $0.entrance = TextAnimation(kind, duration: ms(Int64.random(in: 0...3000, using: &random)))
                    if Bool.random(using: &random) { $0.exit = nil }
                })
            start = to
        }
        draft.tracks.append(titles)
        draft.film.fadeIn = ms(Int64.random(in: 0...end / 2, using: &random))
        draft.film.fadeOut = ms(Int64.random(in: 0...end / 2, using: &random))
        return draft
    }
}

/// What planning refuses, and by which field.
@Suite struct PlanErrorTests {
    typealias Samples = PlanSamples

    @Test func missingThingsAreNamedByTheirField() {
        var draft = Samples.draft(Samples.photos(2))
        draft.tracks.append(Track(id: "x1", kind: .text, name: "", segments: [Samples.title("t", 0, 1000)]))
        draft.tracks.append(
            Track(
                id: "a1", kind: .audio, name: "",
                segments: [
                    Segment(
                        id: "m", range: TimeRange(.zero, until: ms(1000)),
                        content: .sound(SoundContent(.generated([:]), role: .music)), name: "")
                ]))
        func field(_ change: (inout PlanInputs) -> Void) -> String? {
            var inputs = Samples.inputs(draft)
            inputs.generated["m"] = "made"
            change(&inputs)
            do {
                _ = try FilmPlan(draft: draft, inputs: inputs)
                return nil
            } catch { return error.problems.first?.field }
        }
        #expect(field { _ in } == nil)
        #expect(field { $0.media["p1"] = nil } == "t[0].sg[1].src")
        #expect(field { $0.media["p1"]?.size = nil } == "t[0].sg[1].src")
        #expect(field { $0.texts = [:] } == "t[1].sg[0].text")
        #expect(field { $0.generated = [:] } == "t[2].sg[0].gen")
    }

    @Test(arguments: ["", "  \n", "\u{200B}\u{FE0F}"]) func aTextWithoutInkNeedsNoDrawing(text: String) throws {
        var draft = Samples.draft(Samples.photos(1))
        draft.tracks.append(Track(id: "x1", kind: .text, name: "", segments: [Samples.title("t", 0, 1000, text)]))
        var inputs = Samples.inputs(draft)
        inputs.texts = [:]
        let plan = try FilmPlan(draft: draft, inputs: inputs)
        #expect(plan.chunks.flatMap(\.spans).allSatisfy { $0.overlays.isEmpty })
    }

    @Test func aFilmWithoutPicturesOrFramesIsRefused() {
        #expect(throws: DraftError.self) { try Samples.plan(Draft()) }
        let blink = #expect(throws: DraftError.self) {
            try Samples.plan(Samples.draft([Samples.Shot("p", 16)]))
        }
        #expect(blink?.problems.map(\.field) == ["d"])
    }

    @Test func aDraftThatBreaksARuleIsRefused() {
        var draft = Samples.draft(Samples.photos(2))
        draft.tracks[0].segments[1].range.start = ms(9999)
        let error = #expect(throws: DraftError.self) { try Samples.plan(draft) }
        #expect(error?.problems.map(\.field) == ["t[0].sg[1].s"])
    }
}
