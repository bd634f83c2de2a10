// SPDX-License-Identifier: GPL-3.0-or-later
import Director
public import EditModel

extension Film {
    /// What came of a sentence.
    public struct Reply: Sendable {
        /// One to four short lines, in the sentence's language.
        public var text: String
        /// What is otherwise in the film; empty where the sentence asked for no edit.
        public var changes: [EditChange]
        /// Whether the sentence asks for the finished film.
        public var asksForExport: Bool
    }

    /// Does what a sentence asks for, as one revision: makes the first film, changes it, goes back and forth.
    ///
    /// Sentences are understood in the light of those before, in English and Chinese among others, without a network. Throws
    /// `EditError` where an edit that was understood cannot be made; nothing has changed then.
    @discardableResult
    public mutating func say(_ sentence: String) throws -> Reply {
        let director = try Director()
        let before = history
        var context = try context()
        let parent = before.current.parent.flatMap { before.revision($0)?.draft }
        func decide(_ context: EditContext) -> Director.Answer {
            director.respond(
                to: sentence,
                in: Director.Conversation(
                    draft: before.draft, previous: parent, context: context, language: language, memory: memory))
        }
        var answer = decide(context)
        if case .edit(_, let outcome) = answer.action {
            context.speech = kit.spokenLengths(in: outcome.draft)
            if !context.speech.isEmpty { answer = decide(context) }
        }
        var changes: [EditChange] = []
        if let calls = answer.action.calls {
            do {
                changes = try apply(calls, in: context, words: sentence).changes
            } catch let error as EditError {
                switch error.reason {
                case .nothingToUndo, .nothingToRedo: break
                case .noSuchVersion(let name):
                    memory = answer.memory
                    return Reply(
                        text: director.noSuchVersion(name, language: answer.language), changes: [],
                        asksForExport: false)
                default: throw error
                }
            }
        }
        memory = answer.memory
        var text = answer.reply
        if text.isEmpty {
            text = director.told(answer.action, from: before.draft, to: draft, language: answer.language)
        }
        return Reply(text: text, changes: changes, asksForExport: answer.action == .export)
    }
}
