// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash

/// A token that was just made, with what goes with it.
package struct TokenGrant: Sendable {
    package var token: Token
    package var account: AccountID
    /// Seconds since 1970; told to clients also where the token is good for longer.
    package var expiresSeconds: Double
    package var credits: Int
}

/// Who a token stands for.
package struct TokenBearer: Hashable, Sendable {
    package var account: AccountID
    /// The one project that the token is good for; nil: all of the account.
    package var project: ProjectID?
}

extension Studio {
    /// How long a claim token is good.
    private static let claimSeconds = 600.0
    private static let firstCreditsReference = "welcome"

    /// A token for whoever calls itself `client`. On one's own machine it is the owner's, and good for ever.
    ///
    /// Under terms the client gets its account, with credits the first time. Throws `StudioError.tooManyTokens`.
    ///
    /// - Parameter address: where the client is; nil where that does not count.
    package func issueToken(client: String, address: String?) async throws -> TokenGrant {
        let now = surroundings.now()
        let token = Token(surroundings)
        guard let terms else {
            try await stores.tokens.add(TokenRecord(hash: token.hash, account: .localOwner, issuedSeconds: now))
            return TokenGrant(
                token: token, account: .localOwner, expiresSeconds: now + ServiceTerms().tokenSeconds,
                credits: ServiceTerms().firstCredits)
        }
        let hash = ContentHash(of: client.utf8)
        let account = try await stores.accounts.account(
            client: hash, orElse: Account(id: AccountID(surroundings), client: hash, createdSeconds: now)
        ).id
        let record = TokenRecord(
            hash: token.hash, account: account, issuedSeconds: now, expiresSeconds: now + terms.tokenSeconds,
            address: address)
        let limits = [
            TokenLimit(.account, most: 1, windowSeconds: terms.tokenSeconds),
            TokenLimit(.address, most: terms.tokensPerAddress, windowSeconds: terms.tokenSeconds),
        ]
        switch try await stores.tokens.issue(record, within: address == nil ? [limits[0]] : limits) {
        case .issued: break
        case .tooMany(let again): throw StudioError.tooManyTokens(waitSeconds: max(1, again - now))
        }
        _ = try await stores.credits.grant(
            terms.firstCredits, to: account, reference: Self.firstCreditsReference, at: now)
        return TokenGrant(
            token: token, account: account, expiresSeconds: now + terms.tokenSeconds,
            credits: try await stores.credits.balance(of: account).available)
    }

    /// Who the token stands for; nil for one that was never issued, has expired or was revoked.
    nonisolated package func bearer(of token: Token) async throws -> TokenBearer? {
        guard let record = try await stores.tokens.record(token.hash), record.isGood(at: surroundings.now()) else {
            return nil
        }
        return TokenBearer(account: record.account, project: record.project)
    }

    /// A text that is good for one token of one project, once, for a while.
    package func claim(
        on id: ProjectID, of account: AccountID
    ) async throws -> (text: String, expiresInSeconds: Double) {
        _ = try await project(id, of: account)
        let text = "clm_" + surroundings.randomText(52)
        try await stores.claims.add(
            ClaimRecord(
                hash: ContentHash(of: text.utf8), account: account, project: id,
                expiresSeconds: surroundings.now() + Self.claimSeconds))
        return (text, Self.claimSeconds)
    }

    /// Trades a claim token for a token that is good for its project and nothing else; nil where it is good for nothing
    /// (any more).
    package func redeem(claim text: String) async throws -> (grant: TokenGrant, project: ProjectID)? {
        let now = surroundings.now()
        let seconds = (terms ?? ServiceTerms()).tokenSeconds
        let token = Token(surroundings)
        let redeemed = try await stores.claims.redeem(ContentHash(of: text.utf8), at: now) { claim in
            TokenRecord(
                hash: token.hash, account: claim.account, issuedSeconds: now, expiresSeconds: now + seconds,
                project: claim.project)
        }
        guard let redeemed else { return nil }
        let grant = TokenGrant(
            token: token, account: redeemed.account, expiresSeconds: now + seconds,
            credits: try await credits(of: redeemed.account).available)
        return (grant, redeemed.project)
    }

    // MARK: Credits and plans

    /// What the account has. On one's own machine it is shown and never used up.
    nonisolated package func credits(of account: AccountID) async throws -> CreditBalance {
        guard terms != nil else { return CreditBalance(available: ServiceTerms().firstCredits, frozen: 0) }
        return try await stores.credits.balance(of: account)
    }

    /// The account's plan; on one's own machine everything is included.
    nonisolated package func plan(of account: AccountID) async throws -> Plan {
        guard terms != nil else { return .paid }
        return try await stores.accounts.account(account)?.plan ?? .free
    }

    /// Makes an anonymous account a registered one; false where there is none of that id.
    package func register(_ account: AccountID) async throws -> Bool {
        try await stores.accounts.register(account, at: surroundings.now()) != nil
    }
}
