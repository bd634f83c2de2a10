// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import Renderer
import Sound

/// Music that drafts describe instead of holding (`gen`): composed and played once, then kept by the hash of what was asked for.
struct ComposedSounds {
    static let kind = "music"

    let cache: CacheFolder

    /// What was made for a draft.
    struct Made {
        /// Content hash by segment id.
        var hashes: [String: String] = [:]
        var files = SourceFiles()
    }

    /// Whether the music of `recipe` can be made on this machine: a style there is, and instruments.
    static func canMake(_ segment: Segment) -> Bool {
        guard let request = request(segment) else { return false }
        return MusicStyle.named(request.style) != nil && (try? SoundFontPlayer()) != nil
    }

    private static func request(_ segment: Segment) -> MusicRequest? {
        guard case .generated(let recipe)? = segment.sound?.source else { return nil }
        return MusicRecipe.request(for: recipe, length: segment.range.duration)
    }

    /// Composes and plays all music of `draft` that is not in the cache yet, beside what `files` has.
    func make(for draft: Draft, beside files: SourceFiles) throws -> Made {
        var made = Made(files: files)
        for segment in draft.tracks.flatMap(\.segments) where Self.canMake(segment) {
            guard let request = Self.request(segment), let composition = Composer.compose(request) else { continue }
            let (hash, url) = try play(composition)
            let facts = MediaFacts(
                id: segment.id, name: segment.name, kind: .audio, format: "wav", contentHash: hash)
            made.files.add(facts, at: url)
            made.hashes[segment.id] = hash
        }
        return made
    }

    /// The piece as a file: notes, instruments and the player's version make its name, so whatever changes the sound makes
    /// another file. A file of another length than the piece's was torn and is played again.
    private func play(_ composition: Composition) throws -> (hash: String, url: URL) {
        let player = try SoundFontPlayer(store: SampleCache(cache: cache))
        let font = (try? FileManager.default.attributesOfItem(atPath: player.soundFont.path)[.size] as? Int64) ?? 0
        let name =
            "music \(Composition.version).\(SoundFontPlayer.version) \(player.soundFont.lastPathComponent) \(font) \(composition.piece.duration.ticks) "
        let key = ContentHash(of: Array(name.utf8) + composition.piece.standardMIDIFile())
        let folder = "\(cache.path)/\(Self.kind)/\(key.hex.prefix(2))"
        let url = URL(fileURLWithPath: "\(folder)/\(key.hex).wav")
        let size = try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int64
        if size == SoundFontPlayer.byteCount(of: composition.piece) { return (key.hex, url) }
        try Folders.make(folder)
        try player.render(composition.piece, to: url)
        return (key.hex, url)
    }
}
