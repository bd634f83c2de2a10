// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
package import EditModel
package import JSON
import Synchronization

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

    /// Gives a message its place in the row of the project's turns. Durable when it returns: a turn that its server does
    /// not come to is carried out by the next one (`resumeTurns`).
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
        let context = notes.isEmpty ? [] : Array(JSONValue.object(notes).text().utf8)
        guard context.count <= limits.noteBytes else { throw StudioError.tooManyNotes(mostBytes: limits.noteBytes) }
        let waiting = WaitingTurn(
            id: "e-" + surroundings.randomText(20), account: account, project: id, said: message,
            saidSeconds: surroundings.now(), context: context)
        // Written down first: whatever is set aside for a turn belongs to one that is known.
        guard try await stores.waitingTurns.add(waiting) else { throw StudioError.noSuchProject }
        do {
            try await reserve(for: waiting)
        } catch {
            _ = try await stores.waitingTurns.remove(waiting.id)
            throw error
        }
        return TurnUnderWay(id: waiting.id, task: await begin(waiting, at: desk))
    }

    /// Carries out the turns that an earlier server accepted and did not come to. Gives how many.
    @discardableResult
    package func resumeTurns() async throws -> Int {
        let turns = try await stores.waitingTurns.all()
        for turn in turns {
            do {
                let desk = try await desk(turn.project, of: turn.account)
                // Where the server ended between the two steps of `say`, what the turn needs is set aside now.
                try await reserve(for: turn)
                _ = await begin(turn, at: desk)
            } catch is StudioError {
                // Its project is gone or its credits are: nobody waits for it.
                try await giveUp(turn)
            }
        }
        return turns.count
    }

    private func begin(_ waiting: WaitingTurn, at desk: Desk) async -> Task<TurnDone, any Error> {
        let (surroundings, responder, limits, cost) = (surroundings, responder, limits, terms?.turnCost)
        let notes = (try? JSONValue(parsing: waiting.context))?.object ?? [:]
        _ = try? await stores.events.append(.turnStarted(waiting), to: waiting.project, at: surroundings.now())
        // Until the project points at them the bytes of what comes with the answer are nobody's.
        let held = HeldMedia()
        let (holds, media) = (holds, stores.media)
        let task = await desk.commit { change -> TurnDone in
            var project = change.project
            let before = project.history
            let answer: Answer
            do {
                try project.note(notes, upTo: limits.noteBytes)
                answer = try await responder.answer(waiting.said, in: project)
            } catch {
                // A turn that cannot be saved, on the other hand, is tried again by the next server.
                try await self.giveUp(waiting)
                throw error
            }
            let turn = ConversationTurn(
                id: waiting.id, said: waiting.said, answer: answer.text, saidSeconds: waiting.saidSeconds,
                answeredSeconds: surroundings.now(), revisionBefore: project.revision,
                revisionAfter: answer.history.current.number)
            for file in answer.arrived {
                await holds.hold(file.hash)
                held.add(file.hash)
                try await media.keep(file.file, as: file.hash)
            }
            let arrived = answer.arrived.map { project.add($0.examined, named: $0.name) }
            project.history = answer.history
            project.memory = answer.memory
            project.turns.append(turn)
            if project.turns.count > limits.keptTurns {
                project.turns.removeFirst(project.turns.count - limits.keptTurns)
            }
            project.changedSeconds = turn.answeredSeconds
            let changes = project.draft.changes(from: before.draft, media: project.editContext(seed: 1).media)
            let isChanged = project.draft != before.draft
            change.project = project
            if !arrived.isEmpty { change.events.append(.assets(arrived)) }
            change.events.append(.turn(turn))
            if turn.revisionAfter != turn.revisionBefore {
                change.events.append(.revision(turn.revisionAfter, changes, by: turn.id))
            }
            // Only what changes the draft costs.
            if let cost, cost > 0 {
                change.settlement = ProjectChange.Settlement(reference: waiting.id, using: isChanged ? cost : 0)
            }
            return TurnDone(
                turn: turn, calls: answer.history.log.dropFirst(before.log.count).flatMap(\.calls), changes: changes)
        }
        Task {
            _ = await task.result
            for hash in held.all { await holds.release(hash) }
        }
        return task
    }

    /// The hashes of media that a turn holds.
    private final class HeldMedia: Sendable {
        private let hashes = Mutex<[ContentHash]>([])

        var all: [ContentHash] { hashes.withLock { $0 } }

        func add(_ hash: ContentHash) { hashes.withLock { $0.append(hash) } }
    }

    /// Sets aside what a turn may cost.
    private func reserve(for turn: WaitingTurn) async throws {
        guard let cost = terms?.turnCost, cost > 0 else { return }
        let reservation = try await stores.credits.reserve(
            cost, of: turn.account, reference: turn.id, at: surroundings.now())
        if case .notEnough(let balance) = reservation { throw StudioError.outOfCredits(balance) }
    }

    /// The turn came to nothing: what was set aside is free again, then the turn is forgotten.
    private func giveUp(_ turn: WaitingTurn) async throws {
        if terms != nil {
            _ = try await stores.credits.release(turn.id, of: turn.account, at: surroundings.now())
        }
        _ = try await stores.waitingTurns.remove(turn.id)
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
