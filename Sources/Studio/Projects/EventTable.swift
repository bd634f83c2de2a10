// SPDX-License-Identifier: GPL-3.0-or-later
package import Database
import JSON
import JobQueue
import Synchronization

/// Events in the table `event`, and who waits for them. For use within a transaction.
package final class EventTable: Sendable {
    /// Some more than these stay until there are so many that removing them is worth it.
    private static let slack = 64

    private let kept: Int
    private let listeners = Mutex<[ProjectID: Listeners]>([:])

    private struct Listeners {
        let hinting: Hinting
        var count: Int
    }

    /// - Parameter kept: events of a project that stay.
    package init(kept: Int = 1000) { self.kept = max(1, kept) }

    /// Nil where there is no such project.
    func append(
        _ event: NewEvent, to project: ProjectID, at seconds: Double, in transaction: Transaction
    ) throws -> ProjectEvent? {
        let count = try transaction.value(
            "UPDATE project SET event_count = event_count + 1 WHERE id = ? RETURNING event_count", project, as: Int.self
        )
        guard let count else { return nil }
        try transaction.run(
            "INSERT INTO event (project, kind, payload, at) VALUES (?, ?, ?, ?)", project, event.kind,
            event.payload.text(), seconds)
        let id = transaction.lastRowID
        if count > kept + Self.slack { try trim(project, in: transaction) }
        transaction.afterCommit { [self] in tell(project) }
        return ProjectEvent(id: id, project: project, kind: event.kind, payload: event.payload, atSeconds: seconds)
    }

    private func trim(_ project: ProjectID, in transaction: Transaction) throws {
        let last = try transaction.value(
            "SELECT id FROM event WHERE project = ? ORDER BY id DESC LIMIT 1 OFFSET ?", project, kept, as: Int64.self)
        guard let last else { return }
        try transaction.run("DELETE FROM event WHERE project = ? AND id <= ?", project, last)
        try transaction.run("UPDATE project SET event_count = ?, event_lost = ? WHERE id = ?", kept, last, project)
    }

    func events(of project: ProjectID, after id: Int64, limit: Int, in database: some Querying) throws -> EventPage {
        let lost = try database.value("SELECT event_lost FROM project WHERE id = ?", project, as: Int64.self) ?? 0
        let latest = try latest(of: project, in: database)
        let events = try database.all(
            "SELECT id, kind, payload, at FROM event WHERE project = ? AND id > ? ORDER BY id LIMIT ?", project, id,
            max(1, limit)
        ) { row in
            ProjectEvent(
                id: try row.get(0), project: project, kind: try row.get(1),
                payload: try JSONValue(parsing: Array(try row.get(2, as: String.self).utf8)), atSeconds: try row.get(3))
        }
        return EventPage(events: events, missesSome: id < lost || id > latest)
    }

    func latest(of project: ProjectID, in database: some Querying) throws -> Int64 {
        try database.value(
            """
            SELECT max(event_lost, coalesce((SELECT max(id) FROM event WHERE project = project.id), 0))
            FROM project WHERE id = ?
            """, project) ?? 0
    }

    // MARK: Who waits

    private func tell(_ project: ProjectID) { listeners.withLock { $0[project]?.hinting }?.tell() }

    func hints(of project: ProjectID) -> AsyncStream<Void> {
        let hinting = listeners.withLock { listeners in
            var here = listeners[project] ?? Listeners(hinting: Hinting(), count: 0)
            here.count += 1
            listeners[project] = here
            return here.hinting
        }
        return hinting.stream { [weak self] in
            self?.listeners.withLock { listeners in
                guard var here = listeners[project] else { return }
                here.count -= 1
                listeners[project] = here.count > 0 ? here : nil
            }
        }
    }

    /// How many projects are listened to.
    var listenedTo: Int { listeners.withLock { $0.count } }
}

/// Events in an SQLite database.
package struct SQLiteEventLog: EventLog {
    private let database: Database
    private let table: EventTable

    package init(_ database: Database, _ table: EventTable) {
        self.database = database
        self.table = table
    }

    package func append(_ event: NewEvent, to project: ProjectID, at seconds: Double) async throws -> ProjectEvent? {
        try await database.write("write an event down") { [table] in
            try table.append(event, to: project, at: seconds, in: $0)
        }
    }

    package func events(of project: ProjectID, after id: Int64, limit: Int) async throws -> EventPage {
        try await database.read("read events") { [table] in
            try table.events(of: project, after: id, limit: limit, in: $0)
        }
    }

    package func latestEvent(of project: ProjectID) async throws -> Int64 {
        try await database.read("read events") { [table] in try table.latest(of: project, in: $0) }
    }

    package func hints(of project: ProjectID) -> AsyncStream<Void> { table.hints(of: project) }
}
