// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import Database
import Synchronization

/// Tokens in the table `token`; those that were asked for lately are remembered, since every request asks.
package final class SQLiteTokenStore: TokenStore {
    private static let columns = "hash, account, issued_at, expires_at, project, address, revoked_at"
    private static let mostRemembered = 4096

    private struct Known {
        var records: [ContentHash: TokenRecord] = [:]
        /// Grows when a token changes, so that what was read before is not remembered after.
        var changes = 0
    }

    private let database: Database
    private let known = Mutex(Known())

    package init(_ database: Database) { self.database = database }

    package func issue(_ record: TokenRecord, within limits: [TokenLimit]) async throws -> TokenIssue {
        try await database.write("issue a token") { transaction in
            for limit in limits {
                if let again = try Self.again(record, limit, transaction) { return .tooMany(againSeconds: again) }
            }
            try Self.insert(record, transaction)
            return .issued
        }
    }

    /// When the limit lets another one be issued; nil for now.
    private static func again(_ record: TokenRecord, _ limit: TokenLimit, _ transaction: Transaction) throws -> Double?
    {
        let since = record.issuedSeconds - limit.windowSeconds
        let column: String
        let whose: (any SQLConvertible)?
        switch limit.whose {
        case .account: (column, whose) = ("account", record.account)
        case .address: (column, whose) = ("address", record.address)
        }
        guard let whose else { return nil }
        // The one that has to leave the window before there is room.
        let oldest = try transaction.value(
            """
            SELECT issued_at FROM token WHERE \(column) = ? AND issued_at > ? AND project IS NULL
            ORDER BY issued_at DESC LIMIT 1 OFFSET ?
            """, whose, since, max(0, limit.most - 1), as: Double.self)
        return oldest.map { $0 + limit.windowSeconds }
    }

    package func record(_ hash: ContentHash) async throws -> TokenRecord? {
        let (found, changes) = known.withLock { ($0.records[hash], $0.changes) }
        if let found { return found }
        let record = try await database.read("find a token") { snapshot in
            try snapshot.first("SELECT \(Self.columns) FROM token WHERE hash = ?", hash, read: Self.record)
        }
        guard let record else { return nil }
        known.withLock { known in
            guard known.changes == changes else { return }
            if known.records.count >= Self.mostRemembered { known.records.removeAll() }
            known.records[hash] = record
        }
        return record
    }

    package func tokens(of account: AccountID) async throws -> [TokenRecord] {
        try await database.read("list tokens") { snapshot in
            try snapshot.all(
                "SELECT \(Self.columns) FROM token WHERE account = ? ORDER BY issued_at DESC, hash", account,
                read: Self.record)
        }
    }

    package func revoke(_ hash: ContentHash, at seconds: Double) async throws -> Bool {
        let isDone = try await database.write("revoke a token") { transaction in
            try transaction.run(
                "UPDATE token SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL", seconds, hash) > 0
        }
        forgetKnown()
        return isDone
    }

    package func forget(expiredBefore seconds: Double) async throws -> Int {
        let count = try await database.write("forget tokens") { transaction in
            try transaction.run("DELETE FROM token WHERE expires_at < ?", seconds)
        }
        forgetKnown()
        return count
    }

    private func forgetKnown() {
        known.withLock { known in
            known.records = [:]
            known.changes += 1
        }
    }

    static func insert(_ record: TokenRecord, _ transaction: Transaction) throws {
        try transaction.run(
            "INSERT INTO token (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?)", record.hash, record.account,
            record.issuedSeconds, record.expiresSeconds, record.project, record.address, record.revokedSeconds)
    }

    private static func record(_ row: Row) throws -> TokenRecord {
        var record = TokenRecord(
            hash: try row.get(0), account: try row.get(1), issuedSeconds: try row.get(2),
            expiresSeconds: try row.get(3), project: try row.get(4), address: try row.get(5))
        record.revokedSeconds = try row.get(6)
        return record
    }
}
