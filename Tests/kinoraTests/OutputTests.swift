// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// Where a film may go, what does not go together, and what is said before any work is done.
@Suite struct OutputTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    @Test(arguments: ["nowhere/film.mp4", "folder.mp4", "film.mp4/"])
    func aPlaceThatCannotBeWrittenIsSaidBeforeAnyWork(output: String) throws {
        let photos = try kinora.photos(1)
        try FileManager.default.createDirectory(
            atPath: kinora.path("folder.mp4"), withIntermediateDirectories: true)
        let answer = try kinora.run(["make", photos.path, "-o", output] + KinoraCommand.quick)
        #expect(answer.status == 1)
        #expect(answer.errors.contains(output), "\(answer.errors)")
        #expect(!FileManager.default.fileExists(atPath: kinora.path("cache")), "work was done")
    }

    @Test(arguments: [
        (["-o", "a.webm", "--codec", "h264"], ".webm"), (["-o", "a.mov", "--codec", "av1"], ".mov"),
        (["--codec", "av1", "--x264-preset", "fast"], "--x264-preset"), (["--crf", "60"], "--crf"),
    ])
    func whatDoesNotGoTogetherIsAWrongCommandLine(arguments: [String], naming: String) throws {
        let answer = try kinora.run(["make", "photos"] + arguments)
        #expect(answer.status == 2)
        #expect(answer.errors.contains(naming), "\(answer.errors)")
    }

    @Test func aWebmTakesACodecOfItsOwn() throws {
        let photos = try kinora.photos(1)
        let answer = try kinora.run("make", photos.path, "-o", "a.webm", "--canvas", "64x64", "--duration", "0.2")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try KinoraCommand.probe(kinora.path("a.webm"), "stream=codec_name") == "av1")
    }

    @Test func renderingNeverReplacesAFileOfTheDraft() throws {
        let clip = try TestMedia.ffmpeg(
            "clip.mp4", ["-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", "-pix_fmt", "yuv420p"])
        try FileManager.default.copyItem(atPath: clip.path, toPath: kinora.path("clip.mp4"))
        let before = try Data(contentsOf: clip)
        let made = try kinora.run(
            ["make", "clip.mp4", "-o", "film.mp4", "--draft-out", "draft.json"] + KinoraCommand.quick)
        #expect(made.status == 0, "\(made.errors)")
        #expect(try kinora.run("render", "draft.json", "-o", "clip.mp4").status == 2)
        #expect(try Data(contentsOf: URL(fileURLWithPath: kinora.path("clip.mp4"))) == before)
        #expect(try kinora.run("frame", "draft.json", "0", "-o", "frame.bmp").status == 2)
    }

    /// Nothing is ever kept in /proc, whoever asks.
    @Test(arguments: ["/proc/kinora-cache", "/dev/null/cache"])
    func aCacheThatCannotBeWrittenCostsTimeOnly(place: String) throws {
        var kinora = kinora
        kinora.environment["XDG_CACHE_HOME"] = place
        let photos = try kinora.photos(1)
        let answer = try kinora.run(["make", photos.path, "-o", "a.mp4", "--duration", "0.5"] + KinoraCommand.quick)
        #expect(answer.status == 0, "\(answer.errors)")
        for word in [place, "XDG_CACHE_HOME", "--no-cache"] { #expect(answer.errors.contains(word)) }
        #expect(try KinoraCommand.probe(kinora.path("a.mp4"), "stream=nb_frames") == "15")
        let quiet = try kinora.run(
            ["make", photos.path, "-o", "b.mp4", "--duration", "0.5", "--no-cache"] + KinoraCommand.quick)
        #expect(quiet.status == 0 && !quiet.errors.contains("XDG_CACHE_HOME"))
        #expect(try kinora.run("probe", photos.path + "/p1.jpg").status == 0)
    }

    @Test func aWrongCacheLimitIsNamed() throws {
        var kinora = kinora
        kinora.environment["KINORA_CACHE_LIMIT"] = "plenty"
        let answer = try kinora.run("cache")
        #expect(answer.status == 2)
        #expect(answer.errors.contains("KINORA_CACHE_LIMIT") && answer.errors.contains("plenty"))
    }
}
