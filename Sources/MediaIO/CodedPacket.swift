// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// One coded frame, or one coded block of sound.
public struct CodedPacket: Hashable, Sendable {
    public var data: [UInt8]
    /// When it is shown or heard, in units of its track: frames for video, samples for sound. Within a chunk, its first
    /// shown frame is 0; sound starts below 0 by the encoder's priming.
    public var pts: Int64
    /// When it is decoded, in the same units; strictly rising from packet to packet.
    public var dts: Int64
    /// In the same units: 1 for a frame.
    public var duration: Int64
    /// Decoding can start here.
    public var isKey: Bool

    public init(data: [UInt8], pts: Int64, dts: Int64, duration: Int64, isKey: Bool) {
        self.data = data
        self.pts = pts
        self.dts = dts
        self.duration = duration
        self.isKey = isKey
    }
}

/// What a player must know of a coded picture before its first packet; the same for all chunks of the same settings.
public struct VideoTrack: Hashable, Sendable, Codable {
    public var codec: VideoCodec
    public var width: Int
    public var height: Int
    public var frameRate: FrameRate
    /// Parameter sets (Annex B for H.264 and HEVC, `av1C` or a sequence header for AV1) as the encoder gives them.
    public var header: [UInt8]
    /// How many frames decoding runs ahead of showing: `dts` of a track's first packet is minus this.
    public var reorderDelay: Int

    public init(
        codec: VideoCodec, width: Int, height: Int, frameRate: FrameRate, header: [UInt8], reorderDelay: Int
    ) {
        self.codec = codec
        self.width = width
        self.height = height
        self.frameRate = frameRate
        self.header = header
        self.reorderDelay = reorderDelay
    }
}

/// What a player must know of coded sound before its first packet. Always stereo.
public struct AudioTrack: Hashable, Sendable, Codable {
    public var codec: AudioCodec
    public var sampleRate: Int
    /// Bits a second aimed at.
    public var bitRate: Int
    public var header: [UInt8]
    /// Samples in a packet.
    public var frameSize: Int
    /// Samples at the start that only prime the decoder and are not heard.
    public var priming: Int

    public init(codec: AudioCodec, sampleRate: Int, bitRate: Int, header: [UInt8], frameSize: Int, priming: Int) {
        self.codec = codec
        self.sampleRate = sampleRate
        self.bitRate = bitRate
        self.header = header
        self.frameSize = frameSize
        self.priming = priming
    }
}
