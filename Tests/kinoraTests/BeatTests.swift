// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import EditTime
import Foundation
import JSON
import TestMedia
import Testing

/// Songs of known beats, made and read by the program itself.
@Suite struct BeatTests {
    private static let isThorough = ProcessInfo.processInfo.environment["KINORA_TEST_ALL"] == "1"

    /// Twenty-four seconds of a style, and where its beats are.
    private func song(_ kinora: KinoraCommand, _ style: String, seed: Int) throws -> [Double] {
        let made = try kinora.run(
            "compose", "--style", style, "--seconds", "24", "--seed", "\(seed)", "-o", "song.wav")
        #expect(made.status == 0, "\(made.errors)")
        let request = MusicRequest(style: style, seed: UInt64(seed), length: MediaTime(seconds: 24))
        return try #require(Composer.grid(request)).beats.map(\.seconds)
    }

    private func distance(_ time: Double, _ beats: [Double]) -> Double {
        beats.map { abs($0 - time) }.min() ?? .infinity
    }

    /// An uploaded song, not music of the film's own: its beats are heard.
    @Test(arguments: isThorough ? [("electronic", 3), ("pop", 1)] : [("pop", 1)])
    func cutsFallOnBeatsWithinAFrame(style: String, seed: Int) throws {
        let kinora = try KinoraCommand()
        let beats = try song(kinora, style, seed: seed)
        _ = try kinora.photos(8, size: "320x240")
        let film = try kinora.run(
            ["make", "photos", "song.wav", "--beat-sync", "on", "--transition", "none", "--draft-out", "draft.json"]
                + ["-o", "film.mp4"] + KinoraCommand.quick)
        #expect(film.status == 0, "\(film.errors)")
        let draft = try JSONValue(parsing: Data(contentsOf: kinora.folder.appendingPathComponent("draft.json")))
        guard case .array(let tracks)? = draft["t"], case .array(let shots)? = tracks.first?["sg"] else {
            Issue.record("no shots")
            return
        }
        let cuts = shots.dropFirst().compactMap { $0["s"]?.number }.map { $0 / 1000 }
        try #require(cuts.count == 7)
        for cut in cuts { #expect(distance(cut, beats) <= 1 / 30.0, "\(cut) s") }
    }

    @Test func beatsAreToldAsLinesAndAsJSON() throws {
        let kinora = try KinoraCommand()
        let truth = try song(kinora, "electronic", seed: 2)
        let told = try kinora.run("beats", "song.wav", "--json", "--click", "click.wav")
        #expect(told.status == 0, "\(told.errors)")
        let found = try JSONValue(parsing: Data(told.output.utf8))
        guard case .array(let list)? = found["beats"], case .array(let phrases)? = found["phrases"] else {
            Issue.record("no beats: \(told.output)")
            return
        }
        let beats = list.compactMap(\.number)
        let hits = truth.filter { distance($0, beats) <= 0.07 }.count
        #expect(Double(hits) >= 0.9 * Double(truth.count) && beats.count <= truth.count * 11 / 10)
        #expect(phrases.count >= 2)
        #expect(try KinoraCommand.probe(kinora.path("click.wav"), "stream=duration", stream: "a").hasPrefix("24.0"))
        let lines = try kinora.run("beats", "song.wav")
        #expect(lines.output.contains("beats a minute") && lines.output.contains("bar 1 "), "\(lines.output)")
    }

    @Test(arguments: [
        ["-f", "lavfi", "-i", "anullsrc=r=48000:d=6"], ["-f", "lavfi", "-i", "sine=f=200:d=8"],
    ])
    func whereThereIsNoBeatItIsSaid(_ source: [String]) throws {
        let kinora = try KinoraCommand()
        let sound = try TestMedia.ffmpeg("even.wav", source)
        let told = try kinora.run("beats", sound.path)
        #expect(told.status == 1)
        #expect(told.errors.contains("even.wav") || told.output.contains("0% sure"), "\(told)")
    }

    @Test func whatIsNoSoundIsNamed() throws {
        let kinora = try KinoraCommand()
        _ = try kinora.photos(1)
        let told = try kinora.run("beats", "photos/p1.jpg")
        #expect(told.status != 0)
        #expect(told.errors.contains("p1.jpg"))
    }

    // MARK: Composing

    @Test func stylesAreListed() throws {
        let list = try KinoraCommand().run("compose", "--list")
        #expect(list.status == 0)
        let names = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(names == MusicStyle.all.map(\.id))
    }

    @Test func aPieceComesWithItsNotesAtTheTempoAskedFor() throws {
        let kinora = try KinoraCommand()
        let made = try kinora.run(
            "compose", "--style", "lofi", "--seconds", "10", "--bpm", "80", "-o", "song.wav", "--midi", "song.mid")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.lastLine == "song.wav")
        #expect(try KinoraCommand.probe(kinora.path("song.wav"), "stream=duration", stream: "a").hasPrefix("10.0"))
        let notes = try Data(contentsOf: kinora.folder.appendingPathComponent("song.mid"))
        // A header of six bytes, format 1, more than one track.
        #expect(notes.prefix(10) == Data([0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 1]))
        #expect(notes[11] > 2)
        // The tempo is one of the first events: microseconds a beat.
        let tempo = try #require(notes.firstRange(of: [0xFF, 0x51, 0x03]))
        let micro = notes[tempo.upperBound..<tempo.upperBound + 3].reduce(0) { $0 * 256 + Int($1) }
        #expect(abs(60_000_000 / Double(micro) - 80) < 1.7, "\(60_000_000 / Double(micro)) beats a minute")
    }

    @Test(arguments: ["钢琴", "upbeat pop", "HOUSE"]) func wordsForStylesAreUnderstood(word: String) throws {
        let kinora = try KinoraCommand()
        let made = try kinora.run("compose", "--style", word, "--seconds", "3", "-o", "song.wav")
        #expect(made.status == 0, "\(made.errors)")
    }

    @Test func aStyleThereIsNotIsNamedWithThoseThereAre() throws {
        let made = try KinoraCommand().run("compose", "--style", "polka-dot")
        #expect(made.status == 2)
        #expect(made.errors.contains("polka-dot") && made.errors.contains("lofi"), "\(made.errors)")
    }
}
