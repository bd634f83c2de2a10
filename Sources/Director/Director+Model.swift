// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel

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
        let changes = draft.changes(from: conversation.draft)
        let isNew = conversation.draft.mainTrack?.segments.isEmpty ?? true
        let lines = isNew ? answerer.created(draft, notes) : answerer.lines(changes) + answerer.notes(notes)
        var memory = conversation.memory
        memory.lastMessage = message
        memory.question = nil
        return Answer(
            action: .edit(calls, EditOutcome(draft: draft, notes: notes, changes: changes)),
            reply: lines.prefix(5).filter { !$0.isEmpty }.joined(separator: "\n"), language: language, memory: memory)
    }

    /// That the language model could not help, and the answer is the built-in director's: `slow`, `refused`, `confused`
    /// or `unreachable`.
    public func withoutModel(reason: String, language: String) -> String {
        languages.answerer(language).say("without model \(reason)")
    }
}
