// SPDX-License-Identifier: GPL-3.0-or-later

/// Something that was said and not yet answered.
package struct WaitingTurn: Hashable, Sendable {
    /// The turn's id.
    package let id: String
    package let account: AccountID
    package let project: ProjectID
    package let said: String
    /// Seconds since 1970.
    package let saidSeconds: Double
    /// What else the turn is to be told, as whoever put it there writes it.
    package let context: [UInt8]

    package init(
        id: String, account: AccountID, project: ProjectID, said: String, saidSeconds: Double, context: [UInt8] = []
    ) {
        self.id = id
        self.account = account
        self.project = project
        self.said = said
        self.saidSeconds = saidSeconds
        self.context = context
    }
}

/// Turns that were accepted and are not over, so that they outlive their server. A turn that is saved with its project goes
/// out by itself, in the same step. Durable when a call returns, or nothing of it happened.
package protocol WaitingTurns: Sendable {
    /// False, and nothing happens, where the id is taken or there is no such project.
    func add(_ turn: WaitingTurn) async throws -> Bool
    /// It came to nothing; false where it is not there.
    func remove(_ id: String) async throws -> Bool
    /// In the order in which they were said.
    func all() async throws -> [WaitingTurn]
}
