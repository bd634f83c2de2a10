// SPDX-License-Identifier: GPL-3.0-or-later

/// Where projects are kept.
///
/// An implementation proves itself by the tests of this protocol. One process writes a project at a time; whoever
/// wants the project of an account gets nothing that belongs to another one.
package protocol ProjectStore: Sendable {
    /// Keeps the project as it is now, in place of what was kept of it; durable when it returns, or nothing of it.
    func save(_ project: Project) async throws
    /// The project as last saved; nil where this account has none of that id.
    func load(_ id: ProjectID, of account: AccountID) async throws -> Project?
}
