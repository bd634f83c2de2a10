// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import EditModel
import EditTime
import Foundation
import TestMedia
import TestSongs
import Testing
@testable import Sound

/// Songs whose beats are known.
@Suite struct BeatTrackerTests {
    static let isThorough = ProcessInfo.processInfo.environment["KINORA_TEST_ALL"] != nil
    /// Styles whose music is listened to: all, or every fourth.
    static let styles = MusicStyle.all.map(\.id).enumerated().filter { isThorough || $0.offset % 4 == 1 }.map(\.element)
    static let hasInstruments = (try? SoundFontPlayer()) != nil

    /// One song of each kind and tempo, written once a process.
    static func file(_ song: TestSong) throws -> URL {
        let file = try TestMedia.scratchFolder().appendingPathComponent("song.wav")
        try song.write(to: file)
        return file
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var song: TestSong
        var testDescription: String { song.description }

        /// Every kind at one tempo, in turn slow, middling and fast; with all tests, every kind at each.
        static let all: [Case] = TestSong.Kind.allCases.enumerated().flatMap { place, kind in
            let tempos = [75.0, 112, 165]
            return (BeatTrackerTests.isThorough ? tempos : [tempos[place % 3]]).map {
                Case(song: TestSong(kind, tempo: $0, seed: UInt64($0)))
            }
        }
        static let clicks = all.filter { !$0.song.kind.needsInstruments }
        static let played = all.filter(\.song.kind.needsInstruments)
    }

    private func check(_ song: TestSong) throws {
        let grid = try BeatTracker.analyse(Self.file(song))
        let score = BeatScore(found: grid.beats.map(\.seconds), truth: song.beats)
        #expect(score.f >= 0.9, "F \(score.f) at \(grid.tempo) bpm")
        #expect(grid.confidence >= 0.3, "sure \(grid.confidence)")
        #expect(abs(score.late) < 0.02, "late by \(score.late)")
        #expect(Set(grid.downbeats).isSubset(of: grid.beats))
        #expect(Set(grid.phrases).isSubset(of: grid.downbeats))
        #expect(grid.energies.count == grid.phrases.count)
        #expect(grid.energies.allSatisfy { (0...1).contains($0) })
        #expect(zip(grid.beats, grid.beats.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test(arguments: Case.clicks) func clicksAreFollowed(song: Case) throws { try check(song.song) }

    @Test(.enabled(if: BeatTrackerTests.hasInstruments, "no SoundFont"), arguments: Case.played)
    func musicIsFollowed(song: Case) throws { try check(song.song) }

    /// What the composer writes: inside 75 … 165 bpm the beats themselves, outside at least a level of them, told as unsure.
    @Test(.enabled(if: BeatTrackerTests.hasInstruments, "no SoundFont"), arguments: BeatTrackerTests.styles)
    func composedMusicIsFollowed(style: String) throws {
        let request = MusicRequest(style: style, seed: 1, length: MediaTime(seconds: 45))
        let music = try #require(Composer.compose(request))
        let file = try TestMedia.scratchFolder().appendingPathComponent("composed.wav")
        try SoundFontPlayer().render(music.piece, to: file)
        let grid = try BeatTracker.analyse(file)
        let truth = music.grid.beats.map(\.seconds)
        let score = BeatScore(found: grid.beats.map(\.seconds), truth: truth)
        guard !(75...165).contains(music.grid.tempo), score.f < 0.9 else {
            #expect(score.f >= 0.9, "F \(score.f) at \(grid.tempo) of \(music.grid.tempo) bpm")
            return
        }
        let doubled = zip(truth, truth.dropFirst()).flatMap { [$0, ($0 + $1) / 2] }
        let halved = stride(from: 0, to: truth.count, by: 2).map { truth[$0] }
        let found = grid.beats.map(\.seconds)
        let other = [doubled, halved].map { BeatScore(found: found, truth: $0).f }.max() ?? 0
        #expect(other >= 0.9 && grid.isLevelUnsure, "F \(score.f) at \(grid.tempo) of \(music.grid.tempo) bpm")
    }

    @Test func theSameSongGivesTheSameGrid() throws {
        let file = try Self.file(TestSong(.clicks, tempo: 117))
        #expect(try BeatTracker.analyse(file) == BeatTracker.analyse(file))
    }

    @Test(arguments: ["anullsrc=d=10", "sine=f=440:d=10", "anoisesrc=d=10:seed=3", "anoisesrc=d=0.3:seed=3"])
    func whatHasNoBeatHasNoneOrIsUnsure(source: String) throws {
        let song = try TestMedia.ffmpeg("still.wav", ["-f", "lavfi", "-i", source, "-t", "10"])
        let grid = try BeatTracker.analyse(song)
        #expect(grid.beats.isEmpty || grid.confidence < 0.2, "sure \(grid.confidence)")
    }

    /// Clicks at random distances between 0.25 and 1 s.
    @Test func rubatoIsUnsure() throws {
        var samples = [Float](repeating: 0, count: 30 * 48_000)
        var state: UInt64 = 7
        var time = 0.1
        while time < 29.5 {
            let start = Int(time * 48_000)
            for index in 0..<2400 {
                samples[start + index] += Float(0.5 * exp(-Double(index) / 500) * sin(Double(index) * 0.15))
            }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            time += 0.25 + 0.75 * Double(state >> 40) / Double(1 << 24)
        }
        let file = try TestMedia.scratchFolder().appendingPathComponent("rubato.wav")
        try PlainWave.write(samples, to: file)
        #expect(try BeatTracker.analyse(file).confidence < 0.3)
    }

    @Test func speechIsUnsure() throws {
        let file = try TestMedia.scratchFolder().appendingPathComponent("speech.wav")
        let text = """
            There is a lake behind the hills where nobody goes in winter. We went there once, in the snow, with two dogs \
            and a sledge; it took all day. In the evening, tired and cold, we found the hut, lit a fire and slept. \
            What I remember best is the silence, and how far away everything seemed that we had been worried about.
            """
        _ = try EspeakSpeaker().say(Utterance(text), to: file)
        let grid = try BeatTracker.analyse(file)
        #expect(grid.beats.isEmpty || grid.confidence < 0.3, "sure \(grid.confidence)")
    }

    @Test func gridsWrittenBeforePhrasesWereKnownAreRead() throws {
        let old = Data(#"{"beats":[0,352800000],"downbeats":[0],"tempo":120,"confidence":0.5}"#.utf8)
        let grid = try JSONDecoder().decode(BeatGrid.self, from: old)
        #expect(grid.phrases.isEmpty && grid.energies.isEmpty && !grid.isLevelUnsure)
        #expect(grid.beats.last == MediaTime(milliseconds: 500))
        let full = BeatGrid(
            beats: grid.beats, downbeats: grid.downbeats, phrases: grid.downbeats, energies: [0.5], tempo: 120,
            confidence: 1, isLevelUnsure: true)
        #expect(try JSONDecoder().decode(BeatGrid.self, from: JSONEncoder().encode(full)) == full)
    }

    /// A song of two parts, eight bars each: quiet piano, then the band; and back.
    @Test(.enabled(if: BeatTrackerTests.hasInstruments, "no SoundFont"))
    func phrasesBeginWhereTheSongChangesAndTellHowMuchGoesOn() throws {
        var piece = TestSong(.rock, tempo: 120, seed: 5, bars: 32).piece
        for track in piece.tracks.indices where piece.tracks[track].name != "Piano" {
            piece.tracks[track].notes.removeAll { $0.start < 32 - 0.1 || $0.start > 96 - 0.1 }
        }
        let file = try TestMedia.scratchFolder().appendingPathComponent("parts.wav")
        try SoundFontPlayer().render(piece, to: file)
        let grid = try BeatTracker.analyse(file)
        for change in [16.0, 48] {
            #expect(grid.phrases.contains { abs($0.seconds - change) < 0.1 }, "\(grid.phrases)")
        }
        let quiet = try #require(grid.energy(at: MediaTime(seconds: 8)))
        let full = try #require(grid.energy(at: MediaTime(seconds: 30)))
        let end = try #require(grid.energy(at: MediaTime(seconds: 56)))
        #expect(full > quiet + 0.15 && full > end + 0.15)
        #expect(grid.energies.max() ?? 0 > 0.8)
    }
}
