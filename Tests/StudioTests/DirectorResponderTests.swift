// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import EditModel
import EditTime
import Foundation
import KinoraKit
import Synchronization
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

    // MARK: Pictures that a model draws

    /// A project with one photo in a film, and what came of asking for a picture that is drawn so.
    private func drawn(
        _ message: String = "add a picture of a red lighthouse", language: String = "en",
        _ drawing: @escaping PictureIntake.Drawing
    ) async throws -> (project: Project, answer: String, asked: [String]) {
        let workplace = try Workplace()
        let asked = Mutex<[String]>([])
        let kit = try FilmKit(cache: FilmKit.throwawayCache(), jobs: 2)
        let deciding = try Director()
        let studio = try workplace.studio { stores in
            DirectorResponder(
                deciding, threads: WorkThreads("turns", atOnce: 1),
                pictures: PictureIntake(
                    stores, examiner: KitExaminer(kit, threads: WorkThreads("examine", atOnce: 1))
                ) { description in
                    asked.withLock { $0.append(description) }
                    return try await drawing(description)
                })
        }
        let id = try await studio.createProject(named: "p", language: language, for: .localOwner).id
        _ = try await studio.takeIn(
            [("beach.jpg", SampleFile.photo("beach.jpg", color: "orange"))], into: id)
        _ = try await studio.say("make a 9 second video", in: id, of: .localOwner).done
        let turn = try await studio.say(message, in: id, of: .localOwner).done.turn
        return (try await studio.project(id, of: .localOwner), turn.answer, asked.withLock { $0 })
    }

    @Test("A picture that a model draws comes into the media and the film, and undo takes it out of the film")
    func pictureOfAModel() async throws {
        let photo = try SampleFile.photo("lighthouse.png", color: "red")
        let (project, answer, asked) = try await drawn { _ in photo }
        #expect(asked == ["red lighthouse"] || asked == ["a red lighthouse"])
        #expect(project.media.count == 2 && project.media[1].name.contains("lighthouse"))
        #expect(project.draft.mainTrack?.segments.compactMap(\.picture?.assetID) == project.media.map(\.id))
        #expect(answer.contains("lighthouse"))
    }

    @Test("What is no picture, and a model that fails, change nothing and are told", arguments: ["en", "zh-CN"])
    func pictureThatIsNone(_ language: String) async throws {
        let message = language == "en" ? "add a picture of a red lighthouse" : "加一张红色灯塔的图"
        let (project, answer, asked) = try await drawn(message, language: language) { _ in Array("<html>".utf8) }
        #expect(asked.count == 1)
        #expect(project.media.count == 1 && project.revision == 1)
        #expect(answer.contains(language == "en" ? "no picture I can use" : "不是能用的图片"))
        let (same, slow, _) = try await drawn(message, language: language) { _ in
            throw PictureIntake.Failure(reason: "slow")
        }
        #expect(same.revision == 1 && slow.contains(language == "en" ? "too long" : "太久"))
    }

    @Test("Without a picture model the answer says what would help")
    func noPictureModel() async throws {
        let (project, turns) = try await turns(["make a 9 second video", "add a picture of a red lighthouse"])
        #expect(project.revision == 1)
        #expect(turns[1].answer.contains("KINORA_IMAGES_URL"))
    }
}
