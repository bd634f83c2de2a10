// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
public import EditTime
public import Foundation
public import PixelBuffers

/// Reads a written film's packets back without decoding them: for checking what was assembled.
public final class PacketReader {
    public enum Track: Hashable, Sendable { case picture, sound }

    /// A packet as it lies in the file.
    public struct Packet: Hashable, Sendable {
        public var track: Track
        public var pts: MediaTime
        public var dts: MediaTime
        public var duration: MediaTime
        public var isKey: Bool
        /// As the container stores it (units with their lengths before them in mp4).
        public var data: [UInt8]
    }

    private let demuxer: Demuxer
    private let picture: UnsafeMutablePointer<AVStream>?
    private let sound: UnsafeMutablePointer<AVStream>?

    public convenience init(_ url: URL) throws(MediaError) { try self.init(MediaFile(url)) }

    public init(_ file: MediaFile) throws(MediaError) {
        demuxer = try Demuxer(file)
        picture = demuxer.pictureStream
        sound = demuxer.soundStream
    }

    /// The next packet of picture or sound in file order, or nil at the end. Times are the file's own clock, after edit lists.
    public func next() -> Packet? {
        while let packet = demuxer.nextPacket() {
            let source = packet.pointee
            let isPicture = source.stream_index == picture?.pointee.index
            guard isPicture || source.stream_index == sound?.pointee.index,
                let base = (isPicture ? picture : sound)?.pointee.time_base, let data = source.data,
                let pts = LibAV.time(source.pts, base), let dts = LibAV.time(source.dts, base)
            else { continue }
            return Packet(
                track: isPicture ? .picture : .sound, pts: pts, dts: dts,
                duration: LibAV.time(source.duration, base) ?? .zero, isKey: source.flags & AV_PKT_FLAG_KEY != 0,
                data: [UInt8](UnsafeBufferPointer(start: data, count: Int(source.size))))
        }
        return nil
    }
}

/// Decodes a chunk's packets before they are in any file: for checking what an encoder made.
public enum ChunkDecoder {
    /// All pictures of a closed group of packets, in the order in which they are shown.
    ///
    /// Throws `damaged` where a packet cannot be decoded or a frame is missing.
    public static func decode(_ packets: [CodedPacket], of track: VideoTrack) throws(MediaError) -> [Picture] {
        var pictures: [Picture] = []
        pictures.reserveCapacity(packets.count)
        try decode(packets, of: track) { pictures.append($0) }
        return pictures
    }

    /// As `decode(_:of:)`, a picture at a time.
    public static func decode(
        _ packets: [CodedPacket], of track: VideoTrack, each: (Picture) -> Void
    ) throws(MediaError) {
        _ = LibAV.ready
        let name = "a chunk"
        var parameters: UnsafeMutablePointer<AVCodecParameters>? = avcodec_parameters_alloc()
        defer { avcodec_parameters_free(&parameters) }
        guard let target = parameters else { throw MediaError(.noMemory, "check", name, "out of memory") }
        try Muxing.describe(track, in: target)
        let base = AVRational(num: track.frameRate.denominator, den: track.frameRate.numerator)
        let decoder = try Decoder(
            target, timeBase: base, frameRate: AVRational(num: base.den, den: base.num), threads: 1,
            isStrict: true, subject: name)
        let converter = FrameConverter(PictureLayout(width: track.width, height: track.height), subject: name)
        let packet = try PacketHandle(subject: name)
        let frame = try FrameHandle(subject: name)
        var count = 0
        func drain() throws(MediaError) {
            while try decoder.receive(into: frame) == .frame {
                each(try converter.picture(of: frame.pointer))
                count += 1
            }
        }
        for coded in packets {
            guard Muxing.fill(packet.pointer, with: coded) >= 0 else {
                throw MediaError(.noMemory, "check", name, "out of memory")
            }
            _ = try decoder.send(packet.pointer)
            try drain()
        }
        _ = try decoder.send(nil)
        try drain()
        let isComplete = packets.map(\.pts).sorted().elementsEqual(0..<Int64(packets.count))
        guard decoder.failures == 0, count == packets.count, isComplete else {
            throw MediaError(
                .damaged, "check", name,
                "of \(packets.count) frames \(count) can be decoded, with \(decoder.failures) failures")
        }
    }
}
