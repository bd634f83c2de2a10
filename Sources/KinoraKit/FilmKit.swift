// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import FileStore
public import Foundation
import MediaLibrary
public import EditTime
import RenderPlanning
public import Renderer
import Sound
import StillImages

/// Everything from files to a finished film, without a server: take media in, propose an edit, render it.
///
/// ```swift
/// let kit = try FilmKit()
/// let taken = kit.takeIn(["photos/", "song.mp3"])
/// let proposal = try kit.propose(taken.material, EditWishes())
/// try kit.render(proposal.draft, taken.material, to: "film.mp4")
/// ```
public struct FilmKit: Sendable {
    /// What can be made again: prepared photos, coded chunks, what is known of files.
    public let cache: CacheFolder
    public var jobs: Int?

    /// - Parameter cache: nil = the user's own, limited by `KINORA_CACHE_LIMIT` or to 10 GB.
    public init(cache: CacheFolder? = nil, jobs: Int? = nil) throws {
        self.cache = try cache ?? Self.usualCache(environment: ProcessInfo.processInfo.environment)
        self.jobs = jobs
    }

    public static let usualCacheLimit: Int64 = 10_000_000_000

    /// The user's cache folder.
    public static func usualCache(environment: [String: String], limit: Int64? = nil) throws(FileError) -> CacheFolder {
        try CacheFolder(path: Folders.cache(environment: environment), limit: limit ?? usualCacheLimit)
    }

    /// A cache that goes with the process, for rendering everything anew.
    public static func throwawayCache() throws(FileError) -> CacheFolder {
        try CacheFolder(
            throwawayIn: NSTemporaryDirectory().hasSuffix("/")
                ? String(NSTemporaryDirectory().dropLast()) : NSTemporaryDirectory())
    }

    // MARK: Edit

    /// The edit that taste makes of the material under these wishes. Beats of its song are found when they are needed.
    public func propose(_ material: inout Material, _ wishes: EditWishes) throws -> EditProposal {
        if wishes.beatSync != .off, let song = material.facts.first(where: { $0.kind == .audio }),
            material.beats[song.id] == nil, let place = material.locations[song.id]
        {
            material.beats[song.id] = try beats(of: song, at: place)
        }
        let song = material.facts.first { $0.kind == .audio }
        return try AutoEdit(
            media: material.facts, wishes: wishes, beats: song.flatMap { material.beats[$0.id] }
        ).proposal()
    }

    // MARK: Render

    /// Renders `draft` to `path`, replacing what is there once the film is complete and checked.
    ///
    /// - Parameter mostBytes: the largest file wanted; the quality is lowered until the film fits; throws
    ///   `RenderError.tooLarge` when it does not at any sensible one.
    @discardableResult
    public func render(
        _ draft: Draft, _ material: Material, to path: String, encoding: Encoding = Encoding(),
        mostBytes: Int64? = nil, verifiesAll: Bool = false, stop: StopSignal = StopSignal(),
        progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
    ) throws -> FilmRenderer.Report {
        let made = try make(draft, material)
        let renderer = FilmRenderer(files: made.files, cache: cache, jobs: jobs)
        let plan = try renderer.plan(
            made.draft, media: material.byID, beats: material.beats, generated: made.hashes)
        return try renderer.render(
            plan, to: path, encoding: encoding, title: draft.film.title, mostBytes: mostBytes,
            verifiesAll: verifiesAll, stop: stop, progress: progress)
    }

    /// Writes the uncompressed frames of `draft` as YUV4MPEG2, without sound.
    public func renderRaw(
        _ draft: Draft, _ material: Material, to path: String, stop: StopSignal = StopSignal(),
        progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
    ) throws {
        let made = try make(draft, material, hasSound: false)
        let renderer = FilmRenderer(files: made.files, cache: cache, jobs: jobs)
        let plan = try renderer.plan(made.draft, media: material.byID)
        try renderer.renderRaw(plan, to: path, stop: stop, progress: progress)
    }

    /// Draws the frame of `draft` that is on at `time`, the last one for any later time, and writes it as a picture.
    public func writeFrame(_ draft: Draft, _ material: Material, at time: MediaTime, to url: URL) throws {
        let made = try make(draft, material, hasSound: false)
        let renderer = FilmRenderer(files: made.files, cache: cache, jobs: jobs)
        let plan = try renderer.plan(made.draft, media: material.byID)
        let picture = try renderer.frame(of: plan, at: time)
        let format = StillImages.WriteFormat(pathExtension: url.pathExtension) ?? .png
        try StillImages.write(picture, to: url, format: format)
    }
}
