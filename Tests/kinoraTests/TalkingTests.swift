// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// A film by one sentence, and by a conversation in the terminal.
@Suite struct TalkingTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    @Test func oneSentenceIsTheWholeEdit() throws {
        let photos = try kinora.photos(3)
        let made = try kinora.run(
            "make", photos.path, "--say", "a 2 second square video, black and white, no transitions", "-o",
            kinora.path("said.mp4"), "--draft-out", kinora.path("said.json"), "--quality", "draft")
        #expect(made.status == 0, "\(made.errors)")
        #expect(try KinoraCommand.probe(kinora.path("said.mp4"), "stream=width,height") == "1080,1080")
        #expect(try KinoraCommand.probe(kinora.path("said.mp4"), "stream=nb_frames") == "60")
        let draft = try String(contentsOfFile: kinora.path("said.json"), encoding: .utf8)
        #expect(draft.contains("black-and-white") && !draft.contains("crossfade"))
        // What came of it is said.
        #expect(made.errors.contains("1080×1080"))
    }

    @Test func optionsGoOverTheSentence() throws {
        let photos = try kinora.photos(2)
        let made = try kinora.run(
            "make", photos.path, "--say", "ten seconds, vertical", "--duration", "1.5", "--aspect", "square", "-o",
            kinora.path("over.mp4"), "--quality", "draft")
        #expect(made.status == 0, "\(made.errors)")
        #expect(try KinoraCommand.probe(kinora.path("over.mp4"), "stream=nb_frames") == "45")
        #expect(try KinoraCommand.probe(kinora.path("over.mp4"), "stream=width,height") == "1080,1080")
        // What is told is the film that is made, as a plan: it is not there yet.
        #expect(made.errors.contains("The plan: 1.5 s") && made.errors.contains("1080×1080"))
        #expect(!made.errors.contains("ready") && !made.errors.contains("Next you could say"))
    }

    @Test func filmAndDraftNeedNamesOfTheirOwn() throws {
        let photos = try kinora.photos(1)
        let film = kinora.path("both.mp4")
        let made = try kinora.run("make", photos.path, "-o", film, "--draft-out", film)
        #expect(made.status == 2 && made.errors.contains("--draft-out"))
        #expect(!FileManager.default.fileExists(atPath: film))
    }

    @Test func aSentenceThatAsksForNoFilmMakesNoneAndIsAnswered() throws {
        let photos = try kinora.photos(1)
        let made = try kinora.run(
            "make", photos.path, "--say", "what transitions can you do?", "-o", kinora.path("no.mp4"))
        #expect(made.status != 0)
        #expect(made.errors.contains("crossfade"))
        #expect(!FileManager.default.fileExists(atPath: kinora.path("no.mp4")))
    }

    @Test func aConversationIsKeptBetweenRunsAndExported() throws {
        let photos = try kinora.photos(3)
        let first = try kinora.run(
            ["chat", photos.path, "--data", kinora.path("data")],
            typing: ["make a 3 second video", "swap the first two", "/nothing", "/quit", "make it ten seconds"])
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("3 s") && first.output.contains("/nothing"))
        // The timeline is drawn in the order that the film has now.
        let rows = first.output.split(separator: "\n").filter { $0.contains("▕") }
        let order = ["p1", "p2", "p3"].compactMap { name in rows.last?.firstRange(of: name)?.lowerBound }
        try #require(order.count == 3, "\(first.output)")
        #expect(order[1] < order[0])
        #expect(order[0] < order[2])
        let second = try kinora.run(
            ["chat", "--data", kinora.path("data"), "--quality", "draft"],
            typing: ["how long is it?", "/undo", "/export \(kinora.path("talked.mp4"))"])
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.output.contains("3 s"))
        #expect(try KinoraCommand.probe(kinora.path("talked.mp4"), "stream=nb_frames") == "90")
        let third = try kinora.run(["chat", "--new", "--data", kinora.path("data")], typing: ["/export"])
        #expect(third.status == 0)
        #expect(third.output.contains("no film"))
    }

    @Test func musicAskedForInWordsIsComposedAndHeard() throws {
        let photos = try kinora.photos(2)
        let made = try kinora.run(
            "make", photos.path, "--say", "2 seconds with lo-fi music", "-o", kinora.path("tune.mp4"), "--quality",
            "draft")
        #expect(made.status == 0, "\(made.errors)")
        #expect(!made.errors.contains("cannot be made yet"))
        #expect(try KinoraCommand.probe(kinora.path("tune.mp4"), "stream=nb_frames").contains("60"))
        let heard = try TestMedia.answer(
            "ffmpeg", ["-nostdin", "-i", kinora.path("tune.mp4"), "-af", "volumedetect", "-f", "null", "-"])
        let level = heard.errors.split(separator: "mean_volume: ").last.flatMap { Double($0.prefix { $0 != " " }) }
        #expect(level.map { $0 > -35 } == true, "\(heard.errors)")
    }

    @Test func chineseIsAnsweredInChinese() throws {
        let photos = try kinora.photos(2)
        let answer = try kinora.run(
            ["chat", photos.path, "--data", kinora.path("data")], typing: ["做个3秒的竖屏视频", "谢谢"])
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains("1080×1920") && answer.output.contains("3 秒"))
    }
}
