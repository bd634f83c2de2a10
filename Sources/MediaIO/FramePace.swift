// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime

/// How evenly a stream's frames come.
struct FramePace {
    var rate: FrameRate?
    var isVariable = false

    /// From the container's index where it lists each frame (mp4, mov, avi), else from the first few seconds' packets.
    init(_ demuxer: Demuxer, _ stream: UnsafeMutablePointer<AVStream>) {
        rate = Self.rate(stream.pointee.avg_frame_rate) ?? Self.rate(stream.pointee.r_frame_rate)
        let count = Int(avformat_index_get_entries_count(stream))
        if count > 2, stream.pointee.nb_frames > 0, Int64(count) >= stream.pointee.nb_frames {
            let stamps = (0..<min(count, 20_000)).compactMap { position in
                avformat_index_get_entry(stream, Int32(position)).map(\.pointee.timestamp)
            }
            isVariable = Self.isUneven(stamps, stream.pointee.time_base)
        } else if demuxer.kind != .avi {
            isVariable = Self.isUneven(Self.firstStamps(demuxer.file), stream.pointee.time_base)
        }
    }

    /// When the first frames are shown, read through a demuxer of its own so that the other stands where it stood.
    private static func firstStamps(_ file: MediaFile) -> [Int64] {
        guard let demuxer = try? Demuxer(file), let stream = demuxer.pictureStream else { return [] }
        demuxer.select(stream)
        var stamps: [Int64] = []
        while stamps.count < 200, let packet = demuxer.nextPacket() {
            guard packet.pointee.stream_index == stream.pointee.index else { continue }
            if packet.pointee.pts != kinora_nopts { stamps.append(packet.pointee.pts) }
        }
        // The last ones may wait for frames that are shown before them.
        return Array(stamps.sorted().dropLast(stamps.count > 40 ? 16 : 0))
    }

    private static func rate(_ value: AVRational) -> FrameRate? {
        guard value.num > 0, value.den > 0 else { return nil }
        let framesPerSecond = Double(value.num) / Double(value.den)
        guard framesPerSecond >= 0.01, framesPerSecond <= 1000 else { return nil }
        return FrameRate(value.num, over: value.den)
    }

    /// More than one step in fifty is off the median by over a tenth and over what rounding to milliseconds explains.
    private static func isUneven(_ stamps: [Int64], _ base: AVRational) -> Bool {
        guard stamps.count > 3 else { return false }
        let unit = Double(base.num) / Double(base.den)
        let steps = zip(stamps.dropFirst(), stamps).map { Double($0 - $1) * unit }
        let median = steps.sorted()[steps.count / 2]
        let slack = max(0.1 * median, 0.0011)
        // The last frame's step is whatever the recorder made of stopping.
        return steps.dropLast().count { abs($0 - median) > slack } * 50 > steps.count
    }
}

/// Lengths found by reading all packets, for kinds that do not store them.
enum PacketScan {
    /// Larger files keep the container's guess.
    private static let largest: Int64 = 2 << 30

    static func measure(_ demuxer: Demuxer) -> (picture: MediaTime, sound: MediaTime)? {
        guard demuxer.file.byteCount <= largest else { return nil }
        let chosen = [demuxer.pictureStream, demuxer.soundStream]
        var spans: [TimeRange?] = [nil, nil]
        while let packet = demuxer.nextPacket() {
            for (slot, stream) in chosen.enumerated() {
                guard let stream, stream.pointee.index == packet.pointee.stream_index else { continue }
                let base = stream.pointee.time_base
                let stamp = packet.pointee.pts != kinora_nopts ? packet.pointee.pts : packet.pointee.dts
                guard let start = LibAV.time(stamp, base) else { continue }
                let end =
                    start + (LibAV.time(max(0, packet.pointee.duration), base) ?? .zero) - discarded(packet, stream)
                // Where the encoder's delay is dropped, the stream's own start says so.
                let known = spans[slot] ?? TimeRange(max(start, demuxer.start(of: stream) ?? start), until: end)
                spans[slot] = TimeRange(min(known.start, max(start, known.start)), until: max(known.end, end))
            }
        }
        return (spans[0]?.duration ?? .zero, spans[1]?.duration ?? .zero)
    }

    /// What a packet says is to be cut from its end: 32 bits from the fifth byte of its side data (libavcodec/packet.h).
    private static func discarded(
        _ packet: UnsafeMutablePointer<AVPacket>, _ stream: UnsafeMutablePointer<AVStream>
    ) -> MediaTime {
        var size = 0
        guard let data = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, &size), size >= 8 else {
            return .zero
        }
        let samples = (4..<8).reversed().reduce(Int64(0)) { $0 << 8 | Int64(data[$1]) }
        return MediaTime(samples, unit: 1, over: Int64(max(1, stream.pointee.codecpar.pointee.sample_rate)))
    }
}
