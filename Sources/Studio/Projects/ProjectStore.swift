// SPDX-License-Identifier: GPL-3.0-or-later

/// A project as it shall be kept, and what becomes true with it, all in one step or not at all.
package struct ProjectChange: Sendable {
    /// The end of a reservation (`CreditLedger`) of the project's account.
    package struct Settlement: Hashable, Sendable {
        package var reference: String
        /// What is used of it; the rest is free again.
        package var using: Int

        package init(reference: String, using: Int) {
            self.reference = reference
            self.using = using
        }
    }

    package var project: Project
    /// As it was saved last, where the caller knows: only the difference is written. Nil where it was never saved.
    package var before: Project?
    package var events: [NewEvent] = []
    package var settlement: Settlement?

    package init(_ project: Project, before: Project? = nil) {
        self.project = project
        self.before = before
    }
}

/// A project as a list shows it.
package struct ProjectSummary: Hashable, Sendable {
    package var id: ProjectID
    package var name: String
    package var language: String?
    /// Seconds since 1970.
    package var createdSeconds: Double
    package var changedSeconds: Double
    /// When it was deleted; nil while it is not.
    package var deletedSeconds: Double?
    package var revision: Int
    package var mediaCount: Int
    package var turnCount: Int

    package init(
        id: ProjectID, name: String, language: String?, createdSeconds: Double, changedSeconds: Double,
        deletedSeconds: Double?, revision: Int, mediaCount: Int, turnCount: Int
    ) {
        self.id = id
        self.name = name
        self.language = language
        self.createdSeconds = createdSeconds
        self.changedSeconds = changedSeconds
        self.deletedSeconds = deletedSeconds
        self.revision = revision
        self.mediaCount = mediaCount
        self.turnCount = turnCount
    }
}

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
