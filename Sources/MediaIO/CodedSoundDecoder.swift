// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV

/// Decodes the packets of an `AudioEncoder` before they are in any file: for measuring what listeners will hear.
///
/// 48 kHz stereo comes out, the encoder's priming included. One thread at a time.
public final class CodedSoundDecoder {
    private let decoder: Decoder
    private let packet: PacketHandle
    private let frame: FrameHandle
    private static let name = "the film's sound"

    /// Throws `unsupported` where this FFmpeg cannot decode what it encoded.
    public init(_ track: AudioTrack) throws(MediaError) {
        _ = LibAV.ready
        packet = try PacketHandle(subject: Self.name)
        frame = try FrameHandle(subject: Self.name)
        var parameters = avcodec_parameters_alloc()
        defer { avcodec_parameters_free(&parameters) }
        guard let target = parameters, let extra = av_mallocz(track.header.count + Int(AV_INPUT_BUFFER_PADDING_SIZE))
        else {
            throw MediaError(.noMemory, "check", Self.name, "out of memory")
        }
        UnsafeMutableRawBufferPointer(start: extra, count: track.header.count).copyBytes(from: track.header)
        target.pointee.extradata = extra.assumingMemoryBound(to: UInt8.self)
        target.pointee.extradata_size = Int32(track.header.count)
        target.pointee.codec_type = AVMEDIA_TYPE_AUDIO
        target.pointee.codec_id = track.codec.id
        target.pointee.sample_rate = Int32(track.sampleRate)
        target.pointee.frame_size = Int32(track.frameSize)
        av_channel_layout_default(&target.pointee.ch_layout, 2)
        decoder = try Decoder(
            target, timeBase: AVRational(num: 1, den: Int32(track.sampleRate)), frameRate: AVRational(num: 0, den: 1),
            threads: 1, subject: Self.name)
    }

    /// Hands `hear` the samples of `packets`, a block at a time: left, right and how many of each.
    ///
    /// Throws `damaged` where a packet cannot be decoded.
    public func decode(
        _ packets: [CodedPacket],
        hear: (_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ count: Int) -> Void
    ) throws(MediaError) {
        for coded in packets {
            try fill(coded)
            _ = try decoder.send(packet.pointer)
            while try decoder.receive(into: frame) == .frame { try play(hear) }
            guard decoder.failures == 0 else {
                throw MediaError(.damaged, "check", Self.name, "a packet at sample \(coded.pts) cannot be decoded")
            }
        }
    }

    private func fill(_ coded: CodedPacket) throws(MediaError) {
        av_packet_unref(packet.pointer)
        guard av_new_packet(packet.pointer, Int32(coded.data.count)) >= 0, let data = packet.pointer.pointee.data else {
            throw MediaError(.noMemory, "check", Self.name, "out of memory")
        }
        UnsafeMutableRawBufferPointer(start: data, count: coded.data.count).copyBytes(from: coded.data)
        packet.pointer.pointee.pts = coded.pts
        packet.pointer.pointee.dts = coded.dts
        packet.pointer.pointee.duration = coded.duration
    }

    private func play(_ hear: (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Void) throws(MediaError) {
        let source = frame.pointer.pointee
        guard source.format == AV_SAMPLE_FMT_FLTP.rawValue, source.ch_layout.nb_channels == 2,
            let left = source.extended_data?[0], let right = source.extended_data?[1]
        else { throw MediaError(.unsupported, "check", Self.name, "its decoder gives no planar stereo floats") }
        let count = Int(source.nb_samples)
        left.withMemoryRebound(to: Float.self, capacity: count) { left in
            right.withMemoryRebound(to: Float.self, capacity: count) { right in hear(left, right, count) }
        }
    }
}
