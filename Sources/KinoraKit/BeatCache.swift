// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import FileStore
import Foundation
import Sound

/// Beats of songs, found once for each content.
struct BeatCache {
    static let kind = CacheFolder.Kind("beats")

    let cache: CacheFolder

    /// Nil where the song has no beats that can be told.
    func beats(of song: MediaFacts, at place: URL) throws -> BeatGrid? {
        let key = ContentHash(of: Array("\(BeatTracker.version) \(song.contentHash)".utf8))
        if let kept = cache.load(Self.kind, key),
            let grid = try? JSONDecoder().decode(BeatGrid.self, from: Data(kept.copy))
        {
            return grid.beats.isEmpty ? nil : grid
        }
        let grid = try BeatTracker.analyse(place)
        let bytes = [UInt8](try JSONEncoder().encode(grid))
        try bytes.withUnsafeBytes { _ = try cache.store(Self.kind, key, [$0]) }
        return grid.beats.isEmpty ? nil : grid
    }
}
