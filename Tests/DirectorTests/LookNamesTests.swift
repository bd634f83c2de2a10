// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import EditModel
import EditTime
import JSON
import Testing

/// Every look of the table is understood by its name, in both languages, and answered by it.
struct LookNamesTests {
    private static let looks = Grade.Look.allCases.filter { $0 != .none }

    private static let context = EditContext(
        media: (1...3).map { index in
            MediaFacts(
                id: "m\(index)", name: "photo-\(index).jpg", kind: .image, format: "jpeg", contentHash: "\(index)",
                size: PixelSize(width: 4000, height: 3000))
        }, seed: 1)

    @Test(arguments: ["en", "zh-CN"]) func aLookIsGivenWhenItIsNamed(language: String) throws {
        let director = try Learned.director
        let draft = try Draft().applying([OperationCall("create", ["music": "none"])], in: Self.context).draft
        for look in Self.looks {
            let chinese = LookCatalog.words(of: look).chineseName
            let name = look.rawValue.replacing("-", with: " ")
            let messages = language == "en" ? ["use the \(name) look", "give it a \(name) filter"] : ["用\(chinese)滤镜"]
            for message in messages {
                let conversation = Director.Conversation(draft: draft, context: Self.context, language: language)
                let answer = director.respond(to: message, in: conversation)
                let after = try draft.applying(answer.action.calls ?? [], in: Self.context).draft
                let looks = Set(after.mainTrack?.segments.compactMap { $0.picture?.grade.look } ?? [])
                #expect(looks == [look], "\(message): \(answer.reply)")
                let told = director.told(answer.action, from: draft, to: after, language: answer.language)
                #expect(language == "en" || !told.contains(look.rawValue), "\(told)")
            }
        }
    }

    /// What people say for looks, where it is not the table's own name.
    @Test(arguments: [
        ("en", "give it that golden hour feel", "golden-hour"), ("en", "teal and orange please", "teal-orange"),
        ("en", "film noir", "noir"), ("en", "make it look like kodak film", "film"),
        ("en", "cyberpunk colours", "neon"), ("en", "make it light and airy", "bright"),
        ("en", "autumn colours for all photos", "autumn"), ("en", "day for night", "night"),
        ("zh-CN", "来个港风", "hong-kong"), ("zh-CN", "小清新一点", "fresh"), ("zh-CN", "要胶片感", "film"),
        ("zh-CN", "马卡龙色", "pastel"), ("zh-CN", "赛博朋克风", "neon"), ("zh-CN", "来点青橙色调", "teal-orange"),
    ]) func aLookIsGivenByWhatPeopleCallIt(language: String, message: String, look: String) throws {
        let draft = try Draft().applying([OperationCall("create", ["music": "none"])], in: Self.context).draft
        let conversation = Director.Conversation(draft: draft, context: Self.context, language: language)
        let answer = try Learned.director.respond(to: message, in: conversation)
        let after = try draft.applying(answer.action.calls ?? [], in: Self.context).draft
        #expect(after.mainTrack?.segments.first?.picture?.grade.look.rawValue == look, "\(answer.reply)")
    }
}
