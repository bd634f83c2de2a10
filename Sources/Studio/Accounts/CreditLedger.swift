// SPDX-License-Identifier: GPL-3.0-or-later

/// What an account has.
package struct CreditBalance: Hashable, Sendable {
    /// Free to be used.
    package var available: Int
    /// Kept for turns that are under way.
    package var frozen: Int

    package var total: Int { available + frozen }

    package init(available: Int = 0, frozen: Int = 0) {
        self.available = available
        self.frozen = frozen
    }
}

/// A line of the ledger. Lines are only ever added; their sums are the balance.
package struct CreditEntry: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        case granted, reserved, settled, released
    }

    package var account: AccountID
    package var reason: Reason
    /// What it was for: a turn's id, a purchase's number. Unique with account and reason.
    package var reference: String
    /// What it adds to what is free to be used, and to what is frozen.
    package var available: Int
    package var frozen: Int
    /// Seconds since 1970.
    package var atSeconds: Double

    package init(
        account: AccountID, reason: Reason, reference: String, available: Int, frozen: Int, atSeconds: Double
    ) {
        self.account = account
        self.reason = reason
        self.reference = reference
        self.available = available
        self.frozen = frozen
        self.atSeconds = atSeconds
    }
}

/// What became of a wish to set credits aside.
package enum Reservation: Hashable, Sendable {
    case reserved
    /// It was reserved under this reference before; whether it still is.
    case known(isOpen: Bool)
    /// Nothing was reserved.
    case notEnough(CreditBalance)
}

/// Credits: what is given, set aside at a turn's start, and used or given back at its end, each exactly once.
///
/// ```
/// reserve 1    available −1, frozen +1
/// settle  1                  frozen −1        or   release   available +1, frozen −1
/// ```
/// A turn that is saved settles in the same step (`ProjectChange.settlement`). Durable when a call returns, or nothing of it
/// happened.
package protocol CreditLedger: Sendable {
    func balance(of account: AccountID) async throws -> CreditBalance
    /// Adds to the account, or takes from it where `amount` is negative; false, and nothing happens, where this reference
    /// was granted before.
    func grant(_ amount: Int, to account: AccountID, reference: String, at seconds: Double) async throws -> Bool
    func reserve(
        _ amount: Int, of account: AccountID, reference: String, at seconds: Double
    ) async throws -> Reservation
    /// Uses up to what was reserved; the rest is free again. False, and nothing happens, where nothing is open under this
    /// reference.
    func settle(
        _ reference: String, of account: AccountID, using amount: Int, at seconds: Double
    ) async throws -> Bool
    /// Gives back all that was reserved; false, and nothing happens, where nothing is open under this reference.
    func release(_ reference: String, of account: AccountID, at seconds: Double) async throws -> Bool
    /// Gives back all that is open: what a dead server left. Gives how many reservations.
    func releaseAll(at seconds: Double) async throws -> Int
    /// The latest first.
    func entries(of account: AccountID, limit: Int) async throws -> [CreditEntry]
}
