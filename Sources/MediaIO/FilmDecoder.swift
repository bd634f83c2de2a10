// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
public import Foundation

/// Decodes a finished film from its file, every packet of picture and sound: for checking it from end to end.
public enum FilmDecoder {
    public struct Answer: Hashable, Sendable {
        public var frames = 0
        public var soundSeconds = 0.0
        /// Packets and frames that cannot be decoded, or that a player would have to mend.
        public var failures = 0

        public init() {}
    }

    /// Blocks; `threads` are the picture decoder's. Ends early when `isCancelled` says so.
    public static func decode(
        _ url: URL, threads: Int, isCancelled: () -> Bool = { false }
    ) throws(MediaError) -> Answer {
        _ = LibAV.ready
        let demuxer = try Demuxer(MediaFile(url))
        let name = demuxer.file.name
        guard let picture = demuxer.pictureStream else {
            throw MediaError(.noPicture, "check", name, "there is no moving picture in it")
        }
        var answer = Answer()
        let frame = try FrameHandle(subject: name)
        func decoder(_ stream: UnsafeMutablePointer<AVStream>, threads: Int) throws(MediaError) -> Decoder {
            try Decoder(
                stream.pointee.codecpar, timeBase: stream.pointee.time_base,
                frameRate: stream.pointee.avg_frame_rate, threads: threads, isStrict: true, subject: name)
        }
        let pictures = try decoder(picture, threads: threads)
        let sound = demuxer.soundStream
        var sounds: Decoder?
        if let sound { sounds = try decoder(sound, threads: 1) }

        func drain() throws(MediaError) {
            while try pictures.receive(into: frame) == .frame { answer.frames += 1 }
            while let sounds, try sounds.receive(into: frame) == .frame {
                let heard = frame.pointer.pointee
                if heard.sample_rate > 0 { answer.soundSeconds += Double(heard.nb_samples) / Double(heard.sample_rate) }
            }
        }
        func give(_ packet: UnsafePointer<AVPacket>?, to decoder: Decoder) throws(MediaError) {
            // A decoder that is full takes the packet once its frames are taken.
            while try !decoder.send(packet) { try drain() }
        }
        while let packet = demuxer.nextPacket() {
            if isCancelled() { return answer }
            if packet.pointee.stream_index == picture.pointee.index {
                try give(packet, to: pictures)
            } else if let sounds, packet.pointee.stream_index == sound?.pointee.index {
                try give(packet, to: sounds)
            }
            try drain()
        }
        try give(nil, to: pictures)
        if let sounds { try give(nil, to: sounds) }
        try drain()
        answer.failures = pictures.failures + (sounds?.failures ?? 0)
        return answer
    }
}
