// SPDX-License-Identifier: GPL-3.0-or-later

/// The whole queue as a value: what a store has to do, without a disk and without a clock. Other stores are measured
/// against it.
package struct TaskLedger: Sendable {
    private struct Name: Hashable {
        let account: String
        let name: String
    }

    package let rules: QueueRules
    package private(set) var tasks: [TaskID: QueuedTask] = [:]
    private var ids: [Name: TaskID] = [:]
    /// When each account was served last, as the number of that claim.
    private var served: [String: Int64] = [:]
    private var claims: Int64 = 0
    private var lastID: Int64 = 0

    package init(_ rules: QueueRules) { self.rules = rules }

    package mutating func enqueue(_ draft: TaskDraft, at now: Moment) -> Enqueued {
        let name = Name(account: draft.account, name: draft.name)
        if let known = ids[name].flatMap({ tasks[$0] }) {
            return known.draft.requestHash == draft.requestHash ? .known(known) : .conflict
        }
        lastID += 1
        let task = QueuedTask(id: TaskID(rawValue: lastID), draft: draft, createdAt: now)
        tasks[task.id] = task
        ids[name] = task.id
        return .added(task)
    }

    package mutating func claim(_ kinds: Set<String>, by worker: String, at now: Moment) -> ClaimedTask? {
        let best = best(kinds) { rules.isDue($0.draft.runAt, at: now) }
        let candidates = best.map { account, task in
            FairShare.Candidate(
                task: task.id, priority: task.draft.priority, runAt: task.draft.runAt, inFlight: inFlight(account),
                served: served[account] ?? 0)
        }
        guard let id = FairShare.choose(among: candidates, rules), var task = tasks[id],
            let lease = task.claim(by: worker, at: now, rules)
        else { return nil }
        tasks[id] = task
        claims += 1
        served[task.account] = claims
        return ClaimedTask(task: task, lease: lease)
    }

    package mutating func beat(_ lease: Lease, progress: Double?, at now: Moment) -> LeaseAnswer {
        guard var task = tasks[lease.task] else { return .lost(nil) }
        let answer = task.beat(lease, progress: progress, at: now, rules)
        tasks[task.id] = task
        return answer
    }

    package mutating func finish(_ lease: Lease, _ outcome: TaskOutcome, next: [TaskDraft], at now: Moment) -> Bool {
        guard var task = tasks[lease.task], task.finish(lease, outcome, at: now, rules) else { return false }
        tasks[task.id] = task
        for draft in next { _ = enqueue(draft, at: now) }
        return true
    }

    package mutating func cancel(_ name: String, of account: String, at now: Moment) -> QueuedTask? {
        guard let id = ids[Name(account: account, name: name)], var task = tasks[id] else { return nil }
        _ = task.cancel(at: now)
        tasks[id] = task
        return task
    }

    package mutating func reap(at now: Moment) -> [QueuedTask] {
        tasks.keys.sorted().compactMap { id in
            guard var task = tasks[id], task.reap(at: now, rules) else { return nil }
            tasks[id] = task
            return task
        }
    }

    package mutating func interruptAll() -> Int {
        tasks.keys.reduce(0) { count, id in
            guard var task = tasks[id], task.interrupt() else { return count }
            tasks[id] = task
            return count + 1
        }
    }

    package func task(_ name: String, of account: String) -> QueuedTask? {
        ids[Name(account: account, name: name)].flatMap { tasks[$0] }
    }

    package func nextMoment(_ kinds: Set<String>) -> Moment? {
        let due = tasks.values.lazy.filter { task in
            task.state == .ready && kinds.contains(task.kind) && inFlight(task.account) < rules.mostInFlight
        }.map(\.draft.runAt)
        return (Array(due) + tasks.values.compactMap(\.leaseUntil)).min()
    }

    package var counts: [TaskState: Int] {
        tasks.values.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    }

    package mutating func forget(_ kinds: Set<String>, finishedBefore moment: Moment) -> Int {
        let old = tasks.values.filter { kinds.contains($0.kind) && $0.finishedAt.map { $0 < moment } ?? false }
        for task in old {
            tasks[task.id] = nil
            ids[Name(account: task.account, name: task.name)] = nil
        }
        return old.count
    }

    private func inFlight(_ account: String) -> Int {
        tasks.values.count { $0.state == .leased && $0.account == account }
    }

    /// Each account's best ready task of these kinds.
    private func best(_ kinds: Set<String>, where isDue: (QueuedTask) -> Bool) -> [String: QueuedTask] {
        tasks.values.reduce(into: [:]) { best, task in
            guard task.state == .ready, kinds.contains(task.kind), isDue(task) else { return }
            if let other = best[task.account], FairShare.isBefore(other, task) { return }
            best[task.account] = task
        }
    }
}
