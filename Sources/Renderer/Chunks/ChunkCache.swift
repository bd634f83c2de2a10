// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import MediaIO

/// Coded chunks by identity.
struct ChunkCache: Sendable {
    let folder: CacheFolder

    /// The chunk that was rendered before, or nil.
    func chunk(_ identity: ChunkIdentity) -> CodedChunk? {
        folder.load(CodedChunk.kind, identity.hash).flatMap(CodedChunk.init)
    }

    func store(
        _ packets: [CodedPacket], of track: VideoTrack, as identity: ChunkIdentity
    ) throws -> CodedChunk {
        try CodedChunk.store(packets, of: track, as: identity, in: folder)
    }
}
