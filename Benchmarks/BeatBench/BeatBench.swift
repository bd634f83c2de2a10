// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import EditModel
import EditTime
import Foundation
import Sound
import TestSongs

/// Beats found in songs whose beats are known: a table, and what it cost.
///
/// `swift run -c release beat-bench [--all] [--levels] [KIND or STYLE …]`, or `beat-bench FILE …` for what is found in real songs.
@main struct BeatBench {
    /// A song and its truth.
    struct Known {
        var name: String
        var tempo: Double
        var beats: [Double]
        var downbeats: [Double]
        var write: (URL) throws -> Void
    }

    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let all = arguments.contains("--all")
        let levels = arguments.contains("--levels")
        arguments.removeAll { $0 == "--all" || $0 == "--levels" }
        let files = arguments.filter { FileManager.default.fileExists(atPath: $0) }
        if !files.isEmpty {
            for file in files { try show(URL(fileURLWithPath: file)) }
            return
        }
        let tempi: [Double] =
            all ? [75, 82, 90, 97.5, 105, 113, 120, 128, 135, 143, 150, 158, 165] : [75, 92, 112, 128, 145, 165]
        let songs = (written(tempi) + composed(seeds: all ? 3 : 1)).filter { song in
            arguments.isEmpty || arguments.contains { song.name.hasPrefix($0) }
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kinora-beat-bench")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        print("song                  bpm    found  sure  level  F      bars F  late ms  phrases")
        var (cpu, seconds, good) = (0.0, 0.0, 0)
        for song in songs {
            let file = folder.appendingPathComponent("\(song.name)-\(song.tempo).wav")
            if !FileManager.default.fileExists(atPath: file.path) { try song.write(file) }
            let start = clock()
            let grid = try BeatTracker.analyse(file)
            cpu += Double(clock() - start) / Double(CLOCKS_PER_SEC)
            seconds += (song.beats.last ?? 0) + 60 / song.tempo
            let score = BeatScore(found: grid.beats.map(\.seconds), truth: song.beats)
            let bars = BeatScore(found: grid.downbeats.map(\.seconds), truth: song.downbeats)
            if score.f >= 0.9 { good += 1 }
            print(
                song.name.padding(toLength: 20, withPad: " ", startingAt: 0)
                    + String(format: "%6.1f %7.2f  %4.2f", song.tempo, grid.tempo, grid.confidence)
                    + (grid.isLevelUnsure ? "  unsure" : "  sure  ")
                    + String(format: " %5.3f  %5.3f  %6.1f  %d", score.f, bars.f, score.late * 1000, grid.phrases.count)
                    + (score.f < 0.9 ? "  <<<" : "") + (bars.f < 0.9 ? " bars" : ""))
            if levels {
                for level in try BeatTracker.levels(of: file) {
                    let f = BeatScore(found: level.beats, truth: song.beats).f
                    let marks = level.marks.map { "\($0.name) \((($0.value * 1000).rounded()) / 1000)" }
                    print("    ", String(format: "F %.3f ", f), marks.joined(separator: " "))
                }
            }
        }
        print(
            String(
                format:
                    "%d of %d at F 0.9 or better; %.2f s of processor time for %.0f s of music: %.2f s for four minutes",
                good, songs.count, cpu, seconds, cpu / max(1, seconds) * 240))
    }

    private static func written(_ tempi: [Double]) -> [Known] {
        TestSong.Kind.allCases.flatMap { kind in
            tempi.map { tempo in
                let song = TestSong(kind, tempo: tempo, seed: UInt64(tempo))
                return Known(
                    name: kind.rawValue, tempo: tempo, beats: song.beats, downbeats: song.downbeats,
                    write: { try song.write(to: $0) })
            }
        }
    }

    private static func composed(seeds: Int) -> [Known] {
        MusicStyle.all.flatMap { style in
            (1...seeds).compactMap { seed in
                let request = MusicRequest(style: style.id, seed: UInt64(seed), length: MediaTime(seconds: 45))
                guard let music = Composer.compose(request) else { return nil }
                return Known(
                    name: "\(style.id)-\(seed)", tempo: music.grid.tempo, beats: music.grid.beats.map(\.seconds),
                    downbeats: music.grid.downbeats.map(\.seconds),
                    write: { try SoundFontPlayer().render(music.piece, to: $0) })
            }
        }
    }

    private static func show(_ file: URL) throws {
        let start = clock()
        let grid = try BeatTracker.analyse(file)
        let cpu = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        print(
            file.lastPathComponent,
            String(
                format: "%.2f bpm, %d beats from %.2f s, %d bars, %d phrases, sure %.2f, %.2f s", grid.tempo,
                grid.beats.count, grid.beats.first?.seconds ?? 0, grid.downbeats.count, grid.phrases.count,
                grid.confidence, cpu))
    }
}
