// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Foundation
import HandOver
import Testing

@testable import kinora

/// What `kinora hand-over` says, in each language.
@Suite struct HandOverWordsTests {
    @Test(arguments: Language.allCases) func everythingThatMayBeLostHasWords(language: Language) {
        let words = kinoraProgram.catalogue(language)
        let own = (language == .english ? HandOverWords.english : HandOverWords.chinese).words
        let keys =
            FilmTrait.allCases.map { "handed trait \($0.rawValue)" }
            + OTIOLoss.Kind.allCases.map { "handed back \($0.rawValue)" }
            + Carriage.allCases.filter { $0 != .whole }.map { "handed \($0.rawValue)" }
        #expect(keys.count > 20)
        for key in keys {
            #expect(own[key] != nil, "\(key)")
            let text = words.text(key, ["what": "x", "names": "x", "count": "2"])
            #expect(text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } == (language == .chinese))
            #expect(!text.contains("{"), "\(text)")
        }
    }

    /// Why a file cannot be read back: in the person's language, and nothing is written.
    @Test(arguments: [
        "{", #"{"OTIO_SCHEMA":"Clip.2"}"#, #"{"OTIO_SCHEMA":"Timeline.7","tracks":{}}"#,
        #"{"OTIO_SCHEMA":"Timeline.1","tracks":{}}"#,
        #"{"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","children":[]}}"#,
    ])
    func noFaultOfAFileIsWithoutWords(text: String) throws {
        for language in Language.allCases {
            var kinora = try KinoraCommand()
            kinora.environment["KINORA_LANG"] = language == .chinese ? "zh" : "en"
            try Data(text.utf8).write(to: kinora.folder.appendingPathComponent("film.otio"))
            let answer = try kinora.run("hand-over", "film.otio", "--to", "draft", "-o", "draft.json")
            #expect(answer.status == 1 && answer.errors.contains("film.otio"), "\(answer.errors)")
            #expect(!answer.errors.contains(/\{[a-z]+\}|otio [a-z]+[A-Z]/), "\(answer.errors)")
            let isChinese = answer.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(isChinese == (language == .chinese), "\(answer.errors)")
            #expect(!FileManager.default.fileExists(atPath: kinora.path("draft.json")))
        }
    }

    @Test func theLanguagesSayTheSame() {
        func blanks(_ text: String) -> Set<String> { Set(text.matches(of: /\{[a-z]+/).map { String($0.0) }) }
        let (english, chinese) = (HandOverWords.english.words, HandOverWords.chinese.words)
        for key in Set(english.keys).union(chinese.keys).sorted() {
            #expect(english[key].map(blanks) == chinese[key].map(blanks), "\(key)")
            #expect(Words.english[key] == nil && Words.chinese[key] == nil, "\(key) stands twice")
        }
    }
}
