// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
package import MediaIO
import Foundation

/// A chunk as it came from the encoder: its packets, and the track they belong to. Lies in the cache as one file:
///
///     4 bytes   length of the table, little endian
///     table     JSON: the track, and for each packet pts, dts, key, size
///     packets   one after the other
package struct CodedChunk: Sendable {
    package let track: VideoTrack
    private let entries: [Entry]
    private let storage: CachedBytes
    private let dataOffset: Int

    package var packetCount: Int { entries.count }
    /// Bytes of each packet, in decoding order.
    package var packetSizes: [Int] { entries.map(\.size) }
    package var byteCount: Int { entries.reduce(0) { $0 + $1.size } }

    private struct Entry: Codable {
        let pts: Int64
        let dts: Int64
        let key: Bool
        let size: Int
    }

    private struct Table: Codable {
        let track: VideoTrack
        let packets: [Entry]
    }

    /// All packets in decoding order, copied out of the cache's file.
    package var packets: [CodedPacket] {
        var offset = dataOffset
        let packets = entries.map { entry in
            defer { offset += entry.size }
            return packet(entry, at: offset)
        }
        storage.releasePages()
        return packets
    }

    private func packet(_ entry: Entry, at offset: Int) -> CodedPacket {
        CodedPacket(
            data: [UInt8](storage.bytes[offset..<offset + entry.size]), pts: entry.pts, dts: entry.dts, duration: 1,
            isKey: entry.key)
    }

    /// Reads what `store` kept; nil where the bytes are not a chunk (written by another version).
    init?(_ storage: CachedBytes) {
        let bytes = storage.bytes
        guard bytes.count >= 4 else { return nil }
        let length = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        guard 4 + length <= bytes.count,
            let table = try? JSONDecoder().decode(Table.self, from: Data(bytes[4..<4 + length])),
            table.packets.allSatisfy({ $0.size >= 0 }),
            table.packets.reduce(0, { $0 + $1.size }) == bytes.count - 4 - length
        else { return nil }
        track = table.track
        entries = table.packets
        self.storage = storage
        dataOffset = 4 + length
        // A long film's chunks are many; their pages are wanted again only when it is put together.
        storage.releasePages()
    }

    static let kind = CacheFolder.Kind("chunks")

    /// Keeps packets under their chunk's identity.
    static func store(
        _ packets: [CodedPacket], of track: VideoTrack, as identity: ChunkIdentity, in cache: CacheFolder
    ) throws -> CodedChunk {
        let table = Table(
            track: track,
            packets: packets.map { Entry(pts: $0.pts, dts: $0.dts, key: $0.isKey, size: $0.data.count) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let header = [UInt8](try encoder.encode(table))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + header.count + packets.reduce(0) { $0 + $1.data.count })
        withUnsafeBytes(of: UInt32(header.count).littleEndian) { bytes += $0 }
        bytes += header
        for packet in packets { bytes += packet.data }
        let stored = try bytes.withUnsafeBytes { (all) throws(FileError) in
            try cache.store(kind, identity.hash, [all])
        }
        guard let chunk = CodedChunk(stored) else {
            throw RenderError.chunkLost
        }
        return chunk
    }
}
