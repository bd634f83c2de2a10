// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
import MediaIO
import RenderPlanning
import Foundation

/// What makes two chunks the same picture: a hash of the resolved spec, the encoder's settings, and the versions of
/// every stage that touches a pixel. A stage whose output changes raises its own number.
package struct ChunkIdentity: Hashable, Sendable {
    package let hash: ContentHash

    private struct Content: Encodable {
        let spec: ChunkSpec
        let encoder: VideoEncoderSettings
        let stages: [String: String]
    }

    /// `stages`: name → version of the libraries and stages of this build.
    init(_ spec: ChunkSpec, encodedWith settings: VideoEncoderSettings, stages: [String: String]) throws {
        hash = try ContentHash(canonical: Content(spec: spec, encoder: settings, stages: stages))
    }
}

extension ContentHash {
    /// The hash of a value's JSON with sorted keys: equal values, equal hashes, on every machine.
    init(canonical value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(of: try encoder.encode(value))
    }
}
