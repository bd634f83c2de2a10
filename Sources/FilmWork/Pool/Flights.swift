// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash

/// Work that several may want at once, done once: whoever asks for what is under way waits for it, and it is cancelled when
/// nobody waits any more.
actor Flights {
    private struct Flight {
        let number: Int
        let task: Task<Result<Void, WorkFault>, Never>
        /// Tickets of those who wait.
        var waiting: Set<Int>
    }

    private var flights: [ContentHash: Flight] = [:]
    private var last = 0

    func join(_ name: ContentHash, _ work: @escaping @Sendable () async throws(WorkFault) -> Void)
        async throws(WorkFault)
    {
        last += 1
        let ticket = last
        let flight = board(name, ticket, work)
        let result = await withTaskCancellationHandler {
            await flight.task.value
        } onCancel: {
            Task { await self.leave(name, flight.number, ticket) }
        }
        leave(name, flight.number, ticket)
        try result.get()
    }

    private func board(
        _ name: ContentHash, _ ticket: Int, _ work: @escaping @Sendable () async throws(WorkFault) -> Void
    ) -> Flight {
        if var flight = flights[name] {
            flight.waiting.insert(ticket)
            flights[name] = flight
            return flight
        }
        let task = Task { () -> Result<Void, WorkFault> in
            do throws(WorkFault) { return .success(try await work()) } catch { return .failure(error) }
        }
        let flight = Flight(number: ticket, task: task, waiting: [ticket])
        flights[name] = flight
        return flight
    }

    private func leave(_ name: ContentHash, _ number: Int, _ ticket: Int) {
        guard var flight = flights[name], flight.number == number, flight.waiting.remove(ticket) != nil else { return }
        flights[name] = flight.waiting.isEmpty ? nil : flight
        if flight.waiting.isEmpty { flight.task.cancel() }
    }
}
