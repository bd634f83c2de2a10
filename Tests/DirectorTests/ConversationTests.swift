// SPDX-License-Identifier: GPL-3.0-or-later
import Conversing
import Director
import Foundation
import Testing

/// Conversations as people hold them, and the films they must lead to (`Conversations/README.md`).
struct ConversationTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Conversations")

    /// Files, and how many of their conversations must hold. Raise a number when the director learns.
    static let files: [(name: String, least: Int)] = [
        ("english", 1199), ("english-heldout", 103), ("chinese", 524), ("chinese-heldout", 80), ("spanish", 17),
        ("spanish-heldout", 8), ("japanese", 27), ("japanese-heldout", 7), ("french", 17), ("french-heldout", 8),
        ("hostile", 42), ("hostile-heldout", 9),
    ]

    /// `swift run conversations FILE…` names the ones that fail, and why.
    @Test(arguments: files)
    func conversationsLeadToTheFilmsThatWereMeant(_ file: (name: String, least: Int)) throws {
        let director = try Learned.director
        let cases = try ConversationCase.all(in: Self.folder.appendingPathComponent(file.name + ".jsonl"))
        #expect(!cases.isEmpty)
        var held = 0
        for conversation in cases {
            let run = try ConversationRun(conversation, with: director)
            if Expectations.problems(conversation, run).isEmpty { held += 1 }
        }
        #expect(held >= file.least, "\(file.name): \(held) of \(cases.count) hold, \(file.least) did before")
    }

    @Test func anyMessageLeavesASoundDraftAndAnAnswer() throws {
        let director = try Learned.director
        let cases = try ["english", "chinese", "japanese", "hostile"].flatMap {
            try ConversationCase.all(in: Self.folder.appendingPathComponent($0 + ".jsonl"))
        }
        var fuzz = MessageFuzz(seed: 11, director: director, cases: cases)
        let outcome = fuzz.run(1500)
        #expect(outcome.count == 1500)
        #expect(outcome.problems.isEmpty, "\(outcome.problems.prefix(5))")
        #expect(outcome.edits > 100)
    }
}
