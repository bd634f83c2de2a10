// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora worker`: what `serve` starts for everything that opens media. Not for people.
struct WorkerOrder: Sendable {
    /// The server's cache folder.
    var cache: String?
    /// The server's data folder.
    var data: String?

    static let command = Command<Order>("worker", from: WorkerOrder(), to: Order.worker, hidden: true) {
        Option("cache", \.cache, .folder)
        Option("data", \.data, .folder)
    }
}
