// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash

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
    /// The film's, in ms; nil where it was not written down yet.
    package var length: Int64?
    /// Of its media, each content counted once.
    package var byteCount: Int64

    package init(
        id: ProjectID, name: String, language: String?, createdSeconds: Double, changedSeconds: Double,
        deletedSeconds: Double?, revision: Int, mediaCount: Int, turnCount: Int, length: Int64?, byteCount: Int64
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
        self.length = length
        self.byteCount = byteCount
    }
}

/// Where projects are kept.
///
/// An implementation proves itself by the tests of this protocol. One process writes a project at a time; whoever
/// wants the project of an account gets nothing that belongs to another one. Durable when a call returns, or nothing of it
/// happened.
package protocol ProjectStore: Sendable {
    /// Keeps the project as it is now, in place of what was kept of it. Costs what has changed, not what there is. Gives
    /// the events as they were written down. Throws `ProjectStoreError.gone` for a project that is not there any more.
    @discardableResult
    func save(_ change: ProjectChange) async throws -> [ProjectEvent]
    /// The project as last saved; nil where this account has none of that id, or it is deleted.
    func load(_ id: ProjectID, of account: AccountID) async throws -> Project?
    /// Those that are not deleted, or those that are; the one changed last first.
    func list(of account: AccountID, deleted: Bool) async throws -> [ProjectSummary]
    /// Hides the project; false where the account has none of that id, or it is deleted already.
    func delete(_ id: ProjectID, of account: AccountID, at seconds: Double) async throws -> Bool
    /// Brings a deleted project back; false where there is none.
    func restore(_ id: ProjectID, of account: AccountID) async throws -> Bool
    /// Removes for good what was deleted before a time; gives the contents to which nothing points any more.
    func purge(deletedBefore seconds: Double) async throws -> [ContentHash]
}

extension ProjectStore {
    /// Keeps a project without knowing what was kept of it.
    package func save(_ project: Project) async throws { try await save(ProjectChange(project)) }
}

/// Why a project cannot be kept or read.
package enum ProjectStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It was removed for good meanwhile.
    case gone(ProjectID)
    /// What is kept of it makes no project.
    case damaged(ProjectID, why: String)

    package var description: String {
        switch self {
        case .gone(let id): "could not save the project \(id): it was removed meanwhile"
        case .damaged(let id, let why):
            "could not read the project \(id): \(why); put back a copy of the data folder, or delete the project"
        }
    }
}
