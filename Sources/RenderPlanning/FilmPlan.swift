// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import EditTime

/// A film ready to be rendered: its chunks in order, and its sound. Made by `FilmPlan.init(draft:inputs:)`.
public struct FilmPlan: Hashable, Sendable, Codable {
    public var canvas: PixelSize
    public var frameRate: FrameRate
    public var chunks: [ChunkSpec]
    /// Film frame at which each chunk begins.
    public var chunkStarts: [Int]
    public var sound: SoundPlan

    public var frameCount: Int { chunks.reduce(0) { $0 + $1.frameCount } }

    /// The chunk that holds film frame `frame`, and the frame's place in it; nil outside the film.
    public func chunk(holding frame: Int) -> (chunk: Int, frame: Int)? {
        guard frame >= 0, let chunk = chunkStarts.lastIndex(where: { $0 <= frame }) else { return nil }
        let inside = frame - chunkStarts[chunk]
        return inside < chunks[chunk].frameCount ? (chunk, inside) : nil
    }
}

/// What planning must know beside the draft; nothing here is opened or read again.
public struct PlanInputs: Sendable {
    /// By asset id.
    public var media: [String: MediaFacts]
    /// By text segment id: how its text was drawn for this canvas.
    public var texts: [String: DrawnText]
    /// By audio segment id: content hash of what was made for its `gen`.
    public var generated: [String: String]
    /// By asset id.
    public var beats: [String: BeatGrid]
    /// Chunks are at most this long: 2 s for an export, 1 s for a preview.
    public var longestChunk: MediaTime

    public init(
        media: [String: MediaFacts], texts: [String: DrawnText] = [:], generated: [String: String] = [:],
        beats: [String: BeatGrid] = [:], longestChunk: MediaTime = MediaTime(milliseconds: 2000)
    ) {
        self.media = media
        self.texts = texts
        self.generated = generated
        self.beats = beats
        self.longestChunk = longestChunk
    }
}

/// A text as it was drawn: where its bitmap lies, and the boxes of its words and characters in reading order.
public struct DrawnText: Hashable, Sendable, Codable {
    public struct Box: Hashable, Sendable, Codable {
        public var x: Int
        public var y: Int
        public var width: Int
        public var height: Int

        public init(x: Int, y: Int, width: Int, height: Int) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    /// SHA-256 of the bitmap, hex.
    public var bitmap: String
    /// SHA-256 of a plate that lies under it, of the same size and place, where it is not part of the bitmap.
    public var plate: String?
    /// SHA-256 of the letters in the colour that words are lit with as they are said, of the same size and place; nil where
    /// none are.
    public var lit: String?
    /// Characters that no installed font has; they are not in the drawing.
    public var missing: [String] = []
    public var size: PixelSize
    /// Top left on the canvas, in pixels.
    public var x: Int
    public var y: Int
    /// Of each word the boxes that show it (two where it is broken over lines).
    public var words: [[Box]]
    public var characters: [[Box]]

    public init(
        bitmap: String, plate: String? = nil, lit: String? = nil, missing: [String] = [], size: PixelSize, x: Int,
        y: Int, words: [[Box]] = [],
        characters: [[Box]] = []
    ) {
        self.bitmap = bitmap
        self.plate = plate
        self.lit = lit
        self.missing = missing
        self.size = size
        self.x = x
        self.y = y
        self.words = words
        self.characters = characters
    }
}
