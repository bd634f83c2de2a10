// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
public import EditModel
public import EditTime
public import FileStore
import Foundation
import MediaIO
public import RenderPlanning
public import Sound
import Synchronization

/// Renders drafts into films: plans chunks, draws those the cache does not know on all cores, mixes the sound, puts the
/// film together, checks it, and only then gives it its name.
///
/// Blocks the thread that calls it. Any number of renders may share one cache, in one process or several.
public struct FilmRenderer: Sendable {
    public var files: SourceFiles
    public var cache: CacheFolder
    /// How many chunks are drawn at once; as many as there are cores unless given.
    public var jobs: Int

    public init(files: SourceFiles, cache: CacheFolder, jobs: Int? = nil) {
        self.files = files
        self.cache = cache
        self.jobs = max(1, jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    }

    /// What a render did.
    public struct Report: Hashable, Sendable, Codable {
        public var frames = 0
        public var chunks = 0
        /// Chunks that were rendered before and only copied.
        public var chunksReused = 0
        public var byteCount: Int64 = 0
        public var seconds = 0.0
        /// Kilobits of picture in the second that needs most.
        public var busiestSecond = 0
        /// Nil for a silent film.
        public var sound: MixReport?

        public init() {}
    }

    /// Plans `draft` with its texts drawn.
    ///
    /// - Parameters:
    ///   - generated: content hash, by segment id, of what was made for its `gen`; the files are among this renderer's.
    ///   - longestChunk: 2 s for a film; shorter where pieces of it are wanted soon.
    public func plan(
        _ draft: Draft, media: [String: MediaFacts], beats: [String: BeatGrid] = [:], generated: [String: String] = [:],
        longestChunk: MediaTime = MediaTime(milliseconds: 2000)
    ) throws -> FilmPlan {
        let draft = draft.dressed()
        let texts = try TextDrawings(pictures: PictureStore(cache: cache)).drawn(draft)
        return try FilmPlan(
            draft: draft,
            inputs: PlanInputs(
                media: media, texts: texts, generated: generated, beats: beats, longestChunk: longestChunk))
    }

    /// Renders `plan` to `path`, replacing what is there once the film is complete.
    ///
    /// - Parameters:
    ///   - mostBytes: the largest file wanted; chunks are rendered again at a lower quality until the film fits.
    ///   - verifiesAll: decode every frame of the finished film, not only those round the joints.
    ///   - progress: called often, from several threads.
    /// - Throws: `RenderError`; `stopped` when `stop` was used. Chunks that were finished stay in the cache.
    public func render(
        _ plan: FilmPlan, to path: String, encoding: Encoding, title: String = "", mostBytes: Int64? = nil,
        verifiesAll: Bool = false, stop: StopSignal = StopSignal(),
        progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
    ) throws -> Report {
        let start = ContinuousClock.now
        // Said before the work, not after it.
        try AtomicFile.check(replacing: path)
        var report = Report()
        let meter = ProgressMeter(plan, report: progress)
        var encoding = encoding
        var parts = try self.parts(of: plan, encoding: encoding, stop: stop, meter: meter)
        report.chunksReused = parts.reused
        var calming = encoding.mostKilobits.map { PeakFitting(most: $0) }
        var fitting = mostBytes.map { SizeFitting(limit: $0, encoding: encoding, plan: plan) }
        while let next = try fitting?.next(after: parts.byteCount, from: encoding)
            ?? calming?.next(after: parts.busiestSecond(plan.frameRate), from: encoding)
        {
            encoding = next
            meter.restart()
            parts = try self.parts(of: plan, encoding: encoding, stop: stop, meter: meter)
        }
        meter.assembling()
        try FilmAssembly(container: encoding.filmContainer, title: title)
            .write(parts.chunks, sound: parts.sound, to: path, verifiesAll: verifiesAll, stop: stop)
        report.frames = plan.frameCount
        report.chunks = parts.chunks.count
        report.sound = parts.sound?.report
        report.busiestSecond = parts.busiestSecond(plan.frameRate)
        report.byteCount = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64) ?? 0
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        meter.done()
        cache.trim()
        return report
    }

    /// All that a film is put together from.
    private struct Parts {
        var chunks: [CodedChunk]
        var sound: CodedSound?
        /// How many chunks were in the cache.
        var reused: Int

        var byteCount: Int64 {
            Int64(chunks.reduce(0) { $0 + $1.byteCount } + (sound?.packets.reduce(0) { $0 + $1.data.count } ?? 0))
        }

        func busiestSecond(_ rate: FrameRate) -> Int {
            PeakFitting.busiestSecond(chunks.flatMap(\.packetSizes), rate: rate)
        }
    }

    private func parts(
        of plan: FilmPlan, encoding: Encoding, stop: StopSignal, meter: ProgressMeter
    ) throws -> Parts {
        // One part's failure ends the others, not whatever else listens to `stop`.
        let stop = StopSignal(within: stop)
        let settings = encoding.settings(canvas: plan.canvas, frameRate: plan.frameRate)
        let chunkCache = ChunkCache(folder: cache)
        let work = try ChunkWork(plan, settings: settings, cache: chunkCache, meter: meter)
        let sources = RenderSources(files: files, cache: cache)
        let soundTrack = SoundTrack(files: files, cache: cache, stop: stop)
        let mixed = Mutex<CodedSound?>(nil)
        // The mix runs beside the pictures: it is one thread's work, and short.
        try WorkerThreads.run(jobs + 1, onFailure: { stop.stop() }) { [jobs] worker in
            if worker == jobs {
                let sound = try soundTrack.coded(plan.sound, encoding: encoding)
                mixed.withLock { $0 = sound }
                return
            }
            let renderer = ChunkRenderer(
                sources: OpenSources(shared: sources, plan: plan), settings: settings, cache: chunkCache, stop: stop)
            while let index = work.next(for: worker) {
                let chunk = try renderer.render(plan.chunks[index], as: work.identities[index]) { meter.frameDone() }
                work.finish(index, chunk)
            }
        }
        try stop.check()
        return Parts(chunks: try work.finished(), sound: mixed.withLock { $0 }, reused: work.reused)
    }
}
