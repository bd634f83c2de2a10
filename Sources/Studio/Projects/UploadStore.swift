// SPDX-License-Identifier: GPL-3.0-or-later

/// A file that comes in in several pieces (tus 1.0.0): how far it is. Its bytes lie in `DATA/uploads` under its id.
package struct Upload: Hashable, Sendable {
    package let id: String
    package let account: AccountID
    package var project: ProjectID?
    /// Bytes of the whole; nil until the sender says.
    package var length: Int64?
    /// Bytes that are durable.
    package var offset: Int64
    /// `Upload-Metadata` as it was sent.
    package var metadata: String
    /// Seconds since 1970.
    package var createdSeconds: Double
    /// Given up from this time on.
    package var expiresSeconds: Double
    /// The asset that it became.
    package var asset: String?

    package init(
        id: String, account: AccountID, project: ProjectID? = nil, length: Int64?, offset: Int64 = 0,
        metadata: String = "", createdSeconds: Double, expiresSeconds: Double
    ) {
        self.id = id
        self.account = account
        self.project = project
        self.length = length
        self.offset = offset
        self.metadata = metadata
        self.createdSeconds = createdSeconds
        self.expiresSeconds = expiresSeconds
    }
}

/// Where it is kept how far uploads are. Durable when a call returns, or nothing of it happened; the bytes that an offset
/// counts must be durable before.
package protocol UploadStore: Sendable {
    /// False, and nothing happens, where the id is taken.
    func add(_ upload: Upload) async throws -> Bool
    /// Nil where the account has none of that id.
    func upload(_ id: String, of account: AccountID) async throws -> Upload?
    /// The sender says how long it will be; false where it did before, with another number.
    func setLength(_ length: Int64, of id: String, account: AccountID) async throws -> Bool
    /// More is durable. False, and nothing happens, where the offset is not `from`.
    func advance(
        _ id: String, of account: AccountID, from: Int64, to: Int64, expiresSeconds: Double
    ) async throws -> Bool
    /// It is complete and became an asset.
    func complete(_ id: String, of account: AccountID, as asset: String) async throws -> Bool
    /// False where there is none.
    func remove(_ id: String, of account: AccountID) async throws -> Bool
    /// Those that are given up by then.
    func expired(at seconds: Double) async throws -> [Upload]
    /// All there are, by id: what else lies in `DATA/uploads` belongs to nobody.
    func ids() async throws -> Set<String>
}
