// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash

/// What a client shows to say who it is. Opaque; only its hash is ever kept.
package struct Token: Hashable, Sendable {
    package static let prefix = "nmv_usr_"

    package let text: String

    /// What a client sent.
    package init(_ text: String) { self.text = text }

    /// A new one, of 260 random bits.
    package init(_ surroundings: Surroundings) { text = Self.prefix + surroundings.randomText(52) }

    package var hash: ContentHash { ContentHash(of: text.utf8) }
}

/// What is kept of a token.
package struct TokenRecord: Hashable, Sendable, Codable {
    /// SHA-256 of the token's text.
    package var hash: ContentHash
    package var account: AccountID
    /// Seconds since 1970.
    package var issuedSeconds: Double
    /// Good until before this time; nil: for good.
    package var expiresSeconds: Double?
    /// Good for this project and nothing else.
    package var project: ProjectID?
    /// Where whoever got it came from, for the limit of an address.
    package var address: String?
    package var revokedSeconds: Double?

    package init(
        hash: ContentHash, account: AccountID, issuedSeconds: Double, expiresSeconds: Double? = nil,
        project: ProjectID? = nil, address: String? = nil
    ) {
        self.hash = hash
        self.account = account
        self.issuedSeconds = issuedSeconds
        self.expiresSeconds = expiresSeconds
        self.project = project
        self.address = address
    }

    package func isGood(at seconds: Double) -> Bool {
        revokedSeconds == nil && expiresSeconds.map { seconds < $0 } ?? true
    }
}

/// How many tokens may be given out in a while. Tokens for one project do not count.
package struct TokenLimit: Hashable, Sendable {
    package enum Whose: Hashable, Sendable {
        /// Of the account that the new token is for.
        case account
        /// To the address that asks.
        case address
    }

    package var whose: Whose
    package var most: Int
    package var windowSeconds: Double

    package init(_ whose: Whose, most: Int, windowSeconds: Double) {
        self.whose = whose
        self.most = most
        self.windowSeconds = windowSeconds
    }
}

package enum TokenIssue: Hashable, Sendable {
    case issued
    /// There were too many; when one may be had again.
    case tooMany(againSeconds: Double)
}

/// Where tokens are kept. Durable when a call returns, or nothing of it happened.
package protocol TokenStore: Sendable {
    /// Keeps a token, unless there were too many lately. Counted and kept in one step.
    func issue(_ record: TokenRecord, within limits: [TokenLimit]) async throws -> TokenIssue
    /// The token of that hash, expired and revoked ones too; nil where none was ever issued.
    func record(_ hash: ContentHash) async throws -> TokenRecord?
    /// All of an account, the latest first.
    func tokens(of account: AccountID) async throws -> [TokenRecord]
    /// Good for nothing from now on; false where there is none, or it was revoked before.
    func revoke(_ hash: ContentHash, at seconds: Double) async throws -> Bool
    /// Removes tokens that expired before a time; gives how many.
    func forget(expiredBefore seconds: Double) async throws -> Int
}

extension TokenStore {
    /// Keeps a token.
    package func add(_ record: TokenRecord) async throws { _ = try await issue(record, within: []) }
}
