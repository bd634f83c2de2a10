// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// A film of one frame of a clip: turned, converted and shrunk as every clip is, it is the clip's small picture.
enum ThumbnailFilm {
    /// The draft, and the time to draw. `width` even and at least 16.
    static func draft(of clip: MediaFacts, width: Int) throws -> (Draft, MediaTime) {
        let size = clip.size ?? PixelSize(width: 16, height: 9)
        let height = Int((Double(width) * Double(size.height) / Double(max(1, size.width)) / 2).rounded()) * 2
        let length = clip.duration?.wholeMilliseconds ?? MediaTime(milliseconds: 1000)
        let lengthMS = max(1, Int64(length.seconds * 1000))
        let shown = min(40, lengthMS)
        let start = (lengthMS - shown) / 3
        let json: JSONValue = [
            "v": 1, "d": .integer(shown),
            "m": ["width": .integer(Int64(width)), "height": .integer(Int64(max(16, min(4096, height)))), "fps": 25],
            "t": [
                [
                    "id": "v", "tt": 0,
                    "sg": [
                        [
                            "id": "s", "s": 0, "d": .integer(shown), "ss": .integer(start), "src": .string(clip.id),
                            "mt": "video", "muted": true,
                        ]
                    ],
                ]
            ],
        ]
        return (try Draft(json), .zero)
    }
}
