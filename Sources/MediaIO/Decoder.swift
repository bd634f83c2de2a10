// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV

/// One stream's decoder: packets in, frames out in the order in which they are shown. One thread at a time.
final class Decoder {
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let subject: String
    /// Packets or frames that could not be decoded so far.
    private(set) var failures = 0

    /// - Parameter threads: Threads that the codec itself may use.
    convenience init(_ stream: UnsafeMutablePointer<AVStream>, threads: Int, subject: String) throws(MediaError) {
        try self.init(
            stream.pointee.codecpar, timeBase: stream.pointee.time_base, frameRate: stream.pointee.avg_frame_rate,
            threads: threads, subject: subject)
    }

    /// - Parameter isStrict: Count what a player would conceal as a failure.
    init(
        _ parameters: UnsafePointer<AVCodecParameters>, timeBase: AVRational, frameRate: AVRational, threads: Int,
        isStrict: Bool = false, subject: String
    ) throws(MediaError) {
        self.subject = subject
        let id = parameters.pointee.codec_id
        let name = LibAV.string(avcodec_get_name(id)) ?? "?"
        guard let codec = CodecList.decoder(for: id) else {
            throw MediaError(
                .unsupported, "decode", subject,
                "its codec (\(name)) is none that Kinora decodes; convert it to H.264 and AAC", fact: name)
        }
        guard let context = avcodec_alloc_context3(codec) else {
            throw MediaError(.noMemory, "decode", subject, "out of memory")
        }
        self.context = context
        var result = avcodec_parameters_to_context(context, parameters)
        if result >= 0 {
            context.pointee.pkt_timebase = timeBase
            context.pointee.framerate = frameRate
            context.pointee.thread_count = Int32(max(1, threads))
            context.pointee.max_pixels = Int64(Demuxer.maximumPixels)
            // Noise that AAC decoders add is left as it is; everything else is computed the same way on every processor.
            context.pointee.flags |= AV_CODEC_FLAG_BITEXACT
            if isStrict {
                context.pointee.err_recognition |= AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE
            }
            result = avcodec_open2(context, codec, nil)
        }
        guard result >= 0 else {
            throw MediaError(.unsupported, "decode", subject, "the \(name) decoder refused it", libav: result)
        }
    }

    deinit {
        var freeing: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&freeing)
    }

    /// Gives the decoder a packet, or nil for "no more". Broken packets are counted and passed over.
    ///
    /// Returns false where the decoder wants its frames taken first (the packet was not used).
    func send(_ packet: UnsafePointer<AVPacket>?) throws(MediaError) -> Bool {
        let result = avcodec_send_packet(context, packet)
        if result == kinora_averror_again { return false }
        if result == kinora_averror_nomem { throw MediaError(.noMemory, "decode", subject, "out of memory") }
        if result < 0, result != kinora_averror_eof { failures += 1 }
        return true
    }

    enum Answer {
        case frame
        case needsPacket
        case ended
    }

    /// The next frame, into `frame`.
    func receive(into frame: FrameHandle) throws(MediaError) -> Answer {
        for _ in 0..<64 {
            let result = avcodec_receive_frame(context, frame.pointer)
            if result >= 0 {
                if frame.pointer.pointee.decode_error_flags != 0 { failures += 1 }
                return .frame
            }
            if result == kinora_averror_again { return .needsPacket }
            if result == kinora_averror_eof { return .ended }
            if result == kinora_averror_nomem { throw MediaError(.noMemory, "decode", subject, "out of memory") }
            failures += 1
        }
        return .needsPacket
    }

    /// Forgets everything, before packets from another place come.
    func flush() { avcodec_flush_buffers(context) }
}

/// A demuxer and the decoder of one of its streams.
final class StreamDecoder {
    let demuxer: Demuxer
    let stream: UnsafeMutablePointer<AVStream>
    private let decoder: Decoder
    private var hasDrained = false

    init(
        _ demuxer: Demuxer, _ stream: UnsafeMutablePointer<AVStream>, threads: Int
    ) throws(MediaError) {
        self.demuxer = demuxer
        self.stream = stream
        demuxer.select(stream)
        decoder = try Decoder(stream, threads: threads, subject: demuxer.file.name)
    }

    var failures: Int { decoder.failures }

    /// The next frame that is shown or heard, or nil at the end.
    func next() throws(MediaError) -> FrameHandle? {
        let frame = try FrameHandle(subject: demuxer.file.name)
        while true {
            switch try decoder.receive(into: frame) {
            case .frame: return frame
            case .ended: return nil
            case .needsPacket: break
            }
            if hasDrained { return nil }
            if let packet = demuxer.nextPacket() {
                guard packet.pointee.stream_index == stream.pointee.index else { continue }
                _ = try decoder.send(packet)
            } else {
                hasDrained = true
                _ = try decoder.send(nil)
            }
        }
    }

    /// Drops packets that end before `timestamp`, undecoded.
    func passOver(until timestamp: Int64) {
        while let packet = demuxer.nextPacket() {
            guard packet.pointee.stream_index == stream.pointee.index else { continue }
            if packet.pointee.pts == kinora_nopts || packet.pointee.pts + packet.pointee.duration >= timestamp {
                _ = try? decoder.send(packet)
                return
            }
        }
    }

    /// Goes to the keyframe at or before `timestamp`; false where the container cannot.
    func seek(to timestamp: Int64) -> Bool {
        guard demuxer.seek(stream, to: timestamp) else { return false }
        decoder.flush()
        hasDrained = false
        return true
    }
}
