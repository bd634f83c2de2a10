// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime
internal import Foundation
public import PixelBuffers

/// Encodes one chunk on the calling thread: pictures in, packets out; the same pictures give the same bytes, however many
/// encoders run side by side.
///
/// `track.header` depends on the settings alone, so packets of several encoders of the same settings can be joined by
/// copying. One thread at a time; blocks.
public final class VideoEncoder {
    public let settings: VideoEncoderSettings
    /// What a file or a player needs besides the packets.
    public let track: VideoTrack

    private let context: UnsafeMutablePointer<AVCodecContext>
    private let frame: FrameHandle
    private let packet: PacketHandle
    private var framesIn: Int64 = 0
    private var packetsOut: Int64 = 0
    private var hasFinished = false
    /// What x264 wrote of itself into the first packet.
    private var note: String?

    /// Throws `missingEncoder`, or `encoding` where the encoder refuses the settings.
    public convenience init(_ settings: VideoEncoderSettings) throws(MediaError) {
        if settings.codec == .hevc { HEVCTables.fill() }
        try self.init(opening: settings)
    }

    /// As `init(_:)`, with whatever state the encoder's library has.
    fileprivate init(opening settings: VideoEncoderSettings) throws(MediaError) {
        _ = LibAV.ready
        self.settings = settings
        let name = settings.codec.encoder
        guard let codec = avcodec_find_encoder_by_name(name) else {
            throw MediaError(
                .missingEncoder, "start the encoder", name,
                "the installed FFmpeg was built without it; choose another codec")
        }
        guard settings.width > 0, settings.height > 0, settings.width % 2 == 0, settings.height % 2 == 0 else {
            throw MediaError(
                .misuse, "start the encoder", name,
                "a film's sides must be even, not \(settings.width)×\(settings.height)")
        }
        // With one row of 64×64 blocks alone, x265 3.5 reads memory that it never set, and the same frames give other bytes.
        guard settings.codec != .hevc || settings.height > 64 else {
            throw MediaError(.misuse, "start the encoder", name, "a film in HEVC is higher than 64 pixels")
        }
        frame = try FrameHandle(subject: name)
        packet = try PacketHandle(subject: name)
        guard let context = avcodec_alloc_context3(codec) else {
            throw MediaError(.noMemory, "start the encoder", name, "out of memory")
        }
        self.context = context
        var options = OptionList()
        settings.apply(to: context, &options)
        let result = EncoderGate.pass(settings.codec) { avcodec_open2(context, codec, &options.dictionary) }
        var opened: UnsafeMutablePointer<AVCodecContext>? = context
        if result < 0 { EncoderGate.pass(settings.codec) { avcodec_free_context(&opened) } }
        guard result >= 0, opened != nil else {
            throw MediaError(
                .encoding, "start the encoder", name,
                "it refused its settings (preset \(settings.preset), parameters \"\(settings.parameters)\")",
                libav: result)
        }
        track = VideoTrack(
            codec: settings.codec, width: settings.width, height: settings.height, frameRate: settings.frameRate,
            header: [UInt8](
                UnsafeBufferPointer(start: context.pointee.extradata, count: Int(context.pointee.extradata_size))),
            // libav does not ask x265, whose B-frames are held back by two frames at the most.
            reorderDelay: max(Int(context.pointee.has_b_frames), settings.codec == .hevc ? 2 : 0))
    }

    deinit {
        var freeing: UnsafeMutablePointer<AVCodecContext>? = context
        EncoderGate.pass(settings.codec) { avcodec_free_context(&freeing) }
    }

    /// Takes the next frame and returns the packets that are ready, often none.
    ///
    /// The picture has the settings' size; it is kept (not copied) until the encoder has done with it, so nobody may
    /// write to it any more.
    public func encode(_ picture: Picture) throws(MediaError) -> [CodedPacket] {
        guard picture.width == settings.width, picture.height == settings.height, !hasFinished else {
            throw MediaError(
                .misuse, "encode", "a frame",
                hasFinished
                    ? "the chunk is finished"
                    : "it is \(picture.width)×\(picture.height), the film is \(settings.width)×\(settings.height)")
        }
        let target = frame.pointer
        av_frame_unref(target)
        try lend(picture, to: target)
        target.pointee.pts = framesIn
        framesIn += 1
        try send(target)
        return try receive()
    }

    /// Ends the chunk and returns the rest of its packets.
    public func finish() throws(MediaError) -> [CodedPacket] {
        if hasFinished { return [] }
        hasFinished = true
        try send(nil)
        let packets = try receive()
        guard packetsOut == framesIn else {
            throw MediaError(
                .encoding, "encode", settings.codec.encoder, "it took \(framesIn) frames and gave \(packetsOut) packets"
            )
        }
        return packets
    }

    /// Codes one grey frame for the sake of the encoder's note.
    static func encoderNote(_ settings: VideoEncoderSettings) throws(MediaError) -> String? {
        let encoder = try VideoEncoder(settings)
        let picture = Picture(width: settings.width, height: settings.height)
        for plane in [picture.mutableY, picture.mutableU, picture.mutableV] {
            for row in 0..<plane.height { plane.row(row).update(repeating: 128, count: plane.width) }
        }
        _ = try encoder.encode(picture)
        _ = try encoder.finish()
        return encoder.note
    }

    private func send(_ frame: UnsafePointer<AVFrame>?) throws(MediaError) {
        let result = avcodec_send_frame(context, frame)
        if result < 0 {
            throw MediaError(.encoding, "encode", settings.codec.encoder, "it refused frame \(framesIn)", libav: result)
        }
    }

    private func receive() throws(MediaError) -> [CodedPacket] {
        var packets: [CodedPacket] = []
        while true {
            let result = avcodec_receive_packet(context, packet.pointer)
            if result == kinora_averror_again || result == kinora_averror_eof { return packets }
            guard result >= 0 else {
                throw MediaError(.encoding, "encode", settings.codec.encoder, "it failed", libav: result)
            }
            packets.append(codedPacket())
            av_packet_unref(packet.pointer)
        }
    }

    private func codedPacket() -> CodedPacket {
        let source = packet.pointer.pointee
        var data = [UInt8](UnsafeBufferPointer(start: source.data, count: Int(source.size)))
        if packetsOut == 0, settings.codec == .h264 {
            note = AnnexB.encoderNote(in: data)
            AnnexB.removeEncoderNote(&data)
        }
        // Frames come at an even pace, so the time of decoding is the packet's number, whatever the chunk's length.
        let dts = packetsOut - Int64(track.reorderDelay)
        packetsOut += 1
        return CodedPacket(
            data: data, pts: source.pts, dts: dts, duration: 1, isKey: source.flags & AV_PKT_FLAG_KEY != 0)
    }

    /// Points the frame at the picture's planes and keeps the picture alive with it.
    private func lend(_ picture: Picture, to frame: UnsafeMutablePointer<AVFrame>) throws(MediaError) {
        let (y, u, v) = (picture.mutableY, picture.mutableU, picture.mutableV)
        frame.pointee.width = Int32(picture.width)
        frame.pointee.height = Int32(picture.height)
        frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        frame.pointee.data.0 = y.base
        frame.pointee.data.1 = u.base
        frame.pointee.data.2 = v.base
        frame.pointee.linesize.0 = Int32(y.stride)
        frame.pointee.linesize.1 = Int32(u.stride)
        frame.pointee.linesize.2 = Int32(v.stride)
        frame.pointee.color_range = AVCOL_RANGE_MPEG
        frame.pointee.colorspace = AVCOL_SPC_BT709
        frame.pointee.color_primaries = AVCOL_PRI_BT709
        frame.pointee.color_trc = AVCOL_TRC_BT709
        let keeper = Unmanaged.passRetained(picture)
        guard
            let buffer = av_buffer_create(
                y.base, picture.layout.byteCount, releasePicture, keeper.toOpaque(), AV_BUFFER_FLAG_READONLY)
        else {
            keeper.release()
            throw MediaError(.noMemory, "encode", "a frame", "out of memory")
        }
        frame.pointee.buf.0 = buffer
    }
}

/// Lets encoders with shared state start and end one at a time.
///
/// SVT-AV1 (to 2.3 at least) reads the processor's layout into a global that the end of any encoder frees, and both it and
/// x265 fill global tables when they start. Encoding itself runs side by side. x264 needs none of this.
private enum EncoderGate {
    private static let gate = NSLock()

    static func pass<Result>(_ codec: VideoCodec, _ body: () -> Result) -> Result {
        codec == .h264 ? body() : gate.withLock(body)
    }
}

/// Fills tables that all x265 encoders of a process share, before the first of them runs.
///
/// x265 (3.5, `BitCost::setQP`) makes the cost table of a quantiser when that is first used, and lets others see it before it is
/// filled: an encoder that runs beside the one that fills it counts with what is there so far, and decides otherwise. So
/// one encoder uses every quantiser once, alone: a frame of each by `zones`. `qpmax=51` keeps films to those.
private enum HEVCTables {
    static func fill() { once }

    private static let once: Void = {
        let zones = (0...51).map { "\($0),\($0),q=\($0)" }.joined(separator: "/")
        let settings = VideoEncoderSettings(
            codec: .hevc, width: 96, height: 96, frameRate: FrameRate(25), preset: "ultrafast",
            parameters: "qp=30:ipratio=1:keyint=1:zones=\(zones)", keyframeInterval: 1)
        // Where it cannot be opened, neither can the film's, which then says why.
        guard let encoder = try? VideoEncoder(opening: settings) else { return }
        let picture = Picture(width: settings.width, height: settings.height)
        for plane in [picture.mutableY, picture.mutableU, picture.mutableV] {
            for row in 0..<plane.height { plane.row(row).update(repeating: 128, count: plane.width) }
        }
        for _ in 0...51 { _ = try? encoder.encode(picture) }
        _ = try? encoder.finish()
    }()
}

/// libav has done with a picture's memory.
private func releasePicture(_ opaque: UnsafeMutableRawPointer?, _ data: UnsafeMutablePointer<UInt8>?) {
    guard let opaque else { return }
    Unmanaged<Picture>.fromOpaque(opaque).release()
}
