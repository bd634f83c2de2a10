// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import JSON

extension Director {
    /// The answer to a message whose edits somebody else has chosen: the same words for the same changes.
    ///
    /// - Parameter draft: what `calls` made of the conversation's draft.
    public func answer(
        toEdit calls: [OperationCall], notes: [EditNote], giving draft: Draft, message: String,
        in conversation: Conversation,
        language: String
    ) -> Answer {
        let answerer = languages.answerer(language)
        let changes = draft.changes(from: conversation.draft, media: conversation.context.media)
        let isNew = conversation.draft.mainTrack?.segments.isEmpty ?? true
        let lines = isNew ? answerer.created(draft, notes) : answerer.lines(changes) + answerer.notes(notes)
        var memory = conversation.memory
        memory.lastMessage = message
        memory.question = nil
        return Answer(
            action: .edit(calls, EditOutcome(draft: draft, notes: notes, changes: changes)),
            reply: lines.prefix(5).filter { !$0.isEmpty }.joined(separator: "\n"), language: language, memory: memory)
    }

    /// The edit that puts a fetched picture into the film, and what to say to it.
    ///
    /// - Parameters:
    ///   - media: the picture's id among the conversation's media.
    ///   - language: of the answer that asked for it.
    public func answer(
        toDraw wish: PictureWish, as media: String, message: String, in conversation: Conversation, language: String
    ) throws(EditError) -> Answer {
        let hasFilm = !(conversation.draft.mainTrack?.segments.isEmpty ?? true)
        let call =
            hasFilm
            ? try OperationCall("insert", ["media": [.string(media)], "at": .integer(Int64(wish.place))])
            : try OperationCall("create", ["order": "given"])
        let outcome = try conversation.draft.applying([call], in: conversation.context)
        return answer(
            toEdit: [call], notes: outcome.notes, giving: outcome.draft, message: message, in: conversation,
            language: language)
    }

    /// That no picture came: `slow`, `refused`, `confused` or `unreachable`.
    public func withoutPicture(reason: String, language: String) -> String {
        let answerer = languages.answerer(language)
        return answerer.say("without pictures \(reason)") + "\n" + answerer.say("nothing changed")
    }

    /// That the film is as it was.
    public func nothingChanged(language: String) -> String { languages.answerer(language).say("nothing changed") }

    /// That the language model could not help, and the answer is the built-in director's: `slow`, `refused`, `confused`,
    /// `talked` or `unreachable`.
    public func withoutModel(reason: String, language: String) -> String {
        languages.answerer(language).say("without model \(reason)")
    }
}
