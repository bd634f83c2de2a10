// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import PixelBuffers
import TestMedia
import Testing

/// Frames that carry their own number, and films of them.
enum TestFilm {
    static let width = 128
    /// More than one row of HEVC blocks (see `VideoEncoder`).
    static let height = 128

    /// Ten columns, black or white: the bits of `number`, lowest first; above them a grey ramp that moves.
    static func picture(_ number: Int, width: Int = width, height: Int = height) -> Picture {
        let picture = Picture(width: width, height: height)
        for row in 0..<height {
            for x in 0..<width {
                let bit = x * 10 / width
                picture.mutableY.row(row)[x] =
                    row < height / 2 ? (number >> bit & 1 == 1 ? 235 : 16) : UInt8(16 + (x + number * 3) % 200)
            }
        }
        for plane in [picture.mutableU, picture.mutableV] {
            for row in 0..<plane.height { plane.row(row).update(repeating: 128, count: plane.width) }
        }
        return picture
    }

    /// The number that `picture` carries.
    static func number(of picture: Picture) -> Int {
        (0..<10).reduce(0) { number, bit in
            let x = (2 * bit + 1) * picture.width / 20
            return number | (picture.y.row(picture.height / 4)[x] > 125 ? 1 << bit : 0)
        }
    }

    /// Whether two pictures have the same samples.
    static func isSame(_ a: Picture, _ b: Picture) -> Bool {
        a.layout == b.layout
            && zip([a.y, a.u, a.v], [b.y, b.u, b.v]).allSatisfy { one, other in
                (0..<one.height).allSatisfy { memcmp(one.row($0), other.row($0), one.width) == 0 }
            }
    }

    static func settings(
        _ codec: VideoCodec = .h264, rate: FrameRate = FrameRate(30), parameters: String = "", preset: String? = nil
    ) -> VideoEncoderSettings {
        VideoEncoderSettings(
            codec: codec, width: width, height: height, frameRate: rate, rate: .quality(codec == .av1 ? 30 : 20),
            preset: preset ?? (codec == .av1 ? "12" : "veryfast"), parameters: parameters, keyframeInterval: 60)
    }

    static func chunk(_ settings: VideoEncoderSettings, _ numbers: Range<Int>) throws -> (VideoTrack, [CodedPacket]) {
        let encoder = try VideoEncoder(settings)
        var packets: [CodedPacket] = []
        for number in numbers { packets += try encoder.encode(picture(number)) }
        packets += try encoder.finish()
        return (encoder.track, packets)
    }

    /// A film of frames 0 ..< frames in chunks of 30, with a tone and a click at every second.
    static func write(
        _ container: FilmContainer = .mp4, codec: VideoCodec = .h264, rate: FrameRate = FrameRate(30), frames: Int,
        hasSound: Bool = true, title: String? = nil
    ) throws -> URL {
        let settings = settings(codec, rate: rate)
        let chunks = try stride(from: 0, to: frames, by: 30).map { start in
            (start, try chunk(settings, start..<min(frames, start + 30)))
        }
        let track = try #require(chunks.first).1.0
        var plan = FilmWriter.Plan(container, video: track, frames: frames, title: title)
        var sound: [CodedPacket] = []
        if hasSound {
            let samples = Int((rate.time(ofFrame: frames).seconds * 48000).rounded())
            let encoder = try AudioEncoder(container.takes(codec, .aac) ? .aac : .opus)
            sound = try encoder.encode(clicks(samples)) + encoder.finish()
            plan.audio = encoder.track
            plan.audioPackets = encoder.packetCount(forSamples: samples)
            #expect(sound.count <= plan.audioPackets)
        }
        let url = try TestMedia.scratchFolder().appendingPathComponent("film.\(container.rawValue)")
        let writer = try FilmWriter(url, plan)
        try writer.writeAudio(sound)
        for (start, chunk) in chunks { try writer.writeVideo(chunk.1, startingAt: start) }
        try writer.finish()
        return url
    }

    /// Stereo silence with a short bump round each half second but the first.
    static func clicks(_ samples: Int) -> [Float] {
        var sound = [Float](repeating: 0, count: samples * 2)
        for middle in stride(from: 24000, to: samples - 40, by: 24000) {
            for offset in -8...8 {
                let value = Float(0.8 * pow(cos(Double(offset) / 9 * .pi / 2), 2))
                sound[2 * (middle + offset)] = value
                sound[2 * (middle + offset) + 1] = value
            }
        }
        return sound
    }
}

/// What ffprobe says of a file.
struct FFProbe {
    let streams: [[String: Any]]
    let format: [String: Any]

    init(_ url: URL) throws {
        let text = try TestMedia.run(
            "ffprobe",
            ["-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json", url.path])
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        streams = object["streams"] as? [[String: Any]] ?? []
        format = object["format"] as? [String: Any] ?? [:]
    }

    func stream(_ type: String) -> [String: Any]? { streams.first { $0["codec_type"] as? String == type } }
}
