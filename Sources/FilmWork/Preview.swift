// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import EditTime

/// A film as pieces of fragmented MP4 for a browser's Media Source: a header for the picture and one for the sound, and
/// pieces of at most a second that say themselves where in the film they lie. Names are hashes of what they stand for.
public struct Preview: Hashable, Sendable, Codable {
    /// A row of pieces behind one header.
    public struct Row: Hashable, Sendable, Codable {
        /// For `SourceBuffer`: `video/mp4; codecs="avc1.640020"`.
        public var mediaType: String
        /// The header's name.
        public var header: String
        public var pieces: [Piece]
        /// Set the source buffer's `timestampOffset` to this: sound counts from its priming.
        public var offsetSeconds: Double

        public init(mediaType: String, header: String, pieces: [Piece], offsetSeconds: Double = 0) {
            self.mediaType = mediaType
            self.header = header
            self.pieces = pieces
            self.offsetSeconds = offsetSeconds
        }
    }

    public struct Piece: Hashable, Sendable, Codable {
        public var name: String
        /// In film time.
        public var range: TimeRange

        public init(name: String, range: TimeRange) {
            self.name = name
            self.range = range
        }
    }

    /// Names the draft as it is drawn; the same as long as nothing to be seen or heard changes.
    public var name: String
    public var canvas: PixelSize
    public var frameRate: FrameRate
    public var duration: MediaTime
    public var picture: Row
    /// Nil for a silent film.
    public var sound: Row?

    public init(
        name: String, canvas: PixelSize, frameRate: FrameRate, duration: MediaTime, picture: Row, sound: Row?
    ) {
        self.name = name
        self.canvas = canvas
        self.frameRate = frameRate
        self.duration = duration
        self.picture = picture
        self.sound = sound
    }
}

/// What a picture for looking at is written as.
public enum PictureFormat: String, CaseIterable, Hashable, Sendable, Codable {
    case jpeg, webp

    public var mediaType: String { "image/\(rawValue)" }
}

/// How loud a sound is, for drawing: the highest amplitude of each stretch, 0…255, over both channels.
public struct Waveform: Hashable, Sendable, Codable {
    public var duration: MediaTime
    /// Stretches of equal length, from the sound's start.
    public var peaks: [UInt8]

    public init(duration: MediaTime, peaks: [UInt8]) {
        self.duration = duration
        self.peaks = peaks
    }
}
