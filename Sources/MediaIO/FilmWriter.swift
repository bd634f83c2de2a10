// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime
public import Foundation
internal import Glibc

/// Kinds of film file that can be written.
public enum FilmContainer: String, CaseIterable, Hashable, Sendable, Codable {
    case mp4, mov, webm
    case matroska = "mkv"

    var muxer: String { self == .matroska ? "matroska" : rawValue }

    /// What may be put into it. Matroska has no room for AAC's priming, so that sound would start late.
    public func takes(_ video: VideoCodec, _ audio: AudioCodec?) -> Bool {
        switch self {
        case .mp4: true
        case .mov: video != .av1 && audio != .opus
        case .matroska: audio != .aac
        case .webm: video == .av1 && audio != .aac
        }
    }
}

/// Writes a film from packets that are coded already: the assembly of chunks, and their sound, by copying.
///
/// The file is written once, front to back, with its index (`moov`) in room kept for it at the start; it depends on
/// nothing but what is given, so the same packets give the same bytes. Picture and sound both begin at 0; the picture
/// lasts exactly `frames` frames. The caller writes to a temporary name and renames. One thread at a time; blocks.
public final class FilmWriter {
    /// What will be written. Counts must be exact for the picture and at least enough for the sound: they size the index.
    public struct Plan: Hashable, Sendable {
        public var container: FilmContainer
        public var video: VideoTrack
        public var frames: Int
        public var audio: AudioTrack?
        public var audioPackets: Int
        public var title: String?

        public init(
            _ container: FilmContainer = .mp4, video: VideoTrack, frames: Int, audio: AudioTrack? = nil,
            audioPackets: Int = 0, title: String? = nil
        ) {
            self.container = container
            self.video = video
            self.frames = frames
            self.audio = audio
            self.audioPackets = audioPackets
            self.title = title
        }
    }

    private let plan: Plan
    private let sink: FileSink
    private let context: UnsafeMutablePointer<AVFormatContext>
    private let packet: PacketHandle
    private var videoQueue = PacketQueue()
    private var audioQueue = PacketQueue()
    private var writtenFrames = 0
    private var hasFinished = false

    /// Sound and picture alternate in stretches of about this long.
    private static let stretchSeconds = 0.5

    /// Begins the file at `url`, replacing what is there; errors call it `name`, else by its own name. Throws `misuse`
    /// and `cannotWrite`.
    public init(_ url: URL, name: String? = nil, _ plan: Plan) throws(MediaError) {
        let name = name ?? url.lastPathComponent
        _ = LibAV.ready
        guard plan.container.takes(plan.video.codec, plan.audio?.codec) else {
            throw MediaError(
                .misuse, "write", name,
                "\(plan.container.rawValue) cannot hold \(plan.video.codec.rawValue) with \(plan.audio?.codec.rawValue ?? "no sound"); choose mp4"
            )
        }
        self.plan = plan
        packet = try PacketHandle(subject: name)
        sink = try FileSink(url, name: name)
        context = try Muxing.context(plan.container.muxer, sink: sink)
        try Muxing.addStreams(to: context, plan)
        try Muxing.start(context, plan, sink: sink)
    }

    deinit {
        let io = context.pointee.pb
        avformat_free_context(context)
        FileSink.free(io)
    }

    /// Adds a chunk's packets, of which the first shown frame is frame `start` of the film. Chunks come in order; sound up
    /// to here should have been added before, so that it lies beside its picture in the file.
    public func writeVideo(_ packets: [CodedPacket], startingAt start: Int) throws(MediaError) {
        for packet in packets { try writeVideo(packet, startingAt: start) }
    }

    private func writeVideo(_ packet: CodedPacket, startingAt start: Int) throws(MediaError) {
        var packet = packet
        packet.pts += Int64(start)
        packet.dts = Int64(writtenFrames + videoQueue.count) - Int64(plan.video.reorderDelay)
        guard packet.pts >= packet.dts else {
            throw MediaError(.misuse, "write", sink.name, "frame \(packet.pts) comes after it should be shown")
        }
        videoQueue.append(packet)
        try drain(untilEnd: false)
    }

    /// Adds packets of the sound, in order.
    public func writeAudio(_ packets: [CodedPacket]) throws(MediaError) {
        guard plan.audio != nil || packets.isEmpty else {
            throw MediaError(.misuse, "write", sink.name, "no sound was planned")
        }
        for packet in packets { audioQueue.append(packet) }
        try drain(untilEnd: false)
    }

    /// Writes the index and makes the file durable. Only now is it whole.
    ///
    /// Throws `misuse` where the picture has not the planned number of frames, and `cannotWrite`.
    public func finish() throws(MediaError) {
        guard !hasFinished else { return }
        hasFinished = true
        try drain(untilEnd: true)
        guard writtenFrames == plan.frames else {
            throw MediaError(
                .misuse, "write", sink.name, "\(plan.frames) frames were planned and \(writtenFrames) came")
        }
        try check(av_write_trailer(context))
        avio_flush(context.pointee.pb)
        try check(context.pointee.pb?.pointee.error ?? 0)
        try sink.synchronize()
    }

    // MARK: Interleaving

    /// Which stretch of the film a packet lies in.
    private func stretch(ofFrame dts: Int64) -> Int {
        Int((Double(dts) / plan.video.frameRate.framesPerSecond / Self.stretchSeconds).rounded(.down))
    }

    private func stretch(ofSample dts: Int64) -> Int {
        Int((Double(dts) / Double(plan.audio?.sampleRate ?? 1) / Self.stretchSeconds).rounded(.down))
    }

    /// Writes picture first, then sound, stretch by stretch, as far as both are there.
    private func drain(untilEnd: Bool) throws(MediaError) {
        while let next = videoQueue.first {
            if let audio = audioQueue.first, stretch(ofSample: audio.dts) < stretch(ofFrame: next.dts) {
                try write(audioQueue.removeFirst(), stream: 1)
            } else if !untilEnd, plan.audio != nil, audioQueue.isEmpty {
                return
            } else {
                try write(videoQueue.removeFirst(), stream: 0)
                writtenFrames += 1
            }
        }
        while untilEnd, !audioQueue.isEmpty { try write(audioQueue.removeFirst(), stream: 1) }
    }

    private func write(_ coded: CodedPacket, stream index: Int) throws(MediaError) {
        guard let stream = context.pointee.streams?[index] else { return }
        let unit =
            index == 0
            ? AVRational(num: plan.video.frameRate.denominator, den: plan.video.frameRate.numerator)
            : AVRational(num: 1, den: Int32(plan.audio?.sampleRate ?? 1))
        try check(Muxing.fill(packet.pointer, with: coded))
        if index == 1, let audio = plan.audio, plan.container == .webm || plan.container == .matroska {
            try check(Muxing.countFromPriming(packet.pointer, audio))
        }
        packet.pointer.pointee.stream_index = stream.pointee.index
        av_packet_rescale_ts(packet.pointer, unit, stream.pointee.time_base)
        try check(av_write_frame(context, packet.pointer))
        // What the disk refused shows in the I/O, not always in the call.
        try check(context.pointee.pb?.pointee.error ?? 0)
    }

    private func check(_ result: Int32) throws(MediaError) {
        if let failure = sink.failure { throw failure }
        if result < 0 {
            throw MediaError(.cannotWrite, "write", sink.name, "the file cannot be put together", libav: result)
        }
    }
}

/// Packets waiting for their turn.
private struct PacketQueue {
    private var packets: [CodedPacket] = []
    private var head = 0

    var count: Int { packets.count - head }
    var isEmpty: Bool { count == 0 }
    var first: CodedPacket? { isEmpty ? nil : packets[head] }

    mutating func append(_ packet: CodedPacket) { packets.append(packet) }

    mutating func removeFirst() -> CodedPacket {
        let packet = packets[head]
        packets[head].data = []
        head += 1
        if head == packets.count || head >= 4096 {
            packets.removeFirst(head)
            head = 0
        }
        return packet
    }
}
