// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import WorkerPool

/// Histories of the pool's machine under a virtual clock: workers that do not start, crash, hang, grow, tell late; tasks that are
/// taken back. `scripts/histories.sh` plays many.
@Suite("Histories of workers")
struct PoolHistories {
    static let count = ProcessInfo.processInfo.environment["KINORA_HISTORIES"].flatMap { Int($0) } ?? 2000

    @Test("In every history each task is answered once, by one worker at a time, and no worker is left behind")
    func all() {
        var steps = 0
        for seed in 0..<Self.count {
            var history = PoolHistory(seed: UInt64(seed))
            if let fault = history.play() {
                Issue.record("history \(seed), step \(history.steps): \(fault)")
                return
            }
            steps += history.steps
        }
        print("histories of workers: \(Self.count), \(steps) steps")
    }
}

/// One history.
struct PoolHistory {
    private static let start = ContinuousClock.now

    /// splitmix64.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private var random: Generator
    private var machine: PoolMachine
    private var now = Self.start
    private let workers: Int
    /// Processes that there are, as the outside knows them: asked to end or not.
    private var processes: [UInt64: Bool] = [:]
    private var ready: Set<UInt64> = []
    /// What each worker was given and has not answered.
    private var given: [UInt64: UInt64] = [:]
    private var open: Set<UInt64> = []
    private var answered: Set<UInt64> = []
    private var tries: [UInt64: Int] = [:]
    private var most: [UInt64: Int] = [:]
    private var lastTask: UInt64 = 0
    private var isClosed = false
    private(set) var steps = 0

    init(seed: UInt64) {
        random = Generator(state: seed)
        workers = Int.random(in: 1...3, using: &random)
        machine = PoolMachine([WorkerLane("a", workers: workers, mostBytes: 1000, mostIdleBytes: 500)])
    }

    /// What went wrong, nil where nothing did.
    mutating func play() -> String? {
        if let fault = follow(machine.open(at: now)) { return fault }
        let length = Int.random(in: 10...80, using: &random)
        while steps < length {
            steps += 1
            now += .milliseconds(Int64.random(in: 0...3000, using: &random))
            if let fault = step() ?? standing() { return fault }
        }
        return drain()
    }

    private mutating func step() -> String? {
        let worker = processes.keys.sorted().randomElement(using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<22: return follow(submit())
        case 22..<26:
            guard let task = open.sorted().randomElement(using: &random) else { return nil }
            return follow(machine.cancel(task, at: now))
        case 26..<50:
            guard let worker, !ready.contains(worker), processes[worker] == false else { return nil }
            ready.insert(worker)
            return follow(machine.ready(worker, at: now))
        case 50..<72:
            guard let worker, let task = given.removeValue(forKey: worker) else { return nil }
            let refusal: [UInt8]? = Int.random(in: 0..<4, using: &random) == 0 ? [1] : nil
            let bytes = Int.random(in: 0...600, using: &random)
            return follow(machine.done(worker, task: task, refusal: refusal, bytes: bytes, at: now))
        case 72..<76:
            guard let worker, let task = given[worker] else { return nil }
            machine.alive(worker, task: task, at: now)
            return nil
        case 76..<80:
            guard let worker else { return nil }
            return follow(machine.weighed(worker, bytes: Int.random(in: 0...2000, using: &random), at: now))
        case 80..<90: return exit(worker)
        case 90..<93:
            guard let worker, !ready.contains(worker) else { return nil }
            processes[worker] = nil
            return follow(machine.couldNotStart(worker, "no", at: now))
        case 93..<99:
            if let next = machine.nextMoment, Bool.random(using: &random) { now = max(now, next) }
            return follow(machine.tick(at: now))
        default:
            guard Int.random(in: 0..<20, using: &random) == 0 else { return nil }
            isClosed = true
            return follow(machine.close())
        }
    }

    private mutating func submit() -> [PoolMachine.Action] {
        lastTask += 1
        open.insert(lastTask)
        let tries = Int.random(in: 1...3, using: &random)
        most[lastTask] = tries
        let silence: Duration? = Bool.random(using: &random) ? .seconds(Int64.random(in: 1...5, using: &random)) : nil
        return machine.submit(
            lastTask,
            WorkerTask(
                lane: "a", request: [], priority: Int.random(in: 0...2, using: &random),
                deadline: .seconds(Int64.random(in: 1...20, using: &random)), silence: silence, tries: tries), at: now)
    }

    private mutating func exit(_ worker: UInt64?) -> String? {
        guard let worker else { return nil }
        processes[worker] = nil
        ready.remove(worker)
        given[worker] = nil
        return follow(machine.exited(worker, .signal(9), words: "", at: now))
    }

    /// Does as the machine says, and checks what it says.
    private mutating func follow(_ actions: [PoolMachine.Action]) -> String? {
        for action in actions {
            switch action {
            case .start(let worker, _):
                if isClosed { return "worker \(worker) is started when all is closed" }
                if processes[worker] != nil { return "worker \(worker) is started twice" }
                processes[worker] = false
            case .give(let task, let worker):
                if processes[worker] != false || !ready.contains(worker) { return "\(task) goes to no worker" }
                if given[worker] != nil { return "worker \(worker) has two tasks" }
                if given.values.contains(task) { return "two workers have task \(task)" }
                if !open.contains(task) { return "task \(task) is given and not open" }
                given[worker] = task
                tries[task, default: 0] += 1
                if tries[task, default: 0] > most[task] ?? 0 { return "task \(task) is tried too often" }
            case .tellCancelled(let task, let worker):
                if given[worker] != task { return "worker \(worker) is told of a task that it has not" }
            case .end(let worker):
                if processes[worker] == nil { return "worker \(worker) is ended and is not there" }
                processes[worker] = true
            case .finish(let task, _):
                if !open.contains(task) || answered.contains(task) { return "task \(task) is answered twice" }
                open.remove(task)
                answered.insert(task)
            }
        }
        return nil
    }

    private func standing() -> String? {
        processes.count > workers ? "\(processes.count) workers where \(workers) are wanted" : nil
    }

    /// Honest workers, and time that passes: everything is answered.
    private mutating func drain() -> String? {
        for _ in 0..<2000 {
            for (worker, isEnding) in processes.sorted(by: { $0.key < $1.key }) {
                if isEnding {
                    if let fault = exit(worker) { return fault }
                } else if !ready.contains(worker) {
                    ready.insert(worker)
                    if let fault = follow(machine.ready(worker, at: now)) { return fault }
                } else if let task = given.removeValue(forKey: worker) {
                    let actions = machine.done(worker, task: task, refusal: nil, bytes: 0, at: now)
                    if let fault = follow(actions) { return fault }
                }
                if let fault = standing() { return fault }
            }
            if open.isEmpty { return machine.waitingCount == 0 ? nil : "something waits that nobody wants" }
            now += .milliseconds(500)
            if let fault = follow(machine.tick(at: now)) { return fault }
        }
        return "tasks \(open.sorted()) are never answered"
    }
}
