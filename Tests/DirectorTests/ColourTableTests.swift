// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import EditModel
import EditTime
import JSON
import Testing

/// A colour table among the files is used when it is named.
struct ColourTableTests {
    private static let photos = (1...3).map { index in
        MediaFacts(
            id: "m\(index)", name: "photo-\(index).jpg", kind: .image, format: "jpeg", contentHash: "\(index)",
            size: PixelSize(width: 4000, height: 3000))
    }
    private static let table = MediaFacts(
        id: "t1", name: "teal.cube", kind: .lut, format: "cube", contentHash: "t")
    private static let context = EditContext(media: photos + [table], seed: 1)

    private func film() throws -> Draft {
        try Draft().applying([OperationCall("create", ["music": "none"])], in: Self.context).draft
    }

    private func say(_ message: String, _ language: String, to draft: Draft) throws -> (draft: Draft, reply: String) {
        let conversation = Director.Conversation(draft: draft, context: Self.context, language: language)
        let answer = try Learned.director.respond(to: message, in: conversation)
        return (try draft.applying(answer.action.calls ?? [], in: Self.context).draft, answer.reply)
    }

    private func tables(_ draft: Draft) -> [String?] {
        draft.mainTrack?.segments.map { $0.picture?.grade.lut } ?? []
    }

    @Test(arguments: [
        ("en", "use teal.cube"), ("en", "apply teal.cube to all photos"), ("en", "grade it with teal.cube"),
        ("en", "use the teal.cube look"), ("zh-CN", "用 teal.cube 调色"), ("zh-CN", "用teal.cube"),
        ("zh-CN", "套用 teal.cube 滤镜"),
    ]) func isUsedWhenItIsNamed(language: String, message: String) throws {
        let (after, reply) = try say(message, language, to: film())
        #expect(tables(after) == ["t1", "t1", "t1"], "\(message): \(reply)")
        #expect(reply.contains("teal.cube"), "\(reply)")
        #expect(after.mainTrack?.segments.count == 3)
    }

    @Test func onePictureAloneMayHaveIt() throws {
        let (after, reply) = try say("use teal.cube on the second photo", "en", to: film())
        #expect(tables(after) == [nil, "t1", nil], "\(reply)")
    }

    @Test(arguments: [
        ("en", "remove teal.cube"), ("en", "don't use teal.cube"), ("en", "no filter please"),
        ("zh-CN", "去掉 teal.cube"),
    ]) func isTakenOffAgain(language: String, message: String) throws {
        let graded = try say("use teal.cube", "en", to: film()).draft
        let (after, reply) = try say(message, language, to: graded)
        #expect(tables(after) == [nil, nil, nil], "\(message): \(reply)")
    }

    @Test func aFilmIsMadeWithIt() throws {
        let (after, reply) = try say("make a film and use teal.cube", "en", to: Draft())
        #expect(tables(after) == ["t1", "t1", "t1"], "\(reply)")
    }

    @Test func oneThatIsNotThereIsSaid() throws {
        let before = try film()
        let (after, reply) = try say("use orange.cube", "en", to: before)
        #expect(after == before && reply.contains("orange.cube"), "\(reply)")
    }
}
