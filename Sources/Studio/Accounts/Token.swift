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

    package init(hash: ContentHash, account: AccountID, issuedSeconds: Double) {
        self.hash = hash
        self.account = account
        self.issuedSeconds = issuedSeconds
    }
}

/// Where tokens are kept.
package protocol TokenStore: Sendable {
    /// Keeps a token; durable when it returns.
    func add(_ record: TokenRecord) async throws
    /// The token of that hash; nil where none was ever issued.
    func record(_ hash: ContentHash) async throws -> TokenRecord?
}
