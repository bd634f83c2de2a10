// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import Database

/// Claim tokens in the table `claim`.
package struct SQLiteClaimStore: ClaimStore {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func add(_ claim: ClaimRecord) async throws {
        try await database.write("add a claim") { transaction in
            try transaction.run(
                "INSERT INTO claim (hash, account, project, expires_at) VALUES (?, ?, ?, ?)", claim.hash,
                claim.account, claim.project, claim.expiresSeconds)
        }
    }

    package func redeem(
        _ hash: ContentHash, at seconds: Double, for token: @escaping @Sendable (ClaimRecord) -> TokenRecord
    ) async throws -> ClaimRecord? {
        try await database.write("redeem a claim") { transaction in
            let claim = try transaction.first(
                """
                UPDATE claim SET redeemed_at = ? WHERE hash = ? AND redeemed_at IS NULL AND expires_at > ?
                RETURNING account, project, expires_at
                """, seconds, hash, seconds
            ) { row in
                ClaimRecord(
                    hash: hash, account: try row.get(0), project: try row.get(1), expiresSeconds: try row.get(2))
            }
            if let claim { try SQLiteTokenStore.insert(token(claim), transaction) }
            return claim
        }
    }

    package func forget(expiredBefore seconds: Double) async throws -> Int {
        try await database.write("forget claims") { transaction in
            try transaction.run("DELETE FROM claim WHERE expires_at < ?", seconds)
        }
    }
}
