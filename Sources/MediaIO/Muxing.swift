// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime
internal import Glibc

/// Setting up libav's muxers for films and their parts.
enum Muxing {
    static func context(_ muxer: String, sink: FileSink) throws(MediaError) -> UnsafeMutablePointer<AVFormatContext> {
        var context: UnsafeMutablePointer<AVFormatContext>?
        let result = avformat_alloc_output_context2(&context, nil, muxer, nil)
        guard result >= 0, let context else {
            throw MediaError(
                .cannotWrite, "write", sink.name, "this FFmpeg was built without its \(muxer) writer", libav: result)
        }
        guard let io = sink.makeIO() else {
            avformat_free_context(context)
            throw MediaError(.noMemory, "write", sink.name, "out of memory")
        }
        context.pointee.pb = io
        context.pointee.flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT
        return context
    }

    static func addStreams(
        to context: UnsafeMutablePointer<AVFormatContext>, _ plan: FilmWriter.Plan
    ) throws(MediaError) {
        try addVideo(plan.video, to: context)
        if let audio = plan.audio { try addAudio(audio, to: context) }
        if let title = plan.title, !title.isEmpty { av_dict_set(&context.pointee.metadata, "title", title, 0) }
    }

    private static func newStream(
        _ context: UnsafeMutablePointer<AVFormatContext>
    ) throws(MediaError) -> (UnsafeMutablePointer<AVStream>, UnsafeMutablePointer<AVCodecParameters>) {
        guard let stream = avformat_new_stream(context, nil), let parameters = stream.pointee.codecpar else {
            throw MediaError(.noMemory, "write", "a film", "out of memory")
        }
        return (stream, parameters)
    }

    private static func setHeader(
        _ header: [UInt8], of parameters: UnsafeMutablePointer<AVCodecParameters>
    ) throws(MediaError) {
        guard let extra = av_mallocz(header.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)) else {
            throw MediaError(.noMemory, "write", "a film", "out of memory")
        }
        header.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { memcpy(extra, base, bytes.count) }
        }
        parameters.pointee.extradata = extra.assumingMemoryBound(to: UInt8.self)
        parameters.pointee.extradata_size = Int32(header.count)
    }

    static func addVideo(_ track: VideoTrack, to context: UnsafeMutablePointer<AVFormatContext>) throws(MediaError) {
        let (stream, parameters) = try newStream(context)
        try describe(track, in: parameters)
        stream.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        stream.pointee.avg_frame_rate = AVRational(num: track.frameRate.numerator, den: track.frameRate.denominator)
        stream.pointee.time_base = AVRational(num: 1, den: timescale(track.frameRate))
    }

    static func describe(
        _ track: VideoTrack, in parameters: UnsafeMutablePointer<AVCodecParameters>
    ) throws(MediaError) {
        try setHeader(track.header, of: parameters)
        parameters.pointee.codec_type = AVMEDIA_TYPE_VIDEO
        parameters.pointee.codec_id = track.codec.id
        // HEVC is played by Apple's players only under this name: parameter sets in the file's header alone.
        if track.codec == .hevc { parameters.pointee.codec_tag = tag("hvc1") }
        parameters.pointee.width = Int32(track.width)
        parameters.pointee.height = Int32(track.height)
        parameters.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        parameters.pointee.video_delay = Int32(track.reorderDelay)
        parameters.pointee.color_range = AVCOL_RANGE_MPEG
        parameters.pointee.color_space = AVCOL_SPC_BT709
        parameters.pointee.color_primaries = AVCOL_PRI_BT709
        parameters.pointee.color_trc = AVCOL_TRC_BT709
        parameters.pointee.chroma_location = AVCHROMA_LOC_LEFT
        parameters.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        parameters.pointee.field_order = AV_FIELD_PROGRESSIVE
    }

    static func addAudio(_ track: AudioTrack, to context: UnsafeMutablePointer<AVFormatContext>) throws(MediaError) {
        let (stream, parameters) = try newStream(context)
        try setHeader(track.header, of: parameters)
        parameters.pointee.codec_type = AVMEDIA_TYPE_AUDIO
        parameters.pointee.codec_id = track.codec.id
        parameters.pointee.sample_rate = Int32(track.sampleRate)
        parameters.pointee.bit_rate = Int64(track.bitRate)
        parameters.pointee.frame_size = Int32(track.frameSize)
        parameters.pointee.initial_padding = Int32(track.priming)
        parameters.pointee.format = AV_SAMPLE_FMT_FLTP.rawValue
        if track.codec == .aac { parameters.pointee.profile = FF_PROFILE_AAC_LOW }
        av_channel_layout_default(&parameters.pointee.ch_layout, 2)
        stream.pointee.time_base = AVRational(num: 1, den: Int32(track.sampleRate))
    }

    static func start(
        _ context: UnsafeMutablePointer<AVFormatContext>, _ plan: FilmWriter.Plan, sink: FileSink
    ) throws(MediaError) {
        var options = OptionList()
        switch plan.container {
        case .mp4, .mov:
            options.set("moov_size", String(indexRoom(plan)))
            options.set("video_track_timescale", String(timescale(plan.video.frameRate)))
            options.set("movie_timescale", String(movieTimescale(plan)))
            options.set("write_tmcd", "0")
            options.set("use_editlist", "1")
        case .webm, .matroska:
            options.set("reserve_index_space", String(64 + 40 * (plan.frames / 10 + 8)))
        }
        let result = avformat_write_header(context, &options.dictionary)
        if let failure = sink.failure { throw failure }
        guard result >= 0 else {
            throw MediaError(.cannotWrite, "write", sink.name, "its header cannot be put together", libav: result)
        }
    }

    /// Ticks a second of a video track: a whole number of them to a frame, and fine enough for any player (at least 10 000).
    static func timescale(_ rate: FrameRate) -> Int32 {
        var scale = Int64(rate.numerator)
        while scale < 10_000 { scale *= 2 }
        return Int32(clamping: scale)
    }

    /// A scale in which both tracks' lengths are whole, so that the edit lists cut nothing.
    private static func movieTimescale(_ plan: FilmWriter.Plan) -> Int32 {
        let video = Int64(timescale(plan.video.frameRate))
        guard let audio = plan.audio.map({ Int64($0.sampleRate) }) else { return Int32(video) }
        var (a, b) = (video, audio)
        while b != 0 { (a, b) = (b, a % b) }
        let common = video / a * audio
        return common <= 100_000_000 ? Int32(common) : Int32(video)
    }

    /// An upper bound of the `moov` box: per frame its size (4), composition offset (8) and sync mark (4); per packet of sound
    /// its size (4); per stretch of the file its offset (8) and sample count (12).
    private static func indexRoom(_ plan: FilmWriter.Plan) -> Int {
        let stretches = Int(Double(plan.frames) / plan.video.frameRate.framesPerSecond * 2) + 8
        return 4096 + plan.frames * 16 + plan.audioPackets * 4 + stretches * 2 * 20 + plan.video.header.count
            + (plan.audio?.header.count ?? 0) + (plan.title?.utf8.count ?? 0) * 2
    }

    /// Copies a coded packet into libav's, in its own units.
    static func fill(_ target: UnsafeMutablePointer<AVPacket>, with packet: CodedPacket) -> Int32 {
        av_packet_unref(target)
        let result = av_new_packet(target, Int32(packet.data.count))
        guard result >= 0, let data = target.pointee.data else { return result < 0 ? result : kinora_averror_nomem }
        packet.data.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { memcpy(data, base, bytes.count) }
        }
        target.pointee.pts = packet.pts
        target.pointee.dts = packet.dts
        target.pointee.duration = packet.duration
        target.pointee.flags = packet.isKey ? AV_PKT_FLAG_KEY : 0
        return 0
    }

    /// Matroska counts sound from its priming (which `CodecDelay` takes off again), and is told what is cut from the last
    /// packet: 32 bits from the fifth of ten bytes of side data (libavcodec/packet.h).
    static func countFromPriming(_ packet: UnsafeMutablePointer<AVPacket>, _ track: AudioTrack) -> Int32 {
        packet.pointee.pts += Int64(track.priming)
        packet.pointee.dts += Int64(track.priming)
        let cut = Int64(track.frameSize) - packet.pointee.duration
        guard cut > 0 else { return 0 }
        guard let data = av_packet_new_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, 10) else {
            return kinora_averror_nomem
        }
        data.update(repeating: 0, count: 10)
        for byte in 0..<4 { data[4 + byte] = UInt8(truncatingIfNeeded: cut >> (8 * Int64(byte))) }
        return 0
    }

    static func tag(_ letters: StaticString) -> UInt32 {
        UnsafeBufferPointer(start: letters.utf8Start, count: 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
