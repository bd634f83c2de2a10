// SPDX-License-Identifier: GPL-3.0-or-later

/// A queue that lasts as long as its process: for tests, and for work that nobody misses after it.
package actor MemoryTaskStore: TaskStore {
    private var ledger: TaskLedger
    private nonisolated let hinting = Hinting()

    package init(_ rules: QueueRules = QueueRules()) { ledger = TaskLedger(rules) }

    package func enqueue(_ draft: TaskDraft, at now: Moment) -> Enqueued {
        defer { hinting.tell() }
        return ledger.enqueue(draft, at: now)
    }

    package func claim(_ kinds: Set<String>, by worker: String, at now: Moment) -> ClaimedTask? {
        ledger.claim(kinds, by: worker, at: now)
    }

    package func beat(_ lease: Lease, progress: Double?, at now: Moment) -> LeaseAnswer {
        ledger.beat(lease, progress: progress, at: now)
    }

    package func finish(_ lease: Lease, _ outcome: TaskOutcome, next: [TaskDraft], at now: Moment) -> Bool {
        defer { hinting.tell() }
        return ledger.finish(lease, outcome, next: next, at: now)
    }

    package func cancel(_ name: String, of account: String, at now: Moment) -> QueuedTask? {
        defer { hinting.tell() }
        return ledger.cancel(name, of: account, at: now)
    }

    package func reap(at now: Moment) -> [QueuedTask] {
        defer { hinting.tell() }
        return ledger.reap(at: now)
    }

    package func interruptAll() -> Int {
        defer { hinting.tell() }
        return ledger.interruptAll()
    }

    package func task(_ id: TaskID) -> QueuedTask? { ledger.tasks[id] }
    package func task(_ name: String, of account: String) -> QueuedTask? { ledger.task(name, of: account) }
    package func nextMoment(_ kinds: Set<String>) -> Moment? { ledger.nextMoment(kinds) }
    package func counts() -> [TaskState: Int] { ledger.counts }
    package func forget(_ kinds: Set<String>, finishedBefore moment: Moment) -> Int {
        ledger.forget(kinds, finishedBefore: moment)
    }
    package nonisolated func hints() -> AsyncStream<Void> { hinting.stream() }
}
