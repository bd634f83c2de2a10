// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

extension Studio {
    /// A turn that has its place in the row. It goes on whether anybody waits for it or not.
    package struct TurnUnderWay: Sendable {
        /// The turn's id.
        package let id: String
        private let task: Task<ConversationTurn, any Error>

        init(id: String, task: Task<ConversationTurn, any Error>) {
            self.id = id
            self.task = task
        }

        /// The turn, once it is done and saved. A cancelled waiter does not cancel the turn.
        package var done: ConversationTurn {
            get async throws { try await task.value }
        }
    }

    /// Gives a message its place in the row of the project's turns.
    package func say(_ message: String, in id: ProjectID, of account: AccountID) async throws -> TurnUnderWay {
        let desk = try await desk(id, of: account)
        guard message.utf8.count <= limits.messageBytes else {
            throw StudioError.messageTooLong(mostBytes: limits.messageBytes)
        }
        guard message.contains(where: { !$0.isWhitespace }) else { throw StudioError.emptyMessage }
        guard await desk.pending <= limits.waitingTurns else {
            throw StudioError.tooManyTurns(most: limits.waitingTurns)
        }
        let (surroundings, responder, kept) = (surroundings, responder, limits.keptTurns)
        let turnID = "e-" + surroundings.randomText(20)
        let saidSeconds = surroundings.now()
        let task = await desk.change { project -> ConversationTurn in
            let answer = try await responder.answer(message, in: project)
            let turn = ConversationTurn(
                id: turnID, said: message, answer: answer.text, saidSeconds: saidSeconds,
                answeredSeconds: surroundings.now(), revisionBefore: project.revision,
                revisionAfter: answer.history.current.number)
            project.history = answer.history
            project.memory = answer.memory
            project.turns.append(turn)
            if project.turns.count > kept { project.turns.removeFirst(project.turns.count - kept) }
            project.changedSeconds = turn.answeredSeconds
            return turn
        }
        return TurnUnderWay(id: turnID, task: task)
    }
}
