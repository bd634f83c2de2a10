// SPDX-License-Identifier: GPL-3.0-or-later
package import JobQueue

/// What is kept of an export. How far it is, its task tells: there is no second truth that could differ.
package struct ExportRecord: Hashable, Sendable {
    /// Unique within the account.
    package let id: String
    package let account: AccountID
    package let project: ProjectID
    /// What was asked for, as the export's own code writes it.
    package let order: [UInt8]
    package let createdSeconds: Double
    /// As it stands.
    package let task: QueuedTask

    package init(
        id: String, account: AccountID, project: ProjectID, order: [UInt8], createdSeconds: Double, task: QueuedTask
    ) {
        self.id = id
        self.account = account
        self.project = project
        self.order = order
        self.createdSeconds = createdSeconds
        self.task = task
    }
}

package enum ExportReceipt: Hashable, Sendable {
    case added(ExportRecord)
    /// It was asked for before, in the same words; as it is now.
    case known(ExportRecord)
    /// The account has another export of that id.
    case conflict
    case noSuchProject
}

/// Where exports are kept, beside the tasks that make them. Durable when a call returns, or nothing of it happened.
package protocol ExportStore: Sendable {
    /// Takes an order on, with the task that carries it out, in one step. `task.account` and `task.name` are the
    /// account's and the export's id; `task.requestHash` tells equal orders.
    func add(
        _ task: TaskDraft, in project: ProjectID, order: [UInt8], at now: Moment
    ) async throws -> ExportReceipt
    /// Nil where the account has none of that id.
    func export(_ id: String, of account: AccountID) async throws -> ExportRecord?
    /// The export that a task makes.
    func export(of task: TaskID) async throws -> ExportRecord?
    /// The latest first; of one project where given; only those from before the export `before` where given.
    func exports(
        of account: AccountID, in project: ProjectID?, before: String?, limit: Int
    ) async throws -> [ExportRecord]
    /// How many of the account's exports are not over.
    func underWay(of account: AccountID) async throws -> Int
    /// Ends a try as `TaskStore.finish`, with the event that tells of it, in one step.
    func finish(
        _ lease: Lease, _ outcome: TaskOutcome, next: [TaskDraft], telling event: NewEvent?, at now: Moment
    ) async throws -> Bool
    /// Takes the export and its task away; gives what it was, nil where there is none. Whoever works on it learns by the
    /// next beat.
    func remove(_ id: String, of account: AccountID) async throws -> ExportRecord?
    /// Those that were over before a time, the oldest first.
    func exports(finishedBefore moment: Moment, limit: Int) async throws -> [ExportRecord]
}
