// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import EditModel

/// A file that a project has, as it is found by its id.
package struct Asset: Hashable, Sendable {
    package var account: AccountID
    package var project: ProjectID
    /// With the asset's id, name, kind and hash.
    package var facts: MediaFacts
    package var beats: BeatGrid?

    package init(account: AccountID, project: ProjectID, facts: MediaFacts, beats: BeatGrid? = nil) {
        self.account = account
        self.project = project
        self.facts = facts
        self.beats = beats
    }
}

/// Finds assets without opening their projects. They come in with the project that they belong to (`ProjectStore.save`).
package protocol AssetStore: Sendable {
    /// Nil where the account has none of that id, or its project is deleted.
    func asset(_ id: String, of account: AccountID) async throws -> Asset?
    /// What the account knows of these very bytes already, from any of its projects.
    func asset(of hash: ContentHash, of account: AccountID) async throws -> Asset?
    /// Those of the hashes to which no asset points, of whomever: their bytes may go.
    func unused(of hashes: [ContentHash]) async throws -> [ContentHash]
    /// Bytes of the account's media, each content counted once.
    func byteCount(of account: AccountID) async throws -> Int64
}
