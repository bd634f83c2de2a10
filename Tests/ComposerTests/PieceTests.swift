// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import MusicEar
import Testing

@testable import Composer

/// What holds of every piece, whatever its style, seed and length.
@Suite struct PieceTests {
    static let styles = MusicStyle.all.map(\.id)
    static let lengths = [5.0, 6.2, 7.35, 9, 12, 15, 19.9, 24, 30, 37.5, 45, 60, 76.543, 90, 120, 180]

    private func piece(_ style: String, _ seed: UInt64, _ seconds: Double, tempo: Double? = nil) throws -> Composition {
        try #require(
            Composer.compose(MusicRequest(style: style, seed: seed, length: MediaTime(seconds: seconds), tempo: tempo)))
    }

    @Test(arguments: styles) func lastsExactlyAsLongAsTheFilm(style: String) throws {
        for seconds in Self.lengths {
            let composition = try piece(style, 7, seconds)
            #expect(composition.piece.duration == MediaTime(seconds: seconds))
            let filled = Double(composition.grid.bars * composition.grid.beatsPerBar) * 60 / composition.grid.tempo
            #expect(abs(filled - seconds) < 1e-6, "\(seconds) s")
            #expect(composition.grid.sections.map(\.bars.count).reduce(0, +) == composition.grid.bars)
        }
    }

    @Test(arguments: styles) func writesNothingThatCannotBePlayed(style: String) throws {
        let parts = try #require(MusicStyle.named(style)).parts
        for seed in 1...4 as ClosedRange<UInt64> {
            for seconds in Self.lengths where seed == 1 || seconds < 50 {
                let composition = try piece(style, seed, seconds)
                let measures = ScoreMeasures(composition)
                #expect(measures.stuck == 0, "seed \(seed), \(seconds) s")
                #expect(composition.piece.tracks.count { !$0.isDrums } <= 15)
                for track in composition.piece.tracks where !track.isDrums {
                    let part = try #require(parts.first { $0.name == track.name })
                    let sound = try #require(part.sounds.first { $0.program == track.program })
                    let outside = track.notes.filter { !sound.range.contains(Int($0.key)) }
                    #expect(outside.isEmpty, "\(track.name) seed \(seed), \(seconds) s: \(outside.prefix(2))")
                }
            }
        }
    }

    @Test(arguments: styles) func endsAtHomeAfterACadence(style: String) throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            for seconds in [8.0, 20, 30, 61] {
                let composition = try piece(style, seed, seconds)
                let last = try #require(composition.chords.last.flatMap { Chord($0) })
                #expect(last.root == 0 && last.bass == 0)
                let before = try #require(composition.chords.dropLast().last)
                #expect(Chord(String(before.split(separator: " ").last ?? ""))?.root != 0, "\(composition.chords)")
                // Everybody who sounds in the last bar plays a tone of the last chord.
                let start = Double((composition.grid.bars - 1) * composition.grid.beatsPerBar) - 0.05
                let tones = Set(last.tones.map { ($0 + composition.tonic) % 12 })
                let fifth = (composition.tonic + 7) % 12
                for track in composition.piece.tracks where !track.isDrums {
                    for note in track.notes where note.start > start {
                        let pitch = Int(note.key) % 12
                        #expect(
                            tones.contains(pitch) || pitch == fifth || track.name == "Riser" || track.name == "Cymbal",
                            "\(track.name) plays \(note.key) at the end of \(style) \(seed)")
                    }
                }
                let notes = composition.piece.tracks.filter { !$0.isDrums }.flatMap(\.notes)
                let lowest = try #require(notes.filter { $0.start > start }.map(\.key).min())
                #expect(Int(lowest) % 12 == composition.tonic, "\(style) \(seed)")
            }
        }
    }

    @Test(arguments: styles) func comesOutTheSameTwiceAndAnotherOneDoesNot(style: String) throws {
        let first = try piece(style, 3, 30).piece.standardMIDIFile()
        #expect(try piece(style, 3, 30).piece.standardMIDIFile() == first)
        var files: Set<[UInt8]> = [first]
        for seed in 4...9 as ClosedRange<UInt64> { files.insert(try piece(style, seed, 30).piece.standardMIDIFile()) }
        #expect(files.count == 7)
    }

    @Test(arguments: styles) func slowerIsTheSamePiece(style: String) throws {
        let usual = try #require(MusicStyle.named(style)).usualTempo
        let quick = try piece(style, 5, 40, tempo: usual)
        let slow = try piece(style, 5, 40, tempo: usual * 0.85)
        #expect(slow.grid.tempo < quick.grid.tempo * 0.9)
        #expect(slow.tonic == quick.tonic && slow.mode == quick.mode)
        let programs = { (composition: Composition) in
            Dictionary(composition.piece.tracks.map { ($0.name, $0.program) }) { first, _ in first }
        }
        for (name, program) in programs(slow) { #expect(programs(quick)[name] ?? program == program) }
        #expect(Set(slow.chords).intersection(quick.chords).count > 2)
    }

    @Test func keepsATempoThatWasAsked() throws {
        for tempo in [60.0, 84, 96, 120, 140] {
            for seconds in [10.0, 17.3, 33, 60] {
                let composition = try piece("cinematic", 1, seconds, tempo: tempo)
                #expect(abs(composition.grid.tempo / tempo - 1) <= 0.02, "\(tempo), \(seconds) s")
                #expect(composition.piece.duration == MediaTime(seconds: seconds))
            }
        }
    }

    @Test(arguments: styles) func breaksOutWhereTheFilmTurns(style: String) throws {
        for turn in [11.0, 18.5, 26] {
            let request = MusicRequest(
                style: style, seed: 2, length: MediaTime(seconds: 40), accents: [MediaTime(seconds: turn)])
            let grid = try #require(Composer.grid(request))
            let chorus = grid.sections.filter { $0.kind == .chorus }.map {
                grid.time(ofBar: $0.bars.lowerBound).seconds
            }
            let nearest = try #require(chorus.map { abs($0 - turn) }.min())
            let bar = 60 / grid.tempo * Double(grid.beatsPerBar)
            #expect(nearest <= bar / 2 + 1e-6, "\(turn): \(chorus)")
            let stroke = try #require(grid.accentBeats.first)
            #expect(abs(grid.time(ofBeat: stroke).seconds - turn) <= 30 / grid.tempo + 1e-6)
        }
    }

    @Test(arguments: styles) func harmonyOfEveryStyleCanBeRead(style: String) throws {
        for row in try #require(MusicStyle.named(style)).harmony {
            for text in row.verses + row.choruses + row.cadences + row.finals + row.waits {
                let bars = Chord.bars(text)
                #expect(
                    bars.map(\.count) == text.split(separator: " ").map { $0.split(separator: ",").count }, "\(text)")
            }
        }
    }

    @Test func wordsOfBothLanguagesFindStyles() {
        let words = [
            "lo-fi": "lofi", "Lofi hip hop": "lofi", "钢琴": "piano", "轻快的": "pop", "deep house": "electronic",
            "中国风音乐": "chinese",
            "Christmas": "holiday", "hip hop": "hip-hop", "史诗": "epic", "圆舞曲": "waltz", "summer vibes": "tropical",
        ]
        for (word, id) in words { #expect(MusicStyle.named(word)?.id == id, "\(word)") }
        #expect(MusicStyle.named("xyzzy") == nil)
        #expect(MusicStyle.named("") == nil)
    }
}
