// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash

/// What is kept of a claim token: who shows it first gets a token for one project.
package struct ClaimRecord: Hashable, Sendable {
    /// SHA-256 of the claim token's text.
    package var hash: ContentHash
    package var account: AccountID
    package var project: ProjectID
    /// Good until before this time, in seconds since 1970.
    package var expiresSeconds: Double

    package init(hash: ContentHash, account: AccountID, project: ProjectID, expiresSeconds: Double) {
        self.hash = hash
        self.account = account
        self.project = project
        self.expiresSeconds = expiresSeconds
    }
}

/// Where claim tokens are kept. Durable when a call returns, or nothing of it happened.
package protocol ClaimStore: Sendable {
    func add(_ claim: ClaimRecord) async throws
    /// The claim, for the first who shows it while it is good, and `token` is kept in the same step; nil for anybody else.
    func redeem(
        _ hash: ContentHash, at seconds: Double, for token: @escaping @Sendable (ClaimRecord) -> TokenRecord
    ) async throws -> ClaimRecord?
    /// Removes claims that are good for nothing any more; gives how many.
    func forget(expiredBefore seconds: Double) async throws -> Int
}
