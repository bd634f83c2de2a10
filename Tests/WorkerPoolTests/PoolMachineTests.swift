// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import WorkerPool

/// What the pool decides, with a clock of the test's own.
@Suite struct PoolMachineTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    private func task(
        tries: Int = 2, priority: Int = 0, deadline: Duration = .seconds(10), silence: Duration? = nil
    ) -> WorkerTask {
        WorkerTask(
            lane: "a", request: [], priority: priority, deadline: deadline, silence: silence, tries: tries)
    }

    /// A machine whose workers 1 … count are ready.
    private func machine(workers: Int = 1) -> PoolMachine {
        var machine = PoolMachine([WorkerLane("a", workers: workers, mostBytes: 1000, mostIdleBytes: 500)])
        let actions = machine.open(at: start)
        #expect(actions == (1...UInt64(workers)).map { .start(worker: $0, lane: "a") })
        for id in 1...UInt64(workers) { #expect(machine.ready(id, at: start) == []) }
        return machine
    }

    @Test func tasksGoByUrgencyThenByTheirOrder() {
        var machine = machine()
        #expect(machine.submit(1, task(), at: start) == [.give(task: 1, to: 1)])
        #expect(machine.submit(2, task(), at: start) == [])
        #expect(machine.submit(3, task(priority: 5), at: start) == [])
        #expect(machine.submit(4, task(priority: 5), at: start) == [])
        var order: [UInt64] = []
        for done in [1, 3, 4, 2] as [UInt64] {
            let actions = machine.done(1, task: done, refusal: nil, bytes: 0, at: start)
            #expect(actions.first == .finish(task: done, nil))
            for case .give(let task, _) in actions { order.append(task) }
        }
        #expect(order == [3, 4, 2])
        #expect(machine.nextMoment == nil)
    }

    @Test func aDeadWorkersTaskWaitsForItsSuccessor() {
        var machine = machine(workers: 2)
        #expect(machine.submit(1, task(), at: start) == [.give(task: 1, to: 1)])
        #expect(machine.submit(2, task(), at: start) == [.give(task: 2, to: 2)])
        #expect(machine.done(2, task: 2, refusal: nil, bytes: 0, at: start) == [.finish(task: 2, nil)])
        // Worker 2 has worked before: the task waits for worker 3.
        #expect(machine.exited(1, .signal(11), words: "", at: at(1)) == [.start(worker: 3, lane: "a")])
        #expect(machine.submit(5, task(), at: at(1)) == [.give(task: 5, to: 2)])
        #expect(machine.ready(3, at: at(2)) == [.give(task: 1, to: 3)])
        #expect(
            machine.exited(3, .signal(6), words: "why", at: at(3)) == [
                .finish(task: 1, .crashed(.signal(6), words: "why")), .start(worker: 4, lane: "a"),
            ])
    }

    @Test func deadlinesCountFromTheStart() {
        var machine = machine()
        _ = machine.submit(1, task(tries: 1, deadline: .seconds(10), silence: .seconds(4)), at: start)
        #expect(machine.nextMoment == at(4))
        machine.alive(1, task: 1, at: at(3))
        #expect(machine.nextMoment == at(7))
        machine.alive(1, task: 1, at: at(8))
        #expect(machine.nextMoment == at(10))
        #expect(machine.tick(at: at(9.9)) == [])
        #expect(machine.tick(at: at(10)) == [.end(worker: 1)])
        #expect(
            machine.exited(1, .signal(9), words: "", at: at(10.1)).first
                == .finish(task: 1, .overdue(after: .seconds(10))))
    }

    @Test func aWorkerThatWasToldToEndGetsNothingMoreThoughItsAnswerComes() {
        var machine = machine()
        _ = machine.submit(1, task(tries: 1, deadline: .seconds(10)), at: start)
        _ = machine.submit(2, task(tries: 1), at: start)
        #expect(machine.tick(at: at(10)) == [.end(worker: 1)])
        // Its answer was on the way.
        #expect(machine.done(1, task: 1, refusal: nil, bytes: 0, at: at(10)) == [.finish(task: 1, nil)])
        #expect(machine.exited(1, .signal(9), words: "", at: at(10.1)) == [.start(worker: 2, lane: "a")])
        #expect(machine.ready(2, at: at(11)) == [.give(task: 2, to: 2)])
    }

    @Test func silenceIsToldAsSuch() {
        var machine = machine()
        _ = machine.submit(1, task(tries: 1, deadline: .seconds(100), silence: .seconds(4)), at: start)
        #expect(machine.tick(at: at(4)) == [.end(worker: 1)])
        #expect(
            machine.exited(1, .signal(9), words: "", at: at(4)).first
                == .finish(task: 1, .overdue(after: .seconds(4))))
    }

    @Test func cancellingAnswersAtOnceAndGivesTheWorkerAMoment() {
        var machine = machine()
        _ = machine.submit(1, task(), at: start)
        #expect(
            machine.cancel(1, at: at(1)) == [.finish(task: 1, .cancelled), .tellCancelled(task: 1, to: 1)])
        #expect(machine.submit(2, task(), at: at(1)) == [])
        // What it says of the task counts for nothing.
        #expect(machine.done(1, task: 1, refusal: nil, bytes: 0, at: at(2)) == [.give(task: 2, to: 1)])
        #expect(machine.cancel(2, at: at(3)).count == 2)
        #expect(machine.tick(at: at(3) + PoolMachine.stopTime) == [.end(worker: 1)])
        #expect(machine.exited(1, .signal(9), words: "", at: at(7)) == [.start(worker: 2, lane: "a")])
        #expect(machine.cancel(99, at: at(8)) == [])
    }

    @Test func memoryEndsWorkersAtWorkAndReplacesThoseThatKeepIt() {
        var machine = machine()
        _ = machine.submit(1, task(tries: 1), at: start)
        #expect(machine.weighed(1, bytes: 1000, at: start) == [])
        #expect(machine.weighed(1, bytes: 1001, at: start) == [.end(worker: 1)])
        #expect(
            machine.exited(1, .signal(9), words: "", at: start) == [
                .finish(task: 1, .overgrown(bytes: 1001)), .start(worker: 2, lane: "a"),
            ])
        _ = machine.ready(2, at: start)
        _ = machine.submit(2, task(), at: start)
        #expect(
            machine.done(2, task: 2, refusal: nil, bytes: 501, at: start) == [.finish(task: 2, nil), .end(worker: 2)])
        #expect(machine.exited(2, .signal(9), words: "", at: start) == [.start(worker: 3, lane: "a")])
    }

    @Test func workersThatCannotStartAreTriedLessAndLessOften() {
        var machine = PoolMachine([WorkerLane("a", workers: 1)])
        #expect(machine.open(at: start) == [.start(worker: 1, lane: "a")])
        #expect(machine.submit(1, task(), at: start) == [])
        // Once more at once.
        #expect(machine.couldNotStart(1, "no", at: start) == [.start(worker: 2, lane: "a")])
        #expect(machine.couldNotStart(2, "no", at: start) == [])
        #expect(machine.nextMoment == start + .milliseconds(100))
        #expect(machine.tick(at: start + .milliseconds(100)) == [.start(worker: 3, lane: "a")])
        #expect(machine.couldNotStart(3, "no", at: start + .milliseconds(100)) == [])
        #expect(machine.nextMoment == start + .milliseconds(500))
        #expect(machine.tick(at: start + .milliseconds(500)) == [.start(worker: 4, lane: "a")])
        #expect(
            machine.couldNotStart(4, "no", at: start + .milliseconds(500)) == [
                .finish(task: 1, .cannotStart("no"))
            ])
    }

    @Test func whatIsNotReadyInTimeIsEnded() {
        var machine = PoolMachine([WorkerLane("a", workers: 1)])
        _ = machine.open(at: start)
        #expect(machine.nextMoment == start + PoolMachine.startTime)
        #expect(machine.tick(at: start + PoolMachine.startTime) == [.end(worker: 1)])
        // Not again at each tick.
        #expect(machine.tick(at: start + PoolMachine.startTime + .seconds(1)) == [])
    }

    @Test func closingSettlesEverything() {
        var machine = machine(workers: 2)
        _ = machine.submit(1, task(), at: start)
        _ = machine.submit(2, task(), at: start)
        _ = machine.submit(3, task(), at: start)
        #expect(
            machine.close() == [
                .finish(task: 1, .closed), .finish(task: 2, .closed), .finish(task: 3, .closed), .end(worker: 1),
                .end(worker: 2),
            ])
        #expect(machine.exited(1, .signal(9), words: "", at: start) == [])
        #expect(machine.exited(2, .signal(9), words: "", at: start) == [])
        #expect(machine.workerCount == 0 && machine.nextMoment == nil)
        #expect(machine.submit(4, task(), at: start) == [.finish(task: 4, .closed)])
    }
}
