// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora say`: a script read aloud.
struct SayOrder: Sendable {
    var script = ""
    var output = "voice.wav"
    var voice: String?
    var language: String?
    var rate = 1.0
    var captions: String?

    static let command = Command<Order>(
        "say", from: SayOrder(), to: Order.say,
        examples: [
            Example("one", "kinora say script.txt -o voice.wav"),
            Example("captions", "kinora say script.txt --voice male --captions voice.vtt"),
        ]
    ) {
        Argument("SCRIPT", \.script, .file(["txt", "md", "srt", "vtt"]))
        Option("output", short: "o", \.output, .file(["wav"]))
        Option("voice", \.voice, .text)
        Option("language", \.language, .text)
        Option("rate", \.rate, .decimal(in: 0.5...2))
        Option("captions", \.captions, .file(["srt", "vtt"]))
    }
}
