// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import JobQueue

/// Random sequences of everything that may happen to a queue, workers that die and servers that restart among it.
@Suite("Any order of events")
struct InterleavingTests {
    private static let accounts = ["a", "b", "c", "d"]
    private static let kinds: Set<String> = ["export", "preview"]

    /// A worker's try as the worker sees it.
    private struct Try {
        let claimed: ClaimedTask
        let worker: String
    }

    /// What the outside world saw.
    private struct Witness {
        /// Ends as done that the queue took, by task.
        var done: [TaskID: Int] = [:]
        var cancelled: Set<TaskID> = []
        /// The highest progress that was seen.
        var progress: [TaskID: Double] = [:]
        var enqueued: Set<TaskID> = []
        /// The latest lease given out.
        var latest: [TaskID: Int64] = [:]
    }

    @Test(
        "No task is done twice, none is lost, no earlier epoch counts, and stores agree with the value that they keep",
        arguments: QueueKind.all, Array(UInt64(1)...12))
    func anyOrder(_ kind: QueueKind, _ seed: UInt64) async throws {
        var rules = QueueRules()
        rules.mostInFlight = 2
        var random = SeededGenerator(seed: seed)
        var queue = try kind.open(rules)
        var ledger = TaskLedger(rules)
        var witness = Witness()
        var tries: [Try] = []
        var now = at(1000)
        var names = 0
        for step in 0..<300 {
            now = now + .milliseconds(Int64.random(in: 0...9000, using: &random))
            let store = queue.store
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<25:
                names += Bool.random(using: &random) ? 1 : 0
                var draft = draft(
                    "t\(names)", of: Self.accounts.randomElement(using: &random) ?? "a",
                    kind: Bool.random(using: &random) ? "export" : "preview",
                    hash: Int.random(in: 0..<9, using: &random) == 0 ? "other" : "h",
                    priority: Int.random(in: 0...1, using: &random))
                draft.runAt = now + .seconds(Int64.random(in: -5...5, using: &random))
                let answer = try await store.enqueue(draft, at: now)
                #expect(answer == ledger.enqueue(draft, at: now), "step \(step)")
                if case .added(let task) = answer { witness.enqueued.insert(task.id) }
            case 25..<55:
                let worker = "w\(Int.random(in: 0..<4, using: &random))"
                let answer = try await store.claim(Self.kinds, by: worker, at: now)
                #expect(answer == ledger.claim(Self.kinds, by: worker, at: now), "step \(step)")
                if let answer {
                    let id = answer.task.id
                    #expect(answer.lease.epoch > witness.latest[id] ?? 0)
                    #expect(witness.done[id] == nil && !witness.cancelled.contains(id))
                    witness.latest[id] = answer.lease.epoch
                    tries.append(Try(claimed: answer, worker: worker))
                }
            case 55..<70:
                guard let work = tries.randomElement(using: &random) else { continue }
                let progress = Double.random(in: -0.1...1.1, using: &random)
                let answer = try await store.beat(work.claimed.lease, progress: progress, at: now)
                #expect(answer == ledger.beat(work.claimed.lease, progress: progress, at: now), "step \(step)")
                if case .held = answer { #expect(work.claimed.lease.epoch == witness.latest[work.claimed.task.id]) }
            case 70..<88:
                // Tries are not forgotten at their end: a worker that was slow tells of it again.
                guard let work = tries.randomElement(using: &random) else { continue }
                let id = work.claimed.task.id
                let failure = TaskFailure(code: "f", message: "m")
                let outcome: TaskOutcome =
                    switch Int.random(in: 0..<8, using: &random) {
                    case 0: .error(failure, mayWork: true)
                    case 1: .crash(failure)
                    case 2: .givenBack(after: .seconds(3))
                    case 3: .error(failure, mayWork: false)
                    default: .done(output: Array("\(work.claimed.lease.epoch)".utf8))
                    }
                let before = try #require(try await store.task(id))
                let answer = try await store.finish(work.claimed.lease, outcome, at: now)
                #expect(answer == ledger.finish(work.claimed.lease, outcome, next: [], at: now), "step \(step)")
                let after = try #require(try await store.task(id))
                if !answer { #expect(after == before) }
                if after.state == .done, before.state != .done {
                    #expect(work.claimed.lease.epoch == witness.latest[id])
                    #expect(after.output == Array("\(work.claimed.lease.epoch)".utf8))
                    witness.done[id, default: 0] += 1
                }
            case 88..<92:
                let name = "t\(Int.random(in: 0...max(1, names), using: &random))"
                let account = Self.accounts.randomElement(using: &random) ?? "a"
                let answer = try await store.cancel(name, of: account, at: now)
                #expect(answer == ledger.cancel(name, of: account, at: now), "step \(step)")
                if let answer, answer.state == .cancelled { witness.cancelled.insert(answer.id) }
            case 92..<97:
                #expect(try await store.reap(at: now) == ledger.reap(at: now), "step \(step)")
            default:
                try queue.restart()
                #expect(try await queue.store.interruptAll() == ledger.interruptAll(), "step \(step)")
            }
            #expect(
                try await queue.store.nextMoment(Self.kinds) == ledger.nextMoment(Self.kinds), "step \(step)")
            for (id, task) in ledger.tasks {
                #expect(task.progress >= witness.progress[id] ?? 0)
                witness.progress[id] = task.progress
            }
            for account in Self.accounts {
                let inFlight = ledger.tasks.values.count { $0.account == account && $0.state == .leased }
                #expect(inFlight <= rules.mostInFlight)
            }
        }
        try await drain(queue.store, &witness, from: now)
        for id in witness.enqueued {
            let task = try #require(try await queue.store.task(id))
            #expect(task.state.isOver, "lost: \(task)")
            #expect(witness.done[id] ?? 0 == (task.state == .done ? 1 : 0))
        }
    }

    /// Honest workers do all that is left.
    private func drain(_ store: any TaskStore, _ witness: inout Witness, from start: Moment) async throws {
        var now = start
        while let next = try await store.nextMoment(Self.kinds) {
            now = max(now, next) + .milliseconds(1)
            _ = try await store.reap(at: now)
            while let claimed = try await store.claim(Self.kinds, by: "last", at: now) {
                #expect(try await store.finish(claimed.lease, .done(output: []), at: now))
                witness.done[claimed.task.id, default: 0] += 1
            }
        }
    }

    @Test("Nobody who may be served waits for more than one turn of each other account", arguments: UInt64(1)...20)
    func nobodyStarves(_ seed: UInt64) throws {
        var rules = QueueRules()
        rules.mostInFlight = 3
        var random = SeededGenerator(seed: seed)
        var ledger = TaskLedger(rules)
        var held: [ClaimedTask] = []
        /// Claims by others since the account could have been served.
        var waited: [String: Int] = [:]
        for number in 0..<400 {
            // One account floods the queue, the others come now and then.
            let account =
                Int.random(in: 0..<10, using: &random) < 7 ? "a" : Self.accounts.randomElement(using: &random) ?? "a"
            _ = ledger.enqueue(draft("t\(number)", of: account), at: at(0))
            if Bool.random(using: &random), let index = held.indices.randomElement(using: &random) {
                _ = ledger.finish(held.remove(at: index).lease, .done(output: []), next: [], at: at(1))
            }
            let waiting = Set(ledger.tasks.values.filter { $0.state == .ready }.map(\.account)).filter { account in
                ledger.tasks.values.count { $0.state == .leased && $0.account == account } < rules.mostInFlight
            }
            guard let claimed = ledger.claim(["export"], by: "w", at: at(1)) else {
                #expect(waiting.isEmpty)
                continue
            }
            held.append(claimed)
            waited = waited.filter { waiting.contains($0.key) }
            for account in waiting where account != claimed.task.account { waited[account, default: 0] += 1 }
            waited[claimed.task.account] = nil
            #expect(waited.values.allSatisfy { $0 < Self.accounts.count })
        }
    }
}
