// SPDX-License-Identifier: GPL-3.0-or-later
import MediaIO
import RenderPlanning
import Synchronization

/// The chunks of one film: those the cache knows, those still to be drawn, those that are done. Safe from any thread.
final class ChunkWork: Sendable {
    let identities: [ChunkIdentity]
    /// How many were in the cache.
    let reused: Int

    private struct State {
        var queue: ChunkQueue
        var chunks: [CodedChunk?]
    }

    private let state: Mutex<State>

    init(_ plan: FilmPlan, settings: VideoEncoderSettings, cache: ChunkCache, meter: ProgressMeter) throws {
        identities = try plan.chunks.map {
            try ChunkIdentity($0, encodedWith: settings, stages: Stages.picture)
        }
        let known = identities.map(cache.chunk)
        var missing: [Int] = []
        var first: Set<ChunkIdentity> = []
        for index in known.indices {
            if let chunk = known[index] {
                meter.skipped(frames: chunk.packetCount)
            } else if first.insert(identities[index]).inserted {
                // Chunks that are the same picture are drawn once.
                missing.append(index)
            } else {
                meter.skipped(frames: plan.chunks[index].frameCount)
            }
        }
        reused = known.count - missing.count
        state = Mutex(State(queue: ChunkQueue(missing), chunks: known))
    }

    func next(for worker: Int) -> Int? { state.withLock { $0.queue.next(for: worker) } }

    func finish(_ index: Int, _ chunk: CodedChunk) {
        state.withLock { state in
            for same in identities.indices where identities[same] == identities[index] { state.chunks[same] = chunk }
        }
    }

    /// All chunks in order.
    func finished() throws(RenderError) -> [CodedChunk] {
        let chunks = state.withLock { $0.chunks }
        guard chunks.allSatisfy({ $0 != nil }) else {
            throw RenderError.checkFailed("some chunks were not rendered")
        }
        return chunks.compactMap(\.self)
    }
}
