// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Testing

/// Songs longer than their film, and films that go with their song.
@Suite struct SongCutTests {
    /// A song of 120 bpm in phrases of four bars (8 s), with these energies.
    static func grid(_ energies: [Double], from start: Int64 = 0) -> BeatGrid {
        let beats = (0..<energies.count * 16).map { ms(start + Int64($0) * 500) }
        let bars = stride(from: 0, to: beats.count, by: 4).map { beats[$0] }
        return BeatGrid(
            beats: beats, downbeats: bars, phrases: stride(from: 0, to: bars.count, by: 4).map { bars[$0] },
            energies: energies, tempo: 120, confidence: 0.9)
    }

    static let even = grid(.init(repeating: 0.8, count: 20))

    @Test(arguments: [16_000, 24_000, 40_000, 64_000, 100_000] as [Int64])
    func aLongSongIsCutAtPhrasesAndEndsWithTheFilm(film: Int64) throws {
        let media = AutoEditTests.photos(12) + [AutoEditTests.song(160_000)]
        let proposal = try AutoEditTests.plan(media, beats: Self.even) { $0.duration = ms(film) }
        let facts = Dictionary(media.map { ($0.id, $0) }) { first, _ in first }
        #expect(proposal.draft.ruleViolations(media: facts).isEmpty)
        let parts = try #require(proposal.draft.tracks.first { $0.kind == .audio }?.segments)
        try #require(parts.count == 2)
        guard case .asset("m", let start)? = parts[1].sound?.source else {
            Issue.record("no song")
            return
        }
        let fade = try #require(parts[0].sound?.fadeOut)
        #expect(fade > .zero && fade <= ms(250) && parts[1].sound?.fadeIn == fade)
        #expect(parts[0].range.start == .zero && parts[0].range.end == parts[1].range.start)
        // The crossfade is over on bars of both parts, and the song's end is the film's.
        let joint = parts[0].range.end + fade / 2
        #expect(Self.even.downbeats.contains(joint))
        #expect(Self.even.phrases.contains(start + fade / 2))
        #expect(start + parts[1].range.duration == ms(160_000))
        #expect(parts[1].range.end == ms(film))
    }

    @Test(arguments: [0, 0.3]) func whereTheTrackerIsUnsureTheSongFades(confidence: Double) throws {
        var grid = Self.even
        grid.confidence = confidence
        let media = AutoEditTests.photos(12) + [AutoEditTests.song(160_000)]
        let proposal = try AutoEditTests.plan(media, beats: grid) { $0.duration = ms(40_000) }
        let music = try #require(proposal.draft.tracks.first { $0.kind == .audio }?.segments)
        #expect(music.count == 1 && music[0].sound?.fadeOut == ms(2000))
    }

    /// A tempo that drifts would put the beats of the second part off the cuts.
    @Test func whereTheBeatsWouldNotGoOnTheSongFades() throws {
        var grid = Self.even
        func drift(_ time: MediaTime) -> MediaTime {
            ms(Int64((Double(time.milliseconds) * (1 + Double(time.milliseconds) / 4_000_000)).rounded()))
        }
        grid.beats = grid.beats.map(drift)
        grid.downbeats = grid.downbeats.map(drift)
        grid.phrases = grid.phrases.map(drift)
        let media = AutoEditTests.photos(12) + [AutoEditTests.song(170_000)]
        let proposal = try AutoEditTests.plan(media, beats: grid) { $0.duration = ms(40_000) }
        #expect(proposal.draft.tracks.first { $0.kind == .audio }?.segments.count == 1)
    }

    @Test func theSongFollowsTheFilmsLengthAndStaysOneSong() throws {
        var project = Project(
            Project.photos(6) + [Project.sound("song", seconds: 160)], beats: ["id-song": Self.even])
        try project.edit(#"{"op":"create","length":24000}"#)
        func music() -> [Segment] { project.sounds.filter { $0.sound?.role == .music } }
        #expect(music().count == 2)
        try project.edit(#"{"op":"length","length":40000}"#)
        #expect(music().count == 2)
        #expect(music().last?.range.end == ms(40_000))
        try project.edit(#"{"op":"volume","of":"music","level":0.5}"#)
        #expect(music().allSatisfy { $0.sound?.volume == 0.5 })
        try project.edit(#"{"op":"length","as":"music"}"#)
        #expect(project.total == 160_000)
        #expect(music().count == 1)
        #expect(music().first?.range == TimeRange(.zero, until: ms(160_000)))
        try project.edit(#"{"op":"length","length":24000}"#)
        #expect(music().count == 2)
        try project.edit(#"{"op":"remove-sound","role":"music"}"#)
        #expect(music().isEmpty)
    }

    /// Where it is cut is nothing a person asked for: only what they did is told.
    @Test func aSongThatGetsCutIsToldAsNoChangeOfIt() throws {
        var project = Project(
            Project.photos(6) + [Project.sound("song", seconds: 160)], beats: ["id-song": Self.even])
        try project.edit(#"{"op":"create","length":160000}"#)
        let whole = project.draft
        try project.edit(#"{"op":"length","length":40000}"#)
        #expect(project.sounds.count { $0.sound?.role == .music } == 2)
        let told = project.draft.changes(from: whole)
        #expect(told.allSatisfy { !"\($0)".contains("music") && !"\($0)".contains("song") }, "\(told)")
    }

    @Test func anotherSongTakesThePlaceOfBothParts() throws {
        var project = Project(
            Project.photos(6) + [Project.sound("song", seconds: 160), Project.sound("other", seconds: 90)],
            beats: ["id-song": Self.even])
        try project.edit(#"{"op":"create","length":24000,"music":"id-song"}"#)
        try project.edit(#"{"op":"music","media":"id-other"}"#)
        let music = project.sounds.filter { $0.sound?.role == .music }
        #expect(music.count == 1)
        #expect(music.first?.range == TimeRange(.zero, until: ms(24_000)))
    }

    // MARK: Energy

    @Test func photosStandLongerInQuietPartsAndADropIsACut() throws {
        let grid = Self.grid([0.3, 0.3, 1, 1, 0.3, 0.3, 0.3, 0.3])
        let media = AutoEditTests.photos(20) + [AutoEditTests.song(64_000)]
        let proposal = try AutoEditTests.plan(media, beats: grid) {
            $0.duration = ms(64_000)
            $0.transitions = .cuts
        }
        let cuts = AutoEditTests.cuts(proposal).map(\.milliseconds)
        #expect(cuts.allSatisfy { $0 % 500 == 0 })
        #expect(cuts.contains(16_000))
        func mean(_ range: ClosedRange<Int64>) -> Double {
            let inside = cuts.filter(range.contains)
            return Double((inside.last ?? 0) - (inside.first ?? 0)) / Double(max(1, inside.count - 1))
        }
        #expect(mean(32_000...63_999) > 1.4 * mean(16_000...32_000), "\(cuts)")
    }

    /// One of the photos about to come when the song breaks out is sharp and shows a face: it comes on the drop.
    @Test(arguments: [4, 5]) func theBestPhotoComesOnTheDrop(hero: Int) throws {
        let grid = Self.grid([0.4, 0.4, 1, 1])
        var media = AutoEditTests.photos(11)
        for index in media.indices { media[index].sharpness = 1 }
        media[hero].sharpness = 3
        let proposal = try AutoEditTests.plan(media + [AutoEditTests.song(32_000)], beats: grid) {
            $0.duration = ms(32_000)
            $0.transitions = .cuts
        }
        let shots = try #require(proposal.draft.tracks.first?.segments)
        #expect(shots.map { $0.picture?.assetID } == media.map(\.id))
        #expect(shots[hero].range.start == ms(16_000), "\(shots.map(\.range.start))")
    }

    @Test func aSongThatIsAlikeThroughoutChangesNothing() throws {
        var plain = Self.even
        (plain.phrases, plain.energies) = ([], [])
        let media = AutoEditTests.photos(10) + [AutoEditTests.song(31_000)]
        var level = Self.even
        level.energies = level.energies.map { _ in 0.7 }
        let without = try AutoEditTests.plan(media, beats: plain) { $0.duration = ms(30_000) }
        let with = try AutoEditTests.plan(media, beats: level) { $0.duration = ms(30_000) }
        // Phrases may draw a cut to them; lengths stay much the same.
        #expect(
            zip(AutoEditTests.cuts(without), AutoEditTests.cuts(with)).allSatisfy {
                abs($0.milliseconds - $1.milliseconds) <= 1000
            })
    }
}
