// SPDX-License-Identifier: GPL-3.0-or-later

/// The steps of a task from state to state: all that may ever happen to one. Pure.
extension QueuedTask {
    /// ready → leased. Nil, and nothing happens, where it is not ready or its time has not come.
    package mutating func claim(by worker: String, at now: Moment, _ rules: QueueRules) -> Lease? {
        guard state == .ready, rules.isDue(draft.runAt, at: now) else { return nil }
        state = .leased
        self.worker = worker
        attempts += 1
        epoch += 1
        leaseUntil = now + rules.lease
        startedAt = startedAt ?? now
        return Lease(task: id, epoch: epoch)
    }

    /// A sign of life from a worker; `progress` of 0 to 1.
    package mutating func beat(_ lease: Lease, progress: Double?, at now: Moment, _ rules: QueueRules) -> LeaseAnswer {
        guard isHeld(by: lease) else { return .lost(state) }
        if let progress, progress > self.progress { self.progress = min(1, progress) }
        let until = max(now + rules.lease, leaseUntil ?? now)
        leaseUntil = until
        return .held(until: until)
    }

    /// The end of a try. False, and nothing happens, where the lease is lost; true again where this very lease has brought
    /// the task to its end already.
    package mutating func finish(_ lease: Lease, _ outcome: TaskOutcome, at now: Moment, _ rules: QueueRules) -> Bool {
        guard isHeld(by: lease) else { return state == .done && lease == Lease(task: id, epoch: epoch) }
        switch outcome {
        case .done(let output):
            self.output = output
            failure = nil
            progress = 1
            end(.done, at: now)
        case .error(let failure, let mayWork):
            self.failure = failure
            errors += 1
            if mayWork, errors < draft.mostErrors {
                wait(until: now + rules.delay(after: errors))
            } else {
                end(.failed, at: now)
            }
        case .crash(let failure): crash(failure, at: now, rules)
        case .givenBack(let delay): wait(until: now + delay)
        }
        return true
    }

    /// Takes the task from a worker that was silent for too long, which counts as a crash. False, and nothing happens,
    /// where the lease still runs.
    package mutating func reap(at now: Moment, _ rules: QueueRules) -> Bool {
        guard state == .leased, let leaseUntil, leaseUntil < now else { return false }
        crash(
            TaskFailure(code: "silent", message: "the worker \(worker ?? "") fell silent"), at: now, rules)
        return true
    }

    /// Takes the task from whoever holds it, through no fault of its own: the server was stopped, however roughly. It has
    /// its old place in the row.
    package mutating func interrupt() -> Bool {
        guard state == .leased else { return false }
        wait(until: draft.runAt)
        return true
    }

    /// False, and nothing happens, where it is over already.
    package mutating func cancel(at now: Moment) -> Bool {
        guard !state.isOver else { return false }
        end(.cancelled, at: now)
        epoch += 1
        return true
    }

    private func isHeld(by lease: Lease) -> Bool { state == .leased && lease == Lease(task: id, epoch: epoch) }

    private mutating func crash(_ failure: TaskFailure, at now: Moment, _ rules: QueueRules) {
        self.failure = failure
        crashes += 1
        if crashes < draft.mostCrashes {
            wait(until: now + rules.delay(after: crashes))
        } else {
            end(.failed, at: now)
        }
    }

    private mutating func wait(until moment: Moment) {
        state = .ready
        draft.runAt = moment
        epoch += 1
        worker = nil
        leaseUntil = nil
    }

    private mutating func end(_ state: TaskState, at now: Moment) {
        self.state = state
        worker = nil
        leaseUntil = nil
        finishedAt = now
    }
}
