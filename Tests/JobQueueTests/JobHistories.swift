// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import JobQueue

/// Histories of the queue's machine under a virtual clock: workers that die, fall silent, come late and tell twice, a clock that
/// jumps, a server that is killed between any two steps. `scripts/histories.sh` plays a million.
@Suite("Histories of jobs")
struct JobHistories {
    /// `KINORA_HISTORIES` of them; a few where nothing is said.
    static let count = ProcessInfo.processInfo.environment["KINORA_HISTORIES"].flatMap { Int($0) } ?? 2000

    @Test("In no history is a task lost, done twice, done by an earlier epoch, or begun again when it is over")
    func all() {
        var steps = 0
        for seed in 0..<Self.count {
            var history = JobHistory(seed: UInt64(seed))
            if let fault = history.play() {
                Issue.record("history \(seed), step \(history.steps): \(fault)")
                return
            }
            steps += history.steps
        }
        print("histories of jobs: \(Self.count), \(steps) steps")
    }

    @Test("A machine that lets an earlier epoch end a task is found out")
    func mutant() {
        let found = (0..<500).contains { seed in
            var history = JobHistory(seed: UInt64(seed))
            history.forgetsEpochs = true
            return history.play() != nil
        }
        #expect(found)
    }
}

/// One history.
struct JobHistory {
    private static let accounts = ["a", "b", "c"]
    private static let kinds: Set<String> = ["export", "preview"]

    private var random: SeededGenerator
    private var rules = QueueRules()
    private var ledger: TaskLedger
    private var now = Moment(milliseconds: 1_000_000)
    private var names = 0
    private var tries: [Lease] = []
    private var done: [TaskID: Int64] = [:]
    private var over: Set<TaskID> = []
    private var latest: [TaskID: Int64] = [:]
    private var progress: [TaskID: Double] = [:]
    private(set) var steps = 0
    /// A defect put in on purpose: leases are brought up to date before they are used.
    var forgetsEpochs = false

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        rules.mostInFlight = Int.random(in: 1...3, using: &random)
        rules.lease = .seconds(Int64.random(in: 1...60, using: &random))
        ledger = TaskLedger(rules)
    }

    /// What went wrong, nil where nothing did.
    mutating func play() -> String? {
        let length = Int.random(in: 10...60, using: &random)
        while steps < length {
            steps += 1
            pass()
            if let fault = step() ?? standing() { return fault }
        }
        return drain()
    }

    /// Time passes; now and then the clock of the machine jumps, back too.
    private mutating func pass() {
        let jump: Range<Int64> =
            switch Int.random(in: 0..<40, using: &random) {
            case 0: -86_400_000..<0
            case 1: 0..<86_400_000
            default: 0..<9000
            }
        now = Moment(milliseconds: max(0, now.milliseconds + Int64.random(in: jump, using: &random)))
    }

    private mutating func step() -> String? {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<25: enqueue()
        case 25..<50: claim()
        case 50..<65: beat()
        case 65..<88: finish()
        case 88..<92: cancel()
        case 92..<97: reap()
        default: restart()
        }
    }

    private mutating func enqueue() -> String? {
        if Bool.random(using: &random) { names += 1 }
        var draft = TaskDraft(
            account: Self.accounts.randomElement(using: &random) ?? "a", name: "t\(names)",
            requestHash: Int.random(in: 0..<9, using: &random) == 0 ? "other" : "h",
            kind: Bool.random(using: &random) ? "export" : "preview", priority: Int.random(in: 0...1, using: &random))
        draft.runAt = now + .seconds(Int64.random(in: -5...5, using: &random))
        let before = ledger.task(draft.name, of: draft.account)
        switch ledger.enqueue(draft, at: now) {
        case .added: return before == nil ? nil : "a second task of one name"
        case .known(let task): return task == before ? nil : "a known task changed"
        case .conflict: return before?.draft.requestHash == draft.requestHash ? "a conflict with itself" : nil
        }
    }

    private mutating func claim() -> String? {
        guard let claimed = ledger.claim(Self.kinds, by: "w", at: now) else { return nil }
        let id = claimed.task.id
        if over.contains(id) { return "\(id) was begun again when it was over" }
        if claimed.lease.epoch <= latest[id] ?? 0 { return "\(id) has an epoch twice" }
        latest[id] = claimed.lease.epoch
        tries.append(claimed.lease)
        return nil
    }

    private mutating func beat() -> String? {
        guard let lease = tries.randomElement(using: &random) else { return nil }
        let answer = ledger.beat(lease, progress: Double.random(in: -0.1...1.1, using: &random), at: now)
        guard case .held = answer else { return nil }
        return lease.epoch == latest[lease.task] ? nil : "\(lease.task) is held by an earlier epoch"
    }

    /// Tries are not forgotten at their end: a worker that was slow tells of it again.
    private mutating func finish() -> String? {
        guard var lease = tries.randomElement(using: &random), let before = ledger.tasks[lease.task] else { return nil }
        let own = lease.epoch
        if forgetsEpochs { lease = Lease(task: lease.task, epoch: before.epoch) }
        let failure = TaskFailure(code: "f", message: "m")
        let outcome: TaskOutcome =
            switch Int.random(in: 0..<8, using: &random) {
            case 0: .error(failure, mayWork: true)
            case 1: .crash(failure)
            case 2: .givenBack(after: .seconds(3))
            case 3: .error(failure, mayWork: false)
            default: .done(output: [])
            }
        let isTaken = ledger.finish(lease, outcome, next: [], at: now)
        guard let after = ledger.tasks[lease.task] else { return "\(lease.task) is gone" }
        if !isTaken { return after == before ? nil : "an end that was refused changed \(lease.task)" }
        if before.state.isOver { return after == before ? nil : "\(lease.task) changed when it was over" }
        if own != latest[lease.task] { return "an earlier epoch ended \(lease.task)" }
        if after.state == .done {
            if done[lease.task] != nil { return "\(lease.task) was done twice" }
            done[lease.task] = own
        }
        return nil
    }

    private mutating func cancel() -> String? {
        let name = "t\(Int.random(in: 0...max(1, names), using: &random))"
        let account = Self.accounts.randomElement(using: &random) ?? "a"
        let before = ledger.task(name, of: account)
        let after = ledger.cancel(name, of: account, at: now)
        if let before, before.state.isOver { return after == before ? nil : "\(before.id) was cancelled when over" }
        return before == nil || after?.state == .cancelled ? nil : "\(name) was not cancelled"
    }

    private mutating func reap() -> String? {
        let late = Set(ledger.tasks.values.filter { $0.leaseUntil.map { $0 < now } ?? false }.map(\.id))
        return Set(ledger.reap(at: now).map(\.id)) == late ? nil : "others were taken than those whose lease ran out"
    }

    /// SIGKILL and a start: what was leased is nobody's fault.
    private mutating func restart() -> String? {
        let before = ledger.tasks.mapValues(\.crashes)
        _ = ledger.interruptAll()
        return ledger.tasks.allSatisfy { $0.value.state != .leased && $0.value.crashes == before[$0.key] }
            ? nil : "a start left a task with a worker that is gone, or blamed one"
    }

    /// What holds after every step.
    private mutating func standing() -> String? {
        for (id, task) in ledger.tasks {
            if task.progress < progress[id] ?? 0 { return "\(id) went back" }
            progress[id] = task.progress
            if over.contains(id), !task.state.isOver { return "\(id) was over and is not" }
            if task.state.isOver { over.insert(id) }
            if (task.state == .done) != (done[id] != nil) { return "\(id) is \(task.state) and was told otherwise" }
            if (task.state == .leased) != (task.leaseUntil != nil) { return "\(id) is \(task.state) with a lease" }
            if task.crashes > task.draft.mostCrashes || task.errors > task.draft.mostErrors {
                return "\(id) was tried too often"
            }
        }
        for account in Self.accounts {
            let held = ledger.tasks.values.count { $0.account == account && $0.state == .leased }
            if held > rules.mostInFlight { return "\(account) has \(held) at once" }
        }
        return nil
    }

    /// Honest workers do all that is left, and do get to it.
    private mutating func drain() -> String? {
        var rounds = 0
        while let next = ledger.nextMoment(Self.kinds) {
            rounds += 1
            if rounds > 200 { return "it does not come to an end" }
            // Leases of a clock that was ahead end with the server.
            if rounds == 100 { _ = ledger.interruptAll() }
            now = min(max(now, next), now + .seconds(30)) + .milliseconds(1)
            _ = ledger.reap(at: now)
            while let claimed = ledger.claim(Self.kinds, by: "last", at: now) {
                if !ledger.finish(claimed.lease, .done(output: []), next: [], at: now) {
                    return "an honest end is refused"
                }
                done[claimed.task.id] = claimed.lease.epoch
            }
        }
        return ledger.tasks.values.first { !$0.state.isOver }.map { "\($0.id) is left over" }
    }
}
