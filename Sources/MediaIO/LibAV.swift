// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime
internal import Glibc

/// What every use of the libraries shares: their log silenced once, their errors in words, their fractions as times.
enum LibAV {
    /// Touch before the first call. The libraries print nothing unless `KINORA_LIBAV_LOG=1`.
    static let ready: Void = {
        let isLoud = getenv("KINORA_LIBAV_LOG").map { String(cString: $0) == "1" } ?? false
        av_log_set_level(isLoud ? AV_LOG_INFO : AV_LOG_QUIET)
        // SVT-AV1 prints past libav's log; its own switch is this variable (0 = fatal errors only).
        if !isLoud { setenv("SVT_LOG", "0", 0) }
    }()

    static func words(for result: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
        av_strerror(result, &buffer, buffer.count)
        return string(buffer)
    }

    /// The text up to the first zero.
    static func string(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func string(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }

    static let ticks = AVRational(num: 1, den: Int32(MediaTime.ticksPerSecond))

    /// `count` units as a time, or nil where the library knows none.
    static func time(_ count: Int64, _ unit: AVRational) -> MediaTime? {
        guard count != kinora_nopts, unit.num > 0, unit.den > 0 else { return nil }
        let time = MediaTime(count, unit: Int64(unit.num), over: Int64(unit.den))
        return abs(time.seconds) < longest ? time : nil
    }

    /// The unit count at or before a time.
    static func count(_ time: MediaTime, _ unit: AVRational) -> Int64 {
        av_rescale_q_rnd(time.ticks, ticks, unit, AV_ROUND_DOWN)
    }

    /// Seconds beyond which a timestamp is taken as nonsense: a thousand hours.
    private static let longest = 3_600_000.0
}

/// Options for an open call, owned.
struct OptionList: ~Copyable {
    var dictionary: OpaquePointer?

    init(_ values: [(String, String)] = []) {
        for (name, value) in values { set(name, value) }
    }

    mutating func set(_ name: String, _ value: String) { av_dict_set(&dictionary, name, value, 0) }

    /// The first option that the call did not know.
    var leftOver: String? {
        av_dict_get(dictionary, "", nil, AV_DICT_IGNORE_SUFFIX).flatMap { LibAV.string($0.pointee.key) }
    }

    deinit {
        var freeing = dictionary
        av_dict_free(&freeing)
    }
}

/// A decoded frame or samples, owned; its buffers are the library's and counted.
final class FrameHandle {
    let pointer: UnsafeMutablePointer<AVFrame>

    init(subject: String) throws(MediaError) {
        guard let frame = av_frame_alloc() else {
            throw MediaError(.noMemory, "make a frame for", subject, "out of memory")
        }
        pointer = frame
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = pointer
        av_frame_free(&frame)
    }
}

/// A coded packet, owned, used over and over.
final class PacketHandle {
    let pointer: UnsafeMutablePointer<AVPacket>

    init(subject: String) throws(MediaError) {
        guard let packet = av_packet_alloc() else {
            throw MediaError(.noMemory, "make a packet for", subject, "out of memory")
        }
        pointer = packet
    }

    deinit {
        var packet: UnsafeMutablePointer<AVPacket>? = pointer
        av_packet_free(&packet)
    }
}
