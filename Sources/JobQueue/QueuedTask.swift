// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a task stands.
///
/// ```
///            claim               done
///   ready ──────────► leased ──────────► done
///     ▲ error, crash,   │ │   too many errors or crashes
///     └─ given back ────┘ └────────────► failed
///   ready, leased ──── cancel ─────────► cancelled
/// ```
package enum TaskState: String, Hashable, Sendable, Codable, CaseIterable {
    case ready, leased, done, failed, cancelled

    /// Nothing happens to it any more.
    package var isOver: Bool { self == .done || self == .failed || self == .cancelled }
}

/// Why a task, or one try of it, came to nothing.
package struct TaskFailure: Hashable, Sendable, Codable {
    /// For programs.
    package var code: String
    /// For people.
    package var message: String

    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// A task as it stands in the queue. A value; its steps are in `QueuedTask+Steps`.
package struct QueuedTask: Hashable, Sendable {
    package let id: TaskID
    /// What was asked for. `runAt` is the earliest moment of the next try.
    package internal(set) var draft: TaskDraft
    package internal(set) var state: TaskState = .ready
    /// Claims so far.
    package internal(set) var attempts = 0
    package internal(set) var errors = 0
    package internal(set) var crashes = 0
    /// Grows with every claim and every end of one from outside, so that whoever held the task before is told apart.
    package internal(set) var epoch: Int64 = 0
    /// Who holds it, while it is leased.
    package internal(set) var worker: String?
    package internal(set) var leaseUntil: Moment?
    /// From 0 to 1; never falls, not from try to try either.
    package internal(set) var progress = 0.0
    /// What came of it, once it is done. The queue does not look into it.
    package internal(set) var output: [UInt8]?
    /// Of the last try that came to nothing.
    package internal(set) var failure: TaskFailure?
    package let createdAt: Moment
    /// When it was claimed first.
    package internal(set) var startedAt: Moment?
    /// When it was over.
    package internal(set) var finishedAt: Moment?

    init(id: TaskID, draft: TaskDraft, createdAt: Moment) {
        self.id = id
        self.draft = draft
        self.createdAt = createdAt
    }

    package var account: String { draft.account }
    package var name: String { draft.name }
    package var kind: String { draft.kind }
    package var spec: [UInt8] { draft.spec }

    /// It crashed so often that its next try is the last, to be made with nothing beside it.
    package var isSuspect: Bool { draft.mostCrashes > 1 && crashes >= draft.mostCrashes - 1 }
}
