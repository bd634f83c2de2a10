// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditTime
import FileStore
import Foundation
import MediaIO
import RenderPlanning
import Sound

/// A film's sound, coded.
struct CodedSound: Sendable {
    let track: AudioTrack
    let packets: [CodedPacket]
    let report: MixReport

    /// How many packets begin before film frame `frame`.
    func packetCount(beforeFrame frame: Int, rate: FrameRate) -> Int {
        let samples = rate.time(ofFrame: frame).seconds * Double(track.sampleRate) + Double(track.priming)
        return min(packets.count, Int((samples / Double(track.frameSize)).rounded(.up)))
    }
}

/// Mixes and codes a film's sound in one piece, or takes it from the cache.
struct SoundTrack: Sendable {
    static let kind = CacheFolder.Kind("sound")

    let files: SourceFiles
    let cache: CacheFolder
    let stop: StopSignal

    private struct Key: Encodable {
        let plan: SoundPlan
        let codec: AudioCodec
        let bitRate: Int
        let stage: String
    }

    private struct Kept: Codable {
        let track: AudioTrack
        let report: MixReport
        let packets: [Entry]

        struct Entry: Codable {
            let pts: Int64
            let duration: Int64
            let size: Int
        }
    }

    /// Nil for a film without any sound.
    func coded(_ plan: SoundPlan, encoding: Encoding) throws -> CodedSound? {
        guard !plan.isSilent else { return nil }
        let codec = encoding.soundCodec
        let key = try Self.key(plan, encoding: encoding)
        if let kept = cache.load(Self.kind, key).flatMap(Self.sound) { return kept }
        let sound = try mix(plan, codec: codec, bitRate: encoding.soundBitRate)
        try keep(sound, as: key)
        return sound
    }

    /// Names the coded sound of a plan.
    static func key(_ plan: SoundPlan, encoding: Encoding) throws -> ContentHash {
        try ContentHash(
            canonical: Key(
                plan: plan, codec: encoding.soundCodec, bitRate: encoding.soundBitRate, stage: Stages.sound))
    }

    private func mix(_ plan: SoundPlan, codec: AudioCodec, bitRate: Int) throws -> CodedSound {
        let scratch = "\(cache.path)/mixing-\(UUID().uuidString)"
        try Folders.make(scratch)
        defer { Folders.remove(scratch) }
        let folder = URL(fileURLWithPath: scratch)
        let mixed = folder.appendingPathComponent("mixed")
        do {
            _ = try Mixdown(plan, codec: codec, bitRate: bitRate).render(
                to: mixed, scratch: folder, sources: { try MediaFile(files.url(of: $0)) },
                isCancelled: { stop.isStopped })
        } catch {
            try stop.check()
            throw error
        }
        let sound = try MixedSound(mixed)
        return CodedSound(
            track: sound.track, packets: try sound.packets(0..<sound.packetCount), report: sound.report)
    }

    private func keep(_ sound: CodedSound, as key: ContentHash) throws {
        let table = Kept(
            track: sound.track, report: sound.report,
            packets: sound.packets.map { Kept.Entry(pts: $0.pts, duration: $0.duration, size: $0.data.count) })
        let header = [UInt8](try JSONEncoder().encode(table))
        let body = sound.packets.flatMap(\.data)
        try withUnsafeBytes(of: UInt32(header.count).littleEndian) { length in
            try header.withUnsafeBytes { head in
                try body.withUnsafeBytes { _ = try cache.store(Self.kind, key, [length, head, $0]) }
            }
        }
    }

    private static func sound(_ kept: CachedBytes) -> CodedSound? {
        let bytes = kept.bytes
        guard bytes.count >= 4 else { return nil }
        let length = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        guard 4 + length <= bytes.count,
            let table = try? JSONDecoder().decode(Kept.self, from: Data(bytes[4..<4 + length])),
            table.packets.reduce(0, { $0 + $1.size }) == bytes.count - 4 - length
        else { return nil }
        var offset = 4 + length
        let packets = table.packets.map { entry in
            defer { offset += entry.size }
            return CodedPacket(
                data: [UInt8](bytes[offset..<offset + entry.size]), pts: entry.pts, dts: entry.pts,
                duration: entry.duration, isKey: true)
        }
        return CodedSound(track: table.track, packets: packets, report: table.report)
    }
}
