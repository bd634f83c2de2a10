// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime
internal import Glibc
internal import PixelBuffers

/// The libraries that decide what decoded and coded bytes look like, as they are installed here.
public struct LibraryVersions: Hashable, Sendable, Codable {
    /// `5.1.9-0+deb12u1` or what the distribution calls it.
    public var ffmpeg: String
    /// Three numbers each.
    public var avcodec: String
    public var avformat: String
    public var swscale: String
    public var swresample: String
    /// Each available encoder's own version, where it tells: `["h264": "core 164 r3095 baee400", "aac": "59.37.100"]`.
    public var encoders: [String: String]

    /// Found out once a process; the first ask takes a few milliseconds.
    public static let current = LibraryVersions()

    private init() {
        _ = LibAV.ready
        func dotted(_ version: UInt32) -> String { "\(version >> 16).\(version >> 8 & 0xFF).\(version & 0xFF)" }
        ffmpeg = LibAV.string(av_version_info()) ?? "unknown"
        avcodec = dotted(avcodec_version())
        avformat = dotted(avformat_version())
        swscale = dotted(swscale_version())
        swresample = dotted(swresample_version())
        encoders = [:]
        for codec in VideoCodec.allCases where avcodec_find_encoder_by_name(codec.encoder) != nil {
            encoders[codec.rawValue] =
                switch codec {
                case .h264: Self.x264() ?? "unknown"
                case .hevc: Self.x265() ?? "unknown"
                case .av1: Self.text("svt_av1_get_version") ?? "unknown"
                }
        }
        for codec in AudioCodec.allCases where avcodec_find_encoder_by_name(codec.encoder) != nil {
            encoders[codec.rawValue] = codec == .aac ? avcodec : Self.text("opus_get_version_string") ?? "unknown"
        }
    }

    public var availableVideo: [VideoCodec] { VideoCodec.allCases.filter { encoders[$0.rawValue] != nil } }
    public var availableAudio: [AudioCodec] { AudioCodec.allCases.filter { encoders[$0.rawValue] != nil } }

    /// The library tells its build only in the streams that it makes: codes one small frame and reads its note.
    private static func x264() -> String? {
        let settings = VideoEncoderSettings(
            width: 64, height: 64, frameRate: FrameRate(25, over: 1), preset: "ultrafast", parameters: "bframes=0")
        guard let note = try? VideoEncoder.encoderNote(settings) else { return nil }
        // "x264 - core 164 r3095 baee400 - H.264/MPEG-4 AVC codec - …"
        let head = note.drop { $0 != "-" }.dropFirst().prefix { $0 != "-" }
        return head.split(separator: " ").joined(separator: " ")
    }

    private typealias TextCall = @convention(c) () -> UnsafePointer<CChar>?

    /// What a library's own function says, called by name because its headers are not needed for anything else.
    private static func text(_ function: String) -> String? {
        guard let symbol = dlsym(nil, function) else { return nil }
        return LibAV.string(unsafeBitCast(symbol, to: TextCall.self)())
    }

    /// x265 keeps its version in a global string pointer.
    private static func x265() -> String? {
        guard let symbol = dlsym(nil, "x265_version_str") else { return nil }
        return LibAV.string(symbol.assumingMemoryBound(to: UnsafePointer<CChar>?.self).pointee)
    }
}
