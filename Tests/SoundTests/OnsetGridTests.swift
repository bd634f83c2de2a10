// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import Sound
import TestMedia
import Testing

@Suite struct OnsetGridTests {
    /// A click every beat over soft noise, twenty seconds of it, the first beat at 0.3 s.
    @Test(arguments: [84, 100, 120, 140])
    func beatsOfASteadySongAreFound(tempo: Int) throws {
        let period = 60 / Double(tempo)
        let song = try TestMedia.ffmpeg(
            "beats-\(tempo).wav",
            [
                "-f", "lavfi", "-i",
                "aevalsrc='0.7*exp(-mod(t+\(period)-0.3,\(period))*60)*sin(2*PI*180*mod(t+\(period)-0.3,\(period)))"
                    + "+0.01*(random(0)-0.5)':s=44100:d=20",
            ])
        let grid = try OnsetGrid.analyse(song)
        #expect(abs(grid.tempo - Double(tempo)) < 1 || abs(grid.tempo - Double(tempo) / 2) < 1)
        #expect(grid.confidence > 0.6)
        let truth = stride(from: 0.3, to: 20, by: period).map { $0 }
        for beat in grid.beats.dropFirst(2).dropLast(2) {
            let nearest = truth.map { abs($0 - beat.seconds) }.min() ?? 9
            #expect(nearest < 0.05, "a beat at \(beat)")
        }
        #expect(try OnsetGrid.analyse(song) == grid)
    }

    @Test(arguments: ["anullsrc=d=10", "sine=f=440:d=10", "anoisesrc=d=0.3"])
    func whatHasNoBeatHasNoneOrIsUnsure(source: String) throws {
        let song = try TestMedia.ffmpeg("still.wav", ["-f", "lavfi", "-i", source, "-t", "10"])
        let grid = try OnsetGrid.analyse(song)
        #expect(grid.beats.isEmpty || grid.confidence < 0.5)
    }
}
