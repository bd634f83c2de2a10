// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash

/// What the owner of the data does: accounts, tokens, plans, credits.
extension Studio {
    /// In the order of their ids, behind `id`.
    nonisolated package func accounts(after id: AccountID?, limit: Int) async throws -> [Account] {
        try await stores.accounts.accounts(after: id, limit: limit)
    }

    /// Nil where there is none.
    nonisolated package func setPlan(_ plan: Plan, of account: AccountID) async throws -> Account? {
        try await stores.accounts.setPlan(plan, of: account)
    }

    /// All of the account, the latest first.
    nonisolated package func tokens(of account: AccountID) async throws -> [TokenRecord] {
        try await stores.tokens.tokens(of: account)
    }

    /// A token that does not count towards any limit and never expires; nil where there is no such account.
    nonisolated package func grantToken(to account: AccountID) async throws -> Token? {
        guard try await stores.accounts.account(account) != nil else { return nil }
        let token = Token(surroundings)
        try await stores.tokens.add(
            TokenRecord(hash: token.hash, account: account, issuedSeconds: surroundings.now()))
        return token
    }

    /// A token is good for nothing from now on; false where the account has none whose hash begins so, or several.
    nonisolated package func revokeToken(_ start: String, of account: AccountID) async throws -> Bool {
        let found = try await stores.tokens.tokens(of: account).filter { $0.hash.hex.hasPrefix(start.lowercased()) }
        guard found.count == 1, let token = found.first else { return false }
        return try await stores.tokens.revoke(token.hash, at: surroundings.now())
    }

    /// What the account really has, counted or not.
    nonisolated package func ledger(
        of account: AccountID, limit: Int
    ) async throws -> (balance: CreditBalance, entries: [CreditEntry]) {
        (
            try await stores.credits.balance(of: account),
            try await stores.credits.entries(of: account, limit: limit)
        )
    }

    /// Adds credits, or takes some away; false where that was done under this reference before.
    nonisolated package func grantCredits(
        _ amount: Int, to account: AccountID, reference: String?
    ) async throws -> Bool {
        try await stores.credits.grant(
            amount, to: account, reference: reference ?? "admin-" + surroundings.randomText(12), at: surroundings.now())
    }
}

extension Studio {
    /// Removes what has had its time: tokens, claims, uploads that nobody went on with, projects deleted long enough ago,
    /// and bytes to which nothing points any more.
    package func tidy() async throws {
        let now = surroundings.now()
        _ = try await stores.claims.forget(expiredBefore: now)
        // A while longer than they are good, so that the limits of a client go on counting them.
        _ = try await stores.tokens.forget(expiredBefore: now - (terms ?? ServiceTerms()).tokenSeconds)
        try await removeExpiredUploads()
        _ = try await stores.projects.purge(deletedBefore: now - Self.restoringSeconds)
        try await removeUnusedMedia()
    }

    /// Removes the bytes of media to which no file of any project points. Gives how many files that were.
    @discardableResult
    nonisolated package func removeUnusedMedia() async throws -> Int {
        var removed = 0
        for hash in try await stores.assets.unused(of: stores.media.kept()) {
            let (assets, media) = (stores.assets, stores.media)
            let isRemoved = try await holds.whileFree(hash) {
                // Looked up again: it may have got into a project meanwhile.
                guard try await assets.unused(of: [hash]) == [hash] else { return false }
                try await media.remove(hash)
                return true
            }
            if isRemoved { removed += 1 }
        }
        return removed
    }
}
