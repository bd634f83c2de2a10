// SPDX-License-Identifier: GPL-3.0-or-later
package import Database

/// The queue in an SQLite database whose schema holds `TaskTable.schema`.
package struct SQLiteTaskStore: TaskStore {
    private let database: Database
    private let table: TaskTable

    package init(_ database: Database, _ table: TaskTable = TaskTable()) {
        self.database = database
        self.table = table
    }

    package func enqueue(_ draft: TaskDraft, at now: Moment) async throws -> Enqueued {
        try await database.write("enqueue a task") { [table] in try table.enqueue(draft, at: now, in: $0) }
    }

    package func claim(_ kinds: Set<String>, by worker: String, at now: Moment) async throws -> ClaimedTask? {
        try await database.write("claim a task") { [table] in try table.claim(kinds, by: worker, at: now, in: $0) }
    }

    package func beat(_ lease: Lease, progress: Double?, at now: Moment) async throws -> LeaseAnswer {
        try await database.write("keep a task") { [table] in
            try table.beat(lease, progress: progress, at: now, in: $0)
        }
    }

    package func finish(_ lease: Lease, _ outcome: TaskOutcome, next: [TaskDraft], at now: Moment) async throws -> Bool
    {
        try await database.write("finish a task") { [table] in
            try table.finish(lease, outcome, next: next, at: now, in: $0)
        }
    }

    package func cancel(_ name: String, of account: String, at now: Moment) async throws -> QueuedTask? {
        try await database.write("cancel a task") { [table] in
            try table.cancel(name, of: account, at: now, in: $0)
        }
    }

    package func reap(at now: Moment) async throws -> [QueuedTask] {
        try await database.write("take back tasks") { [table] in try table.reap(at: now, in: $0) }
    }

    package func interruptAll() async throws -> Int {
        try await database.write("take back all tasks") { [table] in try table.interruptAll(in: $0) }
    }

    package func task(_ id: TaskID) async throws -> QueuedTask? {
        try await database.read("find a task") { [table] in try table.task(id, in: $0) }
    }

    package func task(_ name: String, of account: String) async throws -> QueuedTask? {
        try await database.read("find a task") { [table] in try table.task(name, of: account, in: $0) }
    }

    package func nextMoment(_ kinds: Set<String>) async throws -> Moment? {
        try await database.read("find the next task") { [table] in try table.nextMoment(kinds, in: $0) }
    }

    package func counts() async throws -> [TaskState: Int] {
        try await database.read("count tasks") { [table] in try table.counts(in: $0) }
    }

    package func forget(_ kinds: Set<String>, finishedBefore moment: Moment) async throws -> Int {
        try await database.write("forget tasks") { [table] in try table.forget(kinds, finishedBefore: moment, in: $0) }
    }

    package func hints() -> AsyncStream<Void> { table.hints() }
}
