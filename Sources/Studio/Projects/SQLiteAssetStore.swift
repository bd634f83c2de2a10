// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import Database
import EditModel
import Foundation

/// Assets in the table `asset`.
package struct SQLiteAssetStore: AssetStore {
    private static let columns = "asset.account, asset.project, asset.facts, asset.beats"

    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func asset(_ id: String, of account: AccountID) async throws -> Asset? {
        try await database.read("find a file") { snapshot in
            try snapshot.first(
                """
                SELECT \(Self.columns) FROM asset JOIN project ON project.id = asset.project
                WHERE asset.id = ? AND asset.account = ? AND project.deleted_at IS NULL
                """, id, account, read: Self.asset)
        }
    }

    package func asset(of hash: ContentHash, of account: AccountID) async throws -> Asset? {
        try await database.read("find a file") { snapshot in
            try snapshot.first(
                "SELECT \(Self.columns) FROM asset WHERE hash = ? AND account = ? ORDER BY id LIMIT 1", hash, account,
                read: Self.asset)
        }
    }

    package func unused(of hashes: [ContentHash]) async throws -> [ContentHash] {
        try await database.read("find files") { try Self.unused(of: hashes, in: $0) }
    }

    package func byteCount(of account: AccountID) async throws -> Int64 {
        try await database.read("count files") { snapshot in
            try snapshot.value(
                """
                SELECT coalesce(sum(byte_count), 0)
                FROM (SELECT max(byte_count) AS byte_count FROM asset WHERE account = ? GROUP BY hash)
                """, account) ?? 0
        }
    }

    static func unused(of hashes: [ContentHash], in database: some Querying) throws -> [ContentHash] {
        try hashes.filter { try !database.exists("SELECT 1 FROM asset WHERE hash = ?", $0) }
    }

    /// In their order.
    static func assets(of project: ProjectID, in database: some Querying) throws -> [Asset] {
        try database.all("SELECT \(columns) FROM asset WHERE project = ? ORDER BY number", project, read: asset)
    }

    /// Adds it, or replaces the one of its id.
    static func write(_ asset: Asset, number: Int, in transaction: Transaction) throws {
        let facts = String(decoding: try JSONEncoder().encode(asset.facts), as: UTF8.self)
        let beats = try asset.beats.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        try transaction.run(
            """
            INSERT INTO asset (id, account, project, number, hash, name, kind, byte_count, facts, beats)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash, name = excluded.name,
                kind = excluded.kind, byte_count = excluded.byte_count, facts = excluded.facts, beats = excluded.beats
            WHERE project = excluded.project
            """, asset.facts.id, asset.account, asset.project, number, asset.facts.contentHash, asset.facts.name,
            asset.facts.kind.rawValue, Int64(asset.facts.byteCount), facts, beats)
    }

    private static func asset(_ row: Row) throws -> Asset {
        Asset(
            account: try row.get(0), project: try row.get(1),
            facts: try JSONDecoder().decode(MediaFacts.self, from: Data(try row.get(2, as: String.self).utf8)),
            beats: try row.get(3, as: String?.self).map {
                try JSONDecoder().decode(BeatGrid.self, from: Data($0.utf8))
            })
    }
}
