// SPDX-License-Identifier: GPL-3.0-or-later
package import FilmWork
package import Foundation

/// Exports of films: they outlive the client, the tab and a restart of the server, and none is lost or made twice.
///
/// Every call names the account; what belongs to another one is not found.
package protocol ExportUseCases: Sendable {
    /// Takes an order on; durable when it returns. The same id with the same order gives the export there is.
    ///
    /// Throws `ExportError` (all but `noSuchExport` and `noFile`), `StudioError.noSuchProject`, and what `permit` of the
    /// implementation throws for an account that may not have it.
    func start(_ order: ExportOrder, for account: AccountID) async throws -> Export
    /// What the film would be; throws as `start` for what is wrong with the order itself. Nothing is taken on.
    func shape(of order: ExportOrder, for account: AccountID) async throws -> ExportShape
    /// Throws `noSuchExport`.
    func export(_ id: ExportID, of account: AccountID) async throws -> Export
    /// The newest first; of one project where given. At most `limit`, older than the export `before` where given.
    func exports(
        of account: AccountID, in project: ProjectID?, before: ExportID?, limit: Int
    ) async throws -> [Export]
    /// Cancels it unless it has ended; the export as it then stands. Throws `noSuchExport`.
    func cancel(_ id: ExportID, of account: AccountID) async throws -> Export
    /// Cancels it where it is under way, and takes it and its file away. Throws `noSuchExport`.
    func remove(_ id: ExportID, of account: AccountID) async throws
    /// The export as it stands, then after each change; ends after a final state, or when nobody listens any more.
    /// Throws `noSuchExport`.
    func changes(of id: ExportID, of account: AccountID) async throws -> AsyncStream<Export>
    /// The finished film. Throws `noSuchExport`, `noFile`.
    func file(of id: ExportID, of account: AccountID) async throws -> ExportFile
}

/// A finished film's file.
package struct ExportFile: Hashable, Sendable {
    package var location: URL
    /// What a browser should call it: the film's title or the project's name, the platform it was made for, and
    /// the format.
    package var name: String
    package var mediaType: String
    /// SHA-256, hex; fit for an ETag.
    package var hash: String
    package var byteCount: Int64

    package init(location: URL, name: String, mediaType: String, hash: String, byteCount: Int64) {
        self.location = location
        self.name = name
        self.mediaType = mediaType
        self.hash = hash
        self.byteCount = byteCount
    }
}
