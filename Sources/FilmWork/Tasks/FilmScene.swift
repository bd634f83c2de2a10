// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import EditModel
import Foundation
import JSON
package import KinoraKit

/// A draft with all that drawing it takes: what is known of its media, and where their bytes lie. What workers are sent.
package struct FilmScene: Hashable, Sendable, Codable {
    /// The draft's JSON.
    private var draftText: String
    /// Of the assets that the draft uses, by id.
    package var facts: [MediaFacts]
    package var beats: [String: BeatGrid]
    /// Paths by asset id.
    package var places: [String: String]

    /// - Parameter places: where each asset's bytes lie; those that the draft does not use are left out.
    package init(
        _ draft: Draft, media: [MediaFacts], beats: [String: BeatGrid], places: [String: String]
    ) {
        let used = Set(draft.usedAssets)
        draftText = draft.json.text()
        facts = media.filter { used.contains($0.id) }.sorted { $0.id < $1.id }
        self.beats = beats.filter { used.contains($0.key) }
        self.places = places.filter { used.contains($0.key) }
    }

    /// Throws `DraftError` for a text that is no draft.
    package func draft() throws -> Draft { try Draft(parsing: Array(draftText.utf8)) }

    package var material: Material {
        var material = Material()
        for asset in facts {
            if let place = places[asset.id] { material.add(asset, at: URL(fileURLWithPath: place)) }
        }
        material.beats = beats
        return material
    }

    /// Names what is to be seen and heard: equal scenes, equal names; where the bytes lie does not count.
    package var name: ContentHash {
        get throws {
            var still = self
            still.places = [:]
            return try WorkName.of(still)
        }
    }
}

/// Names of things that workers make, by what they are made of.
enum WorkName {
    static func of(_ value: some Encodable) throws -> ContentHash {
        var hasher = ContentHasher()
        hasher.update(Array(FilmKit.stages.utf8))
        hasher.update([0])
        hasher.update(try WorkCoding.bytes(value))
        return hasher.finish()
    }
}

/// How requests and answers are written.
enum WorkCoding {
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    static func value<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
