// SPDX-License-Identifier: GPL-3.0-or-later

/// A durable queue of tasks.
///
/// A task is carried out at least once and takes effect exactly once: each try holds a lease under an epoch of its own, and
/// what comes from an earlier epoch is refused. Everything is durable when a call returns, or nothing of it happened.
/// An implementation proves itself by the tests of this protocol.
package protocol TaskStore: Sendable {
    /// Adds a task, or finds the one that was asked for before.
    func enqueue(_ draft: TaskDraft, at now: Moment) async throws -> Enqueued

    /// The next task of one of these kinds, by priority and fair share; nil where none is due.
    func claim(_ kinds: Set<String>, by worker: String, at now: Moment) async throws -> ClaimedTask?

    /// A sign of life; at least three within the length of a lease.
    ///
    /// - Parameter progress: from 0 to 1; one below what was told before changes nothing.
    func beat(_ lease: Lease, progress: Double?, at now: Moment) async throws -> LeaseAnswer

    /// Ends a try. False, and nothing happens, where the lease is lost. What the task made must be durable before.
    ///
    /// - Parameter next: tasks that follow, enqueued in the same step; those that are known already stay as they are.
    func finish(_ lease: Lease, _ outcome: TaskOutcome, next: [TaskDraft], at now: Moment) async throws -> Bool

    /// Cancels a task that is not over; whoever works on it learns by its next beat. Gives the task as it is then, nil
    /// where there is none.
    func cancel(_ name: String, of account: String, at now: Moment) async throws -> QueuedTask?

    /// Takes tasks from workers that were silent for too long; gives those tasks as they are then.
    func reap(at now: Moment) async throws -> [QueuedTask]

    /// Takes all tasks from whoever holds them, through no fault of theirs: called by the one owner of the queue when it
    /// starts and no worker can be left.
    func interruptAll() async throws -> Int

    func task(_ id: TaskID) async throws -> QueuedTask?
    func task(_ name: String, of account: String) async throws -> QueuedTask?

    /// When something will happen by itself: a task of these kinds becomes due, a lease runs out. A moment that has
    /// passed means now. Nil where nothing will.
    func nextMoment(_ kinds: Set<String>) async throws -> Moment?

    /// How many tasks there are in each state.
    func counts() async throws -> [TaskState: Int]

    /// Removes tasks of these kinds that were over before a moment; gives how many.
    func forget(_ kinds: Set<String>, finishedBefore moment: Moment) async throws -> Int

    /// Gives an element when there may be something to claim, or a moment that comes sooner. A hint: several come as
    /// one, and `nextMoment` is the truth.
    func hints() -> AsyncStream<Void>
}

extension TaskStore {
    package func finish(_ lease: Lease, _ outcome: TaskOutcome, at now: Moment) async throws -> Bool {
        try await finish(lease, outcome, next: [], at: now)
    }
}
