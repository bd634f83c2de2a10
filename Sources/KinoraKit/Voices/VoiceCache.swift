// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import FileStore
import Foundation
import Sound

/// Texts read aloud, each made once for its words, voice and engine: sounds as WAV files in the cache that the mix opens.
struct VoiceCache {
    static let sounds = "voices"
    static let facts = CacheFolder.Kind("voice-words")

    let cache: CacheFolder
    let booth: VoiceBooth

    /// A text as it was read.
    struct Kept: Hashable, Codable {
        var reading: VoiceBooth.Reading
        /// Of the sound's bytes.
        var hash: String
        var byteCount: Int64
    }

    /// Blocks for a hundredth or so of what it takes to say.
    func read(_ utterance: Utterance) throws -> Kept {
        let key = try key(of: utterance)
        if let kept = kept(key) { return kept }
        let folder = "\(cache.path)/\(Self.sounds)/new"
        try Folders.make(folder)
        let scratch = URL(fileURLWithPath: folder)
        let file = scratch.appendingPathComponent("\(UUID().uuidString).wav")
        defer { try? FileManager.default.removeItem(at: file) }
        let reading = try booth.read(utterance, to: file, scratch: scratch)
        let hash = try ContentHash(ofFile: file).hex
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int64 ?? 0
        let kept = Kept(reading: reading, hash: hash, byteCount: size)
        let place = place(of: kept)
        try Folders.make(place.deletingLastPathComponent().path)
        // Whoever made the same sound meanwhile made the same bytes.
        guard rename(file.path, place.path) == 0 else { throw FileError("rename", place.path, errno: errno) }
        // One that another engine had to read is read again when the first is back.
        if reading.fallback == nil {
            let facts = [UInt8](try JSONEncoder().encode(kept))
            try facts.withUnsafeBytes { _ = try cache.store(Self.facts, key, [$0]) }
        }
        return kept
    }

    /// Where the sound of a reading lies.
    func place(of kept: Kept) -> URL {
        URL(fileURLWithPath: "\(cache.path)/\(Self.sounds)/\(kept.hash.prefix(2))/\(kept.hash).wav")
    }

    private func kept(_ key: ContentHash) -> Kept? {
        guard let facts = cache.load(Self.facts, key),
            let kept = try? JSONDecoder().decode(Kept.self, from: Data(facts.copy))
        else { return nil }
        let path = place(of: kept).path
        // A sound of another length was torn, and is made again.
        guard (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64) == kept.byteCount else {
            return nil
        }
        utimensat(AT_FDCWD, path, nil, 0)
        return kept
    }

    private func key(of utterance: Utterance) throws -> ContentHash {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return ContentHash(of: Array("\(booth.name)\n".utf8) + [UInt8](try encoder.encode(utterance)))
    }
}
