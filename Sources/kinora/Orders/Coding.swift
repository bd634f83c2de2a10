// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import KinoraKit
import MediaIO
import Renderer

/// How the film is coded and with what means; shared by `make` and `render`.
struct Coding: Sendable {
    var quality = Encoding.Quality.standard
    /// Nil: H.264, or what the kind of file takes.
    var codec: VideoCodec?
    var preset: String?
    var crf: Double?
    var maxSize: Int64?
    var jobs: Int?
    var usesCache = true
    var verifies = false

    static let parameters = ParameterList<Coding>.of {
        Section("file") {
            Option("quality", \.quality, .name(aliases: ["best": "high", "preview": "draft"]))
            Option("codec", \.codec, .name(aliases: ["avc": "h264", "h265": "hevc"]))
            Option("x264-preset", \.preset, .name(of: x264Presets))
            Option("crf", \.crf, .decimal(in: 0...63))
            Option("max-size", \.maxSize, .bytes)
        }
        Section("machine") {
            Option("jobs", short: "j", \.jobs, .integer(in: 1...256))
            Flag("no-cache", \.usesCache, to: false)
            Flag("verify", \.verifies)
        }
    }

    /// Throws what does not go together: a codec in a kind of file that cannot hold it, an encoder's setting with another
    /// encoder.
    func check(output: String?) throws(UsageError) {
        let container = output.flatMap { Self.container(of: $0) } ?? .mp4
        if let codec, !Self.codecs(in: container).contains(codec) {
            throw UsageError(.conflict, subject: "--codec \(codec.rawValue)", given: ".\(container.rawValue)")
        }
        let codec = codec(in: container)
        if let preset, codec != .h264 {
            throw UsageError(.conflict, subject: "--x264-preset \(preset)", given: "--codec \(codec.rawValue)")
        }
        if let crf, codec != .av1, crf > 51 {
            throw UsageError(
                .badValue, subject: "--crf", given: plain(crf), reason: "out-of-range", allowed: .range("0", "51"))
        }
    }

    private func plain(_ number: Double) -> String { ValueKind<Double>.decimal.write(number) }

    /// The codec asked for, else the first that such a file takes.
    func codec(in container: Encoding.Container) -> VideoCodec {
        codec ?? Self.codecs(in: container).first ?? .h264
    }

    private static func codecs(in container: Encoding.Container) -> [VideoCodec] {
        let sound = container == .webm ? AudioCodec.opus : .aac
        return [.h264, .hevc, .av1].filter { FilmContainer(rawValue: container.rawValue)?.takes($0, sound) ?? true }
    }

    private static let x264Presets = [
        "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow",
    ]
}
