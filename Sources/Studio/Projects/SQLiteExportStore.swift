// SPDX-License-Identifier: GPL-3.0-or-later
package import Database
package import JobQueue

/// Exports in the table `export`, beside their tasks in the same database.
package struct SQLiteExportStore: ExportStore {
    private static let select = """
        SELECT \(TaskTable.columns), spec, export.id, export.account, export.project, export.body, export.created_at
        FROM export JOIN task ON task.id = export.task JOIN task_spec ON task_spec.task = task.id

        """

    private let database: Database
    private let tasks: TaskTable
    private let events: EventTable

    package init(_ database: Database, _ tasks: TaskTable, _ events: EventTable) {
        self.database = database
        self.tasks = tasks
        self.events = events
    }

    package func add(
        _ task: TaskDraft, in project: ProjectID, order: [UInt8], at now: Moment
    ) async throws -> ExportReceipt {
        try await database.write("take an export on") { [tasks] transaction in
            let account = AccountID(rawValue: task.account)
            if let known = try Self.export(task.name, of: account, in: transaction) {
                return known.task.draft.requestHash == task.requestHash ? .known(known) : .conflict
            }
            let isThere = try transaction.exists(
                "SELECT 1 FROM project WHERE id = ? AND account = ? AND deleted_at IS NULL", project, account)
            guard isThere else { return .noSuchProject }
            guard case .added(let queued) = try tasks.enqueue(task, at: now, in: transaction) else { return .conflict }
            try transaction.run(
                "INSERT INTO export (account, id, project, body, created_at, task) VALUES (?, ?, ?, ?, ?, ?)", account,
                task.name, project, order, now.seconds, queued.id.rawValue)
            return .added(
                ExportRecord(
                    id: task.name, account: account, project: project, order: order, createdSeconds: now.seconds,
                    task: queued))
        }
    }

    package func export(_ id: String, of account: AccountID) async throws -> ExportRecord? {
        try await database.read("find an export") { try Self.export(id, of: account, in: $0) }
    }

    package func export(of task: TaskID) async throws -> ExportRecord? {
        try await database.read("find an export") { snapshot in
            try snapshot.first(Self.select + "WHERE export.task = ?", task.rawValue, read: Self.export)
        }
    }

    package func exports(
        of account: AccountID, in project: ProjectID?, before: String?, limit: Int
    ) async throws -> [ExportRecord] {
        try await database.read("list exports") { snapshot in
            try snapshot.all(
                Self.select + """
                    WHERE export.account = ? AND (? IS NULL OR export.project = ?)
                        AND (? IS NULL OR export.number < (SELECT number FROM export WHERE account = ? AND id = ?))
                    ORDER BY export.number DESC LIMIT ?
                    """, account, project, project, before, account, before, limit, read: Self.export)
        }
    }

    package func underWay(of account: AccountID) async throws -> Int {
        try await database.read("count exports") { snapshot in
            try snapshot.value(
                """
                SELECT count(*) FROM export JOIN task ON task.id = export.task
                WHERE export.account = ? AND task.finished_at IS NULL
                """, account) ?? 0
        }
    }

    package func finish(
        _ lease: Lease, _ outcome: TaskOutcome, next: [TaskDraft], telling event: NewEvent?, at now: Moment
    ) async throws -> Bool {
        try await database.write("finish an export") { [tasks, events] transaction in
            let before = try transaction.value(
                "SELECT state FROM task WHERE id = ?", lease.task.rawValue, as: TaskState.self)
            guard try tasks.finish(lease, outcome, next: next, at: now, in: transaction) else { return false }
            // Told twice, it is one end.
            guard before == .leased, let event else { return true }
            let project = try transaction.value(
                "SELECT project FROM export WHERE task = ?", lease.task.rawValue, as: ProjectID.self)
            if let project { _ = try events.append(event, to: project, at: now.seconds, in: transaction) }
            return true
        }
    }

    package func remove(_ id: String, of account: AccountID) async throws -> ExportRecord? {
        try await database.write("remove an export") { [tasks] transaction in
            guard let export = try Self.export(id, of: account, in: transaction) else { return nil }
            try transaction.run("DELETE FROM export WHERE task = ?", export.task.id.rawValue)
            try tasks.remove(export.task.id, in: transaction)
            return export
        }
    }

    package func exports(finishedBefore moment: Moment, limit: Int) async throws -> [ExportRecord] {
        try await database.read("list exports") { snapshot in
            try snapshot.all(
                Self.select + "WHERE task.finished_at < ? ORDER BY task.finished_at, task.id LIMIT ?", moment, limit,
                read: Self.export)
        }
    }

    private static func export(
        _ id: String, of account: AccountID, in database: some Querying
    ) throws -> ExportRecord? {
        try database.first(select + "WHERE export.account = ? AND export.id = ?", account, id, read: export)
    }

    private static func export(_ row: Row) throws -> ExportRecord {
        let first = TaskTable.columnCount
        return ExportRecord(
            id: try row.get(first + 1), account: try row.get(first + 2), project: try row.get(first + 3),
            order: try row.get(first + 4), createdSeconds: try row.get(first + 5),
            task: try TaskTable.task(row, spec: try row.get(first)))
    }
}
