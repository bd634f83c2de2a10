// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime
internal import Glibc

/// An opened container: its streams and packets, read through one file descriptor and nothing else.
///
/// The demuxer is chosen by our own sniffing and is the only one allowed; protocols are barred, and whatever asks to open
/// another file (a playlist, a data reference) is refused. One thread at a time.
final class Demuxer {
    static let maximumStreams: Int32 = 64
    static let maximumSide = 8192
    /// A picture's largest area: 8K DCI with some room.
    static let maximumPixels = 8192 * 4608

    let file: MediaFile
    let kind: ContainerKind
    private let cursor: FileCursor
    let context: UnsafeMutablePointer<AVFormatContext>
    private let packet: PacketHandle

    init(_ file: MediaFile) throws(MediaError) {
        _ = LibAV.ready
        guard
            let kind = ContainerKind(
                sniffing: file.bytes(at: 0, count: ContainerKind.sniffLength),
                read: { file.bytes(at: $0, count: $1) })
        else {
            throw MediaError(
                .unknownKind, "read", file.name,
                "its content is no clip or song that Kinora knows; convert it to mp4, mov, mkv, webm, mp3, wav, m4a, flac or ogg"
            )
        }
        self.file = file
        self.kind = kind
        cursor = FileCursor(file)
        packet = try PacketHandle(subject: file.name)
        context = try Self.open(file, kind, cursor)
        guard context.pointee.nb_streams <= Self.maximumStreams else {
            throw MediaError(
                .tooLarge, "read", file.name, "it has more than \(Self.maximumStreams) streams",
                fact: "> \(Self.maximumStreams)")
        }
        let result = avformat_find_stream_info(context, nil)
        guard result >= 0 else {
            throw MediaError(.damaged, "read", file.name, "its streams cannot be made out", libav: result)
        }
        guard !streams.contains(where: { Self.locked.contains($0.pointee.codecpar.pointee.codec_tag) }) else {
            throw MediaError(
                .protected, "read", file.name, "it is locked against copying (DRM); take one without a lock")
        }
    }

    /// Kinds of coded samples that are encrypted (ISO/IEC 14496-12 §8.12), and what shops called them before there was a standard.
    private static let locked = Set(
        ["enca", "encv", "drms", "drmi", "p608"].map { $0.utf8.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) } })

    private static func open(
        _ file: MediaFile, _ kind: ContainerKind, _ cursor: FileCursor
    ) throws(MediaError) -> UnsafeMutablePointer<AVFormatContext> {
        guard let format = av_find_input_format(kind.demuxer) else {
            throw MediaError(
                .unsupported, "read", file.name, "this FFmpeg was built without its \(kind.demuxer) reader")
        }
        guard let allocated = avformat_alloc_context(), let io = cursor.makeIO() else {
            throw MediaError(.noMemory, "read", file.name, "out of memory")
        }
        allocated.pointee.pb = io
        allocated.pointee.flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_GENPTS
        allocated.pointee.io_open = refuseToOpen
        allocated.pointee.max_streams = maximumStreams
        allocated.pointee.probesize = 8 << 20
        var options = OptionList([
            ("format_whitelist", kind.whitelist), ("protocol_whitelist", "none"),
            ("codec_whitelist", CodecList.decoders),
        ])
        var context: UnsafeMutablePointer<AVFormatContext>? = allocated
        // On failure the library frees the context, but not the I/O that we gave.
        let result = avformat_open_input(&context, nil, format, &options.dictionary)
        guard result >= 0, let context else {
            FileCursor.free(io)
            throw MediaError(
                .damaged, "read", file.name,
                "it is broken or was cut short (\(kind.rawValue)); copy or download it again", libav: result)
        }
        return context
    }

    deinit {
        let io = context.pointee.pb
        var closing: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&closing)
        FileCursor.free(io)
    }

    // MARK: Streams

    var streams: [UnsafeMutablePointer<AVStream>] {
        (0..<Int(context.pointee.nb_streams)).compactMap { context.pointee.streams?[$0] }
    }

    /// The moving picture that a player would show: no cover art, decodable before not, then the one marked default, then the largest.
    var pictureStream: UnsafeMutablePointer<AVStream>? {
        best(AVMEDIA_TYPE_VIDEO) { Int($0.pointee.codecpar.pointee.width) * Int($0.pointee.codecpar.pointee.height) }
    }

    /// The sound that a player would play.
    var soundStream: UnsafeMutablePointer<AVStream>? { best(AVMEDIA_TYPE_AUDIO) { _ in 0 } }

    private func best(
        _ type: AVMediaType, worth: (UnsafeMutablePointer<AVStream>) -> Int
    ) -> UnsafeMutablePointer<AVStream>? {
        var winner: (stream: UnsafeMutablePointer<AVStream>, rank: [Int])?
        for stream in streams where stream.pointee.codecpar.pointee.codec_type == type {
            let disposition = stream.pointee.disposition
            if disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_STILL_IMAGE) != 0 { continue }
            let rank = [
                CodecList.canDecode(stream.pointee.codecpar.pointee.codec_id) ? 1 : 0,
                disposition & AV_DISPOSITION_DEFAULT != 0 ? 1 : 0, worth(stream),
            ]
            if let winner, !winner.rank.lexicographicallyPrecedes(rank) { continue }
            winner = (stream, rank)
        }
        return winner?.stream
    }

    /// The moment of the file that is time 0 for its picture and its sound: where the first of them starts. Sound that
    /// leads the picture by a tenth of a second or less is an encoder's priming or a recorder's slack, and is cut.
    var origin: MediaTime {
        guard let picture = pictureStream.flatMap(start) else { return soundStream.flatMap(start) ?? .zero }
        guard let sound = soundStream.flatMap(start) else { return picture }
        return picture - sound <= MediaTime(milliseconds: 100) ? picture : sound
    }

    /// Where the container says that it ends, on the file's own clock; nil where it does not say, or only guesses.
    var end: MediaTime? {
        let facts = context.pointee
        let base = AVRational(num: 1, den: AV_TIME_BASE)
        guard facts.duration > 0, facts.duration_estimation_method != AVFMT_DURATION_FROM_BITRATE,
            let length = LibAV.time(facts.duration, base)
        else { return nil }
        return (LibAV.time(facts.start_time, base) ?? origin) + length
    }

    /// When a stream's first frame is shown or its first sample heard, on the file's own clock.
    func start(of stream: UnsafeMutablePointer<AVStream>) -> MediaTime? {
        var start = stream.pointee.start_time
        let parameters = stream.pointee.codecpar.pointee
        if start != kinora_nopts, start < 0, kind.demuxer == "matroska", parameters.codec_type == AVMEDIA_TYPE_AUDIO {
            // Matroska's CodecDelay is taken off the timestamps, and the decoder drops those samples.
            let rate = AVRational(num: 1, den: max(1, parameters.sample_rate))
            start = min(0, start + av_rescale_q(Int64(parameters.initial_padding), rate, stream.pointee.time_base))
        }
        return LibAV.time(start, stream.pointee.time_base)
    }

    /// Reads only this stream from now on.
    func select(_ stream: UnsafeMutablePointer<AVStream>) {
        for other in streams { other.pointee.discard = other == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL }
    }

    // MARK: Packets

    /// The next packet of the selected streams, valid until the next call; nil at the end, and where the file breaks off.
    func nextPacket() -> UnsafeMutablePointer<AVPacket>? {
        av_packet_unref(packet.pointer)
        // A run of failures that make no progress is the end of a broken file.
        for _ in 0..<16 {
            let result = av_read_frame(context, packet.pointer)
            if result >= 0 { return packet.pointer }
            if result == kinora_averror_eof || context.pointee.pb?.pointee.eof_reached != 0 { return nil }
        }
        return nil
    }

    /// Goes to the keyframe at or before `timestamp` of `stream`; false where the container cannot.
    func seek(_ stream: UnsafeMutablePointer<AVStream>, to timestamp: Int64) -> Bool {
        av_seek_frame(context, stream.pointee.index, timestamp, AVSEEK_FLAG_BACKWARD) >= 0
    }
}

/// Where a demuxer stands in its file; what libav's I/O callbacks are given.
final class FileCursor {
    let file: MediaFile
    var position: Int64 = 0

    init(_ file: MediaFile) { self.file = file }

    private static let bufferSize: Int32 = 64 << 10

    func makeIO() -> UnsafeMutablePointer<AVIOContext>? {
        guard let buffer = av_malloc(Int(Self.bufferSize)) else { return nil }
        let io = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, 0, Unmanaged.passUnretained(self).toOpaque(),
            readFromCursor, nil, seekCursor)
        if io == nil { av_free(buffer) }
        return io
    }

    static func free(_ io: UnsafeMutablePointer<AVIOContext>?) {
        guard let io else { return }
        av_free(io.pointee.buffer)
        var freeing: UnsafeMutablePointer<AVIOContext>? = io
        avio_context_free(&freeing)
    }
}

private func readFromCursor(_ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ size: Int32)
    -> Int32
{
    guard let opaque, let buffer, size > 0 else { return kinora_averror(EINVAL) }
    let cursor = Unmanaged<FileCursor>.fromOpaque(opaque).takeUnretainedValue()
    let count = cursor.file.read(
        into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(size)), at: cursor.position)
    if count == 0 { return kinora_averror_eof }
    if count < 0 { return kinora_averror(Int32(-count)) }
    cursor.position += Int64(count)
    return Int32(count)
}

private func seekCursor(_ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32) -> Int64 {
    guard let opaque else { return Int64(kinora_averror(EINVAL)) }
    let cursor = Unmanaged<FileCursor>.fromOpaque(opaque).takeUnretainedValue()
    let base: Int64
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return cursor.file.byteCount
    case SEEK_SET: base = 0
    case SEEK_CUR: base = cursor.position
    case SEEK_END: base = cursor.file.byteCount
    default: return Int64(kinora_averror(EINVAL))
    }
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, target >= 0 else { return Int64(kinora_averror(EINVAL)) }
    cursor.position = target
    return target
}

private func refuseToOpen(
    _ context: UnsafeMutablePointer<AVFormatContext>?, _ io: UnsafeMutablePointer<UnsafeMutablePointer<AVIOContext>?>?,
    _ url: UnsafePointer<CChar>?, _ flags: Int32, _ options: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 { kinora_averror(EACCES) }
