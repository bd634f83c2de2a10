// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime

/// A film in pieces, for a browser's Media Source: one header, then each chunk by itself, in any order (ISO/IEC 14496-12 §8.8).
///
/// Picture and sound are separate: one header and one source buffer each. A chunk's piece says where in the film it lies,
/// so pieces can be made from cached chunks without the ones before them. Sound's times count from its priming: set the
/// source buffer's `timestampOffset` to −`AudioTrack.priming` / 48000 s.
public enum FragmentWriter {
    // MARK: Headers

    /// The header (`ftyp`, `moov`) of the picture; the same for all chunks of the same settings.
    public static func header(of track: VideoTrack) throws(MediaError) -> [UInt8] {
        try header("a preview's picture", timescale: Muxing.timescale(track.frameRate)) { context throws(MediaError) in
            try Muxing.addVideo(track, to: context)
        }
    }

    /// The header of the sound.
    public static func header(of track: AudioTrack) throws(MediaError) -> [UInt8] {
        try header("a preview's sound", timescale: Int32(track.sampleRate)) { context throws(MediaError) in
            try Muxing.addAudio(track, to: context)
        }
    }

    private static func header(
        _ name: String, timescale: Int32,
        addStream: (UnsafeMutablePointer<AVFormatContext>) throws(MediaError) -> Void
    ) throws(MediaError) -> [UInt8] {
        _ = LibAV.ready
        let sink = FileSink(memoryFor: name)
        let context = try Muxing.context("mp4", sink: sink)
        defer {
            let io = context.pointee.pb
            avformat_free_context(context)
            FileSink.free(io)
        }
        try addStream(context)
        var options = OptionList([
            ("movflags", "empty_moov+default_base_moof+frag_custom"), ("use_editlist", "0"),
            ("video_track_timescale", String(timescale)),
        ])
        let result = avformat_write_header(context, &options.dictionary)
        guard result >= 0 else {
            throw MediaError(.cannotWrite, "write", name, "its header cannot be put together", libav: result)
        }
        avio_flush(context.pointee.pb)
        return sink.takeMemory()
    }

    // MARK: Chunks

    /// A chunk's piece (`moof`, `mdat`).
    ///
    /// - Parameters:
    ///   - packets: The whole chunk, in decoding order.
    ///   - start: The film's frame that the chunk begins with.
    ///   - sequence: Rises with each piece given to the same player; 1 or more.
    public static func fragment(
        _ packets: [CodedPacket], of track: VideoTrack, startingAt start: Int, sequence: Int
    ) -> [UInt8] {
        let frame =
            Int(Muxing.timescale(track.frameRate)) * Int(track.frameRate.denominator)
            / Int(track.frameRate.numerator)
        let samples = packets.enumerated().map { position, packet in
            Sample(
                data: stored(packet.data, track.codec), duration: frame, offset: (Int(packet.pts) - position) * frame,
                isKey: packet.isKey)
        }
        return fragment(samples, decodeTime: start * frame, sequence: sequence)
    }

    /// A piece of the sound: any packets in a row.
    public static func fragment(_ packets: [CodedPacket], of track: AudioTrack, sequence: Int) -> [UInt8] {
        let samples = packets.map { Sample(data: $0.data, duration: Int($0.duration), offset: 0, isKey: true) }
        return fragment(samples, decodeTime: Int(packets.first?.pts ?? 0) + track.priming, sequence: sequence)
    }

    private struct Sample {
        var data: [UInt8]
        var duration: Int
        /// From decoding to showing; may be negative.
        var offset: Int
        var isKey: Bool
    }

    /// The bytes as an mp4 holds them: lengths instead of start codes, no AV1 temporal delimiter.
    private static func stored(_ data: [UInt8], _ codec: VideoCodec) -> [UInt8] {
        if codec == .av1 { return data.starts(with: [0x12, 0x00]) ? Array(data.dropFirst(2)) : data }
        var out: [UInt8] = []
        out.reserveCapacity(data.count + 16)
        for unit in AnnexB.units(data) {
            out.append(bigEndian: UInt32(unit.count))
            out.append(contentsOf: data[unit])
        }
        return out
    }

    /// §8.8.4 movie fragment: header, track fragment with its decode time and a run of samples with signed offsets.
    private static func fragment(_ samples: [Sample], decodeTime: Int, sequence: Int) -> [UInt8] {
        func moof(dataOffset: Int) -> [UInt8] {
            var run: [UInt8] = []
            // Version 1: signed offsets. Given: data offset, and for each sample duration, size, flags, offset.
            run.append(bigEndian: 0x0100_0F01)
            run.append(bigEndian: UInt32(samples.count))
            run.append(bigEndian: UInt32(truncatingIfNeeded: dataOffset))
            for sample in samples {
                run.append(bigEndian: UInt32(truncatingIfNeeded: sample.duration))
                run.append(bigEndian: UInt32(sample.data.count))
                // Depends on no other / on others and is no sync sample (§8.8.3.1).
                run.append(bigEndian: sample.isKey ? 0x0200_0000 : 0x0101_0000)
                run.append(bigEndian: UInt32(truncatingIfNeeded: sample.offset))
            }
            var track: [UInt8] = []
            // Offsets count from the start of this moof; track 1.
            track += box("tfhd", words: [0x0002_0000, 1])
            track += box(
                "tfdt",
                words: [
                    0x0100_0000, UInt32(truncatingIfNeeded: decodeTime >> 32), UInt32(truncatingIfNeeded: decodeTime),
                ])
            track += box("trun", run)
            return box("moof", box("mfhd", words: [0, UInt32(truncatingIfNeeded: sequence)]) + box("traf", track))
        }
        let head = moof(dataOffset: moof(dataOffset: 0).count + 8)
        let size = samples.reduce(0) { $0 + $1.data.count }
        var piece: [UInt8] = []
        piece.reserveCapacity(head.count + 8 + size)
        piece += head
        piece.append(bigEndian: UInt32(size + 8))
        piece += Array("mdat".utf8)
        for sample in samples { piece += sample.data }
        return piece
    }

    private static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        var box: [UInt8] = []
        box.append(bigEndian: UInt32(content.count + 8))
        return box + Array(type.utf8) + content
    }

    private static func box(_ type: String, words: [UInt32]) -> [UInt8] {
        var content: [UInt8] = []
        for word in words { content.append(bigEndian: word) }
        return box(type, content)
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian word: UInt32) {
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}
