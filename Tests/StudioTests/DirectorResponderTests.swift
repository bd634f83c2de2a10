// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import EditModel
import EditTime
import Foundation
import TestMedia
import Testing

@testable import Studio

@Suite("The director at work on a project")
struct DirectorResponderTests {
    /// A project with three photos, and what came of each message said into it.
    private func turns(_ messages: [String], language: String = "en") async throws -> (Project, [ConversationTurn]) {
        let responder = DirectorResponder(try Director(), threads: WorkThreads("turns", atOnce: 1))
        let studio = try Workplace().studio(responder)
        let id = try await studio.createProject(named: "p", language: language, for: .localOwner).id
        _ = try await studio.takeIn(
            [
                ("beach.jpg", SampleFile.photo("beach.jpg", color: "orange")),
                ("hotel.jpg", SampleFile.photo("hotel.jpg", color: "teal")),
                ("market.jpg", SampleFile.photo("market.jpg", color: "brown")),
            ], into: id)
        var turns: [ConversationTurn] = []
        for message in messages { turns.append(try await studio.say(message, in: id, of: .localOwner).done.turn) }
        return (try await studio.project(id, of: .localOwner), turns)
    }

    @Test("A wish becomes a film of the project's media, as one revision with its words in the log")
    func film() async throws {
        let (project, turns) = try await turns(["make a 9 second video"])
        #expect(project.draft.duration.milliseconds == 9000)
        #expect(project.draft.mainTrack?.segments.compactMap(\.picture?.assetID) == project.media.map(\.id))
        #expect(project.revision == 1 && turns[0].revisionAfter == 1)
        #expect(project.history.log.map(\.words) == ["make a 9 second video"])
        #expect(!turns[0].answer.isEmpty)
    }

    @Test("Undo leads back to the draft before, redo to the one after")
    func undo() async throws {
        let (project, turns) = try await turns(["make a 9 second video", "make it 12 seconds", "undo"])
        #expect(project.draft.duration.milliseconds == 9000)
        #expect(turns.map(\.revisionAfter) == [1, 2, 1])
        let (again, _) = try await self.turns(["make a 9 second video", "make it 12 seconds", "undo", "redo"])
        #expect(again.draft.duration.milliseconds == 12000)
    }

    @Test(
        "A step that leads nowhere and a question are answered, and change nothing",
        arguments: ["undo", "redo", "what can you do?"])
    func nothing(_ message: String) async throws {
        let (project, turns) = try await turns([message])
        #expect(!turns[0].answer.isEmpty)
        #expect(project.revision == 0 && project.draft.tracks.isEmpty)
    }

    @Test("The answer comes in the language that was spoken")
    func chinese() async throws {
        let (project, turns) = try await turns(["做一个九秒的视频"], language: "zh-CN")
        #expect(project.draft.duration.milliseconds == 9000)
        #expect(turns[0].answer.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }
}
