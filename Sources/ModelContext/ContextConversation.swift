// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

/// A machine at work: asks its host, and gives what is to be sent, in order, through `messages`.
package actor ContextConversation {
    private var machine: ContextMachine
    private let host: any ContextHost
    /// A fault of ours, for the log.
    private let failed: @Sendable (any Error) -> Void
    private var work: [RequestID: (call: ContextCall, task: Task<Void, Never>)] = [:]
    private var isEnding = false
    private let outbox: AsyncStream<JSONValue>.Continuation

    /// What goes to the other side. Read by one reader; ends after `end()`, or after `settle()` once all is answered.
    nonisolated package let messages: AsyncStream<JSONValue>

    package init(
        _ machine: ContextMachine, host: any ContextHost, failed: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        self.machine = machine
        self.host = host
        self.failed = failed
        (messages, outbox) = AsyncStream.makeStream(of: JSONValue.self)
    }

    package var agreed: ContextRevision? { machine.agreed }

    package func receive(_ bytes: [UInt8]) { carryOut(machine.receive(bytes)) }
    package func receive(_ message: JSONValue) { carryOut(machine.receive(message)) }

    /// Nothing more comes in: `messages` ends when all questions are answered.
    package func settle() {
        isEnding = true
        if work.isEmpty { outbox.finish() }
    }

    /// Ends what is under way without an answer. What was ordered goes on where it can (`ContextCall.isCalledOff`).
    package func end() {
        isEnding = true
        for piece in work.values { piece.task.cancel() }
        work = [:]
        outbox.finish()
    }

    /// Takes back everything that is under way.
    package func callOffAll() {
        for id in work.keys { callOff(id) }
    }

    private func carryOut(_ actions: [ContextMachine.Action]) {
        for action in actions {
            switch action {
            case .send(let message): outbox.yield(message)
            case .begin(let id, let question): begin(id, question)
            case .callOff(let id): callOff(id)
            }
        }
    }

    private func begin(_ id: RequestID, _ question: ContextQuestion) {
        // One by one and in order, whatever task tells it.
        let (progress, told) = AsyncStream.makeStream(of: ContextProgress.self, bufferingPolicy: .bufferingNewest(4))
        let call = ContextCall { told.yield($0) }
        let (host, failed) = (host, failed)
        let task = Task {
            let outcome: Result<[String: JSONValue], RPCError> = await withTaskGroup(of: Void.self) { group in
                group.addTask { for await step in progress { await self.progressed(id, step, call) } }
                let outcome: Result<[String: JSONValue], RPCError>
                do {
                    outcome = .success(try await host.answer(question, call))
                } catch let error as RPCError {
                    outcome = .failure(error)
                } catch is CancellationError {
                    outcome = .failure(.ours)
                } catch {
                    failed(error)
                    outcome = .failure(.ours)
                }
                told.finish()
                await group.waitForAll()
                return outcome
            }
            self.finished(id, outcome, call)
        }
        work[id] = (call, task)
    }

    private func progressed(_ id: RequestID, _ progress: ContextProgress, _ call: ContextCall) {
        guard work[id]?.call === call else { return }
        carryOut(machine.progressed(id, progress))
    }

    private func finished(_ id: RequestID, _ outcome: Result<[String: JSONValue], RPCError>, _ call: ContextCall) {
        // Another request may have come under the id of one that was taken back.
        guard work[id]?.call === call else { return }
        work[id] = nil
        carryOut(machine.finished(id, outcome))
        if isEnding, work.isEmpty { outbox.finish() }
    }

    private func callOff(_ id: RequestID) {
        guard let piece = work.removeValue(forKey: id) else { return }
        piece.call.callOff()
        piece.task.cancel()
        if isEnding, work.isEmpty { outbox.finish() }
    }
}
