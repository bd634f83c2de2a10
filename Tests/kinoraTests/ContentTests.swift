// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// What a file is, its content decides.
@Suite struct ContentTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    @Test(arguments: ["film.mov", "film.txt", "film.jpg", "film"])
    func aClipIsAClipByAnyName(name: String) throws {
        let clip = try TestMedia.ffmpeg(
            "clip.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=320x180:d=1", "-c:v", "libx264", "-preset", "ultrafast"])
        try FileManager.default.copyItem(at: clip, to: kinora.folder.appendingPathComponent(name))
        let answer = try kinora.run(["make", name, "-o", "out.mp4", "--duration", "0.4"] + KinoraCommand.quick)
        #expect(answer.status == 0, "\(answer.errors)")
        // The clip's own rate.
        #expect(try KinoraCommand.probe(kinora.path("out.mp4"), "stream=r_frame_rate,nb_frames") == "25/1,10")
        #expect(try kinora.run("probe", name).output.contains("video"))
    }

    @Test(arguments: ["photo.jpg", "photo.mp4", "photo.mp3"])
    func aPhotoIsAPhotoByAnyName(name: String) throws {
        let photo = try Chart.convert(try Chart.corners(width: 192, height: 128), [], to: "photo.png")
        try FileManager.default.copyItem(at: photo, to: kinora.folder.appendingPathComponent(name))
        let answer = try kinora.run(
            "make", name, "-o", "out.mp4", "--duration", "0.4", "--canvas", "192x128", "--motion", "none",
            "--x264-preset", "ultrafast", "--crf", "20")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try SeenPicture.first(of: kinora.path("out.mp4")).cornerNames == "rgbw")
    }

    @Test(arguments: ["words.mp4", "words.jpg", "words.MP3"])
    func aTextWithTheNameOfAFilmIsRefusedByName(name: String) throws {
        try Data("404: the page was not found\n".utf8).write(to: kinora.folder.appendingPathComponent(name))
        let photos = try kinora.photos(1)
        let arguments = ["make", photos.path, name, "-o", "out.mp4", "--duration", "0.4", "--draft-out", "draft.json"]
        let answer = try kinora.run(arguments + KinoraCommand.quick)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.errors.contains(name), "\(answer.errors)")
        #expect(!(try String(contentsOfFile: kinora.path("draft.json"), encoding: .utf8)).contains("404"))
        #expect(try kinora.run(arguments + KinoraCommand.quick + ["--strict"]).status == 1)
    }

    @Test func aScriptBecomesCaptions() throws {
        try Data("A day by the sea.\n".utf8).write(to: kinora.folder.appendingPathComponent("script.txt"))
        let photos = try kinora.photos(1)
        let answer = try kinora.run(
            ["make", photos.path, "script.txt", "-o", "out.mp4", "--duration", "2", "--draft-out", "draft.json"]
                + KinoraCommand.quick)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try String(contentsOfFile: kinora.path("draft.json"), encoding: .utf8).contains("A day by the sea"))
    }
}
