// SPDX-License-Identifier: GPL-3.0-or-later

/// The numbers that servers of the wire answer with, and what the client does about each: one table, as data.
package enum CodeTable {
    /// What is done about a refusal. Each is tried once for a request; after that the person is told.
    package enum Remedy: Hashable, Sendable {
        /// Nothing is wrong.
        case goOn
        /// A new anonymous token, then the same request.
        case newToken
        /// A new session with the same files, then the same request where that makes sense.
        case newSession
        /// The person is shown where to register or to top up.
        case register
        /// The person is shown the formats that are taken.
        case formats
        /// The person is shown the limit and how to shrink.
        case limit
        /// A client id is made and sent, then the same request.
        case newClientID
        /// The person is told that the plan does not include it, and how to lift that.
        case plan
        /// As long as the server says, else so many seconds; then the same request.
        case wait(seconds: Double)
    }

    package struct Row: Hashable, Sendable {
        package let code: Int
        /// HTTP statuses that mean it where a reply has no number of its own.
        package let statuses: [Int]
        package let remedy: Remedy
    }

    package static let all: [Row] = [
        Row(code: 0, statuses: [], remedy: .goOn),
        Row(code: 1001, statuses: [401], remedy: .newToken),
        Row(code: 1002, statuses: [404], remedy: .newSession),
        Row(code: 2001, statuses: [], remedy: .register),
        Row(code: 4001, statuses: [415], remedy: .formats),
        Row(code: 4002, statuses: [413], remedy: .limit),
        Row(code: 400, statuses: [], remedy: .newClientID),
        Row(code: 402, statuses: [402], remedy: .plan),
        Row(code: 429, statuses: [429], remedy: .wait(seconds: 30)),
    ]

    /// The longest wait that is sat out; a server that wants more is told of instead.
    package static let longestWaitSeconds = 120.0

    /// The row for a refusal: by its number, else by its status. Nil for what the table does not know.
    package static func row(for refusal: Refusal) -> Row? {
        all.first { $0.code == refusal.code && $0.remedy != .goOn }
            ?? all.first { $0.statuses.contains(refusal.status) && refusal.code == refusal.status }
    }
}
