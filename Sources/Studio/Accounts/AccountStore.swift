// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash

/// Where accounts are kept. Durable when a call returns, or nothing of it happened.
///
/// An implementation proves itself by the tests of this protocol.
package protocol AccountStore: Sendable {
    /// The account that began with this client id; where there is none, `new` is kept and given. However many ask at once,
    /// a client has one account.
    func account(client: ContentHash, orElse new: Account) async throws -> Account
    /// Keeps a new account; false, and nothing happens, where its id or its client has one.
    func add(_ account: Account) async throws -> Bool
    /// Nil where there is none of that id.
    func account(_ id: AccountID) async throws -> Account?
    /// Gives the account as it is then; nil where there is none.
    func setPlan(_ plan: Plan, of id: AccountID) async throws -> Account?
    /// Somebody stands up for the account. Once registered it stays so since then. Nil where there is none.
    func register(_ id: AccountID, at seconds: Double) async throws -> Account?
    /// In the order of their ids, from behind `id`, or from the first.
    func accounts(after id: AccountID?, limit: Int) async throws -> [Account]
}
