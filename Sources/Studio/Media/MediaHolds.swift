// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash

/// Which bytes are on their way into a project: they lie in the media folder before any row points at them, and must not
/// be taken for bytes that nobody uses.
///
/// For one process, which is all that writes in a data folder.
actor MediaHolds {
    private var held: [ContentHash: Int] = [:]
    private var removing: [ContentHash: [CheckedContinuation<Void, Never>]] = [:]

    /// From now until `release` the bytes are not removed. Waits for a removal that is under way.
    func hold(_ hash: ContentHash) async {
        while removing[hash] != nil {
            await withCheckedContinuation { removing[hash]?.append($0) }
        }
        held[hash, default: 0] += 1
    }

    func release(_ hash: ContentHash) {
        let left = (held[hash] ?? 0) - 1
        held[hash] = left > 0 ? left : nil
    }

    /// Does `work` while nobody can hold the bytes; false, and nothing is done, where somebody does.
    func whileFree(_ hash: ContentHash, _ work: @Sendable () async throws -> Bool) async rethrows -> Bool {
        guard held[hash] == nil, removing[hash] == nil else { return false }
        removing[hash] = []
        defer {
            for waiting in removing.removeValue(forKey: hash) ?? [] { waiting.resume() }
        }
        return try await work()
    }
}
