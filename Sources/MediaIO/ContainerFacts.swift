// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// What a clip or song file holds, as far as it can be told without decoding all of it.
///
/// Times count from the file's own zero: where its picture starts, or its sound when that starts over 0.1 s earlier.
public struct ContainerFacts: Hashable, Sendable, Codable {
    public var kind: ContainerKind
    public var byteCount: Int64
    /// Of the longer of picture and sound; zero where the file does not tell and it cannot be counted.
    public var duration: MediaTime
    /// The moving picture that a player shows; cover art is none.
    public var picture: PictureFacts?
    /// The sound that a player plays.
    public var sound: SoundFacts?
    /// How many sound streams there are; the first choice is `sound`.
    public var soundStreamCount: Int
    /// Lower-case names: `creation_time` (ISO 8601, UTC), `title`, `artist`, `album`, `com.apple.quicktime.make` ….
    public var tags: [String: String]
}

/// A moving picture's stream.
public struct PictureFacts: Hashable, Sendable, Codable {
    /// Samples as coded, before pixel aspect and rotation.
    public var codedWidth: Int
    public var codedHeight: Int
    /// As decoded frames are delivered by `ClipReader` at full size: square pixels, not yet rotated.
    public var unrotatedWidth: Int
    public var unrotatedHeight: Int
    /// Degrees clockwise by which a decoded frame is turned to be upright: 0, 90, 180 or 270.
    public var rotation: Int
    /// Mirrored left to right before it is rotated, as some selfie cameras write.
    public var isMirrored: Bool
    /// Mean frames a second; nil where unknown.
    public var frameRate: FrameRate?
    /// Frames do not come evenly.
    public var isVariableFrameRate: Bool
    /// When the first frame is shown, and how long the picture lasts from there.
    public var start: MediaTime
    public var duration: MediaTime
    /// Where the container tells.
    public var frameCount: Int?
    /// libav's names: `h264`, `hevc`, `yuv420p`, `bt709`, ….
    public var codec: String
    public var pixelFormat: String
    public var matrix: String
    public var primaries: String
    public var transfer: String
    public var isFullRange: Bool
    public var bitDepth: Int
    /// False: the codec is one that Kinora does not decode.
    public var isDecodable: Bool

    /// As shown: square pixels, upright.
    public var displayWidth: Int { rotation % 180 == 0 ? unrotatedWidth : unrotatedHeight }
    public var displayHeight: Int { rotation % 180 == 0 ? unrotatedHeight : unrotatedWidth }
    /// Light beyond the standard range (PQ or HLG), which is brought down when decoded.
    public var isHighDynamicRange: Bool { transfer == "smpte2084" || transfer == "arib-std-b67" }
}

/// A sound's stream.
public struct SoundFacts: Hashable, Sendable, Codable {
    public var codec: String
    public var channels: Int
    public var sampleRate: Int
    /// When its first sample sounds, and how long it lasts from there.
    public var start: MediaTime
    public var duration: MediaTime
    public var isDecodable: Bool
}
