// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
package import EditModel
package import EditTime
import FileStore
package import FilmWork
import Foundation
import KinoraKit

/// Frames, previews and small pictures of projects, drawn by workers.
package actor Previews: PreviewUseCases {
    /// A preview that was given out, with the film it shows.
    private struct Shown {
        let scene: FilmScene
        let preview: Preview
        let names: Set<String>

        init(_ scene: FilmScene, _ preview: Preview) {
            self.scene = scene
            self.preview = preview
            let rows = [preview.picture] + (preview.sound.map { [$0] } ?? [])
            names = Set(rows.flatMap { [$0.header] + $0.pieces.map(\.name) })
        }
    }

    private struct Key: Hashable {
        let account: AccountID
        let project: ProjectID
    }

    private let studio: Studio
    private let workers: FilmWorkers
    /// The latest of each project, the last one used standing last.
    private var shown: [Key: [Shown]] = [:]
    /// Projects that were looked at, the last one standing last.
    private var order: [Key] = []
    private var ahead: [Key: Task<Void, Never>] = [:]

    /// Previews of a project whose pieces are still given out after it changed, and projects that are remembered.
    private static let keptPreviews = 4
    private static let keptProjects = 64
    /// Pieces that are made before anybody asks for them.
    private static let piecesAhead = 3

    package init(_ studio: Studio, workers: FilmWorkers) {
        self.studio = studio
        self.workers = workers
    }

    // MARK: Films

    package func frame(
        of project: ProjectID, after calls: [OperationCall], at time: MediaTime, width: Int?, format: PictureFormat,
        for account: AccountID
    ) async throws -> PreviewPart {
        let (draft, sources) = try await film(project, account, after: calls)
        return try await made(format.mediaType) {
            () async throws(WorkFault) in
            try await self.workers.frame(of: draft, sources, at: time, width: width, format: format)
        }
    }

    package func sheet(
        of project: ProjectID, at times: [MediaTime], columns: Int, width: Int, format: PictureFormat,
        for account: AccountID
    ) async throws -> PreviewPart {
        let (draft, sources) = try await film(project, account)
        return try await made(format.mediaType) { () async throws(WorkFault) in
            try await self.workers.sheet(
                of: draft, sources, at: times, columns: columns, width: width, format: format)
        }
    }

    package func texts(of project: ProjectID, for account: AccountID) async throws -> [ShownText] {
        let draft = try await studio.project(project, of: account).draft
        do throws(WorkFault) {
            return try await workers.texts(of: draft)
        } catch {
            throw Self.told(error)
        }
    }

    package func preview(
        of project: ProjectID, from playhead: MediaTime, for account: AccountID
    ) async throws -> Preview {
        let key = Key(account: account, project: project)
        let shown = try await current(key)
        beginAhead(shown, key, from: playhead)
        return shown.preview
    }

    package func part(_ name: String, of project: ProjectID, for account: AccountID) async throws -> PreviewPart {
        let key = Key(account: account, project: project)
        // Whoever has no such project learns nothing of its pieces.
        _ = try await studio.project(project, of: account)
        guard let hash = ContentHash(hex: name), let shown = try await holder(of: hash.hex, key) else {
            throw PreviewError.noSuchPart
        }
        let isSound = shown.preview.sound.map { row in
            row.header == hash.hex || row.pieces.contains { $0.name == hash.hex }
        }
        do throws(WorkFault) {
            guard let bytes = try await workers.part(hash, of: shown.scene) else { throw Self.gone }
            return PreviewPart(
                bytes: bytes, mediaType: isSound == true ? "audio/mp4" : "video/mp4", name: hash.hex)
        } catch {
            if error == Self.gone { throw PreviewError.noSuchPart }
            throw Self.told(error)
        }
    }

    /// The preview that has a piece of this name: one given out lately, or that of the film as it is.
    private func holder(of name: String, _ key: Key) async throws -> Shown? {
        if let known = shown[key]?.last(where: { $0.names.contains(name) }) { return known }
        let now = try await current(key)
        return now.names.contains(name) ? now : nil
    }

    /// The preview of the film as it is.
    private func current(_ key: Key) async throws -> Shown {
        let (draft, sources) = try await film(key.project, key.account)
        let scene = FilmWorkers.previewScene(draft, sources)
        if let index = shown[key]?.firstIndex(where: { $0.scene == scene }), let known = shown[key]?.remove(at: index) {
            remember(known, key)
            return known
        }
        let preview: Preview
        do throws(WorkFault) {
            preview = try await workers.preview(of: scene)
        } catch {
            throw Self.told(error)
        }
        let made = Shown(scene, preview)
        remember(made, key)
        return made
    }

    private func remember(_ preview: Shown, _ key: Key) {
        var list = (shown[key] ?? []).filter { $0.scene != preview.scene }
        list.append(preview)
        shown[key] = Array(list.suffix(Self.keptPreviews))
        order.removeAll { $0 == key }
        order.append(key)
        while order.count > Self.keptProjects { shown[order.removeFirst()] = nil }
    }

    /// Begins to make what is played first, then makes all the film's photos ready, so that a hand on the scrubber waits for
    /// none. A look at another place takes its place.
    private func beginAhead(_ shown: Shown, _ key: Key, from playhead: MediaTime) {
        ahead[key]?.cancel()
        let picture = shown.preview.picture
        let first = picture.pieces.firstIndex { $0.range.end > playhead } ?? 0
        var names = [picture.header] + picture.pieces[first...].prefix(Self.piecesAhead).map(\.name)
        if let sound = shown.preview.sound {
            let heard = sound.pieces.first { $0.range.end > playhead }
            names.insert(contentsOf: [sound.header] + (heard.map { [$0.name] } ?? []), at: min(2, names.count))
        }
        let (workers, scene) = (workers, shown.scene)
        ahead[key] = Task {
            await withTaskGroup(of: Void.self) { group in
                for name in names.compactMap({ ContentHash(hex: $0) }) {
                    group.addTask { _ = try? await workers.part(name, of: scene, isAhead: true) }
                }
            }
            var photo = 0
            while !Task.isCancelled, (try? await workers.prepare(photo: photo, of: scene)) == true { photo += 1 }
            self.aheadDone(key)
        }
    }

    private func aheadDone(_ key: Key) {
        if !Task.isCancelled { ahead[key] = nil }
    }

    /// The project's film with its media.
    private func film(
        _ id: ProjectID, _ account: AccountID, after calls: [OperationCall] = []
    ) async throws -> (Draft, FilmSources) {
        let project = try await studio.project(id, of: account)
        let draft = calls.isEmpty ? project.draft : try await studio.trial(id, of: account, calls, who: "").draft
        guard !(draft.mainTrack?.segments.isEmpty ?? true) else { throw PreviewError.emptyFilm }
        var places: [String: String] = [:]
        let used = Set(draft.usedAssets)
        for facts in project.media where used.contains(facts.id) {
            guard let hash = ContentHash(hex: facts.contentHash),
                let place = try await studio.stores.media.location(of: hash)
            else { throw PreviewError.noSuchAsset }
            places[facts.id] = place.path
        }
        return (draft, FilmSources(media: project.media, beats: project.beats, places: places))
    }

    // MARK: Assets

    package func thumbnail(
        of asset: String, width: Int, format: PictureFormat, for account: AccountID
    ) async throws -> PreviewPart {
        guard let (facts, location) = try await studio.asset(asset, of: account) else { throw PreviewError.noSuchAsset }
        guard facts.kind == .image || facts.kind == .video else { throw PreviewError.noPicture }
        return try await made(format.mediaType) { () async throws(WorkFault) in
            try await self.workers.thumbnail(of: facts, at: location.path, width: width, format: format)
        }
    }

    package func waveform(of asset: String, for account: AccountID) async throws -> Waveform {
        guard let (facts, location) = try await studio.asset(asset, of: account) else { throw PreviewError.noSuchAsset }
        guard facts.kind == .audio || facts.hasSound else { throw PreviewError.noSound }
        do throws(WorkFault) {
            return try await workers.waveform(of: facts, at: location.path)
        } catch {
            throw Self.told(error)
        }
    }

    package func waveform(
        ofMade segment: String, in project: ProjectID, for account: AccountID
    ) async throws -> (form: Waveform, beats: BeatGrid?) {
        let draft = try await studio.project(project, of: account).draft
        guard let made = draft.tracks.lazy.flatMap(\.segments).first(where: { $0.id == segment }),
            case .generated? = made.sound?.source
        else { throw PreviewError.noSound }
        do throws(WorkFault) {
            guard let form = try await workers.waveform(ofMade: segment, in: draft) else { throw Self.silent }
            return (form, made.composedBeats)
        } catch {
            if error == Self.silent { throw PreviewError.noSound }
            throw Self.told(error)
        }
    }

    // MARK: What goes wrong

    private static let silent = WorkFault(cause: .material, wording: PreviewError.noSound.wording)

    private func made(
        _ mediaType: String,
        _ work: @Sendable () async throws(WorkFault) -> (bytes: CachedBytes, name: ContentHash)
    ) async throws -> PreviewPart {
        do throws(WorkFault) {
            let (bytes, name) = try await work()
            return PreviewPart(bytes: bytes, mediaType: mediaType, name: name.hex)
        } catch {
            throw Self.told(error)
        }
    }

    private static let gone = WorkFault(cause: .material, wording: PreviewError.noSuchPart.wording)

    private static func told(_ fault: WorkFault) -> any Error {
        switch fault.cause {
        case .stopped: CancellationError()
        case .unavailable: PreviewError.unavailable
        case .material, .worker, .noRoom: PreviewError.failed(fault.wording)
        }
    }
}
