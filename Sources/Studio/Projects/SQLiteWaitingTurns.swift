// SPDX-License-Identifier: GPL-3.0-or-later
package import Database

/// Waiting turns in the table `waiting_turn`.
package struct SQLiteWaitingTurns: WaitingTurns {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func add(_ turn: WaitingTurn) async throws -> Bool {
        try await database.write("put a turn down") { transaction in
            let isTaken = try transaction.exists("SELECT 1 FROM waiting_turn WHERE id = ?", turn.id)
            let isThere = try transaction.exists(
                "SELECT 1 FROM project WHERE id = ? AND account = ?", turn.project, turn.account)
            guard isThere, !isTaken else { return false }
            try transaction.run(
                "INSERT INTO waiting_turn (id, account, project, said, said_at, context) VALUES (?, ?, ?, ?, ?, ?)",
                turn.id, turn.account, turn.project, turn.said, turn.saidSeconds, turn.context)
            return true
        }
    }

    package func remove(_ id: String) async throws -> Bool {
        try await database.write("take a turn out") { transaction in
            try transaction.run("DELETE FROM waiting_turn WHERE id = ?", id) > 0
        }
    }

    package func all() async throws -> [WaitingTurn] {
        try await database.read("list waiting turns") { snapshot in
            try snapshot.all(
                "SELECT id, account, project, said, said_at, context FROM waiting_turn ORDER BY number"
            ) { row in
                WaitingTurn(
                    id: try row.get(0), account: try row.get(1), project: try row.get(2), said: try row.get(3),
                    saidSeconds: try row.get(4), context: try row.get(5))
            }
        }
    }
}
