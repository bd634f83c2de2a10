// SPDX-License-Identifier: GPL-3.0-or-later

extension Studio {
    /// How long a deleted project can be brought back.
    package static let restoringSeconds = 7 * 86400.0

    /// The account's projects, the one changed last first; or those that it deleted and may bring back.
    nonisolated package func projects(of account: AccountID, deleted: Bool = false) async throws -> [ProjectSummary] {
        let all = try await stores.projects.list(of: account, deleted: deleted)
        guard deleted else { return all }
        let earliest = surroundings.now() - Self.restoringSeconds
        return all.filter { $0.deletedSeconds.map { $0 >= earliest } ?? false }
    }

    package func rename(_ id: ProjectID, to name: String, of account: AccountID) async throws -> Project {
        let now = surroundings.now
        return try await desk(id, of: account).commit { change -> Project in
            change.project.name = name
            change.project.changedSeconds = now()
            change.events.append(.renamed(change.project))
            return change.project
        }.value
    }

    /// A second project of the account with the same media and the same film, as it stands without waiting for a turn that is
    /// under way; what was said and what can be undone stays with the first.
    package func duplicate(_ id: ProjectID, named name: String, of account: AccountID) async throws -> Project {
        let copy = try await project(id, of: account).copy(
            as: ProjectID(surroundings), named: name, at: surroundings.now())
        try await stores.projects.save(copy)
        return copy
    }

    /// Bytes of the account's media, each content counted once.
    nonisolated package func storedBytes(of account: AccountID) async throws -> Int64 {
        try await stores.assets.byteCount(of: account)
    }

    /// Hides the project once what is under way in it is done; it can be brought back for a while.
    package func delete(_ id: ProjectID, of account: AccountID) async throws {
        let desk = try await desk(id, of: account)
        await desk.finish()
        guard try await stores.projects.delete(id, of: account, at: surroundings.now()) else {
            throw StudioError.noSuchProject
        }
        letGo(of: id)
    }

    /// What happens to the project from behind an event on, without end; from now on where none is named. Whoever may see
    /// the project is the caller's to decide.
    nonisolated package func events(of id: ProjectID, after event: Int64?) async throws -> EventFeed {
        guard let event else {
            return stores.events.follow(id, after: try await stores.events.latestEvent(of: id))
        }
        return stores.events.follow(id, after: event)
    }

    /// Brings a deleted project back.
    package func restore(_ id: ProjectID, of account: AccountID) async throws -> Project {
        let known = try await projects(of: account, deleted: true)
        guard known.contains(where: { $0.id == id }), try await stores.projects.restore(id, of: account) else {
            throw StudioError.noSuchProject
        }
        return try await project(id, of: account)
    }
}
