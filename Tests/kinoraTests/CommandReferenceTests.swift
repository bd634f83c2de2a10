// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Foundation
import Testing

@testable import kinora

/// The command's reference page.
@Suite struct CommandReferenceTests {
    /// `docs/command.md` is made of the declarations. After a change, write it anew: KINORA_WRITE_REFERENCE=1 swift test
    /// --filter CommandReferenceTests
    @Test func thePageIsInStep() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appending(path: "docs/command.md")
        let text = kinoraProgram.reference(in: .english)
        if ProcessInfo.processInfo.environment["KINORA_WRITE_REFERENCE"] != nil {
            try text.write(to: page, atomically: true, encoding: .utf8)
            Issue.record("docs/command.md was written anew: look at it and run the tests again")
        }
        let there = try String(contentsOf: page, encoding: .utf8)
        #expect(there == text, "docs/command.md is not what the declarations say; see above how to write it")
    }

    @Test(arguments: Language.allCases) func everyCommandIsThereWithWords(language: Language) {
        let text = kinoraProgram.reference(in: language)
        for command in kinoraProgram.root.subcommands where !command.isHidden {
            #expect(text.contains("\n## kinora \(command.name)"), "\(command.name)")
        }
        // Code may have braces; words have none once their blanks are filled.
        #expect(!text.contains(/\{[a-z]+[}|]/), "a blank was not filled in")
        #expect(text.contains(language == .chinese ? "退出码" : "Exit codes"))
    }
}
