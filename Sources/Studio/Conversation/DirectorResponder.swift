// SPDX-License-Identifier: GPL-3.0-or-later
package import Director
import EditModel

/// A director at work on a project: what it decides becomes a revision of the project's history.
package struct DirectorResponder: Responder {
    /// Decides what to do about a message, and what to say; `turns` are those before it.
    package typealias Deciding =
        @Sendable (_ message: String, _ conversation: Director.Conversation, _ turns: [ConversationTurn]) async throws
        ->
        Director.Answer

    private static let who = "director"

    private let director: Director
    private let deciding: Deciding

    /// The built-in director, on threads that may be busy for a while.
    package init(_ director: Director, threads: WorkThreads) {
        self.init(director) { message, conversation, _ in
            await threads.run { director.respond(to: message, in: conversation) }
        }
    }

    /// - Parameter director: words what came of steps through the history.
    package init(_ director: Director, deciding: @escaping Deciding) {
        self.director = director
        self.deciding = deciding
    }

    package func answer(_ message: String, in project: Project) async throws -> Answer {
        let before = project.history
        // Another seed each turn, so that shuffling again is another order; the same turn again is the same edit.
        let context = project.editContext(seed: project.turns.count + 1)
        let conversation = Director.Conversation(
            draft: before.draft, previous: before.current.parent.flatMap { before.revision($0)?.draft },
            context: context, language: project.language, memory: project.memory)
        let decision = try await deciding(message, conversation, project.turns)
        var after = before
        do throws(EditError) {
            if let calls = decision.action.calls {
                _ = try after.apply(calls, in: context, who: Self.who, words: message)
            }
        } catch {
            // A step that leads nowhere is answered; an edit that was planned and cannot be made is a fault.
            switch error.reason {
            case .nothingToUndo, .nothingToRedo: break
            case .noSuchVersion(let name):
                return Answer(
                    history: before, memory: decision.memory,
                    text: director.noSuchVersion(name, language: decision.language))
            default: throw error
            }
        }
        var text = decision.reply
        if text.isEmpty {
            text = director.told(
                decision.action, from: before.draft, to: after.draft, language: decision.language)
        }
        return Answer(history: after, memory: decision.memory, text: text)
    }
}
