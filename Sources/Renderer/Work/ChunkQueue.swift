// SPDX-License-Identifier: GPL-3.0-or-later

/// Hands chunks to workers so that each stays in one stretch of the film: a worker that goes on with the next chunk
/// keeps its decoder where it is and its photos open. A value without time or threads.
struct ChunkQueue {
    /// Chunks nobody has, as stretches without gaps, in order.
    private var free: [Range<Int>]
    /// The chunk each worker had last.
    private var last: [Int: Int] = [:]

    /// - Parameter chunks: what is to be done, ascending.
    init(_ chunks: [Int]) {
        free = []
        for chunk in chunks {
            if let end = free.last?.upperBound, end == chunk {
                free[free.count - 1] = free[free.count - 1].lowerBound..<chunk + 1
            } else {
                free.append(chunk..<chunk + 1)
            }
        }
    }

    /// The next chunk for `worker`: the one after its last if that is free, else the start of the longest stretch, or
    /// its middle when another worker is moving towards its start. Nil when nothing is left.
    mutating func next(for worker: Int) -> Int? {
        guard let stretch = stretch(for: worker) else { return nil }
        let range = free[stretch]
        let isOwn = last[worker].map { $0 + 1 == range.lowerBound } ?? false
        let isAnothers = last.contains { $0.key != worker && $0.value + 1 == range.lowerBound }
        // The first of a stretch nobody works on, or one's own; else leave the first half to whoever comes.
        let chunk = isOwn || !isAnothers ? range.lowerBound : range.lowerBound + range.count / 2
        free.replaceSubrange(
            stretch...stretch, with: [range.lowerBound..<chunk, chunk + 1..<range.upperBound].filter { !$0.isEmpty })
        last[worker] = chunk
        return chunk
    }

    private func stretch(for worker: Int) -> Int? {
        if let last = last[worker], let own = free.firstIndex(where: { $0.lowerBound == last + 1 }) { return own }
        return free.indices.max { free[$0].count < free[$1].count }
    }
}
