// SPDX-License-Identifier: GPL-3.0-or-later
package import Director
package import EditModel
package import EditTime
import JSON

/// A director at work on a project: what it decides becomes a revision of the project's history.
package struct DirectorResponder: Responder {
    /// Decides what to do about a message, and what to say; `turns` are those before it.
    package typealias Deciding =
        @Sendable (_ message: String, _ conversation: Director.Conversation, _ turns: [ConversationTurn]) async throws
        ->
        Director.Answer

    /// How long each text that a draft has read aloud takes at the voice's own pace; empty where nobody can tell.
    package typealias Reading = @Sendable (_ draft: Draft) async -> [String: MediaTime]

    private static let who = "director"

    private let director: Director
    private let deciding: Deciding
    /// Where a picture model is configured.
    private let pictures: PictureIntake?
    private let reading: Reading?
    /// Whether what was decided may be decided anew, in a moment, when more is known.
    private let isQuick: Bool

    /// The built-in director, on threads that may be busy for a while.
    package init(
        _ director: Director, threads: WorkThreads, pictures: PictureIntake? = nil, reading: Reading? = nil
    ) {
        self.init(director, pictures: pictures, reading: reading, isQuick: true) { message, conversation, _ in
            await threads.run { director.respond(to: message, in: conversation) }
        }
    }

    /// - Parameters:
    ///   - director: words what came of steps through the history.
    ///   - reading: nil = lengths of what is read aloud are estimated.
    package init(
        _ director: Director, pictures: PictureIntake? = nil, reading: Reading? = nil, isQuick: Bool = false,
        deciding: @escaping Deciding
    ) {
        self.director = director
        self.pictures = pictures
        self.reading = reading
        self.isQuick = isQuick
        self.deciding = deciding
    }

    package func answer(_ message: String, in project: Project) async throws -> Answer {
        let before = project.history
        // Another seed each turn, so that shuffling again is another order; the same turn again is the same edit.
        var context = project.editContext(seed: project.turns.count + 1)
        var conversation = Director.Conversation(
            draft: before.draft, previous: before.current.parent.flatMap { before.revision($0)?.draft },
            context: context, language: project.language, memory: project.memory)
        var decision = try await deciding(message, conversation, project.turns)
        if case .draw(let wish) = decision.action, let pictures {
            return try await answer(message, drawing: wish, from: pictures, in: project, conversation, decision)
        }
        // Voices last as long as they do, not as long as was guessed: what hangs on that is decided with what was measured.
        if let reading, let spoken = Self.newlySpoken(decision, before: before, context) {
            context.speech = await reading(spoken)
            conversation.context = context
            if isQuick, !context.speech.isEmpty {
                decision = try await deciding(message, conversation, project.turns)
            }
        }
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
                decision.action, from: before.draft, to: after.draft, media: context.media,
                language: decision.language)
        }
        return Answer(history: after, memory: decision.memory, text: text)
    }

    /// Fetches a picture and puts it into the film; where none comes the project stays as it was, and the answer says why.
    private func answer(
        _ message: String, drawing wish: Director.PictureWish, from pictures: PictureIntake, in project: Project,
        _ conversation: Director.Conversation, _ decision: Director.Answer
    ) async throws -> Answer {
        let arrived: Answer.Arrived
        do {
            guard project.media.count < pictures.mostFiles else { throw PictureIntake.Failure(reason: "refused") }
            arrived = try await pictures.picture(showing: wish.description, for: project.account)
        } catch let failure as PictureIntake.Failure {
            return Answer(
                history: project.history, memory: decision.memory,
                text: director.withoutPicture(reason: failure.reason, language: decision.language))
        }
        // The project will take it in under this id.
        var grown = project
        let facts = grown.add(arrived.examined, named: arrived.name)
        var conversation = conversation
        conversation.context.media = grown.media
        let told = try director.answer(
            toDraw: wish, as: facts.id, message: message, in: conversation, language: decision.language)
        var history = project.history
        if let calls = told.action.calls {
            _ = try history.apply(calls, in: conversation.context, who: Self.who, words: message)
        }
        return Answer(history: history, memory: told.memory, text: told.reply, arrived: [arrived])
    }

    /// The draft that `decision` leads to, where it has something read aloud that the one before had not.
    private static func newlySpoken(
        _ decision: Director.Answer, before: EditHistory, _ context: EditContext
    ) -> Draft? {
        guard let calls = decision.action.calls else { return nil }
        var after = before
        guard (try? after.apply(calls, in: context, who: who, words: "")) != nil else { return nil }
        return after.draft.spoken.subtracting(before.draft.spoken).isEmpty ? nil : after.draft
    }
}

extension Draft {
    /// The texts that it has read aloud.
    fileprivate var spoken: Set<String> {
        Set(
            tracks.flatMap(\.segments).compactMap { segment in
                guard case .generated(let recipe)? = segment.sound?.source, recipe["kind"]?.string == "voice" else {
                    return nil
                }
                return recipe["text"]?.string
            })
    }
}
