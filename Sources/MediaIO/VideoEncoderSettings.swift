// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
internal import CLibAV

public enum VideoCodec: String, CaseIterable, Hashable, Sendable, Codable {
    case h264, hevc, av1

    /// libav's name of the encoder used.
    var encoder: String {
        switch self {
        case .h264: "libx264"
        case .hevc: "libx265"
        case .av1: "libsvtav1"
        }
    }

    var id: AVCodecID {
        switch self {
        case .h264: AV_CODEC_ID_H264
        case .hevc: AV_CODEC_ID_HEVC
        case .av1: AV_CODEC_ID_AV1
        }
    }
}

/// How chunks are coded: everything that decides their bytes but the frames. All chunks of a film share one value.
///
/// Pictures are 8-bit 4:2:0, BT.709, limited range, and tagged so. Groups of pictures are closed.
public struct VideoEncoderSettings: Hashable, Sendable, Codable {
    public enum Rate: Hashable, Sendable, Codable {
        /// Constant rate factor of the encoder's own scale (x264 and x265 0…51, SVT-AV1 1…63); lower is better.
        case quality(Double)
        /// Mean bit rate, and the most within `bufferKilobits` where given, in kbit/s.
        case bitRate(kilobits: Int, maximumKilobits: Int?, bufferKilobits: Int?)
    }

    /// A decoder's buffer of `bufferKilobits`, filled with `kilobits` a second, never runs empty.
    public struct Peak: Hashable, Sendable, Codable {
        public var kilobits: Int
        public var bufferKilobits: Int

        public init(kilobits: Int, bufferKilobits: Int) {
            self.kilobits = kilobits
            self.bufferKilobits = bufferKilobits
        }
    }

    public var codec: VideoCodec
    public var width: Int
    public var height: Int
    public var frameRate: FrameRate
    public var rate: Rate
    /// A cap on peaks under constant quality (a video buffering verifier of each encoder's own); nil for none. SVT-AV1
    /// knows none.
    public var peak: Peak?
    /// The encoder's preset: `veryfast`, `medium`, …; `0`…`13` for SVT-AV1.
    public var preset: String
    /// The encoder's own parameters, `name=value` joined by colons (`x264-params`, `x265-params`, `svtav1-params`);
    /// applied last.
    public var parameters: String
    /// Most frames from one keyframe to the next.
    public var keyframeInterval: Int

    public init(
        codec: VideoCodec = .h264, width: Int, height: Int, frameRate: FrameRate, rate: Rate = .quality(21),
        peak: Peak? = nil, preset: String = "veryfast", parameters: String = "", keyframeInterval: Int = 60
    ) {
        self.codec = codec
        self.width = width
        self.height = height
        self.frameRate = frameRate
        self.rate = rate
        self.peak = peak
        self.preset = preset
        self.parameters = parameters
        self.keyframeInterval = keyframeInterval
    }
}
