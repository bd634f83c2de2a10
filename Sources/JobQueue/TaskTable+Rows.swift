// SPDX-License-Identifier: GPL-3.0-or-later
package import Database

extension TaskTable {
    /// The tables, as the first step of a schema makes them.
    package static let schema = """
        CREATE TABLE task (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            name TEXT NOT NULL,
            request_hash TEXT NOT NULL,
            kind TEXT NOT NULL,
            priority INTEGER NOT NULL,
            run_at INTEGER NOT NULL,
            most_errors INTEGER NOT NULL,
            most_crashes INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'done', 'failed', 'cancelled')),
            attempts INTEGER NOT NULL DEFAULT 0,
            errors INTEGER NOT NULL DEFAULT 0,
            crashes INTEGER NOT NULL DEFAULT 0,
            epoch INTEGER NOT NULL DEFAULT 0,
            worker TEXT,
            lease_until INTEGER CHECK ((lease_until IS NOT NULL) = (state = 'leased')),
            progress REAL NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
            output BLOB,
            failure_code TEXT,
            failure_message TEXT,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            finished_at INTEGER CHECK ((finished_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled'))),
            UNIQUE (account, name)
        ) STRICT;
        CREATE INDEX task_ready ON task (account, priority DESC, run_at, id, kind) WHERE state = 'ready';
        CREATE INDEX task_leased ON task (account, lease_until) WHERE state = 'leased';
        CREATE INDEX task_late ON task (lease_until) WHERE state = 'leased';
        CREATE INDEX task_over ON task (finished_at) WHERE finished_at IS NOT NULL;

        -- apart, so that a beat does not write it again
        CREATE TABLE task_spec (
            task INTEGER PRIMARY KEY REFERENCES task ON DELETE CASCADE,
            spec BLOB NOT NULL
        ) STRICT;

        -- the number of the claim by which an account was served last
        CREATE TABLE task_share (account TEXT PRIMARY KEY, served INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX task_served ON task_share (served);

        """

    /// What `task` reads, in its order.
    package static let columns = """
        task.id, task.account, task.name, task.request_hash, task.kind, task.priority, task.run_at, task.most_errors, \
        task.most_crashes, task.state, task.attempts, task.errors, task.crashes, task.epoch, task.worker, \
        task.lease_until, task.progress, task.output, task.failure_code, task.failure_message, task.created_at, \
        task.started_at, task.finished_at
        """
    package static let columnCount = 23

    /// The task of a row that begins with `columns`.
    package static func task(_ row: Row, spec: [UInt8]) throws -> QueuedTask {
        var draft = TaskDraft(
            account: try row.get(1), name: try row.get(2), requestHash: try row.get(3), kind: try row.get(4),
            spec: spec, priority: try row.get(5), runAt: try row.get(6))
        draft.mostErrors = try row.get(7)
        draft.mostCrashes = try row.get(8)
        var task = QueuedTask(id: TaskID(rawValue: try row.get(0)), draft: draft, createdAt: try row.get(20))
        task.state = try row.get(9)
        task.attempts = try row.get(10)
        task.errors = try row.get(11)
        task.crashes = try row.get(12)
        task.epoch = try row.get(13)
        task.worker = try row.get(14)
        task.leaseUntil = try row.get(15)
        task.progress = try row.get(16)
        task.output = try row.get(17)
        if let code = try row.get(18, as: String?.self) {
            task.failure = TaskFailure(code: code, message: try row.get(19, as: String?.self) ?? "")
        }
        task.startedAt = try row.get(21)
        task.finishedAt = try row.get(22)
        return task
    }

    /// A task without its spec, which the steps do not ask for.
    func sheet(_ id: TaskID, in database: some Querying) throws -> QueuedTask? {
        try database.first("SELECT \(Self.columns) FROM task WHERE id = ?", id.rawValue) { try Self.task($0, spec: []) }
    }

    /// Writes what steps change.
    func save(_ task: QueuedTask, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE task SET run_at = ?, state = ?, attempts = ?, errors = ?, crashes = ?, epoch = ?, worker = ?,
                lease_until = ?, progress = ?, output = ?, failure_code = ?, failure_message = ?, started_at = ?,
                finished_at = ?
            WHERE id = ?
            """, task.draft.runAt, task.state, task.attempts, task.errors, task.crashes, task.epoch, task.worker,
            task.leaseUntil, task.progress, task.output, task.failure?.code, task.failure?.message, task.startedAt,
            task.finishedAt, task.id.rawValue)
    }
}

extension Moment: SQLConvertible {
    package var sqlValue: SQLValue { .integer(milliseconds) }
    package init?(_ value: SQLValue) {
        guard case .integer(let milliseconds) = value else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

extension TaskState: SQLConvertible {
    package var sqlValue: SQLValue { .text(rawValue) }
    package init?(_ value: SQLValue) {
        guard case .text(let text) = value else { return nil }
        self.init(rawValue: text)
    }
}
