// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora beats`: what a song's tempo, beats, bars and phrases are.
struct BeatsOrder: Sendable {
    var song = ""
    var click: String?
    var json = false

    static let command = Command<Order>(
        "beats", from: BeatsOrder(), to: Order.beats,
        examples: [
            Example("one", "kinora beats song.mp3"), Example("click", "kinora beats song.mp3 --click heard.wav"),
        ]
    ) {
        Argument("SONG", \.song, .file)
        Option("click", \.click, .file(["wav"]))
        Flag("json", \.json)
    }
}
