// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import EditTime
public import MediaIO

/// How a film is to be coded, as a person chooses it.
public struct Encoding: Hashable, Sendable, Codable {
    public enum Quality: String, CaseIterable, Hashable, Sendable, Codable {
        case draft, standard, high
    }

    public enum Container: String, CaseIterable, Hashable, Sendable, Codable {
        case mp4, mov, webm
    }

    public var codec = VideoCodec.h264
    public var quality = Quality.standard
    public var container = Container.mp4
    /// When given it means exactly that preset of the encoder, with none of our own parameters.
    public var preset: String?
    /// When given it means exactly that constant rate factor.
    public var crf: Double?
    /// A platform's cap on peaks: kilobits of picture in any one second; nil = as the quality needs.
    public var mostKilobits: Int?
    /// What each chunk's encoder is given of that cap; see `PeakFitting`.
    var peakShare = PeakFitting.firstShare
    /// Bits a second of the sound.
    public var soundBitRate = 192_000

    public init() {}

    var filmContainer: FilmContainer {
        switch container {
        case .mp4: .mp4
        case .mov: .mov
        case .webm: .webm
        }
    }

    /// Opus in webm, which takes no AAC.
    var soundCodec: AudioCodec { container == .webm ? .opus : .aac }

    /// The encoder's settings for a film on this canvas.
    public func settings(canvas: PixelSize, frameRate: FrameRate) -> VideoEncoderSettings {
        let recipe = EncodingRecipe.named(codec, quality)
        let isPlain = preset != nil
        let factor = crf ?? (isPlain ? recipe.plainFactor : recipe.factor)
        let peak = mostKilobits.map { PeakFitting.peak(most: $0, share: peakShare) }
        return VideoEncoderSettings(
            codec: codec, width: canvas.width, height: canvas.height, frameRate: frameRate,
            rate: .quality(factor), peak: codec == .av1 ? nil : peak,
            preset: preset ?? recipe.preset, parameters: isPlain ? EncodingRecipe.running(codec) : recipe.parameters,
            keyframeInterval: max(1, frameRate.frame(at: MediaTime(milliseconds: 2000))))
    }
}

/// The encoder settings behind a quality; the evidence is in docs/decisions.
struct EncodingRecipe {
    let preset: String
    let factor: Double
    let parameters: String
    /// The factor used with a preset that a person names without one.
    let plainFactor: Double

    /// What a chunk needs to come out as a part of a film that one encoder makes in one go: x264 knows nothing of what came
    /// before a chunk and codes its first picture more coarsely than a running film's keyframes.
    static func running(_ codec: VideoCodec) -> String { codec == .h264 ? "zones=0,0,b=1.35" : "" }

    static func named(_ codec: VideoCodec, _ quality: Encoding.Quality) -> EncodingRecipe {
        switch (codec, quality) {
        case (.h264, .draft):
            EncodingRecipe(
                preset: "veryfast", factor: 24,
                parameters: "partitions=i8x8:b-adapt=0:bframes=7:me=dia:subme=1:trellis=1:qcomp=0.65",
                plainFactor: 23)
        case (.h264, .standard):
            EncodingRecipe(
                preset: "veryfast", factor: 21.2,
                parameters: "partitions=i8x8:b-adapt=1:bframes=3:me=dia:subme=1:trellis=1:rc-lookahead=7:qcomp=0.60",
                plainFactor: 21)
        case (.h264, .high):
            EncodingRecipe(
                preset: "veryfast", factor: 18,
                parameters: "partitions=i8x8:b-adapt=0:bframes=5:me=dia:subme=3:trellis=1:rc-lookahead=20:qcomp=0.65",
                plainFactor: 18)
        case (.hevc, .draft): EncodingRecipe(preset: "ultrafast", factor: 26, parameters: "", plainFactor: 26)
        case (.hevc, .standard): EncodingRecipe(preset: "superfast", factor: 23, parameters: "", plainFactor: 23)
        case (.hevc, .high): EncodingRecipe(preset: "fast", factor: 20, parameters: "", plainFactor: 20)
        case (.av1, .draft): EncodingRecipe(preset: "12", factor: 38, parameters: "", plainFactor: 38)
        case (.av1, .standard): EncodingRecipe(preset: "10", factor: 32, parameters: "", plainFactor: 32)
        case (.av1, .high): EncodingRecipe(preset: "8", factor: 26, parameters: "", plainFactor: 26)
        }
    }
}
