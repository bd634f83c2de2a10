// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// What kind of thing a file is, decided by its content.
public enum MediaKind: String, CaseIterable, Hashable, Sendable, Codable {
    case image, video, audio, text
    /// A colour table (`.cube`), for grading with: no picture of a film.
    case lut
}

/// What is known of one file: all that planning an edit or a film needs, without opening it again.
public struct MediaFacts: Hashable, Sendable, Codable {
    /// Asset id, unique in a project; opaque.
    public var id: String
    /// File name as the person knows it.
    public var name: String
    public var kind: MediaKind
    /// Format by content: `jpeg`, `png`, `mp4`, `mp3`, …
    public var format: String
    /// SHA-256 of the file, 64 hex digits.
    public var contentHash: String
    public var byteCount: Int64
    /// As shown, upright; nil for sound and text.
    public var size: PixelSize?
    /// Of a clip or a sound; nil for stills and text.
    public var duration: MediaTime?
    public var frameRate: Double?
    /// Rotation still to be applied to a clip's decoded frames, degrees clockwise.
    public var rotation = 0
    /// A clip's decoded frames are mirrored left to right before they are rotated.
    public var isMirrored = false
    public var hasSound = false
    public var hasAlpha = false
    /// A still of a file that moves (an animated WebP): its first picture.
    public var isAnimated = false
    /// When it was taken, as sortable text `2024-07-01T12:34:56` (camera's own clock), where the file says so.
    public var captureTime: String?
    /// The date of the file itself, written likewise: what is left to go by where the content names no time. It says when it was
    /// last written, which may be when it was copied.
    public var fileTime: String?
    /// Where it stands among files that were brought together and arrived in another order: ascending, any numbers.
    public var place: Int?
    /// Where the eye goes, of the upright picture.
    public var focus: UnitPoint?
    public var faces: [UnitRect] = []
    /// Comparable between photos; higher is sharper.
    public var sharpness: Double?
    /// 64-bit perceptual hash; a small Hamming distance means nearly the same picture.
    public var perceptualHash: UInt64?
    /// 0…1.
    public var meanLuma: Double?
    /// Words of a script or captions file.
    public var text: String?

    public init(
        id: String, name: String, kind: MediaKind, format: String, contentHash: String, byteCount: Int64 = 0,
        size: PixelSize? = nil, duration: MediaTime? = nil, frameRate: Double? = nil, hasSound: Bool = false
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.format = format
        self.contentHash = contentHash
        self.byteCount = byteCount
        self.size = size
        self.duration = duration
        self.frameRate = frameRate
        self.hasSound = hasSound
    }
}
