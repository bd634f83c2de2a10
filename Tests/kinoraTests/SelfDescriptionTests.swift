// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Foundation
import TestMedia
import Testing

@testable import kinora

/// What the program says of itself: help, completions, the manual page, in each language.
@Suite struct SelfDescriptionTests {
    static let commands = [
        "make", "render", "frame", "hand-over", "probe", "cache", "doctor", "demo", "compose", "beats", "say", "remote",
        "skill",
    ]

    @Test func theDeclarationsHaveNoFaults() { #expect(kinoraProgram.faults == []) }

    @Test(arguments: Language.allCases)
    func noWordIsMissing(language: Language) { #expect(kinoraProgram.missingWords(in: language) == []) }

    /// Every text of one language is there in the other, with the same blanks to fill in.
    @Test func theLanguagesSayTheSame() {
        func blanks(_ text: String) -> [String] { text.matches(of: /\{[a-z]+\}/).map { String($0.0) }.sorted() }
        for key in Set(Words.english.keys).union(Words.chinese.keys).sorted() {
            let (english, chinese) = (Words.english[key], Words.chinese[key])
            #expect(english.map(blanks) == chinese.map(blanks), "\(key)")
        }
    }

    @Test(arguments: commands, ["en", "zh"])
    func helpIsPrinted(command: String, language: String) throws {
        var kinora = try KinoraCommand()
        kinora.environment["KINORA_LANG"] = language
        let help = try kinora.run("help", command)
        #expect(help.status == 0)
        #expect(help.output == (try kinora.run(command, "--help")).output)
        #expect(help.output.contains("kinora \(command)"))
        #expect(help.output.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } == (language == "zh"))
        #expect(!help.output.contains("{"), "a blank was not filled in: \(help.output)")
        for key in Words.english.keys where key.hasPrefix("\(command) ") || key.hasPrefix("heading ") {
            let isCommandLine = help.output.contains("kinora \(key)")
            #expect(isCommandLine || !help.output.contains(key), "a key instead of its words: \(key)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsAreRead(shell: String) throws {
        let kinora = try KinoraCommand()
        let script = try kinora.run("completions", shell)
        #expect(script.status == 0)
        for command in Self.commands { #expect(script.output.contains(command)) }
        let file = kinora.path("completions")
        try Data(script.output.utf8).write(to: URL(fileURLWithPath: file))
        let answer = try TestMedia.answer(shell, ["-n", file])
        #expect(answer.status == 0, "\(answer.errors)")
    }

    @Test func theManualIsAPage() throws {
        let kinora = try KinoraCommand()
        let page = try kinora.run("manual")
        #expect(page.status == 0)
        let file = kinora.path("kinora.1")
        try Data(page.output.utf8).write(to: URL(fileURLWithPath: file))
        let lint = try TestMedia.answer("mandoc", ["-Tlint", "-Werror", file])
        #expect(lint.status == 0, "\(lint.output) \(lint.errors)")
        // Bold is a letter struck twice.
        let text = try TestMedia.run("mandoc", ["-Tutf8", file]).replacing(/.\u{8}/, with: "")
        for command in Self.commands { #expect(text.contains("kinora \(command)")) }
    }
}
