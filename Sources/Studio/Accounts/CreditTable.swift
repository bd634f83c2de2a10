// SPDX-License-Identifier: GPL-3.0-or-later
import Database

/// The ledger in tables: lines in `credit_entry`, open reservations in `credit_hold`, sums in `account`. For use within a
/// transaction.
enum CreditTable {
    static func grant(
        _ amount: Int, to account: AccountID, reference: String, at seconds: Double, in transaction: Transaction
    ) throws -> Bool {
        let isKnown = try transaction.exists(
            "SELECT 1 FROM credit_entry WHERE account = ? AND reason = 'granted' AND reference = ?", account, reference)
        guard !isKnown else { return false }
        try write(
            CreditEntry(
                account: account, reason: .granted, reference: reference, available: amount, frozen: 0,
                atSeconds: seconds), in: transaction)
        return true
    }

    static func reserve(
        _ amount: Int, of account: AccountID, reference: String, at seconds: Double, in transaction: Transaction
    ) throws -> Reservation {
        let isKnown = try transaction.exists(
            "SELECT 1 FROM credit_entry WHERE account = ? AND reason = 'reserved' AND reference = ?", account, reference
        )
        if isKnown { return .known(isOpen: try held(reference, of: account, in: transaction) != nil) }
        let balance = try balance(of: account, in: transaction)
        guard amount >= 0, amount <= balance.available else { return .notEnough(balance) }
        try write(
            CreditEntry(
                account: account, reason: .reserved, reference: reference, available: -amount, frozen: amount,
                atSeconds: seconds), in: transaction)
        try transaction.run(
            "INSERT INTO credit_hold (account, reference, amount) VALUES (?, ?, ?)", account, reference, amount)
        return .reserved
    }

    /// - Parameter amount: what is used; nil gives all back.
    static func end(
        _ reference: String, of account: AccountID, using amount: Int?, at seconds: Double, in transaction: Transaction
    ) throws -> Bool {
        guard let held = try held(reference, of: account, in: transaction) else { return false }
        let used = min(max(0, amount ?? 0), held)
        try write(
            CreditEntry(
                account: account, reason: amount == nil ? .released : .settled, reference: reference,
                available: held - used, frozen: -held, atSeconds: seconds), in: transaction)
        try transaction.run("DELETE FROM credit_hold WHERE account = ? AND reference = ?", account, reference)
        return true
    }

    static func balance(of account: AccountID, in database: some Querying) throws -> CreditBalance {
        try database.first("SELECT available, frozen FROM account WHERE id = ?", account) { row in
            CreditBalance(available: try row.get(0), frozen: try row.get(1))
        } ?? CreditBalance()
    }

    private static func held(
        _ reference: String, of account: AccountID, in database: some Querying
    ) throws -> Int? {
        try database.value("SELECT amount FROM credit_hold WHERE account = ? AND reference = ?", account, reference)
    }

    private static func write(_ entry: CreditEntry, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO credit_entry (account, reason, reference, available, frozen, at) VALUES (?, ?, ?, ?, ?, ?)
            """, entry.account, entry.reason, entry.reference, entry.available, entry.frozen, entry.atSeconds)
        try transaction.run(
            "UPDATE account SET available = available + ?, frozen = frozen + ? WHERE id = ?", entry.available,
            entry.frozen, entry.account)
    }
}
