// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import RenderPlanning
import Testing

@Suite struct SoundPlanTests {
    typealias Samples = PlanSamples

    static func music(_ end: Int64, from start: Int64 = 0, _ change: (inout SoundContent) -> Void = { _ in }) -> Segment
    {
        var sound = SoundContent(.asset("song", start: ms(start)), role: .music)
        change(&sound)
        return Segment(id: "m", range: TimeRange(.zero, until: ms(end)), content: .sound(sound), name: "")
    }

    static func plan(
        _ shots: [PlanSamples.Shot], _ segments: [Segment] = [], beats: [String: BeatGrid] = [:], muted: Bool = false
    ) throws -> SoundPlan {
        var draft = Samples.draft(shots)
        if !segments.isEmpty {
            draft.tracks.append(Track(id: "a1", kind: .audio, name: "", segments: segments))
            draft.tracks[1].muted = muted
        }
        var inputs = Samples.inputs(
            draft,
            [Samples.song("song", 10_000), Samples.clip("loud", 20_000), Samples.clip("mute", 20_000, sound: false)])
        inputs.beats = beats
        inputs.generated = ["m": "made"]
        return try FilmPlan(draft: draft, inputs: inputs).sound
    }

    static func clip(_ id: String, joint: Int64 = 0, _ change: (inout PictureContent) -> Void = { _ in })
        -> Samples.Shot
    {
        var shot = Samples.Shot(id, 3000, joint: joint)
        shot.content = PictureContent(.video(id, start: ms(700)))
        change(&shot.content)
        return shot
    }

    @Test func musicIsTakenAsItStands() throws {
        let plan = try Self.plan(
            Samples.photos(2, joint: 0),
            [
                Self.music(6000, from: 1500) {
                    ($0.volume, $0.fadeIn, $0.fadeOut, $0.ducks) = (0.35, ms(300), ms(1500), true)
                }
            ])
        #expect(plan.duration == ms(6000) && plan.loudness == -14)
        #expect(
            plan.clips == [
                SoundClip(
                    source: "hash-song", role: .music, range: TimeRange(.zero, until: ms(6000)), sourceStart: ms(1500),
                    volume: 0.35, fadeIn: ms(300), fadeOut: ms(1500), ducks: true)
            ])
    }

    @Test(
        arguments: [
            ([0, 2000, 4000, 6000, 8000], 0, 8000), ([0, 2000, 4000], 5000, 10_000), ([], 0, 10_000), ([9000], 0, 9000),
        ] as [([Int64], Int64, Int64)])
    func aLoopGoesBackOnTheLastBarLine(bars: [Int64], start: Int64, end: Int64) throws {
        let grid = BeatGrid(beats: bars.map(ms), downbeats: bars.map(ms), tempo: 120, confidence: 1)
        let plan = try Self.plan(
            Samples.photos(10, joint: 0), [Self.music(30_000, from: start) { $0.loops = true }], beats: ["song": grid])
        #expect(plan.clips.first?.loopEnd == ms(end))
        #expect(plan.clips.first?.loops == true)
        // A song that is not looped has no seam.
        let once = try Self.plan(Samples.photos(2, joint: 0), [Self.music(5000)], beats: ["song": grid])
        #expect(once.clips.first?.loopEnd == nil)
    }

    /// Two parts of one song meet: each goes half its fade over the joint, at its own place in the song.
    @Test func aSongCutWithinItselfCrossesOver() throws {
        var second = Self.music(0, from: 7000) { ($0.fadeIn, $0.fadeOut) = (ms(200), ms(500)) }
        second.id = "m2"
        second.range = TimeRange(ms(3000), until: ms(6000))
        let plan = try Self.plan(
            Samples.photos(2, joint: 0), [Self.music(3000) { ($0.fadeIn, $0.fadeOut) = (ms(300), ms(200)) }, second])
        #expect(plan.clips.map(\.range) == [TimeRange(.zero, until: ms(3100)), TimeRange(ms(2900), until: ms(6000))])
        #expect(plan.clips.map(\.sourceStart) == [.zero, ms(6900)])
        // Neighbours that are no cut of one song stay as they are.
        second.sound?.fadeIn = ms(300)
        let apart = try Self.plan(
            Samples.photos(2, joint: 0), [Self.music(3000) { $0.fadeOut = ms(200) }, second])
        #expect(apart.clips.map(\.range.start) == [.zero, ms(3000)])
    }

    @Test func clipsKeepTheirOwnSound() throws {
        let plan = try Self.plan([
            Samples.Shot("p", 3000), Self.clip("loud") { ($0.volume, $0.speed, $0.reverse) = (0.8, 1.5, true) },
            Self.clip("mute"),
        ])
        #expect(
            plan.clips == [
                SoundClip(
                    source: "hash-loud", role: .clip, range: TimeRange(ms(3000), until: ms(6000)), sourceStart: ms(700),
                    volume: 0.8, speed: 1.5, reverse: true)
            ])
    }

    @Test func clipsThatGoOverIntoOneAnotherFadeWithThePicture() throws {
        var second = Self.clip("loud")
        second.id = "again"
        let plan = try Self.plan([Self.clip("loud", joint: 500), second])
        #expect(plan.clips.map(\.fadeIn) == [.zero, ms(500)])
        #expect(plan.clips.map(\.fadeOut) == [ms(500), .zero])
        #expect(plan.clips.map(\.range.start) == [.zero, ms(2500)])
    }

    @Test func whatIsMutedIsNotHeard() throws {
        #expect(try Self.plan([Self.clip("loud") { $0.muted = true }]).clips.isEmpty)
        #expect(try Self.plan([Self.clip("loud") { $0.volume = 0 }]).clips.isEmpty)
        #expect(try Self.plan(Samples.photos(2), [Self.music(3000)], muted: true).isSilent)
        #expect(try Self.plan(Samples.photos(2), [Self.music(3000) { $0.volume = 0 }]).isSilent)
    }

    @Test func generatedSoundIsWhatWasMadeForIt() throws {
        let plan = try Self.plan(
            Samples.photos(2),
            [
                Self.music(3000) {
                    $0.source = .generated([:])
                    $0.role = .voice
                }
            ])
        #expect(plan.clips.map(\.source) == ["made"])
        #expect(plan.clips.map(\.role) == [.voice])
    }

    @Test func filmFadesAreHeardToo() throws {
        var draft = Samples.draft(Samples.photos(2))
        (draft.film.fadeIn, draft.film.fadeOut, draft.film.loudness) = (ms(100), ms(900), -18)
        let plan = try Samples.plan(draft).sound
        #expect(plan.fadeIn == ms(100) && plan.fadeOut == ms(900) && plan.loudness == -18)
    }
}
