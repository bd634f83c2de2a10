// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV

/// Decodes a short sound kept in memory as Ogg Vorbis: an instrument's sample, at its own rate.
///
/// Pages and packets are taken apart here (RFC 3533): a container opened for each of some hundred samples takes longer than
/// decoding them.
public enum VorbisSample {
    private static let name = "an instrument's sample"
    /// Samples are short: ten minutes at 48 kHz.
    private static let mostFrames = 600 * 48_000

    /// The first channel in 16 bits, as long as the last page says. Throws `damaged` for what is no Ogg Vorbis.
    public static func decode(_ bytes: UnsafeRawBufferPointer) throws(MediaError) -> [Int16] {
        _ = LibAV.ready
        guard let stream = OggPackets(bytes), stream.packets.count > 3 else {
            throw MediaError(.damaged, "decode", name, "it is no Ogg Vorbis")
        }
        let decoder = try decoder(headers: Array(stream.packets[..<3]))
        let packet = try PacketHandle(subject: name)
        let frame = try FrameHandle(subject: name)
        var samples: [Int16] = []
        samples.reserveCapacity(stream.frames)
        for bytes in stream.packets[3...] where !bytes.isEmpty {
            av_packet_unref(packet.pointer)
            guard av_new_packet(packet.pointer, Int32(bytes.count)) >= 0, let data = packet.pointer.pointee.data else {
                throw MediaError(.noMemory, "decode", name, "out of memory")
            }
            UnsafeMutableRawBufferPointer(start: data, count: bytes.count).copyBytes(from: bytes)
            _ = try decoder.send(packet.pointer)
            while try decoder.receive(into: frame) == .frame { try add(frame, to: &samples) }
            guard decoder.failures == 0, samples.count <= mostFrames else {
                throw MediaError(.damaged, "decode", name, "a packet of it cannot be decoded")
            }
        }
        guard samples.count >= stream.frames else {
            throw MediaError(.damaged, "decode", name, "it is cut short")
        }
        samples.removeLast(samples.count - stream.frames)
        return samples
    }

    private static func add(_ frame: FrameHandle, to samples: inout [Int16]) throws(MediaError) {
        let source = frame.pointer.pointee
        guard source.format == AV_SAMPLE_FMT_FLTP.rawValue, let plane = source.extended_data?[0] else {
            throw MediaError(.unsupported, "decode", name, "its decoder gives no planar floats")
        }
        let count = Int(source.nb_samples)
        plane.withMemoryRebound(to: Float.self, capacity: count) { values in
            for value in UnsafeBufferPointer(start: values, count: count) {
                let scaled = (value * 32_767).rounded(.toNearestOrEven)
                samples.append(Int16(min(max(scaled.isFinite ? scaled : 0, -32_768), 32_767)))
            }
        }
    }

    /// Of the identification, comment and setup headers, joined as libav wants them: their count less one, the sizes of all but
    /// the last in bytes of 255, then the headers.
    private static func decoder(headers: [[UInt8]]) throws(MediaError) -> Decoder {
        guard headers[0].count >= 30, headers[0].starts(with: [1] + Array("vorbis".utf8)) else {
            throw MediaError(.damaged, "decode", name, "it is no Ogg Vorbis")
        }
        var joined: [UInt8] = [2]
        for header in headers[..<2] {
            joined += [UInt8](repeating: 255, count: header.count / 255) + [UInt8(header.count % 255)]
        }
        for header in headers { joined += header }
        var parameters = avcodec_parameters_alloc()
        defer { avcodec_parameters_free(&parameters) }
        guard let target = parameters, let extra = av_mallocz(joined.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)) else {
            throw MediaError(.noMemory, "decode", name, "out of memory")
        }
        UnsafeMutableRawBufferPointer(start: extra, count: joined.count).copyBytes(from: joined)
        let rate = headers[0][12..<16].reversed().reduce(Int32(0)) { $0 << 8 | Int32($1) }
        target.pointee.extradata = extra.assumingMemoryBound(to: UInt8.self)
        target.pointee.extradata_size = Int32(joined.count)
        target.pointee.codec_type = AVMEDIA_TYPE_AUDIO
        target.pointee.codec_id = AV_CODEC_ID_VORBIS
        target.pointee.sample_rate = rate
        av_channel_layout_default(&target.pointee.ch_layout, Int32(headers[0][11]))
        return try Decoder(
            target, timeBase: AVRational(num: 1, den: max(1, rate)), frameRate: AVRational(num: 0, den: 1), threads: 1,
            subject: name)
    }
}

/// The packets of one Ogg stream, and where it says that it ends.
private struct OggPackets {
    var packets: [[UInt8]] = []
    /// Samples in all: the granule position of the last page.
    var frames = 0

    /// Nil for what is no Ogg, or not whole.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var place = 0
        var open: [UInt8] = []
        var hasEnded = false
        while !hasEnded {
            guard place + 27 <= bytes.count, bytes[place..<place + 4].elementsEqual("OggS".utf8) else { return nil }
            let segments = Int(bytes[place + 26])
            var body = place + 27 + segments
            guard body <= bytes.count else { return nil }
            let granule = (0..<8).reduce(Int64(0)) { $0 | Int64(bytes[place + 6 + $1]) << (8 * $1) }
            hasEnded = bytes[place + 5] & 4 != 0
            for segment in bytes[place + 27..<place + 27 + segments] {
                guard body + Int(segment) <= bytes.count else { return nil }
                open += bytes[body..<body + Int(segment)]
                body += Int(segment)
                if segment < 255 {
                    packets.append(open)
                    open = []
                }
            }
            if granule > 0, granule < Int64(Int32.max) { frames = Int(granule) }
            place = body
        }
    }
}
