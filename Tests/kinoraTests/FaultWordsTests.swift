// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import FileStore
import Foundation
import JSON
import MediaIO
import MediaLibrary
import Renderer
import Sound
import TestMedia
import Testing
import Wording

@testable import kinora

/// What goes wrong is told in the person's language.
@Suite struct FaultWordsTests {
    /// Every code that has words of its own.
    private static let keys: [String] = {
        func names<Code: CaseIterable>(_ family: String, _ type: Code.Type) -> [String] {
            Code.allCases.map { "\(family) \($0)" }
        }
        return names("draft", DraftFault.self) + names("json", JSONError.Problem.self)
            + names("edit", AutoEditError.Code.self) + names("refusal", Refusal.Reason.self)
            + names("advice", Refusal.Advice.self) + names("passed over", TakenIn.PassedOver.Reason.self)
            + names("render", RenderError.Code.self) + names("file", FileError.Code.self)
            + names("media", MediaError.Code.self) + names("sound", SoundError.Code.self)
            + names("speech", SpeechError.Code.self)
    }()

    @Test(arguments: ["en", "zh"]) func noCodeIsWithoutWords(language: String) {
        let words = language == "en" ? FaultWords.english : FaultWords.chinese
        #expect(Self.keys.filter { words[$0] == nil } == [])
        #expect(Self.keys.count > 150)
    }

    @Test func theLanguagesSayTheSame() {
        func blanks(_ text: String) -> Set<String> { Set(text.matches(of: /\{[a-z]+/).map { String($0.0) }) }
        for key in Set(FaultWords.english.keys).union(FaultWords.chinese.keys).sorted() {
            let (english, chinese) = (FaultWords.english[key], FaultWords.chinese[key])
            #expect(english.map(blanks) == chinese.map(blanks), "\(key)")
            #expect(Words.english[key] == nil && Words.chinese[key] == nil, "\(key) stands twice")
        }
    }

    private static let segment = ##""id":"s","s":0,"d":1000,"mt":"color","color":"#FFFFFF""##

    /// Words in Chinese, no blank left open, and the field named.
    @Test(arguments: [
        (#"{"d":-1,"t":[]}"#, "d"), (#"{"d":"x","t":[]}"#, "d"), ("not json", "JSON"), (#"{"v":99}"#, "v"),
        (#"{"t":[{"id":"v","tt":5}]}"#, "t[0].tt"), (#"{"t":[{"tt":0}]}"#, "t[0].id"), (#"{"t":3}"#, "t"),
        ("{\"m\":{\"width\":7,\"background\":\"red\"}}", "m.width"),
        ("{\"d\":900,\"t\":[{\"id\":\"v\",\"tt\":0,\"sg\":[{\(segment)}]}]}", "d"),
        ("{\"t\":[{\"id\":\"v\",\"tt\":0,\"sg\":[{\(segment),\"fit\":\"odd\"}]}]}", "t[0].sg[0].fit"),
        (
            "{\"t\":[{\"id\":\"v\",\"tt\":0,\"sg\":[{\(segment),\"tr\":{\"type\":\"zz\",\"d\":9}}]}]}",
            "t[0].sg[0].tr.type"
        ),
        (
            #"{"t":[{"id":"v","tt":0,"sg":[{"id":"s","s":0,"d":9,"mt":"image","src":"A"}]}],"assets":{"A":{"path":"gone.jpg"}}}"#,
            "assets.A.path"
        ),
    ])
    func aWrongDraftIsToldInChinese(draft: String, field: String) throws {
        var kinora = try KinoraCommand()
        kinora.environment["KINORA_LANG"] = "zh"
        try Data(draft.utf8).write(to: kinora.folder.appendingPathComponent("draft.json"))
        let answer = try kinora.run("render", "draft.json", "-o", "film.mp4")
        #expect(answer.status == 1 && answer.errors.contains(field), "\(answer.errors)")
        try Self.isChinese(answer.errors)
    }

    @Test func refusedFilesAreToldInChinese() throws {
        var kinora = try KinoraCommand()
        kinora.environment["KINORA_LANG"] = "zh"
        try Data().write(to: kinora.folder.appendingPathComponent("empty.jpg"))
        try Data("8BPS and more".utf8).write(to: kinora.folder.appendingPathComponent("layers.psd"))
        try Data([1, 2, 3, 4]).write(to: kinora.folder.appendingPathComponent("odd.bin"))
        try Data("words".utf8).write(to: kinora.folder.appendingPathComponent("words.mp4"))
        let files = ["empty.jpg", "layers.psd", "odd.bin", "words.mp4", "gone.jpg", "*.gif"]
        for command in [["make"] + files, ["probe"] + files] {
            let answer = try kinora.run(command)
            #expect(answer.status == 1)
            for file in files { #expect(answer.errors.contains(file), "\(answer.errors)") }
            try Self.isChinese(answer.errors)
        }
        let nowhere = try kinora.run("make", "odd.bin", "-o", "no/such/folder/film.mp4")
        #expect(nowhere.status == 1)
        try Self.isChinese(nowhere.errors)
    }

    /// Each line of it, but for names and paths.
    private static func isChinese(_ text: String) throws {
        #expect(!text.contains(/\{[a-z]+\}/), "a blank was not filled in: \(text)")
        for line in text.split(separator: "\n") {
            #expect(line.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(line)")
            for word in [" is ", " not ", " the ", " must ", " of ", " it "] {
                #expect(!line.contains(word), "\(line)")
            }
        }
    }
}
