// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// What volume and fades do to the finished film.
@Suite struct SoundLevelTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    private func film(_ name: String, _ more: [String]) throws -> String {
        let song = try TestMedia.ffmpeg(
            "chord.wav",
            [
                "-f", "lavfi", "-i",
                "aevalsrc='0.2*sin(2*PI*220*t)+0.15*sin(2*PI*554*t)+0.1*sin(2*PI*1320*t)*(0.6+0.4*sin(2*PI*2*t))':d=30:s=48000",
            ])
        let photos = try kinora.photos(2, in: name, size: "320x180")
        let answer = try kinora.run(
            ["make", photos.path, song.path, "-o", "\(name).mp4", "--duration", "8"] + more + KinoraCommand.quick)
        try #require(answer.status == 0, "\(answer.errors)")
        return kinora.path("\(name).mp4")
    }

    @Test func theVolumeAskedForIsHeard() throws {
        let full = try Loudness.integrated(of: film("full", ["--music-volume", "1"]))
        let low = try Loudness.integrated(of: film("low", ["--music-volume", "0.35"]))
        #expect(abs(full + 14) < 0.6, "at volume 1 the film is at \(full) LUFS")
        #expect(abs(full - low - 9.1) <= 0.3, "\(full) and \(low) LUFS")
    }

    @Test func musicComesInAndGoesOutSoftly() throws {
        let film = try film("fades", [])
        let middle = try Loudness.peak(of: film, from: 3, to: 5)
        #expect(middle > -30)
        #expect(try Loudness.peak(of: film, from: 7.9, to: 8) < middle - 20)
        #expect(try Loudness.peak(of: film, from: 0, to: 0.01) < middle - 12)
        // It is the last tenth that is quiet, not the last seconds.
        #expect(try Loudness.peak(of: film, from: 5, to: 6) > middle - 6)
    }
}
