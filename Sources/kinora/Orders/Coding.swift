// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import KinoraKit
import MediaIO
import Renderer

/// How the film is coded and with what means; shared by `make` and `render`.
struct Coding: Sendable {
    var quality = Encoding.Quality.standard
    var codec = VideoCodec.h264
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

    private static let x264Presets = [
        "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow",
    ]
}
