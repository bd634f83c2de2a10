// SPDX-License-Identifier: GPL-3.0-or-later
import AgentSkills
import Foundation
import JSON
import TestMedia
import Testing

@testable import kinora

/// What the skills promise, from files on the disk to a checked film, by the commands on their own pages and a real server.
@Suite(.serialized) struct SkillStepsTests {
    /// The example of a skill: what it is to be called with, and what has to come of it.
    struct Promise: Sendable, CustomTestStringConvertible {
        var skill: String
        var sentence: String
        var pictures: Int
        /// Of the film; nil: as long as it gets.
        var seconds: Double?
        /// Of the draft, at full size.
        var canvas = [1920, 1080]
        var hasSound = true
        var testDescription: String { skill }
    }

    static let promises = [
        Promise(
            skill: "photo-to-video-with-music",
            sentence: "turn ten vacation photos and an MP3 song into a 1080p MP4", pictures: 10),
        Promise(
            skill: "photo-to-video-ai-online",
            sentence: "turn these photos into a slideshow video with smooth transitions", pictures: 4, hasSound: false),
        Promise(
            skill: "image-to-video-download", sentence: "convert five product photos in JPG format into a 1080p MP4",
            pictures: 5, hasSound: false),
        Promise(
            skill: "image-to-video-tiktok",
            sentence: "turn my photos into a 15-second TikTok video with transitions and music", pictures: 3,
            seconds: 15,
            canvas: [1080, 1920]),
        Promise(
            skill: "ai-video-creation",
            sentence: "turn these images and script into a 30-second promo video with music and transitions",
            pictures: 4,
            seconds: 30),
    ]

    /// One server for all of them; it ends with the tests.
    private static let studio = Result {
        let studio = try RunningStudio(try KinoraCommand())
        studio.stopAtExit()
        return studio
    }

    /// A folder with all that the pages speak of, and a server to talk to.
    private static func surroundings(_ pictures: Int) throws -> KinoraCommand {
        var kinora = try KinoraCommand()
        kinora.environment["HOME"] = kinora.path("home")
        kinora.environment["KINORA_LANG"] = "en"
        for name in ["NEMO_TOKEN", "NEMO_CLIENT_ID", "XDG_CONFIG_HOME"] { kinora.environment[name] = "" }
        // Agents live behind proxies; this machine is never asked for through one.
        kinora.environment["http_proxy"] = "http://127.0.0.1:1"
        let photos = try kinora.photos(pictures, size: "320x240")
        let song = try TestMedia.ffmpeg("song.mp3", ["-f", "lavfi", "-i", "sine=f=330:d=12", "-b:a", "96k"])
        let manager = FileManager.default
        for name in ["images", "products", "beach", "lamp"] {
            try manager.copyItem(at: photos, to: kinora.folder.appendingPathComponent(name))
        }
        try manager.copyItem(at: song, to: kinora.folder.appendingPathComponent("song.mp3"))
        let files = ["a", "b", "one", "two", "three"] + (1...5).map { "product\($0)" }
        for (index, name) in files.enumerated() {
            try manager.copyItem(
                at: photos.appendingPathComponent("p\(index % pictures + 1).jpg"),
                to: kinora.folder.appendingPathComponent("\(name).jpg"))
        }
        for number in 1...pictures where number <= 5 {
            try manager.moveItem(
                atPath: kinora.path("products/p\(number).jpg"), toPath: kinora.path("products/product\(number).jpg"))
        }
        let script = "Meet Lumen. The lamp that knows the hour.\nWarm in the evening. Order at lumen.example.\n"
        for name in ["script.txt", "lamp.txt"] {
            try script.write(toFile: kinora.path(name), atomically: true, encoding: .utf8)
        }
        kinora.environment["NEMO_API_URL"] = try studio.get().url
        return kinora
    }

    /// Runs a page's command lines as they stand; exports small and quick. The films that came of them.
    private func run(_ lines: [String], with kinora: KinoraCommand, small: [String] = SkillStepsTests.small) throws
        -> [String]
    {
        var films: [String] = []
        for line in lines {
            var words = Array(SkillPage.words(of: line).dropFirst())
            let isFilm = words.prefix(2) == ["remote", "export"] || words.prefix(2) == ["remote", "make"]
            if isFilm {
                for pair in stride(from: 0, to: small.count, by: 2) where !words.contains(small[pair]) {
                    words += small[pair..<pair + 2]
                }
            }
            let answer = try kinora.run(words)
            #expect(answer.status == 0, "\(line): \(answer.errors)")
            #expect(
                !answer.output.contains("isn't in the film") && !answer.output.contains("Nothing changed"),
                "\(line): \(answer.output)")
            #expect(!answer.output.contains("nmv_") && !answer.output.contains("{\""), "\(line): \(answer.output)")
            if isFilm { films.append(answer.lastLine) }
        }
        return films
    }

    private static let small = ["--quality", "draft", "--resolution", "120p", "--fps", "10"]

    private func check(_ film: String, seconds: Double? = nil, hasSound: Bool? = nil) throws {
        #expect(FileManager.default.fileExists(atPath: film), "\(film)")
        let length = try #require(Double(try KinoraCommand.probe(film, "format=duration")))
        if let seconds { #expect(abs(length - seconds) < 0.11, "\(film): \(length) s") } else { #expect(length > 2) }
        // Every frame can be decoded.
        let decoded = try TestMedia.answer("ffmpeg", ["-v", "error", "-nostdin", "-i", film, "-f", "null", "-"])
        #expect(decoded.status == 0 && decoded.errors.isEmpty, "\(film): \(decoded.errors)")
        if let hasSound {
            #expect(try !KinoraCommand.probe(film, "stream=codec_name", stream: "a").isEmpty == hasSound)
        }
    }

    @Test(arguments: promises) func aSkillKeepsItsPromise(promise: Promise) throws {
        let page = try #require(SkillPage.all.first { $0.skill.name == promise.skill })
        let kinora = try Self.surroundings(promise.pictures)
        let steps =
            SkillPage.blocks(of: page.section("Set-up")).flatMap(\.self)
            + (SkillPage.blocks(of: page.section("From ")).first ?? [])
        #expect(steps.contains { $0.contains("say \"\(promise.sentence)\"") }, "the example is the skill's own")
        let films = try run(steps, with: kinora)
        #expect(films.count == 1)
        try check(try #require(films.first), seconds: promise.seconds, hasSound: promise.hasSound)
        let status = try JSONValue(parsing: try kinora.run("remote", "status", "--json").output)
        #expect([status["width"], status["height"]] == promise.canvas.map { .integer(Int64($0)) })
        let pictures = try #require(status["timeline"]?.string).matches(of: /\.jpg \(|and \d+ more/).count
        #expect(pictures >= min(promise.pictures, 6), "every picture is in it")
        let side = try KinoraCommand.probe(try #require(films.first), "stream=width,height").split(separator: ",")
        #expect(side.compactMap { Int($0) }.min() == 120)
    }

    @Test func batchAndIterativeWorkAsThePagesSay() throws {
        let page = try #require(SkillPage.all.first { $0.skill.name == "photo-to-video-ai-online" })
        let kinora = try Self.surroundings(3)
        let ways = SkillPage.blocks(of: page.section("Ways to work"))
        #expect(ways.count == 2)
        let setup = SkillPage.blocks(of: page.section("Set-up")).flatMap(\.self)
        let batch = try run(setup + ways[0], with: kinora)
        #expect(batch.map { ($0 as NSString).lastPathComponent } == ["a.mp4", "b.mp4"])
        for film in batch { try check(film, seconds: 5) }
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: batch[0])) != Data(contentsOf: URL(fileURLWithPath: batch[1])))
        let films = try run(setup + ["kinora remote upload photos/"] + ways[1], with: kinora)
        #expect(films.count == 2)
        let lengths = try films.map { try #require(Double(try KinoraCommand.probe($0, "format=duration"))) }
        #expect(lengths[1] > lengths[0], "slower is longer")
        for film in films { try check(film) }
    }

    @Test func allInOneStepMakesAFilm() throws {
        let kinora = try Self.surroundings(2)
        let film = kinora.path("trip.mp4")
        let answer = try kinora.run(
            ["remote", "make", "photos", "--say", "3 seconds, no transitions", "-o", film] + Self.small)
        #expect(answer.status == 0 && answer.lastLine == film, "\(answer.errors)")
        try check(film, seconds: 3)
        let chinese = try kinora.run(
            ["remote", "make", "photos", "--say", "做个2秒的竖屏视频", "-o", kinora.path("zh.mp4"), "--json"] + Self.small)
        #expect(chinese.status == 0 && chinese.lastLine.contains("\"event\":\"film\""), "\(chinese.output)")
        try check(kinora.path("zh.mp4"), seconds: 2)
    }

    /// Every block of every page, at its own size.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["KINORA_TEST_ALL"] != nil),
        arguments: SkillPage.all.map(\.skill.name))
    func everyCommandOfAPageDoesWhatItSays(name: String) throws {
        let page = try #require(SkillPage.all.first { $0.skill.name == name })
        let kinora = try Self.surroundings(10)
        let setup = SkillPage.blocks(of: page.section("Set-up")).flatMap(\.self)
        for block in SkillPage.blocks(of: page.section("From ")) {
            let begins = block.contains { $0.contains("remote upload") || $0.contains("remote make") }
            for film in try run((begins ? setup : []) + block, with: kinora, small: ["--quality", "draft"]) {
                try check(film)
            }
        }
        for block in SkillPage.blocks(of: page.section("Ways to work")) {
            let isFresh = block.contains { $0.contains("remote setup") || $0.contains("remote upload") }
            let files = isFresh ? [] : ["kinora remote upload photos/ song.mp3 script.txt"]
            for film in try run(setup + files + block, with: kinora) { try check(film) }
        }
    }
}
