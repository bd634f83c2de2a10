// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
package import KinoraKit
import MediaIO
import MediaLibrary
import PixelBuffers
import Renderer
import RenderPlanning
import StillImages
import Synchronization
import WorkerPool

/// The worker's side: does film tasks with KinoraKit. One thread at a time.
package final class FilmWorker {
    private let kit: FilmKit
    /// Films that were looked at lately, with their clips and photos open; the last one used stands last.
    private var bench: [(scene: FilmScene, isPreview: Bool, stage: FilmStage, pieces: PieceFilm?)] = []

    private static let benchLength = 2
    /// Chunks of a preview are at most this long.
    static let previewChunk = MediaTime(milliseconds: 1000)

    package init(_ kit: FilmKit) { self.kit = kit }

    /// Does tasks of the pool that started this process, until the pool is gone. Nothing but these folders, which must be
    /// there by then, and the cache is seen of what belongs to people.
    package static func serve(
        _ kit: FilmKit, incoming: [String], media: [String], films: [String]
    ) -> Never {
        let worker = FilmWorker(kit)
        let confinement = Confinement(
            Confinement.Folders(cache: kit.cache.path, incoming: incoming, media: media, films: films))
        WorkerChild.serve(confine: confinement.confine, idle: worker.rest) { call throws(WorkerChild.Refusal) in
            do {
                return WorkerAnswer(try worker.carryOut(call))
            } catch {
                throw WorkerChild.Refusal((try? WorkCoding.bytes(WorkFault(error))) ?? [])
            }
        }
    }

    /// Nothing was asked for a while: what is held open is let go of.
    func rest() { bench = [] }

    func carryOut(_ call: WorkerChild.Call) throws -> [UInt8] {
        let stop = StopSignal()
        call.stop.whenStopped { stop.stop() }
        switch try WorkCoding.value(FilmTask.self, call.request) {
        case .examine: return try WorkCoding.bytes(try examine(call.descriptors))
        case .thumbnail(let task):
            try keep(try thumbnail(task), task.format, task.name)
            return []
        case .waveform(let place): return try WorkCoding.bytes(try WaveformMeter.measure(place, stop: stop))
        case .madeWaveform(let draft, let segment):
            let place = try kit.madeSound(segment, of: Draft(parsing: Array(draft.utf8)))?.path
            return try WorkCoding.bytes(try place.map { try WaveformMeter.measure($0, stop: stop) })
        case .frame(let task):
            let frame = try stage(of: task.scene, isPreview: false).frame(at: task.time)
            try keep(try StillImages.reduced(frame, to: task.size), task.format, task.name)
            return []
        case .sheet(let task):
            let stage = try stage(of: task.scene, isPreview: false)
            try keep(try FrameSheet.picture(of: task, stage: stage), task.format, task.name)
            return []
        case .texts(let draft):
            return try WorkCoding.bytes(try kit.shownTexts(in: Draft(parsing: Array(draft.utf8))))
        case .preview(let scene): return try WorkCoding.bytes(try preview(scene))
        case .part(let scene, let name): return try WorkCoding.bytes(try make(name, of: scene, stop: stop))
        case .prepare(let scene, let photo):
            return try WorkCoding.bytes(try stage(of: scene, isPreview: true).prepare(photo: photo))
        case .read(let draft):
            return try WorkCoding.bytes(kit.spokenLengths(in: try Draft(parsing: Array(draft.utf8))))
        case .film(let order):
            let meter = ProgressTeller(call.progress)
            return try WorkCoding.bytes(try FilmMaker(kit).make(order, stop: stop) { meter.tell($0) })
        }
    }

    // MARK: Files

    private func examine(_ descriptors: [Descriptor]) throws -> ExamineAnswer {
        guard let descriptor = descriptors.first else {
            throw Refusal(.unreadable, "", .cannotRead, .copyAgain)
        }
        let file = URL(fileURLWithPath: descriptor.path)
        let facts = try kit.takeIn(file: file)
        // A song whose beats cannot be found is still a song.
        let beats = facts.kind == .audio ? try? kit.beats(of: facts, at: file) : nil
        return ExamineAnswer(facts: facts, beats: beats)
    }

    private func thumbnail(_ task: ThumbnailTask) throws -> Picture {
        let file = URL(fileURLWithPath: task.place)
        guard task.facts.kind == .video else { return try StillImages.thumbnail(file, width: task.width) }
        let (draft, time) = try ThumbnailFilm.draft(of: task.facts, width: task.width)
        var material = Material()
        material.add(task.facts, at: file)
        return try kit.stage(draft, material, hasSound: false).frame(at: time)
    }

    // MARK: Films that are looked at

    private func stage(of scene: FilmScene, isPreview: Bool) throws -> FilmStage {
        if let index = bench.firstIndex(where: { $0.scene == scene && $0.isPreview == isPreview }) {
            bench.append(bench.remove(at: index))
        } else {
            let stage = try kit.stage(
                try scene.draft(), scene.material, hasSound: isPreview,
                longestChunk: isPreview ? Self.previewChunk : MediaTime(milliseconds: 2000))
            bench.append((scene, isPreview, stage, nil))
            if bench.count > Self.benchLength { bench.removeFirst() }
        }
        return bench[bench.count - 1].stage
    }

    private func pieces(of scene: FilmScene) throws -> (PieceFilm, FilmStage) {
        let stage = try stage(of: scene, isPreview: true)
        if let pieces = bench[bench.count - 1].pieces { return (pieces, stage) }
        let pieces = try PieceFilm(stage)
        bench[bench.count - 1].pieces = pieces
        return (pieces, stage)
    }

    private func preview(_ scene: FilmScene) throws -> Preview {
        let (pieces, stage) = try pieces(of: scene)
        return Preview(
            name: try scene.name.hex, canvas: stage.plan.canvas, frameRate: stage.plan.frameRate,
            duration: stage.plan.sound.duration, picture: Preview.Row(pieces.picture),
            sound: pieces.sound.map { Preview.Row($0, offsetSeconds: pieces.soundOffset.seconds) })
    }

    /// Makes a piece and keeps it; false where the film has none of that name.
    private func make(_ name: ContentHash, of scene: FilmScene, stop: StopSignal) throws -> Bool {
        guard let bytes = try pieces(of: scene).0.bytes(of: name, stop: stop) else { return false }
        try bytes.withUnsafeBytes { _ = try kit.cache.store(FilmTask.pieces, name, [$0]) }
        return true
    }

    private func keep(_ picture: Picture, _ format: PictureFormat, _ name: ContentHash) throws {
        let bytes = try StillImages.data(picture, format: format == .webp ? .webp : .jpeg, quality: 82)
        try bytes.withUnsafeBytes { _ = try kit.cache.store(FilmTask.views, name, [$0]) }
    }
}

extension Preview.Row {
    init(_ row: PieceFilm.Row, offsetSeconds: Double = 0) {
        self.init(
            mediaType: row.mediaType, header: row.header.hex,
            pieces: row.pieces.map { Preview.Piece(name: $0.name.hex, range: $0.range) }, offsetSeconds: offsetSeconds)
    }
}

/// Tells how far a film is, seldom enough: at most every percent, and every tenth of a second.
private final class ProgressTeller: Sendable {
    private struct State {
        var told = -1.0
        var at: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let send: @Sendable ([UInt8]) -> Void

    init(_ send: @escaping @Sendable ([UInt8]) -> Void) { self.send = send }

    func tell(_ fraction: Double) {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            let isLate = state.at.map { now - $0 > .milliseconds(100) } ?? true
            guard isLate else { return false }
            // Also where nothing has changed, now and then: it is a sign of life.
            guard fraction > state.told + 0.001 || state.at.map({ now - $0 > .seconds(2) }) ?? true else {
                return false
            }
            state.told = max(state.told, fraction)
            state.at = now
            return true
        }
        guard isDue, let bytes = try? WorkCoding.bytes(FilmProgress(fraction: fraction)) else { return }
        send(bytes)
    }
}
