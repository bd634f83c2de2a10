// SPDX-License-Identifier: GPL-3.0-or-later
package import Database

/// Credits in an SQLite database.
package struct SQLiteCreditLedger: CreditLedger {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func balance(of account: AccountID) async throws -> CreditBalance {
        try await database.read("find a balance") { try CreditTable.balance(of: account, in: $0) }
    }

    package func grant(
        _ amount: Int, to account: AccountID, reference: String, at seconds: Double
    ) async throws -> Bool {
        try await database.write("grant credits") {
            try CreditTable.grant(amount, to: account, reference: reference, at: seconds, in: $0)
        }
    }

    package func reserve(
        _ amount: Int, of account: AccountID, reference: String, at seconds: Double
    ) async throws -> Reservation {
        try await database.write("reserve credits") {
            try CreditTable.reserve(amount, of: account, reference: reference, at: seconds, in: $0)
        }
    }

    package func settle(
        _ reference: String, of account: AccountID, using amount: Int, at seconds: Double
    ) async throws -> Bool {
        try await database.write("settle credits") {
            try CreditTable.end(reference, of: account, using: amount, at: seconds, in: $0)
        }
    }

    package func release(_ reference: String, of account: AccountID, at seconds: Double) async throws -> Bool {
        try await database.write("release credits") {
            try CreditTable.end(reference, of: account, using: nil, at: seconds, in: $0)
        }
    }

    package func releaseAll(at seconds: Double) async throws -> Int {
        try await database.write("release credits") { transaction in
            let open = try transaction.all("SELECT account, reference FROM credit_hold") { row in
                (try row.get(0, as: AccountID.self), try row.get(1, as: String.self))
            }
            for (account, reference) in open {
                _ = try CreditTable.end(reference, of: account, using: nil, at: seconds, in: transaction)
            }
            return open.count
        }
    }

    package func entries(of account: AccountID, limit: Int) async throws -> [CreditEntry] {
        try await database.read("list credits") { snapshot in
            try snapshot.all(
                """
                SELECT reason, reference, available, frozen, at FROM credit_entry WHERE account = ?
                ORDER BY id DESC LIMIT ?
                """, account, limit
            ) { row in
                CreditEntry(
                    account: account, reason: try row.get(0), reference: try row.get(1), available: try row.get(2),
                    frozen: try row.get(3), atSeconds: try row.get(4))
            }
        }
    }
}
