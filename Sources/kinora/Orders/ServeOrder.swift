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
    /// Also reachable from the local network, over TLS.
    var lan = false
    /// A file, or `-` for standard output.
    var accessLog: String?
    var certificate: String?
    var key: String?
    /// Addresses whose word on their clients is taken.
    var proxies: [String] = []
    var policy = Policy.open
    var registerPage: String?
    var upgradePage: String?
    /// Bytes of one file; nil = as usual.
    var largestFile: Int64?
    /// Bytes of media of one account; nil = as the disk has room.
    var accountSpace: Int64?
    /// Days that finished films stay; nil = until they are removed.
    var filmDays: Int?
    /// Bytes of all finished films; nil = as the disk has room.
    var filmSpace: Int64?
    /// Films made at once.
    var films = 1
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
            Example("limits", "kinora serve --policy hosted --max-file 200MB --account-space 5GB --film-days 14"),
            Example("lan", "kinora serve --lan"),
        ]
    ) {
        Option("port", short: "p", \.port, .integer(in: 0...65535))
        Option("data", \.data, .folder)
        Option("host", \.host, .text)
        Option("policy", \.policy, .name)
        Option("register-url", \.registerPage, .text)
        Option("upgrade-url", \.upgradePage, .text)
        Option("max-file", \.largestFile, .bytes)
        Option("account-space", \.accountSpace, .bytes)
        Option("films", \.films, .integer(in: 1...64))
        Option("film-days", \.filmDays, .integer(in: 1...36500))
        Option("film-space", \.filmSpace, .bytes)
        Flag("allow-remote", \.allowsOthers)
        Option("allow-origin", \.origins, .text, separator: ",")
        Flag("lan", \.lan)
        Option("access-log", \.accessLog, .file)
        Option("tls-cert", \.certificate, .file(["pem", "crt"]))
        Option("tls-key", \.key, .file(["pem", "key"]))
        Option("trust-proxy", \.proxies, .text, separator: ",")
        Shared(\.reporting, Reporting.parameters)
    }

    private static func checked(_ order: ServeOrder) throws(UsageError) -> Order {
        switch (order.certificate, order.key) {
        case (nil, .some): throw UsageError(.missingArgument, subject: "--tls-cert")
        case (.some, nil): throw UsageError(.missingArgument, subject: "--tls-key")
        default: break
        }
        // It has an address of its own.
        if order.lan, order.allowsOthers { throw UsageError(.conflict, subject: "--lan", given: "--allow-remote") }
        return .serve(order)
    }
}
