// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore

/// Projects in a folder, one JSON file each, replaced as a whole.
package struct FolderProjectStore: ProjectStore {
    private let folder: String
    private let threads: WorkThreads
    /// Keeps the folder's lock as long as there is somebody who writes.
    private let data: DataFolder

    package init(_ data: DataFolder, threads: WorkThreads) {
        self.data = data
        folder = "\(data.path)/projects"
        self.threads = threads
    }

    package func save(_ project: Project) async throws {
        let path = path(project.id)
        try await threads.attempt {
            try Durable.write(ProjectFile.bytes(of: project), to: path)
        }
    }

    package func load(_ id: ProjectID, of account: AccountID) async throws -> Project? {
        let path = path(id)
        let project = try await threads.attempt { () throws -> Project? in
            guard let file = MappedFile(path: path) else { return nil }
            do {
                return try ProjectFile.project(from: file.bytes)
            } catch {
                throw ProjectFileError(path: path, reason: "\(error)")
            }
        }
        guard let project, project.account == account, project.id == id else { return nil }
        return project
    }

    private func path(_ id: ProjectID) -> String { "\(folder)/\(id.text).json" }
}

/// A project's file is not one.
package struct ProjectFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package var description: String {
        "could not read the project in \(path): \(reason); put back a copy of the file"
    }
}
