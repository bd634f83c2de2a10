// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
package import JSON

/// A turn that is over, and the operations that it came to.
package struct TurnDone: Sendable {
    package var turn: ConversationTurn
    /// Empty where nothing was asked for but words.
    package var calls: [OperationCall]
    /// What the draft has otherwise than before.
    package var changes: [EditChange]
}

extension Studio {
    /// A turn that has its place in the row. It goes on whether anybody waits for it or not.
    package struct TurnUnderWay: Sendable {
        /// The turn's id.
        package let id: String
        private let task: Task<TurnDone, any Error>

        init(id: String, task: Task<TurnDone, any Error>) {
            self.id = id
            self.task = task
        }

        /// The turn, once it is done and saved. A cancelled waiter does not cancel the turn.
        package var done: TurnDone {
            get async throws { try await task.value }
        }
    }

    /// Gives a message its place in the row of the project's turns.
    ///
    /// - Parameter notes: what an agent keeps in the session besides, put in before the turn; null takes out.
    package func say(
        _ message: String, in id: ProjectID, of account: AccountID, noting notes: [String: JSONValue] = [:]
    ) async throws -> TurnUnderWay {
        let desk = try await desk(id, of: account)
        guard message.utf8.count <= limits.messageBytes else {
            throw StudioError.messageTooLong(mostBytes: limits.messageBytes)
        }
        guard message.contains(where: { !$0.isWhitespace }) else { throw StudioError.emptyMessage }
        guard await desk.pending <= limits.waitingTurns else {
            throw StudioError.tooManyTurns(most: limits.waitingTurns)
        }
        let (surroundings, responder, limits) = (surroundings, responder, limits)
        let turnID = "e-" + surroundings.randomText(20)
        let saidSeconds = surroundings.now()
        let task = await desk.change { project -> TurnDone in
            try project.note(notes, upTo: limits.noteBytes)
            let before = project.history
            let answer = try await responder.answer(message, in: project)
            let turn = ConversationTurn(
                id: turnID, said: message, answer: answer.text, saidSeconds: saidSeconds,
                answeredSeconds: surroundings.now(), revisionBefore: project.revision,
                revisionAfter: answer.history.current.number)
            project.history = answer.history
            project.memory = answer.memory
            project.turns.append(turn)
            if project.turns.count > limits.keptTurns {
                project.turns.removeFirst(project.turns.count - limits.keptTurns)
            }
            project.changedSeconds = turn.answeredSeconds
            return TurnDone(
                turn: turn, calls: answer.history.log.dropFirst(before.log.count).flatMap(\.calls),
                changes: answer.history.draft.changes(from: before.draft))
        }
        return TurnUnderWay(id: turnID, task: task)
    }

    /// Puts down what an agent keeps in the session; null takes out.
    package func note(_ notes: [String: JSONValue], in id: ProjectID, of account: AccountID) async throws -> Project {
        let (now, most) = (surroundings.now, limits.noteBytes)
        return try await desk(id, of: account).change { project -> Project in
            try project.note(notes, upTo: most)
            project.changedSeconds = now()
            return project
        }.value
    }
}
