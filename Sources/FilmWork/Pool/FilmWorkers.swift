// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import EditModel
package import EditTime
package import FileStore
package import Foundation
import JSON
import Wording
package import WorkerPool

/// The server's side: asks workers, and finds in the cache what was made before. Nothing of it decodes media; nothing of it
/// waits on Swift's own threads. All calls throw `WorkFault`; a cancelled caller's task is cancelled.
package final class FilmWorkers: Sendable {
    package let cache: CacheFolder
    private let pool: WorkerPool
    private let flights = Flights()

    static let examining = "examine"
    static let viewing = "view"
    static let filming = "films"

    /// Starts the workers; returns before they are ready.
    ///
    /// - Parameters:
    ///   - films: how many films are made at once, each on all cores.
    ///   - program: this one, as worker.
    ///   - layers: what this machine has to confine workers; without any it throws, unless the program is told to go on.
    package init(
        cache: CacheFolder, program: WorkerProgram, viewers: Int = 2, films: Int = 1,
        layers: Set<Sandbox.Layer> = Sandbox.layers
    ) throws(WorkFault) {
        self.cache = cache
        guard !layers.isEmpty || program.environment.contains("\(Sandbox.bareVariable)=1") else {
            throw WorkFault(
                cause: .unavailable, wording: Wording("work unconfined", ["variable": "\(Sandbox.bareVariable)=1"]))
        }
        do throws(WorkerFailure) {
            pool = try WorkerPool(Self.lanes(viewers: viewers, films: films), program: program)
        } catch {
            throw WorkFault(error)
        }
    }

    static func lanes(viewers: Int, films: Int) -> [WorkerLane] {
        var quiet = WorkerLimits()
        quiet.niceness = 10
        var small = WorkerLimits()
        small.dataBytes = 3 << 30
        small.fileBytes = 2 << 30
        return [
            WorkerLane(examining, workers: 1, limits: small),
            WorkerLane(viewing, workers: viewers, limits: small),
            WorkerLane(filming, workers: films, limits: quiet, mostBytes: 3 << 30),
        ]
    }

    package var standing: WorkerPool.Standing { pool.standing }

    /// Returns when all workers are ready.
    package func warm() async { await pool.warm() }

    /// Ends the workers, whatever they do.
    package func close() async { await pool.close() }

    // MARK: Files

    /// What a file is, by its content. Throws a fault with its `refusal` for one that cannot be used.
    package func examine(_ file: URL) async throws(WorkFault) -> (facts: MediaFacts, beats: BeatGrid?) {
        guard let descriptor = Descriptor(reading: file.path) else {
            throw WorkFault(FileError("open", file.path, errno: errno))
        }
        let answer: ExamineAnswer = try await ask(
            .examine, in: Self.examining, descriptors: [descriptor], deadline: .seconds(300))
        return (answer.facts, answer.beats)
    }

    /// A small picture of a photo or a clip, `width` pixels wide.
    package func thumbnail(
        of facts: MediaFacts, at place: String, width: Int, format: PictureFormat
    ) async throws(WorkFault) -> (bytes: CachedBytes, name: ContentHash) {
        let width = max(16, min(1024, width)) / 2 * 2
        var task = ThumbnailTask(
            facts: facts.asFile, place: "", width: width, format: format, name: ContentHash(of: [UInt8]()))
        let name = try Self.name(task)
        task.name = name
        task.place = place
        let bytes = try await made(FilmTask.views, name, .thumbnail(task), priority: 3)
        return (bytes, name)
    }

    /// How loud a sound is.
    package func waveform(of facts: MediaFacts, at place: String) async throws(WorkFault) -> Waveform {
        try await kept(waveform: Self.name(["waveform", facts.contentHash])) { () async throws(WorkFault) in
            try await ask(.waveform(place: place), in: Self.viewing, priority: 1, deadline: .seconds(300))
        }
    }

    /// How loud a sound is that `draft` describes by a segment's `gen`: composed music, a voice. Nil where there is no such
    /// segment, and where it cannot be made on this machine.
    package func waveform(ofMade segment: String, in draft: Draft) async throws(WorkFault) -> Waveform? {
        // Nothing else of the film is heard in it: an edit elsewhere finds what was measured.
        var alone = draft
        for index in alone.tracks.indices { alone.tracks[index].segments.removeAll { $0.id != segment } }
        let text = alone.json.text()
        do throws(WorkFault) {
            return try await kept(waveform: Self.name(["made waveform", text])) { () async throws(WorkFault) in
                let made: Waveform? = try await ask(
                    .madeWaveform(draft: text, segment: segment), in: Self.viewing, priority: 2,
                    deadline: .seconds(180))
                // What this machine lacks today it may have tomorrow: that is not kept.
                guard let made else { throw Self.nothingMade }
                return made
            }
        } catch {
            if error == Self.nothingMade { return nil }
            throw error
        }
    }

    private func kept(
        waveform name: ContentHash, measure: () async throws(WorkFault) -> Waveform
    ) async throws(WorkFault) -> Waveform {
        if let kept = cache.load(FilmTask.waves, name), let form = try? WorkCoding.value(Waveform.self, kept.copy) {
            return form
        }
        let form = try await measure()
        if let bytes = try? WorkCoding.bytes(form) {
            // A cache that cannot be written costs time, nothing else.
            bytes.withUnsafeBytes { _ = try? cache.store(FilmTask.waves, name, [$0]) }
        }
        return form
    }

    // MARK: Looking at films

    /// The frame that is on at `time`, on a canvas of `width` pixels or the film's own where that is smaller.
    package func frame(
        of draft: Draft, _ sources: FilmSources, at time: MediaTime, width: Int?, format: PictureFormat
    ) async throws(WorkFault) -> (bytes: CachedBytes, name: ContentHash) {
        let (scene, size) = Self.scene(draft, sources, width: width)
        var task = FrameTask(
            scene: scene, time: Self.frameTime(draft, at: time), size: size, format: format,
            name: ContentHash(of: [UInt8]()))
        task.scene.places = [:]
        let name = try Self.name(task)
        task.name = name
        task.scene = scene
        let bytes = try await made(FilmTask.views, name, .frame(task), priority: 10)
        return (bytes, name)
    }

    /// The frames that are on at `times` as one picture, in rows of `columns`, each frame `width` pixels wide or the film's own
    /// where that is smaller, four pixels of grey between them.
    ///
    /// ```
    /// ┌───┬───┬───┐
    /// │ 1 │ 2 │ 3 │
    /// ├───┼───┼───┘
    /// │ 4 │ 5 │
    /// └───┴───┘
    /// ```
    package func sheet(
        of draft: Draft, _ sources: FilmSources, at times: [MediaTime], columns: Int, width: Int, format: PictureFormat
    ) async throws(WorkFault) -> (bytes: CachedBytes, name: ContentHash) {
        let (scene, size) = Self.scene(draft, sources, width: width)
        var task = SheetTask(
            scene: scene, size: size, times: times.map { Self.frameTime(draft, at: $0) }, columns: max(1, columns),
            format: format, name: ContentHash(of: [UInt8]()))
        task.scene.places = [:]
        let name = try Self.name(task)
        task.name = name
        task.scene = scene
        let bytes = try await made(FilmTask.views, name, .sheet(task), priority: 7)
        return (bytes, name)
    }

    /// What is drawn for a frame `width` pixels wide, and what that is reduced to. Small ones are drawn as the preview is, whose
    /// photos are ready or soon will be: a photo made ready for one more size costs more than any frame.
    private static func scene(
        _ draft: Draft, _ sources: FilmSources, width: Int?
    ) -> (FilmScene, PixelSize) {
        let own = draft.film.canvas
        let factor = width.map { Double(max(32, min(own.width, $0))) / Double(own.width) } ?? 1
        let size = factor < 1 ? own.scaled(factor) : own
        let drawn = max(factor, min(1, Double(previewSide) / Double(own.shortSide)))
        return (sources.scene(draft, canvas: drawn < 1 ? own.scaled(drawn) : nil), size)
    }

    /// When the frame begins that is on at `time`: times within the same frame are the same frame.
    private static func frameTime(_ draft: Draft, at time: MediaTime) -> MediaTime {
        let rate = draft.film.frameRate
        var frame = max(0, min(draft.frameCount - 1, rate.frame(at: time)))
        if rate.time(ofFrame: frame) > time, frame > 0 { frame -= 1 }
        return rate.time(ofFrame: frame)
    }

    /// The short side of a preview.
    package static let previewSide = 540

    /// The scene of a film's preview: on a small canvas.
    package static func previewScene(_ draft: Draft, _ sources: FilmSources) -> FilmScene {
        let own = draft.film.canvas
        let factor = Double(previewSide) / Double(own.shortSide)
        return sources.scene(draft, canvas: factor < 1 ? own.scaled(factor) : nil)
    }

    /// The pieces of a preview, by name.
    package func preview(of scene: FilmScene) async throws(WorkFault) -> Preview {
        try await ask(.preview(scene), in: Self.viewing, priority: 9)
    }

    /// A header or a piece of a preview; nil where the scene has none of that name.
    ///
    /// - Parameter isAhead: nobody waits for it yet.
    package func part(
        _ name: ContentHash, of scene: FilmScene, isAhead: Bool = false
    ) async throws(WorkFault) -> CachedBytes? {
        do throws(WorkFault) {
            return try await made(FilmTask.pieces, name, .part(scene, name: name), priority: isAhead ? 4 : 6)
        } catch {
            if error.cause == .material, error.wording == Self.nothingMade.wording { return nil }
            throw error
        }
    }

    /// Makes a photo of a preview ready, the `photo`th of its film; false where there are not so many.
    package func prepare(photo: Int, of scene: FilmScene) async throws(WorkFault) -> Bool {
        try await ask(.prepare(scene, photo: photo), in: Self.viewing, priority: 1)
    }

    /// Where the texts of `draft` lie and how they are set.
    package func texts(of draft: Draft) async throws(WorkFault) -> [ShownText] {
        var bare = draft
        for index in bare.tracks.indices where bare.tracks[index].kind != .text { bare.tracks[index].segments = [] }
        return try await ask(.texts(draft: bare.json.text()), in: Self.viewing, priority: 8)
    }

    // MARK: Voices

    /// How long each text that `draft` has read aloud takes at the voice's own pace.
    package func spokenLengths(in draft: Draft) async throws(WorkFault) -> [String: MediaTime] {
        try await ask(.read(draft: draft.json.text()), in: Self.viewing, priority: 8, deadline: .seconds(180))
    }

    // MARK: Films

    /// Makes a film; it lies at the order's path when this returns. Not tried again here: whoever keeps orders does that.
    ///
    /// - Parameter progress: 0…1, as the worker tells it; called on the pool's thread.
    package func film(
        _ order: FilmOrder, progress: @escaping @Sendable (Double) -> Void
    ) async throws(WorkFault) -> FilmAnswer {
        try await ask(
            .film(order), in: Self.filming, deadline: .seconds(24 * 3600), silence: .seconds(120), tries: 1
        ) { bytes in
            if let told = try? WorkCoding.value(FilmProgress.self, bytes) { progress(told.fraction) }
        }
    }

    // MARK: How it is asked

    private static let nothingMade = WorkFault(
        cause: .material, wording: Wording("work refused", ["detail": .text("nothing was made")]))

    private static func name(_ value: some Encodable) throws(WorkFault) -> ContentHash {
        do { return try WorkName.of(value) } catch { throw WorkFault(error) }
    }

    /// What is kept under `name`, made by a worker where it is not there yet; once, however many ask.
    private func made(
        _ kind: CacheFolder.Kind, _ name: ContentHash, _ task: FilmTask, priority: Int
    ) async throws(WorkFault) -> CachedBytes {
        if let kept = cache.load(kind, name) { return kept }
        try await flights.join(name) { [self] () async throws(WorkFault) in
            _ = try await raw(task, in: Self.viewing, priority: priority, deadline: .seconds(30))
        }
        guard let kept = cache.load(kind, name) else { throw Self.nothingMade }
        return kept
    }

    private func ask<Answer: Decodable & Sendable>(
        _ task: FilmTask, in lane: String, descriptors: [Descriptor] = [], priority: Int = 0,
        deadline: Duration = .seconds(30), silence: Duration? = nil, tries: Int = 2,
        progress: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) async throws(WorkFault) -> Answer {
        let bytes = try await raw(
            task, in: lane, descriptors: descriptors, priority: priority, deadline: deadline, silence: silence,
            tries: tries, progress: progress)
        do { return try WorkCoding.value(Answer.self, bytes) } catch { throw WorkFault(error) }
    }

    private func raw(
        _ task: FilmTask, in lane: String, descriptors: [Descriptor] = [], priority: Int = 0,
        deadline: Duration, silence: Duration? = nil, tries: Int = 2,
        progress: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) async throws(WorkFault) -> [UInt8] {
        let request: [UInt8]
        do { request = try WorkCoding.bytes(task) } catch { throw WorkFault(error) }
        do throws(WorkerFailure) {
            return try await pool.run(
                WorkerTask(
                    lane: lane, request: request, descriptors: descriptors, priority: priority, deadline: deadline,
                    silence: silence, tries: tries), progress: progress
            ).bytes
        } catch {
            throw WorkFault(error)
        }
    }
}

extension MediaFacts {
    /// What of a file's facts belongs to its bytes, whoever has it under whatever name.
    fileprivate var asFile: MediaFacts {
        var facts = self
        facts.id = "asset"
        facts.name = "asset"
        facts.fileTime = nil
        facts.place = nil
        return facts
    }
}

/// Makes films.
package protocol FilmMaking: Sendable {
    /// Makes a film; it lies at the order's path when this returns. `progress` of 0 to 1. A cancelled caller's film is
    /// stopped; chunks that were finished stay in the cache.
    func film(
        _ order: FilmOrder, progress: @escaping @Sendable (Double) -> Void
    ) async throws(WorkFault) -> FilmAnswer
}

extension FilmWorkers: FilmMaking {}
