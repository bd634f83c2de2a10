// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Composer

/// `kinora compose`: a piece of music by itself.
struct ComposeOrder: Sendable {
    var style = MusicStyle.all[0].id
    var lists = false
    var seconds = 30.0
    var seed = 1
    var tempo: Double?
    var moods: [String] = []
    var output = "music.wav"
    var midi: String?

    static let command = Command<Order>(
        "compose", from: ComposeOrder(), to: Order.compose,
        examples: [
            Example("one", "kinora compose --style lofi --seconds 30 -o song.wav"),
            Example("midi", "kinora compose --style cinematic --bpm 96 --midi score.mid"),
            Example("list", "kinora compose --list"),
        ]
    ) {
        Option("style", \.style, .musicStyle)
        Option("seconds", short: "s", \.seconds, .seconds(in: 0.4...3600))
        Option("seed", \.seed, .integer(in: 0...1_000_000_000))
        Option("bpm", \.tempo, .decimal(in: 30...260))
        Option("mood", \.moods, .text, separator: ",")
        Option("output", short: "o", \.output, .file(["wav"]))
        Option("midi", \.midi, .file(["mid"]))
        Flag("list", \.lists)
    }
}

extension ValueKind where Value == String {
    /// A style of music: its name, or a word of either language that stands for one.
    static var musicStyle: ValueKind {
        let names = ValueKind.name(of: MusicStyle.all.map(\.id))
        return ValueKind(names.placeholder, allowed: names.allowed, completion: names.completion) {
            text throws(ValueProblem) in
            if let style = MusicStyle.named(text) { return style.id }
            return try names.read(text)
        } write: {
            $0
        }
    }
}
