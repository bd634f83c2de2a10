// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
package import EditModel
package import Foundation

extension Studio {
    /// A file of the account's projects by its asset id: what it is and where its bytes are; nil where there is none.
    package func asset(_ name: String, of account: AccountID) async throws -> (facts: MediaFacts, location: URL)? {
        guard let id = ProjectID(ofAsset: name) else { return nil }
        let project: Project
        do {
            project = try await self.project(id, of: account)
        } catch StudioError.noSuchProject {
            return nil
        }
        guard let facts = project.media.first(where: { $0.id == name }), let hash = ContentHash(hex: facts.contentHash),
            let location = try await stores.media.location(of: hash)
        else { return nil }
        return (facts, location)
    }

    /// Where the beats of a song of the account's projects fall; nil where it has none that are known.
    package func beats(of name: String, for account: AccountID) async throws -> BeatGrid? {
        try await stores.assets.asset(name, of: account)?.beats
    }

    /// All bytes of a file that is small enough for memory.
    nonisolated package func bytes(at location: URL) async throws -> Data {
        try await reading.attempt { try Data(contentsOf: location) }
    }
}
