// SPDX-License-Identifier: GPL-3.0-or-later

/// A change that waits for its commit.
struct WriteJob: Sendable {
    /// Tells whoever waits: nil where the change is durable, or why it is not.
    typealias Tell = @Sendable ((any Error)?) -> Void

    let operation: String
    /// Makes the change, which nobody sees yet; gives what is to be called when its fate is known. Where it throws, the
    /// change is undone.
    let carryOut: @Sendable (Transaction) throws -> Tell
    /// For a change that threw, or was never tried.
    let fail: @Sendable (any Error) -> Void
}

extension Connection {
    /// Carries out all of them in one transaction, so that they share the wait for the disk. One that throws is undone by
    /// itself. Each is told once, after all that did not throw are durable.
    func carryOut(_ jobs: [WriteJob]) {
        var coming = jobs[...]
        var done: [WriteJob.Tell] = []
        var hooks: [() -> Void] = []
        do {
            operation = jobs.first?.operation ?? ""
            try perform("BEGIN IMMEDIATE")
            while let job = coming.first {
                operation = job.operation
                afterCommit = []
                try perform("SAVEPOINT job")
                coming.removeFirst()
                do {
                    let tell = try job.carryOut(Transaction(session: Session(connection: self)))
                    try perform("RELEASE job")
                    done.append(tell)
                    hooks += afterCommit
                } catch {
                    job.fail(error)
                    // Some faults, a full disk for one, have undone everything by themselves.
                    guard isInTransaction else { throw error }
                    try script("ROLLBACK TO job; RELEASE job")
                }
            }
            try perform("COMMIT")
        } catch {
            if isInTransaction { try? script("ROLLBACK") }
            for tell in done { tell(error) }
            for job in coming { job.fail(error) }
            return
        }
        for hook in hooks { hook() }
        for tell in done { tell(nil) }
    }
}
