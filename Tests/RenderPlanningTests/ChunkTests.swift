// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import RenderPlanning
import Testing

/// Where films are cut into chunks, and which chunks an edit leaves alone.
@Suite struct ChunkTests {
    typealias Samples = PlanSamples

    /// Every chunk at most two seconds and at least half a second, and together the film.
    static func check(_ plan: FilmPlan, _ draft: Draft, longest: Int64 = 2000) {
        let rate = plan.frameRate
        #expect(plan.frameCount == draft.frameCount)
        #expect(plan.chunkStarts.first == 0)
        for (range, next) in zip(plan.chunkRanges, plan.chunkRanges.dropFirst()) {
            #expect(range.upperBound == next.lowerBound)
        }
        for chunk in plan.chunks {
            let length = rate.time(ofFrame: chunk.frameCount)
            #expect(length <= ms(longest) || chunk.frameCount == 1, "\(chunk.frameCount) frames")
            // At a rate whose second is no even number of frames a halved piece may miss half a second by a frame.
            let nearly = rate.time(ofFrame: chunk.frameCount + (rate.denominator == 2 ? 1 : 0))
            #expect(nearly >= ms(500) || plan.chunks.count == 1, "\(chunk.frameCount) frames")
            #expect(chunk.spans.allSatisfy { $0.frames > 0 } && !chunk.spans.isEmpty)
        }
    }

    @Test(arguments: [
        FrameRate(24000, over: 1001), FrameRate(24), FrameRate(25), FrameRate(30000, over: 1001), FrameRate(30),
        FrameRate(50), FrameRate(60000, over: 1001), FrameRate(60), FrameRate(25, over: 2),
    ])
    func chunksCoverTheFilmAtEveryRate(rate: FrameRate) throws {
        for shots in [
            Samples.photos(7), Samples.photos(3, length: 10_000, joint: 0), Samples.photos(40, length: 430, joint: 0),
            Samples.photos(30, length: 333, joint: 100), Samples.photos(1, length: 120),
            Samples.photos(1, length: 1999),
            Samples.photos(9, length: 501, joint: 250), Samples.photos(1, length: 100_001),
        ] {
            let draft = Samples.draft(shots, rate: rate)
            for longest in [2000, 1000] as [Int64] {
                Self.check(try Samples.plan(draft, longestChunk: longest), draft, longest: longest)
            }
        }
    }

    @Test func edgesComeFromTheContent() throws {
        let plan = try Samples.plan(Samples.draft(Samples.photos(3)))
        // Pieces begin with each photo (its transition in), are 75 frames long, the last 90: each is halved.
        #expect(plan.chunkStarts == [0, 37, 75, 112, 150, 195])
    }

    @Test func shortPiecesJoinANeighbour() throws {
        var shots = Samples.photos(3, length: 1500, joint: 0)
        shots[1].length = 300
        let plan = try Samples.plan(Samples.draft(shots))
        #expect(plan.chunkStarts == [0, 54])
        shots[0].length = 300
        shots[1].length = 1500
        #expect(try Samples.plan(Samples.draft(shots)).chunkStarts == [0, 54])
    }

    @Test func quickCutsAreChunkedAtCuts() throws {
        let plan = try Samples.plan(Samples.draft(Samples.photos(40, length: 300, joint: 0)))
        for start in plan.chunkStarts { #expect(start % 9 == 0, "\(start)") }
    }

    // MARK: What an edit leaves alone

    /// How many of the chunks of `after` were not in `before`.
    static func fresh(_ before: FilmPlan, _ after: FilmPlan) -> Int {
        let known = Set(before.chunks)
        return after.chunks.count { !known.contains($0) }
    }

    @Test func movingAClipKeepsItsChunks() throws {
        var shots = Samples.photos(6, joint: 0)
        shots[2].length = 9300
        shots[2].content = PictureContent(.video("clip", start: ms(1234)))
        let media = [Samples.clip("clip", 20_000)]
        let before = try Samples.plan(Samples.draft(shots), media)
        shots.insert(shots.remove(at: 2), at: 5)
        let after = try Samples.plan(Samples.draft(shots), media)
        #expect(Set(before.chunks) == Set(after.chunks))
        #expect(before.chunkStarts != after.chunkStarts)
    }

    @Test func movingAPhotoRedrawsOnlyItsTransitions() throws {
        var shots = Samples.photos(12)
        let before = try Samples.plan(Samples.draft(shots))
        shots.swapAt(4, 8)
        let after = try Samples.plan(Samples.draft(shots))
        // Two chunks a photo; the first of each shows the transition in. Six transitions changed: 3→8 … and 7→4 ….
        #expect(Self.fresh(before, after) == 4)
        #expect(after.chunks.count == 24)
    }

    @Test func removingAPhotoKeepsAllButTheNewTransition() throws {
        var shots = Samples.photos(12)
        let before = try Samples.plan(Samples.draft(shots))
        shots.remove(at: 5)
        let after = try Samples.plan(Samples.draft(shots))
        #expect(Self.fresh(before, after) == 1)
    }

    @Test func anotherTitleTouchesOnlyChunksUnderIt() throws {
        var draft = Samples.draft(Samples.photos(10))
        draft.tracks.append(
            Track(id: "x1", kind: .text, name: "Titles", segments: [Samples.title("t", 0, 3000, "One")]))
        let before = try Samples.plan(draft)
        draft.tracks[1].segments = [Samples.title("t", 0, 3000, "Another")]
        let after = try Samples.plan(draft)
        #expect(before.chunkStarts == after.chunkStarts)
        for (index, range) in after.chunkRanges.enumerated() {
            #expect((before.chunks[index] == after.chunks[index]) == (range.lowerBound >= 90), "\(range)")
        }
    }

    @Test func aLongerTitleTouchesOnlyChunksUnderItsEnd() throws {
        var draft = Samples.draft(Samples.photos(10))
        draft.tracks.append(Track(id: "x1", kind: .text, name: "", segments: [Samples.title("t", 0, 9000)]))
        let before = try Samples.plan(draft)
        draft.tracks[1].segments = [Samples.title("t", 0, 12_000)]
        let after = try Samples.plan(draft)
        let known = Set(before.chunks)
        for (chunk, range) in zip(after.chunks, after.chunkRanges) where !known.contains(chunk) {
            #expect(range.lowerBound >= 225 && range.upperBound <= 420, "\(range)")
        }
        #expect(Self.fresh(before, after) <= 5)
    }

    @Test func aLogoOverTheWholeFilmDoesNotTieChunksToItsLength() throws {
        func film(_ count: Int) throws -> FilmPlan {
            var draft = Samples.draft(Samples.photos(count))
            let whole = TimeRange(.zero, until: draft.duration)
            var logo = PictureContent(.image("logo"))
            logo.rect = UnitRect(x: 0.8, y: 0.05, width: 0.15, height: 0.1)
            draft.tracks.append(
                Track(
                    id: "v2", kind: .video, name: "Logo",
                    segments: [Segment(id: "l", range: whole, content: .picture(logo), name: "")]))
            var handle = Samples.title("h", 0, whole.end.milliseconds, "@kinora")
            handle.text?.exit = nil
            draft.tracks.append(Track(id: "x1", kind: .text, name: "", segments: [handle]))
            return try Samples.plan(draft)
        }
        // One more photo: its own two chunks, and the last one before it, which now goes over into it.
        #expect(Self.fresh(try film(10), try film(11)) <= 4)
    }

    @Test func anotherPhotoTouchesOnlyChunksThatShowIt() throws {
        var shots = Samples.photos(10)
        let before = try Samples.plan(Samples.draft(shots))
        shots[4].content.source = .image("new")
        let after = try Samples.plan(Samples.draft(shots))
        #expect(before.chunkStarts == after.chunkStarts)
        // The photo is on screen from its transition in to its transition out.
        let seen = 4 * 75..<4 * 75 + 90
        for (index, range) in after.chunkRanges.enumerated() {
            #expect((before.chunks[index] == after.chunks[index]) != range.overlaps(seen), "\(range)")
        }
    }

    @Test func anotherPhotoInAQuickRunTouchesLittle() throws {
        for index in [0, 10, 21, 39] {
            var shots = Samples.photos(40, length: 400, joint: 0)
            let before = try Samples.plan(Samples.draft(shots))
            shots[index].content.source = .image("new")
            let after = try Samples.plan(Samples.draft(shots))
            #expect(Self.fresh(before, after) <= 4, "\(Self.fresh(before, after)) of \(after.chunks.count)")
        }
    }

    @Test func takingAShotOutOfAQuickRunKeepsMostOfIt() throws {
        var worst = 0
        for index in 0..<40 {
            var shots = Samples.photos(40, length: 400, joint: 0)
            let before = try Samples.plan(Samples.draft(shots))
            shots.remove(at: index)
            worst = max(worst, Self.fresh(before, try Samples.plan(Samples.draft(shots))))
        }
        #expect(worst <= 4)
    }

    @Test func aLongerFilmFadeTouchesOnlyTheEnd() throws {
        var draft = Samples.draft(Samples.photos(10))
        draft.film.fadeOut = ms(500)
        let before = try Samples.plan(draft)
        draft.film.fadeOut = ms(1500)
        let after = try Samples.plan(draft)
        #expect(Self.fresh(before, after) == 1)
    }

    @Test func musicTouchesNoPicture() throws {
        var draft = Samples.draft(Samples.photos(5))
        let before = try Samples.plan(draft)
        draft.tracks.append(
            Track(
                id: "a1", kind: .audio, name: "Music",
                segments: [
                    Segment(
                        id: "m", range: TimeRange(.zero, until: draft.duration),
                        content: .sound(SoundContent(.asset("song", start: .zero), role: .music)), name: "")
                ]))
        let after = try Samples.plan(draft, [Samples.song("song", 60_000)])
        #expect(before.chunks == after.chunks)
        #expect(before.sound != after.sound)
    }

    @Test func idsAndNamesAreNoPartOfAChunk() throws {
        var draft = Samples.draft(Samples.photos(5))
        let before = try Samples.plan(draft)
        for index in draft.tracks[0].segments.indices {
            draft.tracks[0].segments[index].id += "-new"
            draft.tracks[0].segments[index].name = "renamed"
        }
        draft.film.title = "Another"
        draft.film.preset = "tiktok"
        #expect(try Samples.plan(draft).chunks == before.chunks)
    }

    @Test func aStillIsTheSameWhereverItStands() throws {
        let long = try Samples.plan(Samples.draft([Samples.Shot("p", 60_000, moving: false)]))
        #expect(long.chunks.count == 30)
        #expect(Set(long.chunks).count == 1)
        let moving = try Samples.plan(Samples.draft([Samples.Shot("p", 60_000)]))
        #expect(Set(moving.chunks).count == 30)
    }

    @Test func aFrameIsFoundInItsChunk() throws {
        let plan = try Samples.plan(Samples.draft(Samples.photos(3)))
        for (index, range) in plan.chunkRanges.enumerated() {
            for frame in [range.lowerBound, range.upperBound - 1] {
                let place = plan.chunk(holding: frame)
                #expect(place?.chunk == index && place?.frame == frame - range.lowerBound)
            }
        }
        #expect(plan.chunk(holding: -1) == nil)
        #expect(plan.chunk(holding: plan.frameCount) == nil)
    }
}
