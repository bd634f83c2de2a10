// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import Database

/// Accounts in the table `account`.
package struct SQLiteAccountStore: AccountStore {
    private static let columns = "id, client, plan, registered_at, created_at"

    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func account(client: ContentHash, orElse new: Account) async throws -> Account {
        try await database.write("find an account") { transaction in
            let known = try transaction.first(
                "SELECT \(Self.columns) FROM account WHERE client = ?", client, read: Self.account)
            if let known { return known }
            var new = new
            new.client = client
            try Self.insert(new, transaction)
            return new
        }
    }

    package func add(_ account: Account) async throws -> Bool {
        try await database.write("add an account") { transaction in
            let isTaken = try transaction.exists(
                "SELECT 1 FROM account WHERE id = ? OR client = ?", account.id, account.client)
            if !isTaken { try Self.insert(account, transaction) }
            return !isTaken
        }
    }

    package func account(_ id: AccountID) async throws -> Account? {
        try await database.read("find an account") { try Self.account(id, $0) }
    }

    package func setPlan(_ plan: Plan, of id: AccountID) async throws -> Account? {
        try await database.write("change a plan") { transaction in
            try transaction.run("UPDATE account SET plan = ? WHERE id = ?", plan, id)
            return try Self.account(id, transaction)
        }
    }

    package func register(_ id: AccountID, at seconds: Double) async throws -> Account? {
        try await database.write("register an account") { transaction in
            try transaction.run(
                "UPDATE account SET registered_at = coalesce(registered_at, ?) WHERE id = ?", seconds, id)
            return try Self.account(id, transaction)
        }
    }

    package func accounts(after id: AccountID?, limit: Int) async throws -> [Account] {
        try await database.read("list accounts") { snapshot in
            try snapshot.all(
                "SELECT \(Self.columns) FROM account WHERE id > ? ORDER BY id LIMIT ?", id?.rawValue ?? "", limit,
                read: Self.account)
        }
    }

    private static func insert(_ account: Account, _ transaction: Transaction) throws {
        try transaction.run(
            "INSERT INTO account (\(columns)) VALUES (?, ?, ?, ?, ?)", account.id, account.client, account.plan,
            account.registeredSeconds, account.createdSeconds)
    }

    private static func account(_ id: AccountID, _ database: some Querying) throws -> Account? {
        try database.first("SELECT \(columns) FROM account WHERE id = ?", id, read: account)
    }

    private static func account(_ row: Row) throws -> Account {
        Account(
            id: try row.get(0), client: try row.get(1), plan: try row.get(2), registeredSeconds: try row.get(3),
            createdSeconds: try row.get(4))
    }
}
