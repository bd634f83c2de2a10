// SPDX-License-Identifier: GPL-3.0-or-later
package import Database

/// The queue in tables of an SQLite database. What happens to a task the steps of `QueuedTask` decide, whose turn it is
/// `FairShare`; this finds rows and writes them. For use within a transaction.
package struct TaskTable: Sendable {
    package let rules: QueueRules
    private let hinting = Hinting()

    package init(_ rules: QueueRules = QueueRules()) { self.rules = rules }

    package func hints() -> AsyncStream<Void> { hinting.stream() }

    package func enqueue(_ draft: TaskDraft, at now: Moment, in transaction: Transaction) throws -> Enqueued {
        if let known = try task(draft.name, of: draft.account, in: transaction) {
            return known.draft.requestHash == draft.requestHash ? .known(known) : .conflict
        }
        try transaction.run(
            """
            INSERT INTO task (account, name, request_hash, kind, priority, run_at, most_errors, most_crashes, state, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'ready', ?)
            """, draft.account, draft.name, draft.requestHash, draft.kind, draft.priority, draft.runAt,
            draft.mostErrors, draft.mostCrashes, now)
        let task = QueuedTask(id: TaskID(rawValue: transaction.lastRowID), draft: draft, createdAt: now)
        try transaction.run("INSERT INTO task_spec (task, spec) VALUES (?, ?)", task.id.rawValue, draft.spec)
        tellLater(transaction)
        return .added(task)
    }

    package func claim(
        _ kinds: Set<String>, by worker: String, at now: Moment, in transaction: Transaction
    ) throws -> ClaimedTask? {
        let candidates = try transaction.all(
            Self.accounts + """
                SELECT best.id, best.priority, best.run_at, in_flight, coalesce(served, 0)
                FROM account
                JOIN task AS best ON best.id = (
                    SELECT id FROM task
                    WHERE state = 'ready' AND account = account.name AND (run_at <= ? OR run_at > ?)
                        AND instr(?, char(31) || kind || char(31))
                    ORDER BY priority DESC, run_at, id LIMIT 1)
                LEFT JOIN task_share ON task_share.account = account.name
                """, now, now + rules.farthest, Self.list(kinds)
        ) { row in
            FairShare.Candidate(
                task: TaskID(rawValue: try row.get(0)), priority: try row.get(1), runAt: try row.get(2),
                inFlight: try row.get(3), served: try row.get(4))
        }
        guard let id = FairShare.choose(among: candidates, rules), var task = try task(id, in: transaction),
            let lease = task.claim(by: worker, at: now, rules)
        else { return nil }
        try save(task, in: transaction)
        try transaction.run(
            """
            INSERT INTO task_share (account, served) VALUES (?, (SELECT coalesce(max(served), 0) + 1 FROM task_share))
            ON CONFLICT (account) DO UPDATE SET served = excluded.served
            """, task.account)
        return ClaimedTask(task: task, lease: lease)
    }

    package func beat(
        _ lease: Lease, progress: Double?, at now: Moment, in transaction: Transaction
    ) throws -> LeaseAnswer {
        guard var task = try sheet(lease.task, in: transaction) else { return .lost(nil) }
        let answer = task.beat(lease, progress: progress, at: now, rules)
        if case .held = answer { try save(task, in: transaction) }
        return answer
    }

    package func finish(
        _ lease: Lease, _ outcome: TaskOutcome, next: [TaskDraft], at now: Moment, in transaction: Transaction
    ) throws -> Bool {
        guard var task = try sheet(lease.task, in: transaction) else { return false }
        let before = task
        guard task.finish(lease, outcome, at: now, rules) else { return false }
        guard task != before else { return true }
        try save(task, in: transaction)
        for draft in next { _ = try enqueue(draft, at: now, in: transaction) }
        tellLater(transaction)
        return true
    }

    package func cancel(
        _ name: String, of account: String, at now: Moment, in transaction: Transaction
    ) throws -> QueuedTask? {
        guard var task = try task(name, of: account, in: transaction) else { return nil }
        if task.cancel(at: now) {
            try save(task, in: transaction)
            tellLater(transaction)
        }
        return task
    }

    package func reap(at now: Moment, in transaction: Transaction) throws -> [QueuedTask] {
        let late = try transaction.all(
            "SELECT id FROM task WHERE state = 'leased' AND lease_until < ?", now
        ) { TaskID(rawValue: try $0.get(0)) }
        return try late.sorted().compactMap { id in
            guard var task = try task(id, in: transaction), task.reap(at: now, rules) else { return nil }
            try save(task, in: transaction)
            tellLater(transaction)
            return task
        }
    }

    package func interruptAll(in transaction: Transaction) throws -> Int {
        let held = try transaction.all("SELECT id FROM task WHERE state = 'leased'") {
            TaskID(rawValue: try $0.get(0))
        }
        for id in held {
            guard var task = try sheet(id, in: transaction), task.interrupt() else { continue }
            try save(task, in: transaction)
            tellLater(transaction)
        }
        return held.count
    }

    /// Takes a task out, whatever its state; whoever works on it learns by the next beat.
    package func remove(_ id: TaskID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM task WHERE id = ?", id.rawValue)
        tellLater(transaction)
    }

    package func forget(_ kinds: Set<String>, finishedBefore moment: Moment, in transaction: Transaction) throws -> Int
    {
        try transaction.run(
            "DELETE FROM task WHERE finished_at < ? AND instr(?, char(31) || kind || char(31))", moment,
            Self.list(kinds))
    }

    // MARK: Asking

    package func task(_ id: TaskID, in database: some Querying) throws -> QueuedTask? {
        try database.first(
            "SELECT \(Self.columns), spec FROM task JOIN task_spec ON task = id WHERE id = ?", id.rawValue
        ) { try Self.task($0, spec: $0.get(Self.columnCount)) }
    }

    package func task(_ name: String, of account: String, in database: some Querying) throws -> QueuedTask? {
        try database.first(
            "SELECT \(Self.columns), spec FROM task JOIN task_spec ON task = id WHERE account = ? AND name = ?",
            account, name
        ) { try Self.task($0, spec: $0.get(Self.columnCount)) }
    }

    package func nextMoment(_ kinds: Set<String>, in database: some Querying) throws -> Moment? {
        let lease = try database.value(
            "SELECT min(lease_until) FROM task WHERE state = 'leased'", as: Moment?.self)
        let due = try database.value(
            Self.accounts + """
                SELECT min((
                    SELECT min(run_at) FROM task INDEXED BY task_ready
                    WHERE state = 'ready' AND account = account.name AND instr(?, char(31) || kind || char(31))))
                FROM account WHERE in_flight < ?
                """, Self.list(kinds), rules.mostInFlight, as: Moment?.self)
        return [lease, due].compactMap { $0 ?? nil }.min()
    }

    package func counts(in database: some Querying) throws -> [TaskState: Int] {
        let counts = try database.all("SELECT state, count(*) FROM task GROUP BY state") { row in
            (try row.get(0) as TaskState, try row.get(1) as Int)
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    private func tellLater(_ transaction: Transaction) {
        transaction.afterCommit { [hinting] in hinting.tell() }
    }

    /// Kinds for `instr`: each between two separators.
    private static func list(_ kinds: Set<String>) -> String {
        "\u{1F}" + kinds.sorted().joined(separator: "\u{1F}") + "\u{1F}"
    }

    /// The accounts that have ready tasks, found one after the other in the index, with what they have in flight.
    private static let accounts = """
        WITH RECURSIVE waiting (name) AS (
            SELECT min(account) FROM task WHERE state = 'ready'
            UNION ALL
            SELECT (SELECT min(account) FROM task WHERE state = 'ready' AND account > waiting.name)
            FROM waiting WHERE waiting.name IS NOT NULL),
        account (name, in_flight) AS (
            SELECT name, (SELECT count(*) FROM task WHERE state = 'leased' AND account = waiting.name)
            FROM waiting WHERE name IS NOT NULL)

        """
}
