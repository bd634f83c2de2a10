// SPDX-License-Identifier: GPL-3.0-or-later

/// A worker's hold on a task. Good as long as nobody else was given a later epoch.
package struct Lease: Hashable, Sendable, Codable {
    package let task: TaskID
    package let epoch: Int64

    package init(task: TaskID, epoch: Int64) {
        self.task = task
        self.epoch = epoch
    }
}

/// A task, and the hold on it.
package struct ClaimedTask: Hashable, Sendable {
    package let task: QueuedTask
    package let lease: Lease

    package init(task: QueuedTask, lease: Lease) {
        self.task = task
        self.lease = lease
    }
}

/// Whether a worker still has its task.
package enum LeaseAnswer: Hashable, Sendable {
    /// Until then, unless it beats again.
    case held(until: Moment)
    /// Stop: what is made from here on counts for nothing. The state tells why; nil where the task is gone.
    case lost(TaskState?)
}

/// How a worker's try ended.
package enum TaskOutcome: Hashable, Sendable {
    case done(output: [UInt8])
    /// It cannot be done; `mayWork` where another try could go better.
    case error(TaskFailure, mayWork: Bool)
    /// The worker died of it.
    case crash(TaskFailure)
    /// Given back unharmed, to be tried again after a while: the server stops, the disk is full.
    case givenBack(after: Duration)
}
