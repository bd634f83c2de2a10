// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora serve`: the studio over HTTP.
struct ServeOrder: Sendable {
    var host = "127.0.0.1"
    var port = 8787
    /// Nil: the user's own.
    var data: String?
    var origins: [String] = []
    var allowsOthers = false
    var policy = Policy.open
    var registerPage: String?
    var upgradePage: String?
    var reporting = Reporting()

    /// On what terms it serves.
    enum Policy: String, CaseIterable, Sendable {
        /// A person's own machine: one owner, nothing is counted.
        case open
        /// A service for others: limits, credits, plans.
        case hosted
    }

    static let command = Command<Order>(
        "serve", from: ServeOrder(), to: checked,
        examples: [
            Example("plain", "kinora serve"),
            Example("hosted", "kinora serve --policy hosted --host 0.0.0.0"),
            Example("elsewhere", "kinora serve --port 9000 --data ~/films"),
        ]
    ) {
        Option("port", short: "p", \.port, .integer(in: 0...65535))
        Option("data", \.data, .folder)
        Option("host", \.host, .text)
        Option("policy", \.policy, .name)
        Option("register-url", \.registerPage, .text)
        Option("upgrade-url", \.upgradePage, .text)
        Flag("allow-remote", \.allowsOthers)
        Option("allow-origin", \.origins, .text, separator: ",")
        Shared(\.reporting, Reporting.parameters)
    }

    private static func checked(_ order: ServeOrder) throws(UsageError) -> Order { .serve(order) }
}
