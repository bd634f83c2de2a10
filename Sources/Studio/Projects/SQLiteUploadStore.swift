// SPDX-License-Identifier: GPL-3.0-or-later
package import Database

/// Uploads in the table `upload`.
package struct SQLiteUploadStore: UploadStore {
    private static let columns = "id, account, project, length, offset, metadata, created_at, expires_at, asset"

    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func add(_ upload: Upload) async throws -> Bool {
        try await database.write("add an upload") { transaction in
            guard try !transaction.exists("SELECT 1 FROM upload WHERE id = ?", upload.id) else { return false }
            try transaction.run(
                "INSERT INTO upload (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", upload.id, upload.account,
                upload.project, upload.length, upload.offset, upload.metadata, upload.createdSeconds,
                upload.expiresSeconds, upload.asset)
            return true
        }
    }

    package func upload(_ id: String, of account: AccountID) async throws -> Upload? {
        try await database.read("find an upload") { snapshot in
            try snapshot.first(
                "SELECT \(Self.columns) FROM upload WHERE id = ? AND account = ?", id, account, read: Self.upload)
        }
    }

    package func setLength(_ length: Int64, of id: String, account: AccountID) async throws -> Bool {
        try await database.write("set an upload's length") { transaction in
            try transaction.run(
                """
                UPDATE upload SET length = ?
                WHERE id = ? AND account = ? AND (length IS NULL OR length = ?) AND offset <= ?
                """, length, id, account, length, length) > 0
        }
    }

    package func advance(
        _ id: String, of account: AccountID, from: Int64, to: Int64, expiresSeconds: Double
    ) async throws -> Bool {
        guard from >= 0, to >= from else { return false }
        return try await database.write("go on with an upload") { transaction in
            try transaction.run(
                """
                UPDATE upload SET offset = ?, expires_at = ?
                WHERE id = ? AND account = ? AND offset = ? AND (length IS NULL OR length >= ?)
                """, to, expiresSeconds, id, account, from, to) > 0
        }
    }

    package func complete(_ id: String, of account: AccountID, as asset: String) async throws -> Bool {
        try await database.write("complete an upload") { transaction in
            try transaction.run(
                "UPDATE upload SET asset = ? WHERE id = ? AND account = ? AND asset IS NULL AND offset = length", asset,
                id, account) > 0
        }
    }

    package func remove(_ id: String, of account: AccountID) async throws -> Bool {
        try await database.write("remove an upload") { transaction in
            try transaction.run("DELETE FROM upload WHERE id = ? AND account = ?", id, account) > 0
        }
    }

    package func expired(at seconds: Double) async throws -> [Upload] {
        try await database.read("list uploads") { snapshot in
            try snapshot.all(
                "SELECT \(Self.columns) FROM upload WHERE expires_at <= ? ORDER BY expires_at, id", seconds,
                read: Self.upload)
        }
    }

    package func ids() async throws -> Set<String> {
        try await database.read("list uploads") { snapshot in
            Set(try snapshot.all("SELECT id FROM upload") { try $0.get(0, as: String.self) })
        }
    }

    private static func upload(_ row: Row) throws -> Upload {
        var upload = Upload(
            id: try row.get(0), account: try row.get(1), project: try row.get(2), length: try row.get(3),
            offset: try row.get(4), metadata: try row.get(5), createdSeconds: try row.get(6),
            expiresSeconds: try row.get(7))
        upload.asset = try row.get(8)
        return upload
    }
}
