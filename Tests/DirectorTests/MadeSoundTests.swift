// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import EditModel
import EditTime
import JSON
import Testing

/// Sounds that were made for the film are changed in words: the tune, its tempo, whose voice reads and how fast, captions of it.
struct MadeSoundTests {
    private static let photos = (1...4).map { index in
        MediaFacts(
            id: "m\(index)", name: "photo-\(index).jpg", kind: .image, format: "jpeg", contentHash: "\(index)",
            size: PixelSize(width: 4000, height: 3000))
    }
    private static let context = EditContext(media: photos, seed: 1)
    private static let lines = ["The sea was calm that morning.", "We walked along the shore."]

    /// Twenty seconds with composed music and two sentences read aloud.
    private func film() throws -> Draft {
        try Draft().applying(
            [
                OperationCall("create", ["length": 20_000, "music": "compose", "musicStyle": "lofi"]),
                OperationCall("voice-over", ["text": .string(Self.lines.joined(separator: " "))]),
            ], in: Self.context
        ).draft
    }

    private func say(_ message: String, _ language: String, to draft: Draft) throws -> (draft: Draft, reply: String) {
        let conversation = Director.Conversation(draft: draft, context: Self.context, language: language)
        let answer = try Learned.director.respond(to: message, in: conversation)
        return (try draft.applying(answer.action.calls ?? [], in: Self.context).draft, answer.reply)
    }

    private func recipes(_ role: SoundContent.Role, _ draft: Draft) -> [[String: JSONValue]] {
        draft.tracks.flatMap(\.segments).compactMap { segment in
            guard let sound = segment.sound, sound.role == role, case .generated(let recipe) = sound.source else {
                return nil
            }
            return recipe
        }
    }

    @Test(arguments: [
        ("en", "the same music but slower", false), ("en", "make the music slower", false),
        ("en", "the music is too fast", false), ("en", "faster music please", true), ("zh-CN", "音乐慢一点", false),
        ("zh-CN", "音乐快一点", true),
    ]) func theTempoOfComposedMusicIsItsOwn(language: String, message: String, isQuicker: Bool) throws {
        let before = try film()
        let (after, reply) = try say(message, language, to: before)
        let (was, becomes) = (try #require(recipes(.music, before).first), try #require(recipes(.music, after).first))
        let (old, new) = (try #require(was["bpm"]?.number), try #require(becomes["bpm"]?.number))
        #expect(isQuicker ? new > old * 1.05 : new < old * 0.95, "\(message): \(new) of \(old), \(reply)")
        #expect(was["seed"] == becomes["seed"] && was["style"] == becomes["style"])
        #expect(after.duration == before.duration, "\(message): \(reply)")
    }

    @Test(arguments: [("en", "another one"), ("en", "another song"), ("zh-CN", "换一首")])
    func anotherTuneIsAnotherPiece(language: String, message: String) throws {
        let before = try film()
        let (after, reply) = try say(message, language, to: before)
        #expect(recipes(.music, after).first?["seed"] != recipes(.music, before).first?["seed"], "\(message): \(reply)")
        #expect(recipes(.music, after).first?["style"] == "lofi")
    }

    @Test(arguments: [
        ("en", "a male voice please", "male"), ("en", "use a female narrator", "female"), ("zh-CN", "换成男声", "male"),
        ("zh-CN", "用女声", "female"),
    ]) func somebodyElseReads(language: String, message: String, voice: String) throws {
        let (after, reply) = try say(message, language, to: film())
        #expect(recipes(.voice, after).map { $0["voice"]?.string } == [voice, voice], "\(message): \(reply)")
        #expect(recipes(.voice, after).map { $0["text"]?.string } == Self.lines)
    }

    @Test(arguments: [
        ("en", "read it slower", false), ("en", "the voice should be faster", true), ("zh-CN", "旁白慢一点", false),
    ]) func theVoiceReadsAtAnotherPace(language: String, message: String, isQuicker: Bool) throws {
        let before = try film()
        let (after, reply) = try say(message, language, to: before)
        for recipe in recipes(.voice, after) {
            let rate = try #require(recipe["rate"]?.number, "\(message): \(reply)")
            #expect(isQuicker ? rate > 1.05 : rate < 0.95)
        }
        #expect(recipes(.voice, after).map { $0["text"]?.string } == Self.lines)
        #expect(after.duration == before.duration, "\(reply)")
    }

    @Test(arguments: [
        ("en", "add captions"), ("en", "add subtitles"), ("en", "captions that follow the voice"),
        ("zh-CN", "加上字幕"), ("zh-CN", "加字幕"),
    ]) func whatIsReadIsShown(language: String, message: String) throws {
        let before = try film()
        let (after, reply) = try say(message, language, to: before)
        let captions = after.tracks.filter { $0.kind == .text }.flatMap(\.segments).filter {
            $0.text?.isCaption ?? false
        }
        #expect(captions.map { $0.text?.text } == Self.lines, "\(message): \(reply)")
        let voices = before.tracks.flatMap(\.segments).filter { $0.sound?.role == .voice }
        #expect(captions.map(\.range) == voices.map(\.range))
    }

    @Test(arguments: [("en", "captions word by word"), ("zh-CN", "加上逐字字幕")])
    func wordsComeAsTheyAreSaid(language: String, message: String) throws {
        let (after, reply) = try say(message, language, to: film())
        let captions = after.tracks.filter { $0.kind == .text }.flatMap(\.segments).compactMap(\.text)
        #expect(captions.map { $0.entrance?.kind } == [.words, .words], "\(message): \(reply)")
    }

    @Test func whereNobodyReadsNothingIsChanged() throws {
        let silent = try Draft().applying([OperationCall("create", ["music": "none"])], in: Self.context).draft
        #expect(try say("a male voice please", "en", to: silent).draft.tracks == silent.tracks)
    }
}
