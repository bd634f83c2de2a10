// SPDX-License-Identifier: GPL-3.0-or-later

/// Names a task; ascending in the order in which tasks came.
package struct TaskID: RawRepresentable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    package static func < (a: TaskID, b: TaskID) -> Bool { a.rawValue < b.rawValue }
    package var description: String { "\(rawValue)" }
}

/// A task that somebody wants done.
///
/// `account` and `name` say which task it is: asked for again with the same `requestHash` it is the same task; with
/// another one it is a conflict.
package struct TaskDraft: Hashable, Sendable {
    package var account: String
    /// Unique within the account.
    package var name: String
    /// Of what was asked for, however the caller makes it.
    package var requestHash: String
    /// Which worker's work it is: `export`, `preview`, …
    package var kind: String
    /// What is to be done; the queue does not look into it.
    package var spec: [UInt8]
    /// The higher goes first, whoever's it is.
    package var priority: Int
    /// Not before this moment, which is near: `QueueRules.farthest`.
    package var runAt: Moment
    /// After so many errors it has failed.
    package var mostErrors: Int
    /// After so many crashes it has failed. The last try before that is made alone.
    package var mostCrashes: Int

    package init(
        account: String, name: String, requestHash: String, kind: String, spec: [UInt8] = [], priority: Int = 0,
        runAt: Moment = Moment(milliseconds: 0), mostErrors: Int = 3, mostCrashes: Int = 3
    ) {
        self.account = account
        self.name = name
        self.requestHash = requestHash
        self.kind = kind
        self.spec = spec
        self.priority = priority
        self.runAt = runAt
        self.mostErrors = max(1, mostErrors)
        self.mostCrashes = max(1, mostCrashes)
    }
}

/// What became of a wish for a task.
package enum Enqueued: Hashable, Sendable {
    case added(QueuedTask)
    /// It was asked for before, in the same words; as it is now.
    case known(QueuedTask)
    /// The account has another task of that name.
    case conflict
}
