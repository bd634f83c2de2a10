// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import JobQueue

/// What every `TaskStore` has to do.
@Suite("A queue of tasks")
struct TaskStoreTests {
    @Test("A task asked for again is the same task; in other words it is a conflict", arguments: QueueKind.all)
    func idempotent(_ kind: QueueKind) async throws {
        let store = try kind.store()
        guard case .added(let task) = try await store.enqueue(draft("x"), at: at(1)) else {
            Issue.record("not added")
            return
        }
        #expect(task.state == .ready && task.createdAt == at(1) && task.spec == Array("x".utf8))
        var again = draft("x")
        again.spec = [9]
        again.priority = 5
        #expect(try await store.enqueue(again, at: at(2)) == .known(task))
        #expect(try await store.enqueue(draft("x", hash: "other"), at: at(2)) == .conflict)
        // Another account may use the same name.
        guard case .added(let other) = try await store.enqueue(draft("x", of: "b"), at: at(2)) else {
            Issue.record("not added")
            return
        }
        #expect(other.id > task.id)
        #expect(try await store.counts() == [.ready: 2])
        // Once it is over it is still the same task.
        let claimed = try #require(try await store.claim(["export"], by: "w", at: at(3)))
        _ = try await store.finish(claimed.lease, .done(output: [1, 2]), at: at(4))
        guard case .known(let done) = try await store.enqueue(draft("x"), at: at(5)) else {
            Issue.record("not known")
            return
        }
        #expect(done.state == .done && done.output == [1, 2] && done.finishedAt == at(4) && done.startedAt == at(3))
        #expect(try await store.task(task.id) == done)
        #expect(try await store.task("x", of: "a") == done)
    }

    @Test(
        "The most urgent comes first, then the one that was due first, then the one that came first",
        arguments: QueueKind.all)
    func order(_ kind: QueueKind) async throws {
        var rules = QueueRules()
        rules.mostInFlight = 10
        let store = try kind.store(rules)
        for task in [
            draft("late", runAt: 5), draft("early"), draft("second"), draft("urgent", priority: 1),
            draft("future", priority: 9, runAt: 200), draft("other kind", kind: "preview", priority: 9),
        ] {
            _ = try await store.enqueue(task, at: at(0))
        }
        for name in ["urgent", "early", "second", "late", nil] { #expect(try await store.next() == name) }
        #expect(try await store.next(100, ["preview", "export"]) == "other kind")
        #expect(try await store.next(200) == "future")
    }

    @Test("Accounts take turns, whoever has more waiting", arguments: QueueKind.all)
    func turns(_ kind: QueueKind) async throws {
        let store = try kind.store()
        for number in 1...6 { _ = try await store.enqueue(draft("a\(number)", of: "a"), at: at(0)) }
        for number in 1...2 { _ = try await store.enqueue(draft("b\(number)", of: "b"), at: at(1)) }
        _ = try await store.enqueue(draft("c1", of: "c"), at: at(2))
        var order: [String] = []
        while let claimed = try await store.claim(["export"], by: "w", at: at(100)) {
            order.append(claimed.task.name)
            _ = try await store.finish(claimed.lease, .done(output: []), at: at(100))
        }
        #expect(order == ["a1", "b1", "c1", "a2", "b2", "a3", "a4", "a5", "a6"])
    }

    @Test("An account has no more in flight than its share, however urgent the rest is", arguments: QueueKind.all)
    func share(_ kind: QueueKind) async throws {
        let store = try kind.store()
        for number in 1...3 { _ = try await store.enqueue(draft("a\(number)", of: "a", priority: 9), at: at(0)) }
        _ = try await store.enqueue(draft("b1", of: "b"), at: at(0))
        let first = try #require(try await store.claim(["export"], by: "w", at: at(100)))
        #expect(first.task.name == "a1")
        #expect(try await store.next() == "a2")
        #expect(try await store.next() == "b1")
        #expect(try await store.next() == nil)
        _ = try await store.finish(first.lease, .done(output: []), at: at(101))
        #expect(try await store.next() == "a3")
    }

    @Test("A silent worker loses its task to another one and cannot end it", arguments: QueueKind.all)
    func fencing(_ kind: QueueKind) async throws {
        let store = try kind.store()
        _ = try await store.enqueue(draft("x"), at: at(0))
        let old = try #require(try await store.claim(["export"], by: "old", at: at(0)))
        #expect(try await store.beat(old.lease, progress: 0.4, at: at(10)) == .held(until: at(40)))
        #expect(try await store.reap(at: at(40)).isEmpty)
        let reaped = try await store.reap(at: at(41))
        #expect(reaped.map(\.name) == ["x"] && reaped.first?.crashes == 1 && reaped.first?.progress == 0.4)
        #expect(reaped.first?.failure?.code == "silent")
        let new = try #require(try await store.claim(["export"], by: "new", at: at(50)))
        #expect(new.lease.epoch > old.lease.epoch)
        #expect(try await store.beat(old.lease, progress: 0.9, at: at(51)) == .lost(.leased))
        #expect(try await !store.finish(old.lease, .done(output: [1]), next: [draft("after")], at: at(51)))
        #expect(try await store.finish(new.lease, .done(output: [2]), at: at(52)))
        let done = try #require(try await store.task("x", of: "a"))
        #expect(done.output == [2] && done.worker == nil && done.attempts == 2)
        #expect(try await store.task("after", of: "a") == nil)
        #expect(
            try await store.beat(Lease(task: TaskID(rawValue: 99), epoch: 1), progress: nil, at: at(1)) == .lost(nil))
    }

    @Test("Whoever works on a cancelled task is told to stop; what waits never begins", arguments: QueueKind.all)
    func cancel(_ kind: QueueKind) async throws {
        let store = try kind.store()
        for name in ["x", "y"] { _ = try await store.enqueue(draft(name), at: at(0)) }
        let claimed = try #require(try await store.claim(["export"], by: "w", at: at(1)))
        #expect(try await store.cancel("x", of: "a", at: at(2))?.state == .cancelled)
        #expect(try await store.cancel("y", of: "a", at: at(2))?.state == .cancelled)
        #expect(try await store.cancel("x", of: "b", at: at(2)) == nil)
        #expect(try await store.beat(claimed.lease, progress: 1, at: at(3)) == .lost(.cancelled))
        #expect(try await !store.finish(claimed.lease, .done(output: []), at: at(3)))
        #expect(try await store.next() == nil)
        #expect(try await store.counts() == [.cancelled: 2])
        // What is over stays as it ended.
        #expect(try await store.cancel("x", of: "a", at: at(9))?.finishedAt == at(2))
    }

    @Test("What follows a task comes with its end; an end told twice brings it once", arguments: QueueKind.all)
    func next(_ kind: QueueKind) async throws {
        let store = try kind.store()
        _ = try await store.enqueue(draft("chunk"), at: at(0))
        let claimed = try #require(try await store.claim(["export"], by: "w", at: at(1)))
        let next = [draft("assembly"), draft("webhook", kind: "webhook")]
        #expect(try await store.finish(claimed.lease, .done(output: [1]), next: next, at: at(2)))
        #expect(try await store.finish(claimed.lease, .done(output: [2]), next: next, at: at(3)))
        #expect(try await store.counts() == [.done: 1, .ready: 2])
        #expect(try await store.task("chunk", of: "a")?.output == [1])
        #expect(try await store.next() == "assembly")
    }

    @Test("Mishaps are counted apart, tried again later, and end the task at last", arguments: QueueKind.all)
    func mishaps(_ kind: QueueKind) async throws {
        let store = try kind.store()
        _ = try await store.enqueue(draft("x"), at: at(0))
        let failure = TaskFailure(code: "disk", message: "voll \u{0} \"'")
        var now = 0.0
        var outcomes: [TaskOutcome] = [.error(failure, mayWork: true), .crash(failure), .givenBack(after: .seconds(1))]
        outcomes += [.error(failure, mayWork: true), .crash(failure), .error(failure, mayWork: true)]
        for (number, outcome) in outcomes.enumerated() {
            now = try #require(try await store.nextMoment(["export"])).seconds
            let claimed = try #require(try await store.claim(["export"], by: "w", at: at(now)))
            #expect(claimed.task.attempts == number + 1)
            #expect(try await store.finish(claimed.lease, outcome, at: at(now)))
        }
        let task = try #require(try await store.task("x", of: "a"))
        #expect(task.state == .failed && task.errors == 3 && task.crashes == 2 && task.failure == failure)
        #expect(task.finishedAt == at(now))
        #expect(try await store.nextMoment(["export"]) == nil)
    }

    @Test("It is known when something will happen next", arguments: QueueKind.all)
    func nextMoment(_ kind: QueueKind) async throws {
        var rules = QueueRules()
        rules.mostInFlight = 1
        let store = try kind.store(rules)
        #expect(try await store.nextMoment(["export"]) == nil)
        _ = try await store.enqueue(draft("later", runAt: 500), at: at(0))
        _ = try await store.enqueue(draft("kind", kind: "preview", runAt: 50), at: at(0))
        #expect(try await store.nextMoment(["export"]) == at(500))
        #expect(try await store.nextMoment(["export", "preview"]) == at(50))
        _ = try await store.enqueue(draft("soon", runAt: 10), at: at(0))
        #expect(try await store.nextMoment(["export"]) == at(10))
        // The account has its share: its next task waits for a finish or for the lease to run out.
        let claimed = try #require(try await store.claim(["export"], by: "w", at: at(10)))
        #expect(try await store.nextMoment(["export"]) == at(40))
        _ = try await store.finish(claimed.lease, .done(output: []), at: at(11))
        #expect(try await store.nextMoment(["export"]) == at(500))
    }

    @Test("What a clock that was ahead put off is due once the clock is right", arguments: QueueKind.all)
    func wrongClock(_ kind: QueueKind) async throws {
        let store = try kind.store()
        let day = 86_400.0
        _ = try await store.enqueue(draft("ahead", runAt: 3 * day), at: at(3 * day))
        #expect(try await store.next(10) == "ahead")
        // A moment that the queue itself may set is kept.
        _ = try await store.enqueue(draft("soon", runAt: 310), at: at(10))
        #expect(try await store.next(11) == nil)
        #expect(try await store.next(310) == "soon")
    }

    @Test("After a restart, what was under way is ready again and nobody is blamed", arguments: QueueKind.all)
    func restart(_ kind: QueueKind) async throws {
        var queue = try kind.open(QueueRules())
        for name in ["x", "y", "z"] { _ = try await queue.store.enqueue(draft(name), at: at(0)) }
        let claimed = try #require(try await queue.store.claim(["export"], by: "w", at: at(1)))
        let other = try #require(try await queue.store.claim(["export"], by: "w", at: at(1)))
        _ = try await queue.store.beat(claimed.lease, progress: 0.75, at: at(2))
        _ = try await queue.store.finish(other.lease, .done(output: [5]), at: at(2))
        try queue.restart()
        let store = queue.store
        #expect(try await store.interruptAll() == 1)
        let task = try #require(try await store.task("x", of: "a"))
        #expect(task.state == .ready && task.crashes == 0 && task.errors == 0 && task.progress == 0.75)
        #expect(try await store.task("y", of: "a")?.output == [5])
        #expect(try await !store.finish(claimed.lease, .done(output: []), at: at(4)))
        #expect(try await store.next() == "x")
        #expect(try await store.next() == "z")
    }

    @Test("Only what is over, old and of the kind is forgotten", arguments: QueueKind.all)
    func forget(_ kind: QueueKind) async throws {
        let store = try kind.store()
        for name in ["old", "new", "waits"] { _ = try await store.enqueue(draft(name), at: at(0)) }
        _ = try await store.enqueue(draft("kept", kind: "preview"), at: at(0))
        _ = try await store.cancel("kept", of: "a", at: at(1))
        _ = try await store.cancel("old", of: "a", at: at(1))
        _ = try await store.cancel("new", of: "a", at: at(10))
        #expect(try await store.forget(["export"], finishedBefore: at(10)) == 1)
        #expect(try await store.task("old", of: "a") == nil)
        for name in ["new", "waits", "kept"] { #expect(try await store.task(name, of: "a") != nil) }
        // The name is free again.
        guard case .added = try await store.enqueue(draft("old", hash: "other"), at: at(11)) else {
            Issue.record("not added")
            return
        }
    }

    @Test("Whoever waits hears of what comes, and of room", arguments: QueueKind.all)
    func hints(_ kind: QueueKind) async throws {
        let store = try kind.store()
        var hints = store.hints().makeAsyncIterator()
        _ = try await store.enqueue(draft("x"), at: at(0))
        #expect(await hints.next() != nil)
        let claimed = try #require(try await store.claim(["export"], by: "w", at: at(1)))
        _ = try await store.finish(claimed.lease, .done(output: []), at: at(2))
        #expect(await hints.next() != nil)
        _ = try await store.enqueue(draft("y"), at: at(3))
        _ = try await store.cancel("y", of: "a", at: at(4))
        #expect(await hints.next() != nil)
    }

    @Test("Many workers at once get every task once", arguments: QueueKind.all)
    func crowd(_ kind: QueueKind) async throws {
        var rules = QueueRules()
        rules.mostInFlight = 100
        let store = try kind.store(rules)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<120 {
                group.addTask { _ = try await store.enqueue(draft("\(number)", of: "a\(number % 7)"), at: at(0)) }
            }
            try await group.waitForAll()
        }
        let done = try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var names: [String] = []
                    while let claimed = try await store.claim(["export"], by: "w\(worker)", at: at(1)) {
                        guard try await store.finish(claimed.lease, .done(output: []), at: at(2)) else { continue }
                        names.append(claimed.task.name)
                    }
                    return names
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(done.count == 120 && Set(done).count == 120)
    }
}
