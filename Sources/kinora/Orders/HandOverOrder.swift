// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import HandOver

/// `kinora hand-over`: a draft as another editor's document, and back.
struct HandOverOrder: Sendable {
    /// What is written.
    enum Target: Hashable, Sendable {
        case document(HandOverFormat)
        /// A draft of ours, out of an OpenTimelineIO file.
        case draft

        static let all: [(String, Target)] =
            HandOverFormat.allCases.map { ($0.rawValue, .document($0)) } + [("draft", .draft)]
    }

    var source = ""
    var target: Target?
    var output: String?
    var bundlesMedia = false
    var reporting = Reporting()

    static let command = Command<Order>(
        "hand-over", from: HandOverOrder(), to: Order.handOver,
        examples: [
            Example("otio", "kinora hand-over draft.json --to otio -o film.otio"),
            Example("bundle", "kinora hand-over draft.json --to fcpxml -o film.fcpxml --bundle"),
            Example("back", "kinora hand-over film.otio --to draft -o draft.json"),
        ]
    ) {
        Argument("FILE", \.source, .file(["json", "otio"]))
        Option(
            "to", \.target,
            .named(
                Target.all,
                aliases: [
                    "jianying": "capcut", "resolve": "otio", "final-cut": "fcpxml", "kdenlive": "mlt", "剪映": "capcut",
                ]
            ) { target in Target.all.first { $0.1 == target }?.0 ?? "" })
        Option("output", short: "o", \.output, .path)
        Flag("bundle", \.bundlesMedia)
        Shared(\.reporting, Reporting.parameters)
    }
}
