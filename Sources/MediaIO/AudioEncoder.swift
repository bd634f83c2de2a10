// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import Glibc

public enum AudioCodec: String, CaseIterable, Hashable, Sendable, Codable {
    /// AAC-LC, for mp4 and mov.
    case aac
    /// For webm.
    case opus

    var encoder: String { self == .aac ? "aac" : "libopus" }
    var id: AVCodecID { self == .aac ? AV_CODEC_ID_AAC : AV_CODEC_ID_OPUS }
}

/// Encodes 48 kHz stereo on the calling thread; the same samples always give the same bytes on one kind of processor.
///
/// Packets start before 0 by `track.priming` samples; a file that says so begins to sound exactly with the first sample.
public final class AudioEncoder {
    public static let sampleRate = 48_000

    public let track: AudioTrack
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: PacketHandle
    private let name: String
    /// Interleaved samples that do not fill a frame yet.
    private var pending: [Float] = []
    private var framesIn: Int64 = 0
    private var hasFinished = false

    /// - Parameter bitRate: Bits a second.
    public init(_ codec: AudioCodec = .aac, bitRate: Int = 192_000) throws(MediaError) {
        _ = LibAV.ready
        name = codec.encoder
        guard let encoder = avcodec_find_encoder_by_name(name) else {
            throw MediaError(
                .missingEncoder, "start the encoder", name,
                "the installed FFmpeg was built without it; choose another codec")
        }
        packet = try PacketHandle(subject: name)
        guard let context = avcodec_alloc_context3(encoder) else {
            throw MediaError(.noMemory, "start the encoder", name, "out of memory")
        }
        self.context = context
        av_channel_layout_default(&context.pointee.ch_layout, 2)
        context.pointee.sample_rate = Int32(Self.sampleRate)
        context.pointee.sample_fmt = codec == .aac ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT
        context.pointee.bit_rate = Int64(bitRate)
        context.pointee.time_base = AVRational(num: 1, den: Int32(Self.sampleRate))
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT
        context.pointee.thread_count = 1
        var options = OptionList()
        if codec == .aac {
            context.pointee.profile = FF_PROFILE_AAC_LOW
            // A third of the time of the default search and, without intensity stereo and noise substitution, less noise above
            // the mask at 128 kbit/s and more (measured on music, speech and noise).
            options.set("aac_coder", "fast")
            options.set("aac_is", "0")
            options.set("aac_pns", "0")
        }
        let result = avcodec_open2(context, encoder, &options.dictionary)
        var opened: UnsafeMutablePointer<AVCodecContext>? = context
        if result < 0 { avcodec_free_context(&opened) }
        guard opened != nil else {
            throw MediaError(.encoding, "start the encoder", name, "it refused \(bitRate) bit/s", libav: result)
        }
        track = AudioTrack(
            codec: codec, sampleRate: Self.sampleRate, bitRate: bitRate,
            header: [UInt8](
                UnsafeBufferPointer(start: context.pointee.extradata, count: Int(context.pointee.extradata_size))),
            frameSize: Int(context.pointee.frame_size), priming: Int(context.pointee.initial_padding))
    }

    deinit {
        var freeing: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&freeing)
    }

    /// Packets in which `samples` samples a channel are coded: for reserving room in a file.
    public func packetCount(forSamples samples: Int) -> Int {
        (samples + track.priming + track.frameSize - 1) / max(1, track.frameSize) + 2
    }

    /// Takes interleaved stereo samples (left, right, left, …), any number, and returns the packets that are ready.
    public func encode(_ samples: UnsafeBufferPointer<Float>) throws(MediaError) -> [CodedPacket] {
        guard samples.count % 2 == 0, !hasFinished else {
            throw MediaError(
                .misuse, "encode", "samples", hasFinished ? "the sound is finished" : "an odd count is not stereo")
        }
        var packets: [CodedPacket] = []
        pending.append(contentsOf: samples)
        let whole = track.frameSize * 2
        var used = 0
        while pending.count - used >= whole {
            try send(pending[used..<used + whole])
            used += whole
            packets += try receive()
        }
        pending.removeFirst(used)
        return packets
    }

    public func encode(_ samples: [Float]) throws(MediaError) -> [CodedPacket] {
        var answer: Result<[CodedPacket], MediaError> = .success([])
        samples.withUnsafeBufferPointer { buffer in
            do throws(MediaError) {
                answer = .success(try encode(buffer))
            } catch {
                answer = .failure(error)
            }
        }
        return try answer.get()
    }

    /// Ends the sound and returns the rest of its packets. The last ones cover exactly the samples that were given.
    public func finish() throws(MediaError) -> [CodedPacket] {
        if hasFinished { return [] }
        hasFinished = true
        if !pending.isEmpty { try send(pending[...]) }
        pending = []
        let result = avcodec_send_frame(context, nil)
        guard result >= 0 else { throw MediaError(.encoding, "encode", name, "it failed at the end", libav: result) }
        return try receive()
    }

    private func send(_ samples: ArraySlice<Float>) throws(MediaError) {
        let handle = try FrameHandle(subject: name)
        let frame = handle.pointer
        let count = samples.count / 2
        frame.pointee.nb_samples = Int32(count)
        frame.pointee.format = context.pointee.sample_fmt.rawValue
        frame.pointee.sample_rate = Int32(Self.sampleRate)
        frame.pointee.pts = framesIn
        av_channel_layout_default(&frame.pointee.ch_layout, 2)
        var result = av_frame_get_buffer(frame, 0)
        guard result >= 0, let first = frame.pointee.data.0 else {
            throw MediaError(.noMemory, "encode", name, "out of memory", libav: result)
        }
        samples.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            if let second = frame.pointee.data.1 {
                let left = UnsafeMutableRawPointer(first).assumingMemoryBound(to: Float.self)
                let right = UnsafeMutableRawPointer(second).assumingMemoryBound(to: Float.self)
                for index in 0..<count {
                    left[index] = base[2 * index]
                    right[index] = base[2 * index + 1]
                }
            } else {
                memcpy(first, base, samples.count * MemoryLayout<Float>.size)
            }
        }
        framesIn += Int64(count)
        result = avcodec_send_frame(context, frame)
        guard result >= 0 else { throw MediaError(.encoding, "encode", name, "it refused samples", libav: result) }
    }

    private func receive() throws(MediaError) -> [CodedPacket] {
        var packets: [CodedPacket] = []
        while true {
            let result = avcodec_receive_packet(context, packet.pointer)
            if result == kinora_averror_again || result == kinora_averror_eof { return packets }
            guard result >= 0 else { throw MediaError(.encoding, "encode", name, "it failed", libav: result) }
            let source = packet.pointer.pointee
            packets.append(
                CodedPacket(
                    data: [UInt8](UnsafeBufferPointer(start: source.data, count: Int(source.size))), pts: source.pts,
                    dts: source.pts, duration: source.duration, isKey: true))
            av_packet_unref(packet.pointer)
        }
    }
}
