// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime
public import Foundation

/// Looks into clips and songs: streams, sizes, lengths, colours, tags. Decodes next to nothing.
public enum MediaProbe {
    /// The facts of the file at `url`. Blocks while it reads.
    ///
    /// Throws `cannotOpen`, `empty`, `unknownKind`, `damaged`, `tooLarge`, and `unsupported` for a file with neither
    /// picture nor sound.
    public static func probe(_ url: URL) throws(MediaError) -> ContainerFacts { try probe(MediaFile(url)) }

    public static func probe(_ file: MediaFile) throws(MediaError) -> ContainerFacts {
        let demuxer = try Demuxer(file)
        let origin = demuxer.origin
        var facts = ContainerFacts(
            kind: demuxer.kind, byteCount: file.byteCount, duration: .zero, picture: nil, sound: nil,
            soundStreamCount: demuxer.streams.count { $0.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO },
            tags: tags(of: demuxer))
        if let stream = demuxer.pictureStream { facts.picture = try pictureFacts(demuxer, stream, origin) }
        if let stream = demuxer.soundStream { facts.sound = soundFacts(demuxer, stream, origin) }
        guard facts.picture != nil || facts.sound != nil else {
            throw MediaError(.unsupported, "read", file.name, "there is neither picture nor sound in it")
        }
        settleDurations(&facts, demuxer, origin)
        return facts
    }

    // MARK: Streams

    private static func pictureFacts(
        _ demuxer: Demuxer, _ stream: UnsafeMutablePointer<AVStream>, _ origin: MediaTime
    ) throws(MediaError) -> PictureFacts {
        let parameters = stream.pointee.codecpar.pointee
        let (width, height) = (Int(parameters.width), Int(parameters.height))
        guard width > 0, height > 0 else {
            throw MediaError(
                .damaged, "read", demuxer.file.name, "its picture has no size: it is broken or was cut short")
        }
        try PictureShape.checkSize(width, height, demuxer.file.name)
        let shape = PictureShape(stream, frame: nil)
        let format = AVPixelFormat(rawValue: parameters.format)
        let description = av_pix_fmt_desc_get(format)
        let pace = FramePace(demuxer, stream)
        return PictureFacts(
            codedWidth: width, codedHeight: height, unrotatedWidth: shape.width, unrotatedHeight: shape.height,
            rotation: shape.rotation, isMirrored: shape.isMirrored, frameRate: pace.rate,
            isVariableFrameRate: pace.isVariable,
            start: (demuxer.start(of: stream) ?? origin) - origin,
            duration: LibAV.time(stream.pointee.duration, stream.pointee.time_base) ?? .zero,
            frameCount: stream.pointee.nb_frames > 0 ? Int(stream.pointee.nb_frames) : nil,
            codec: LibAV.string(avcodec_get_name(parameters.codec_id)) ?? "",
            pixelFormat: LibAV.string(av_get_pix_fmt_name(format)) ?? "",
            matrix: LibAV.string(av_color_space_name(parameters.color_space)) ?? "unknown",
            primaries: LibAV.string(av_color_primaries_name(parameters.color_primaries)) ?? "unknown",
            transfer: LibAV.string(av_color_transfer_name(parameters.color_trc)) ?? "unknown",
            isFullRange: parameters.color_range == AVCOL_RANGE_JPEG,
            bitDepth: description.map { Int($0.pointee.comp.0.depth) } ?? 8,
            isDecodable: CodecList.canDecode(parameters.codec_id))
    }

    private static func soundFacts(
        _ demuxer: Demuxer, _ stream: UnsafeMutablePointer<AVStream>, _ origin: MediaTime
    ) -> SoundFacts {
        let parameters = stream.pointee.codecpar.pointee
        let start = demuxer.start(of: stream) ?? origin
        let duration = LibAV.time(stream.pointee.duration, stream.pointee.time_base) ?? .zero
        return SoundFacts(
            codec: LibAV.string(avcodec_get_name(parameters.codec_id)) ?? "",
            channels: Int(parameters.ch_layout.nb_channels), sampleRate: Int(parameters.sample_rate),
            start: start - origin, duration: duration, isDecodable: CodecList.canDecode(parameters.codec_id))
    }

    // MARK: Lengths

    /// Fills in what streams do not tell: from the container's own length, or by reading through where that is a guess.
    private static func settleDurations(_ facts: inout ContainerFacts, _ demuxer: Demuxer, _ origin: MediaTime) {
        let context = demuxer.context.pointee
        // Bare frames are counted; the mp3 reader takes the encoder's delay and padding, which are not heard, into its length.
        let isGuess =
            demuxer.kind == .mp3 || context.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE
            || context.duration <= 0
        if isGuess, let measured = PacketScan.measure(demuxer) {
            if facts.picture != nil { facts.picture?.duration = measured.picture }
            if facts.sound != nil { facts.sound?.duration = measured.sound }
        }
        let whole = LibAV.time(context.duration, AVRational(num: 1, den: AV_TIME_BASE)) ?? .zero
        if let picture = facts.picture, picture.duration <= .zero { facts.picture?.duration = whole - picture.start }
        if let sound = facts.sound, sound.duration <= .zero { facts.sound?.duration = whole - sound.start }
        let ends = [
            facts.picture.map { $0.start + $0.duration }, facts.sound.map { $0.start + $0.duration },
        ].compactMap(\.self)
        facts.duration = max(.zero, ends.max() ?? .zero)
    }

    // MARK: Tags

    private static func tags(of demuxer: Demuxer) -> [String: String] {
        var tags: [String: String] = [:]
        var dictionaries = [demuxer.context.pointee.metadata]
        // Ogg keeps its tags with the stream.
        if let sound = demuxer.soundStream, demuxer.kind == .ogg { dictionaries.append(sound.pointee.metadata) }
        for dictionary in dictionaries {
            var entry = av_dict_get(dictionary, "", nil, AV_DICT_IGNORE_SUFFIX)
            while let current = entry, tags.count < 128 {
                if let key = LibAV.string(current.pointee.key), let value = LibAV.string(current.pointee.value) {
                    tags[key.lowercased()] = String(value.prefix(1000))
                }
                entry = av_dict_get(dictionary, "", current, AV_DICT_IGNORE_SUFFIX)
            }
        }
        return tags
    }
}
