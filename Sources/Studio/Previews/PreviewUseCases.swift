// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
package import EditTime
package import FileStore
package import FilmWork

/// Looking at a film while it is made: frames, the live preview, and small pictures of its media. All of it is drawn by
/// workers, and kept in the cache by content.
///
/// Every call names the account; what belongs to another one is not found. All throw `StudioError.noSuchProject`,
/// `PreviewError`, and `CancellationError` when the caller has left.
package protocol PreviewUseCases: Sendable {
    /// The frame of the project's film that is on at `time` (the last one for later times), `width` pixels wide but no
    /// wider than the film. With `calls`: as the film would be after those operations, which are not kept.
    func frame(
        of project: ProjectID, after calls: [OperationCall], at time: MediaTime, width: Int?, format: PictureFormat,
        for account: AccountID
    ) async throws -> PreviewPart
    /// The frames that are on at `times` as one picture, in rows of `columns`, each `width` pixels wide but no wider than the
    /// film.
    func sheet(
        of project: ProjectID, at times: [MediaTime], columns: Int, width: Int, format: PictureFormat,
        for account: AccountID
    ) async throws -> PreviewPart
    /// Where the texts of the project's film lie and how they are set, those that are shown.
    func texts(of project: ProjectID, for account: AccountID) async throws -> [ShownText]
    /// The film as pieces for a browser's Media Source. Those at `playhead` are begun at once.
    func preview(of project: ProjectID, from playhead: MediaTime, for account: AccountID) async throws -> Preview
    /// A header or piece of a preview by its name, made where it is not there yet. Throws `noSuchPart` for one that
    /// belongs to no draft of the project that was previewed lately.
    func part(_ name: String, of project: ProjectID, for account: AccountID) async throws -> PreviewPart
    /// A small picture of an asset, `width` pixels wide (16…1024). Throws `noSuchAsset`, `noPicture`.
    func thumbnail(
        of asset: String, width: Int, format: PictureFormat, for account: AccountID
    ) async throws -> PreviewPart
    /// How loud an asset is, for drawing. Throws `noSuchAsset`, `noSound`.
    func waveform(of asset: String, for account: AccountID) async throws -> Waveform
    /// How loud a sound is that the film describes instead of holding, by its segment's id: composed music, a voice; and the
    /// beats of music, from the segment's start. Throws `noSound` where there is none, and where it cannot be made here.
    func waveform(
        ofMade segment: String, in project: ProjectID, for account: AccountID
    ) async throws -> (form: Waveform, beats: BeatGrid?)
}

extension PreviewUseCases {
    package func frame(
        of project: ProjectID, at time: MediaTime, width: Int?, format: PictureFormat, for account: AccountID
    ) async throws -> PreviewPart {
        try await frame(of: project, after: [], at: time, width: width, format: format, for: account)
    }
}

/// Bytes made for looking at.
package struct PreviewPart: Sendable {
    /// Stays readable as long as the value lives.
    package var bytes: CachedBytes
    package var mediaType: String
    /// Names the bytes; fit for an ETag. The same name, the same bytes, for ever.
    package var name: String

    package init(bytes: CachedBytes, mediaType: String, name: String) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.name = name
    }
}
