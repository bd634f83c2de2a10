// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import EditTime
public import MediaIO

/// What an export will be, once its draft is laid out for its output: known before anything is rendered.
public struct ExportShape: Hashable, Sendable, Codable {
    public var format: ExportOutput.Format
    /// Nil for a gif.
    public var codec: VideoCodec?
    public var canvas: PixelSize
    public var frameRate: FrameRate
    public var duration: MediaTime

    public init(
        format: ExportOutput.Format, codec: VideoCodec?, canvas: PixelSize, frameRate: FrameRate, duration: MediaTime
    ) {
        self.format = format
        self.codec = codec
        self.canvas = canvas
        self.frameRate = frameRate
        self.duration = duration
    }
}

/// What came of an export.
public struct ExportResult: Hashable, Sendable, Codable {
    /// SHA-256 of the file, hex.
    public var hash: String
    public var byteCount: Int64
    public var shape: ExportShape
    /// Integrated loudness of the finished sound in LUFS and its true peak in dBTP; nil for a silent film.
    public var loudness: Double?
    public var truePeak: Double?
    /// Chunks of the film, and how many of those had been rendered before.
    public var chunks: Int
    public var chunksReused: Int

    public init(
        hash: String, byteCount: Int64, shape: ExportShape, loudness: Double? = nil, truePeak: Double? = nil,
        chunks: Int = 0, chunksReused: Int = 0
    ) {
        self.hash = hash
        self.byteCount = byteCount
        self.shape = shape
        self.loudness = loudness
        self.truePeak = truePeak
        self.chunks = chunks
        self.chunksReused = chunksReused
    }
}
