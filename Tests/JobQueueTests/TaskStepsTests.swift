// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import JobQueue

@Suite("The steps of a task")
struct TaskStepsTests {
    private func moment(_ seconds: Double) -> Moment { Moment(seconds: seconds) }

    private func task(errors: Int = 3, crashes: Int = 3) -> Subject {
        Subject(
            QueuedTask(
                id: TaskID(rawValue: 1),
                draft: TaskDraft(
                    account: "a", name: "n", requestHash: "h", kind: "export", mostErrors: errors,
                    mostCrashes: crashes),
                createdAt: moment(0)))
    }

    @Test("A task is claimed once; its worker's end of it counts")
    func once() throws {
        let task = task()
        let lease = try #require(task.claim(by: "w1", at: moment(1)))
        #expect(task.claim(by: "w2", at: moment(1)) == nil)
        #expect(task.leaseUntil == moment(31))
        let isDone = task.finish(lease, .done(output: [7]), at: moment(2))
        #expect(isDone && task.state == .done && task.output == [7])
        #expect(task.progress == 1 && task.finishedAt == moment(2) && task.worker == nil)
    }

    @Test("The end told twice under one lease is one end; under another it is refused")
    func twice() throws {
        let task = task()
        let lease = try #require(task.claim(by: "w", at: moment(1)))
        let first = task.finish(lease, .done(output: [1]), at: moment(2))
        let second = task.finish(lease, .done(output: [2]), at: moment(3))
        #expect(first && second && task.output == [1] && task.finishedAt == moment(2))
        let other = task.finish(Lease(task: task.id, epoch: 9), .done(output: [3]), at: moment(4))
        #expect(!other && task.output == [1])
    }

    @Test("Whoever was silent for too long has lost the task, and it counts as a crash")
    func reaped() throws {
        let task = task()
        let lease = try #require(task.claim(by: "w1", at: moment(0)))
        let early = task.reap(at: moment(30))
        #expect(!early)
        let late = task.reap(at: moment(30.001))
        #expect(late && task.state == .ready && task.crashes == 1 && task.errors == 0)
        #expect(task.beat(lease, progress: 0.5, at: moment(31)) == .lost(.ready))
        let isDone = task.finish(lease, .done(output: []), at: moment(31))
        #expect(!isDone)
        let again = try #require(task.claim(by: "w2", at: moment(40)))
        #expect(again.epoch > lease.epoch)
    }

    @Test("A beat prolongs the lease; progress never falls, whatever is told")
    func progress() throws {
        let task = task()
        let lease = try #require(task.claim(by: "w", at: moment(0)))
        #expect(task.beat(lease, progress: 0.5, at: moment(10)) == .held(until: moment(40)))
        #expect(task.progress == 0.5)
        // A clock that was set back does not shorten it.
        #expect(task.beat(lease, progress: 0.25, at: moment(5)) == .held(until: moment(40)))
        #expect(task.progress == 0.5)
        for wrong in [Double.nan, -1, -Double.infinity] {
            _ = task.beat(lease, progress: wrong, at: moment(11))
            #expect(task.progress == 0.5)
        }
        _ = task.beat(lease, progress: 7, at: moment(11))
        #expect(task.progress == 1)
    }

    @Test("An error is tried again, each time later, and then the task has failed")
    func errors() throws {
        let task = task(errors: 3)
        let failure = TaskFailure(code: "disk", message: "the disk is slow")
        var now = moment(0)
        for delay in [2.0, 8.0] {
            let lease = try #require(task.claim(by: "w", at: now))
            _ = task.finish(lease, .error(failure, mayWork: true), at: now)
            #expect(task.state == .ready && task.draft.runAt == now + .seconds(delay))
            #expect(task.claim(by: "w", at: now) == nil)
            now = task.draft.runAt
        }
        let lease = try #require(task.claim(by: "w", at: now))
        _ = task.finish(lease, .error(failure, mayWork: true), at: now)
        #expect(task.state == .failed && task.failure == failure && task.errors == 3 && task.crashes == 0)
    }

    @Test("An error that no other try could mend ends the task at once")
    func hopeless() throws {
        let task = task()
        let lease = try #require(task.claim(by: "w", at: moment(0)))
        _ = task.finish(
            lease, .error(TaskFailure(code: "bad", message: ""), mayWork: false), at: moment(1))
        #expect(task.state == .failed && task.attempts == 1)
    }

    @Test("Two crashes, a try by itself, then it has failed; errors do not count for it")
    func crashes() throws {
        let task = task(errors: 2, crashes: 3)
        var now = moment(0)
        func claim() throws -> Lease {
            now = max(now, task.draft.runAt)
            return try #require(task.claim(by: "w", at: now))
        }
        let failure = TaskFailure(code: "signal", message: "signal 11")
        _ = task.finish(try claim(), .error(failure, mayWork: true), at: now)
        _ = task.finish(try claim(), .crash(failure), at: now)
        #expect(!task.isSuspect && task.state == .ready)
        _ = task.finish(try claim(), .crash(failure), at: now)
        #expect(task.isSuspect && task.state == .ready)
        _ = task.finish(try claim(), .crash(failure), at: now)
        #expect(task.state == .failed && task.crashes == 3 && task.errors == 1)
    }

    @Test("Given back or interrupted, a task loses nothing")
    func givenBack() throws {
        let task = task(errors: 1, crashes: 1)
        let first = try #require(task.claim(by: "w", at: moment(0)))
        _ = task.finish(first, .givenBack(after: .seconds(5)), at: moment(1))
        #expect(task.state == .ready && task.draft.runAt == moment(6))
        let second = try #require(task.claim(by: "w", at: moment(6)))
        let wasHeld = task.interrupt()
        #expect(wasHeld && task.state == .ready && task.errors == 0 && task.crashes == 0)
        let isDone = task.finish(second, .done(output: []), at: moment(8))
        #expect(!isDone)
        let isHeld = task.interrupt()
        #expect(!isHeld)
    }

    @Test("Cancelled at work, a task tells its worker to stop, and stays cancelled")
    func cancelled() throws {
        let task = task()
        let lease = try #require(task.claim(by: "w", at: moment(0)))
        let first = task.cancel(at: moment(1))
        #expect(first && task.state == .cancelled && task.finishedAt == moment(1))
        #expect(task.beat(lease, progress: 0.9, at: moment(2)) == .lost(.cancelled))
        let isDone = task.finish(lease, .done(output: []), at: moment(2))
        #expect(!isDone && task.output == nil)
        let second = task.cancel(at: moment(3))
        #expect(!second && task.finishedAt == moment(1))
    }

    @Test(
        "Delays grow fourfold up to the longest",
        arguments: [(1, 2), (2, 8), (3, 32), (4, 128), (5, 300), (99, 300)])
    func delays(count: Int, seconds: Int) { #expect(QueueRules().delay(after: count) == .seconds(seconds)) }
}

/// A task that steps by itself, so that its steps can stand in what is expected.
@dynamicMemberLookup
private final class Subject {
    private var task: QueuedTask
    private let rules = QueueRules()

    init(_ task: QueuedTask) { self.task = task }

    subscript<Value>(dynamicMember path: KeyPath<QueuedTask, Value>) -> Value { task[keyPath: path] }

    func claim(by worker: String, at now: Moment) -> Lease? { task.claim(by: worker, at: now, rules) }
    func beat(_ lease: Lease, progress: Double?, at now: Moment) -> LeaseAnswer {
        task.beat(lease, progress: progress, at: now, rules)
    }
    func finish(_ lease: Lease, _ outcome: TaskOutcome, at now: Moment) -> Bool {
        task.finish(lease, outcome, at: now, rules)
    }
    func reap(at now: Moment) -> Bool { task.reap(at: now, rules) }
    func interrupt() -> Bool { task.interrupt() }
    func cancel(at now: Moment) -> Bool { task.cancel(at: now) }
}
