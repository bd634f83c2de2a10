// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import Database
import Foundation

/// Projects in an SQLite database: a row for each revision, log entry, turn and file, so that a save writes what is new.
package struct SQLiteProjectStore: ProjectStore {
    private let database: Database
    private let events: EventTable

    package init(_ database: Database, _ events: EventTable) {
        self.database = database
        self.events = events
    }

    @discardableResult
    package func save(_ change: ProjectChange) async throws -> [ProjectEvent] {
        try await database.write("save a project") { [events] transaction in
            try Self.save(change, events, in: transaction)
        }
    }

    static func save(
        _ change: ProjectChange, _ events: EventTable, in transaction: Transaction
    ) throws -> [ProjectEvent] {
        let project = change.project
        try ProjectTable.write(project, before: change.before, in: transaction)
        if let settlement = change.settlement {
            _ = try CreditTable.end(
                settlement.reference, of: project.account, using: settlement.using, at: project.changedSeconds,
                in: transaction)
        }
        return try change.events.compactMap {
            try events.append($0, to: project.id, at: project.changedSeconds, in: transaction)
        }
    }

    package func load(_ id: ProjectID, of account: AccountID) async throws -> Project? {
        try await database.read("read a project") { snapshot in
            try ProjectTable.read(id, in: snapshot) { $0.account == account && $0.deletedSeconds == nil }
        }
    }

    package func list(of account: AccountID, deleted: Bool) async throws -> [ProjectSummary] {
        try await database.read("list projects") { snapshot in
            try snapshot.all(
                """
                SELECT id, name, language, created_at, changed_at, deleted_at, revision, media_count, turn_count,
                    length,
                    (SELECT coalesce(sum(byte_count), 0)
                     FROM (SELECT max(byte_count) AS byte_count FROM asset WHERE asset.project = project.id GROUP BY hash))
                FROM project WHERE account = ? AND (deleted_at IS NOT NULL) = ? ORDER BY changed_at DESC, id
                """, account, deleted
            ) { row in
                ProjectSummary(
                    id: try row.get(0), name: try row.get(1), language: try row.get(2), createdSeconds: try row.get(3),
                    changedSeconds: try row.get(4), deletedSeconds: try row.get(5), revision: try row.get(6),
                    mediaCount: try row.get(7), turnCount: try row.get(8),
                    length: try row.get(9), byteCount: try row.get(10))
            }
        }
    }

    package func delete(_ id: ProjectID, of account: AccountID, at seconds: Double) async throws -> Bool {
        try await database.write("delete a project") { transaction in
            try transaction.run(
                "UPDATE project SET deleted_at = ? WHERE id = ? AND account = ? AND deleted_at IS NULL", seconds, id,
                account) > 0
        }
    }

    package func restore(_ id: ProjectID, of account: AccountID) async throws -> Bool {
        try await database.write("restore a project") { transaction in
            try transaction.run(
                "UPDATE project SET deleted_at = NULL WHERE id = ? AND account = ? AND deleted_at IS NOT NULL", id,
                account) > 0
        }
    }

    package func purge(deletedBefore seconds: Double) async throws -> [ContentHash] {
        try await database.write("remove deleted projects") { transaction in
            let hashes = try transaction.all(
                """
                SELECT DISTINCT hash FROM project CROSS JOIN asset ON asset.project = project.id
                WHERE project.deleted_at < ? ORDER BY hash
                """, seconds
            ) { try $0.get(0, as: ContentHash.self) }
            try transaction.run("DELETE FROM project WHERE deleted_at < ?", seconds)
            return try SQLiteAssetStore.unused(of: hashes, in: transaction)
        }
    }
}
