// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// The example program, built and run.
@Suite struct ExampleTests {
    @Test func thePostcardIsMadeOfPhotosMusicAndASentence() throws {
        let folder = try TestMedia.scratchFolder()
        let photos = try [0, 90].map {
            try TestMedia.ffmpeg(
                "card\($0).jpg",
                ["-f", "lavfi", "-i", "testsrc2=s=160x120,hue=h=\($0)", "-frames:v", "1", "-update", "1"]
            ).path
        }
        let song = try TestMedia.ffmpeg("card.wav", ["-f", "lavfi", "-i", "sine=f=330:d=8"]).path
        let film = folder.appendingPathComponent("card.mp4").path
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let program = URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("postcard").path
        let cache = "XDG_CACHE_HOME=\(folder.appendingPathComponent("cache").path)"
        let answer = try TestMedia.answer(
            "env", [cache, program, film, "a 4 second film, 320x180, 10 fps", "Greetings!"] + photos + [song])
        #expect(answer.status == 0, "\(answer.output) \(answer.errors)")
        #expect(answer.output.contains("100 %") && answer.output.contains("frames in"))
        let length = try TestMedia.run(
            "ffprobe", ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", film])
        #expect(abs((Double(length.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) - 4) < 0.2, "\(length)")
        let draft = try String(contentsOfFile: "\(film).json", encoding: .utf8)
        #expect(draft.contains("Greetings!"))
    }

    @Test func thePageShowsTheExampleAsItIs() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/library.md"), encoding: .utf8)
        let example = try String(contentsOf: root.appending(path: "Examples/Postcard/Postcard.swift"), encoding: .utf8)
        let code = example.drop { $0 != "\n" }.dropFirst()
        #expect(page.contains("```swift\n\(code)```"), "docs/library.md does not show Examples/Postcard as it is")
    }
}
