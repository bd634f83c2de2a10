// SPDX-License-Identifier: GPL-3.0-or-later

/// Whose task comes next: the most urgent; among equals that of the account that was served longest ago; no account has
/// more in flight than its share.
package enum FairShare {
    /// An account's best task: the most urgent, then the one that was due first, then the one that came first.
    package struct Candidate: Hashable, Sendable {
        package let task: TaskID
        package let priority: Int
        package let runAt: Moment
        /// Tasks of its account that are leased.
        package let inFlight: Int
        /// A number that grows with each claim, as it was when the account was served last; 0 for never.
        package let served: Int64

        package init(task: TaskID, priority: Int, runAt: Moment, inFlight: Int, served: Int64) {
            self.task = task
            self.priority = priority
            self.runAt = runAt
            self.inFlight = inFlight
            self.served = served
        }
    }

    /// The one to claim among the best tasks of all accounts; nil where every account has its share or nothing is due.
    package static func choose(among candidates: some Sequence<Candidate>, _ rules: QueueRules) -> TaskID? {
        candidates.lazy.filter { $0.inFlight < rules.mostInFlight }.min { a, b in
            if a.priority != b.priority { return a.priority > b.priority }
            if a.served != b.served { return a.served < b.served }
            return a.runAt != b.runAt ? a.runAt < b.runAt : a.task < b.task
        }?.task
    }

    /// The order of one account's tasks.
    package static func isBefore(_ a: QueuedTask, _ b: QueuedTask) -> Bool {
        if a.draft.priority != b.draft.priority { return a.draft.priority > b.draft.priority }
        return a.draft.runAt != b.draft.runAt ? a.draft.runAt < b.draft.runAt : a.id < b.id
    }
}
