// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import HandOver

/// `kinora hand-over`: a draft as another editor's document.
struct HandOverOrder: Sendable {
    var source = ""
    var target: HandOverFormat?
    var output: String?
    var bundlesMedia = false
    var reporting = Reporting()

    static let command = Command<Order>(
        "hand-over", from: HandOverOrder(), to: Order.handOver,
        examples: [
            Example("otio", "kinora hand-over draft.json --to otio -o film.otio"),
            Example("bundle", "kinora hand-over draft.json --to fcpxml -o film.fcpxml --bundle"),
        ]
    ) {
        Argument("DRAFT", \.source, .file(["json"]))
        Option(
            "to", \.target,
            .named(
                HandOverFormat.allCases.map { ($0.rawValue, $0) },
                aliases: [
                    "jianying": "capcut", "resolve": "otio", "final-cut": "fcpxml", "kdenlive": "mlt", "剪映": "capcut",
                ]
            ) { $0.rawValue })
        Option("output", short: "o", \.output, .path)
        Flag("bundle", \.bundlesMedia)
        Shared(\.reporting, Reporting.parameters)
    }
}
