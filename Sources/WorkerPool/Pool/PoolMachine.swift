// SPDX-License-Identifier: GPL-3.0-or-later

/// Decides what a pool does: which worker gets which task, when one is ended, when a task is tried again. Pure: it is told
/// what happened and when, and answers with what is to be done.
///
/// ```
///   worker:  starting ──ready──► idle ──task──► busy ──answer──► idle
///               │                 │              │ death, deadline, silence, memory
///               └────── exited ───┴──────────────┘──► another one is started in its place
/// ```
struct PoolMachine {
    typealias Moment = ContinuousClock.Instant

    enum Action: Hashable {
        case start(worker: UInt64, lane: String)
        /// Hand the task to the worker.
        case give(task: UInt64, to: UInt64)
        case tellCancelled(task: UInt64, to: UInt64)
        case end(worker: UInt64)
        /// The task is over; nil: what the worker answered is the answer.
        case finish(task: UInt64, WorkerFailure?)
    }

    private enum State: Equatable {
        case starting(until: Moment)
        case idle
        case busy(task: UInt64, until: Moment)
        /// It was told to end, and its task, where it has one, is settled.
        case ending
    }

    private struct Worker {
        let lane: String
        var state: State
        /// Tasks it has done.
        var served = 0
        /// Why it is being ended, where that is more than its death tells.
        var cause: WorkerFailure?
    }

    private struct Entry {
        let lane: String
        let priority: Int
        let deadline: Duration
        let silence: Duration?
        var triesLeft: Int
        /// A worker died of it: only one that has done nothing yet will do.
        var wantsFresh = false
        var worker: UInt64?
        /// Running: when it is overdue.
        var overdue: Moment?
    }

    private struct Lane {
        let lane: WorkerLane
        var waiting: [UInt64] = []
        /// Starts in a row that came to nothing.
        var failedStarts = 0
        var startNotBefore: Moment?
    }

    /// How long a worker may take to be ready, and to stop when it is told to.
    static let startTime = Duration.seconds(20)
    static let stopTime = Duration.seconds(3)
    private static let mostFailedStarts = 4

    private var lanes: [String: Lane]
    private var workers: [UInt64: Worker] = [:]
    private var tasks: [UInt64: Entry] = [:]
    private var lastWorker: UInt64 = 0
    private var isClosed = false

    init(_ lanes: [WorkerLane]) {
        self.lanes = Dictionary(lanes.map { ($0.name, Lane(lane: $0)) }) { first, _ in first }
    }

    // MARK: What happens

    mutating func open(at now: Moment) -> [Action] { lanes.keys.sorted().flatMap { fill($0, at: now) } }

    mutating func submit(_ number: UInt64, _ task: WorkerTask, at now: Moment) -> [Action] {
        guard !isClosed, lanes[task.lane] != nil else { return [.finish(task: number, .closed)] }
        tasks[number] = Entry(
            lane: task.lane, priority: task.priority, deadline: task.deadline, silence: task.silence,
            triesLeft: task.tries)
        enqueue(number)
        return fill(task.lane, at: now) + handOut(task.lane, at: now)
    }

    mutating func cancel(_ number: UInt64, at now: Moment) -> [Action] {
        guard let entry = tasks.removeValue(forKey: number) else { return [] }
        guard let id = entry.worker, var worker = workers[id] else {
            lanes[entry.lane]?.waiting.removeAll { $0 == number }
            return [.finish(task: number, .cancelled)]
        }
        // Whoever asked is answered at once; the worker has a moment to put down what it holds.
        worker.state = .busy(task: number, until: now + Self.stopTime)
        workers[id] = worker
        return [.finish(task: number, .cancelled), .tellCancelled(task: number, to: id)]
    }

    mutating func ready(_ id: UInt64, at now: Moment) -> [Action] {
        guard var worker = workers[id], case .starting = worker.state else { return [] }
        // It was told to end before this came: it gets nothing more.
        worker.state = worker.cause == nil ? .idle : .ending
        workers[id] = worker
        lanes[worker.lane]?.failedStarts = 0
        return handOut(worker.lane, at: now)
    }

    mutating func alive(_ id: UInt64, task: UInt64, at now: Moment) {
        guard var worker = workers[id], case .busy(task, _) = worker.state, let entry = tasks[task] else { return }
        worker.state = .busy(task: task, until: due(entry, from: now))
        workers[id] = worker
    }

    /// The worker has done the task: answered, or refused for a reason of its own. `bytes` of memory it still holds.
    mutating func done(_ id: UInt64, task: UInt64, refusal: [UInt8]?, bytes: Int, at now: Moment) -> [Action] {
        guard var worker = workers[id], case .busy(task, _) = worker.state else { return [] }
        worker.served += 1
        var actions: [Action] = []
        if tasks.removeValue(forKey: task) != nil {
            actions.append(.finish(task: task, refusal.map(WorkerFailure.refused)))
        }
        let isBloated = bytes > lanes[worker.lane]?.lane.mostIdleBytes ?? .max
        // One that was told to end before its answer came is as good as gone: what it were given would die with it, blamed for
        // what came before.
        let wasTold = worker.cause != nil
        worker.state = isBloated || isClosed || wasTold ? .ending : .idle
        workers[id] = worker
        if worker.state == .ending, !wasTold { actions.append(.end(worker: id)) }
        return actions + handOut(worker.lane, at: now)
    }

    /// What a worker at work holds.
    mutating func weighed(_ id: UInt64, bytes: Int, at now: Moment) -> [Action] {
        guard var worker = workers[id], case .busy = worker.state, let lane = lanes[worker.lane]?.lane,
            bytes > lane.mostBytes
        else { return [] }
        worker.cause = .overgrown(bytes: bytes)
        return stop(id, &worker, at: now)
    }

    mutating func exited(_ id: UInt64, _ ending: WorkerFailure.Ending, words: String, at now: Moment) -> [Action] {
        guard let worker = workers.removeValue(forKey: id) else { return [] }
        var actions: [Action] = []
        switch worker.state {
        case .starting:
            actions = startFailed(worker.lane, worker.cause ?? .crashed(ending, words: words), at: now)
        case .busy(let task, _): actions = died(task, worker.cause ?? .crashed(ending, words: words))
        case .idle, .ending: break
        }
        return actions + fill(worker.lane, at: now) + handOut(worker.lane, at: now)
    }

    mutating func couldNotStart(_ id: UInt64, _ why: String, at now: Moment) -> [Action] {
        guard let worker = workers.removeValue(forKey: id) else { return [] }
        return startFailed(worker.lane, .cannotStart(why), at: now) + fill(worker.lane, at: now)
    }

    /// Time has passed.
    mutating func tick(at now: Moment) -> [Action] {
        var actions: [Action] = []
        for id in workers.keys.sorted() {
            guard var worker = workers[id] else { continue }
            switch worker.state {
            case .starting(let until) where until <= now:
                worker.cause = .cannotStart("it was not ready after \(Self.startTime)")
                actions += stop(id, &worker, at: now)
            case .busy(let task, let until) where until <= now:
                let entry = tasks[task]
                let isSilent = entry?.overdue.map { $0 > now } ?? false
                worker.cause = .overdue(after: (isSilent ? entry?.silence : entry?.deadline) ?? Self.stopTime)
                actions += stop(id, &worker, at: now)
            default: break
            }
        }
        return actions + lanes.keys.sorted().flatMap { fill($0, at: now) }
    }

    mutating func close() -> [Action] {
        guard !isClosed else { return [] }
        isClosed = true
        let open = tasks.keys.sorted()
        tasks = [:]
        for name in lanes.keys { lanes[name]?.waiting = [] }
        var actions = open.map { Action.finish(task: $0, .closed) }
        for id in workers.keys.sorted() where workers[id]?.state != .ending {
            workers[id]?.state = .ending
            actions.append(.end(worker: id))
        }
        return actions
    }

    // MARK: What is asked

    /// When `tick` is wanted next; nil while nothing is awaited.
    var nextMoment: Moment? {
        let ends = workers.values.compactMap { worker -> Moment? in
            switch worker.state {
            case .starting(let until), .busy(_, let until): until
            case .idle, .ending: nil
            }
        }
        let starts = isClosed ? [] : lanes.values.compactMap { missing($0) > 0 ? $0.startNotBefore : nil }
        return (ends + starts).min()
    }

    /// Workers that are at work.
    var busyWorkers: [UInt64] {
        workers.filter { if case .busy = $0.value.state { true } else { false } }.keys.sorted()
    }

    var workerCount: Int { workers.count }
    var waitingCount: Int { lanes.values.reduce(0) { $0 + $1.waiting.count } }
    func isReady(_ id: UInt64) -> Bool { workers[id].map { $0.state == .idle } ?? false }

    // MARK: How it is done

    private mutating func enqueue(_ number: UInt64) {
        guard let entry = tasks[number], var lane = lanes[entry.lane] else { return }
        // What is tried again goes first, then the more urgent, then what came first.
        func rank(_ entry: Entry) -> (Int, Int) { (entry.wantsFresh ? 1 : 0, entry.priority) }
        let place = lane.waiting.firstIndex { other in
            tasks[other].map { rank($0) < rank(entry) || (rank($0) == rank(entry) && other > number) } ?? false
        }
        lane.waiting.insert(number, at: place ?? lane.waiting.endIndex)
        lanes[entry.lane] = lane
    }

    private func due(_ entry: Entry, from now: Moment) -> Moment {
        let overdue = entry.overdue ?? now + entry.deadline
        return entry.silence.map { min(overdue, now + $0) } ?? overdue
    }

    /// Gives idle workers what waits.
    private mutating func handOut(_ name: String, at now: Moment) -> [Action] {
        guard !isClosed, var lane = lanes[name], !lane.waiting.isEmpty else { return [] }
        var actions: [Action] = []
        // Those that have done something first: a fresh one may be needed.
        let idle = workers.filter { $0.value.lane == name && $0.value.state == .idle }
            .sorted { ($1.value.served, $0.key) < ($0.value.served, $1.key) }
        for (id, worker) in idle {
            guard
                let place = lane.waiting.firstIndex(where: { number in
                    worker.served == 0 || tasks[number].map { !$0.wantsFresh } ?? false
                })
            else { continue }
            let number = lane.waiting.remove(at: place)
            guard var entry = tasks[number] else { continue }
            entry.worker = id
            entry.triesLeft -= 1
            entry.overdue = now + entry.deadline
            tasks[number] = entry
            let until = due(entry, from: now)
            workers[id]?.state = .busy(task: number, until: until)
            actions.append(.give(task: number, to: id))
        }
        // Only a fresh worker will do, and all idle ones have worked before: one of them makes room.
        if let first = lane.waiting.first, tasks[first]?.wantsFresh == true, missing(lane) <= 0,
            !workers.values.contains(where: { $0.lane == name && ($0.served == 0 || $0.state == .ending) }),
            let old = workers.first(where: { $0.value.lane == name && $0.value.state == .idle })?.key
        {
            workers[old]?.state = .ending
            actions.append(.end(worker: old))
        }
        lanes[name] = lane
        return actions
    }

    private func missing(_ lane: Lane) -> Int {
        lane.lane.workers - workers.values.count { $0.lane == lane.lane.name }
    }

    /// Starts what is missing of a lane's workers.
    private mutating func fill(_ name: String, at now: Moment) -> [Action] {
        guard !isClosed, var lane = lanes[name] else { return [] }
        if let moment = lane.startNotBefore {
            if moment > now { return [] }
            lane.startNotBefore = nil
            lanes[name] = lane
        }
        var actions: [Action] = []
        while missing(lane) > 0 {
            lastWorker += 1
            workers[lastWorker] = Worker(lane: name, state: .starting(until: now + Self.startTime))
            actions.append(.start(worker: lastWorker, lane: name))
        }
        return actions
    }

    private mutating func startFailed(_ name: String, _ cause: WorkerFailure, at now: Moment) -> [Action] {
        guard var lane = lanes[name] else { return [] }
        lane.failedStarts += 1
        // Again at once, then after a tenth of a second, four tenths, … half a minute at most.
        let delay = Duration.milliseconds(min(30_000, 100 << (2 * min(6, max(0, lane.failedStarts - 2)))))
        if lane.failedStarts > 1 { lane.startNotBefore = now + delay }
        var actions: [Action] = []
        if lane.failedStarts >= Self.mostFailedStarts {
            let why = if case .cannotStart(let words) = cause { words } else { cause.description }
            for number in lane.waiting {
                tasks[number] = nil
                actions.append(.finish(task: number, .cannotStart(why)))
            }
            lane.waiting = []
        }
        lanes[name] = lane
        return actions
    }

    /// A worker died with a task in hand.
    private mutating func died(_ number: UInt64, _ cause: WorkerFailure) -> [Action] {
        guard var entry = tasks[number] else { return [] }
        guard entry.triesLeft > 0, !isClosed else {
            tasks[number] = nil
            return [.finish(task: number, cause)]
        }
        entry.worker = nil
        entry.overdue = nil
        entry.wantsFresh = true
        tasks[number] = entry
        enqueue(number)
        return []
    }

    /// Ends a worker; what it was doing is settled when it has exited.
    private mutating func stop(_ id: UInt64, _ worker: inout Worker, at now: Moment) -> [Action] {
        // Asked again only where the system takes very long to end it.
        let later = now + .seconds(60)
        switch worker.state {
        case .starting: worker.state = .starting(until: later)
        case .busy(let task, _): worker.state = .busy(task: task, until: later)
        case .idle, .ending: worker.state = .ending
        }
        workers[id] = worker
        return [.end(worker: id)]
    }
}
