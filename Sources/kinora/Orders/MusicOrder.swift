// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora music`: a piece of music by itself.
struct MusicOrder: Sendable {
    var style = ""
    var seconds = 30.0
    var seed = 1
    var tempo: Double?
    var moods: [String] = []
    var output = "music.wav"
    var midi: String?

    static let command = Command<Order>(
        "music", from: MusicOrder(), to: Order.music,
        examples: [
            Example("one", "kinora music lofi --seconds 30 --seed 3 -o lofi.wav"),
            Example("midi", "kinora music cinematic --bpm 96 --midi score.mid"),
        ]
    ) {
        Argument("STYLE", \.style, .text)
        Option("seconds", short: "s", \.seconds, .seconds(in: 0.4...3600))
        Option("seed", \.seed, .integer(in: 0...1_000_000_000))
        Option("bpm", \.tempo, .decimal(in: 30...260))
        Option("mood", \.moods, .text, separator: ",")
        Option("output", short: "o", \.output, .file(["wav"]))
        Option("midi", \.midi, .file(["mid"]))
    }
}
