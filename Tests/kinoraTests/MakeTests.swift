// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// `kinora make` from files on disk to a film that ffprobe agrees with.
@Suite struct MakeTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    @Test func aFolderAndASongBecomeAFilm() throws {
        let photos = try kinora.photos(4)
        let answer = try kinora.run(
            ["make", photos.path, try kinora.song().path, "-o", "trip.mp4", "--title", "A trip"] + KinoraCommand.quick)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.lastLine == "trip.mp4")
        let film = kinora.path("trip.mp4")
        #expect(try KinoraCommand.probe(film, "stream=codec_name,width,height,r_frame_rate") == "h264,320,180,30/1")
        #expect(try KinoraCommand.probe(film, "stream=codec_name,sample_rate,channels", stream: "a") == "aac,48000,2")
    }

    @Test(arguments: [("7", 210), ("1.234", 37), ("15", 450)])
    func theLengthAskedForIsMet(seconds: String, frames: Int) throws {
        let photos = try kinora.photos(3)
        let answer = try kinora.run(
            ["make", photos.path, "-o", "film.mp4", "--duration", seconds] + KinoraCommand.quick)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try KinoraCommand.probe(kinora.path("film.mp4"), "stream=nb_frames") == String(frames))
    }

    @Test func eachPresetHasAFileOfItsOwnLaidOutAnew() throws {
        let photos = try kinora.photos(2)
        let answer = try kinora.run(
            "make", photos.path, "-o", "trip.mp4", "--preset", "tiktok", "--preset", "youtube", "--duration", "1",
            "--x264-preset", "ultrafast", "--crf", "35")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try KinoraCommand.probe(kinora.path("trip.tiktok.mp4"), "stream=width,height") == "1080,1920")
        #expect(try KinoraCommand.probe(kinora.path("trip.youtube.mp4"), "stream=width,height") == "1920,1080")
        #expect(!FileManager.default.fileExists(atPath: kinora.path("trip.mp4")))
    }

    @Test func withoutAnOutputTheNameIsTheFoldersAndNothingIsOverwritten() throws {
        let photos = try kinora.photos(1, in: "Summer 2024")
        let arguments = ["make", photos.path, "--duration", "0.5"] + KinoraCommand.quick
        #expect(try kinora.run(arguments).lastLine == "Summer 2024.mp4")
        #expect(try kinora.run(arguments).lastLine == "Summer 2024-2.mp4")
    }

    @Test func badFilesAreNamedAndTheFilmIsMadeOfTheRest() throws {
        let photos = try kinora.photos(2)
        try Data().write(to: photos.appendingPathComponent("empty.jpg"))
        try Data("this is no picture".utf8).write(to: photos.appendingPathComponent("words.jpg"))
        let good = try Data(contentsOf: photos.appendingPathComponent("p1.jpg"))
        try good.prefix(good.count / 2).write(to: photos.appendingPathComponent("short.jpg"))
        let arguments = ["make", photos.path, "-o", "film.mp4", "--duration", "1"] + KinoraCommand.quick
        let answer = try kinora.run(arguments)
        #expect(answer.status == 0, "\(answer.errors)")
        for name in ["empty.jpg", "short.jpg"] { #expect(answer.errors.contains(name)) }
        #expect(FileManager.default.fileExists(atPath: kinora.path("film.mp4")))
        let strict = try kinora.run(arguments.map { $0 == "film.mp4" ? "strict.mp4" : $0 } + ["--strict"])
        #expect(strict.status == 1)
        #expect(!FileManager.default.fileExists(atPath: kinora.path("strict.mp4")))
    }

    @Test func nothingToMakeAFilmOfIsSaid() throws {
        try Data("hello".utf8).write(to: kinora.folder.appendingPathComponent("only.bin"))
        let answer = try kinora.run("make", "only.bin", "no-such-folder", "-o", "film.mp4")
        #expect(answer.status == 1)
        #expect(answer.errors.contains("no-such-folder"))
        #expect(!FileManager.default.fileExists(atPath: kinora.path("film.mp4")))
    }

    @Test func theOldFilmStaysWhenTheNewOneCannotBeWritten() throws {
        let photos = try kinora.photos(1)
        let answer = try kinora.run(
            ["make", photos.path, "-o", "no/such/folder/film.mp4", "--duration", "0.5"] + KinoraCommand.quick)
        #expect(answer.status == 1)
        #expect(answer.errors.contains("no/such/folder"))
    }

    @Test func anInputIsNeverOverwritten() throws {
        let clip = try TestMedia.ffmpeg(
            "own.mp4", ["-f", "lavfi", "-i", "testsrc2=s=320x180:d=1", "-pix_fmt", "yuv420p"])
        let own = kinora.folder.appendingPathComponent("own.mp4")
        try FileManager.default.copyItem(at: clip, to: own)
        let before = try Data(contentsOf: own)
        let answer = try kinora.run("make", "own.mp4", "-o", "own.mp4")
        #expect(answer.status == 2)
        #expect(try Data(contentsOf: own) == before)
    }

    @Test func resultsAreAlsoJSONLines() throws {
        let photos = try kinora.photos(2)
        let answer = try kinora.run(
            ["make", photos.path, "-o", "film.mp4", "--duration", "1", "--json"] + KinoraCommand.quick)
        #expect(answer.status == 0, "\(answer.errors)")
        let events = try answer.output.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(events.contains { $0["event"] as? String == "progress" })
        let film = try #require(events.last)
        #expect(film["event"] as? String == "film")
        #expect(film["path"] as? String == "film.mp4")
        #expect(film["frames"] as? Int == 30)
    }

    @Test func aDraftRendersToTheSameFilmAndGivesItsFrames() throws {
        let photos = try kinora.photos(3)
        let again = try kinora.run(
            ["make", photos.path, "-o", "film.mp4", "--draft-out", "draft.json", "--duration", "3"]
                + KinoraCommand.quick)
        #expect(again.status == 0, "\(again.errors)")
        let rendered = try kinora.run(
            "render", "draft.json", "-o", "again.mp4", "--x264-preset", "ultrafast", "--crf", "30")
        #expect(rendered.status == 0, "\(rendered.errors)")
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: kinora.path("film.mp4")))
                == Data(contentsOf: URL(fileURLWithPath: kinora.path("again.mp4"))))
        let frame = try kinora.run("frame", "draft.json", "1.5", "-o", "frame.png")
        #expect(frame.status == 0, "\(frame.errors)")
        #expect(try KinoraCommand.probe(kinora.path("frame.png"), "stream=codec_name,width,height") == "png,320,180")
    }

    @Test(arguments: [
        (["make"], "INPUT"), (["make", "x", "--fps", "900"], "--fps"),
        (["make", "x", "--presett", "tiktok"], "--preset"),
        (["render", "draft.json"], "--output"), (["nonsense"], "nonsense"), (["make", "x", "-o", "film.avi"], ".mp4"),
    ])
    func aWrongCommandLineIsExplained(arguments: [String], naming: String) throws {
        let answer = try kinora.run(arguments)
        #expect(answer.status == 2)
        #expect(answer.errors.contains(naming), "\(answer.errors)")
    }
}
