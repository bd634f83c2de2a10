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

    /// Clips with sound beside a song: what is said is at the target, and so is the film, without anybody asking.
    @Test(arguments: [true, false]) func aFilmWithClipSoundAndASongReachesItsLoudness(speaks: Bool) throws {
        let song = try TestMedia.ffmpeg(
            "noisy-song.wav", ["-f", "lavfi", "-i", "anoisesrc=c=brown:d=30:a=0.3:seed=3,tremolo=f=2:d=0.7"])
        let sound =
            speaks
            ? "flite=text='Look at that mama. Yes I see it. It is so big. Come and look at the sea with me.':voice=kal,"
                + "aresample=48000,volume=0.15,apad" : "anoisesrc=c=pink:d=9:a=0.02:seed=4"
        let clip = try TestMedia.ffmpeg(
            speaks ? "talk.mp4" : "rustle.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x180:d=8:r=30", "-f", "lavfi", "-i", sound, "-t", "8", "-pix_fmt",
                "yuv420p", "-c:a", "aac",
            ])
        let answer = try kinora.run(
            ["make", clip.path, song.path, "-o", "film.mp4", "--duration", "8", "--json"] + KinoraCommand.quick)
        try #require(answer.status == 0, "\(answer.errors)")
        let film = kinora.path("film.mp4")
        #expect(abs(try Loudness.integrated(of: film) + 14) < 1.2, "\(answer.output)")
        #expect(!answer.output.contains("offTarget") && !answer.output.contains("instead of"))
        if speaks {
            // What is said is not under the music, which steps back by 12 dB.
            let said = try Loudness.integrated(of: film, filter: "atrim=0.5:5.5")
            #expect(abs(said + 14) < 3, "\(said) LUFS while somebody speaks")
        }
        let asked = try kinora.run(
            ["make", clip.path, song.path, "-o", "low.mp4", "--duration", "8", "--music-volume", "0.2"]
                + KinoraCommand.quick)
        #expect(asked.status == 0)
        if !speaks { #expect(asked.errors.contains("LU under"), "what was asked for is said: \(asked.errors)") }
    }
}
