// SPDX-License-Identifier: GPL-3.0-or-later
internal import CProcess
import Foundation
import Glibc
import Synchronization

/// The pool's one thread: waits for workers, for what is asked, and for deadlines, and carries out what `PoolMachine`
/// decides. While nothing happens it sleeps.
///
/// Workers are started by this thread and die with it, so it lives as long as the pool.
final class PoolThread: Sendable {
    typealias Finish = @Sendable (Result<WorkerAnswer, WorkerFailure>) -> Void
    typealias Progress = @Sendable ([UInt8]) -> Void

    /// What other threads ask.
    enum Wish: Sendable {
        case submit(UInt64, WorkerTask, Progress, Finish)
        case cancel(UInt64)
        case warm(@Sendable () -> Void)
        case close(@Sendable () -> Void)
    }

    /// What others see.
    struct Sight: Sendable {
        var workers: [Int32] = []
        var busy = 0
        var waiting = 0
        var restarts = 0
    }

    private struct Wishes: Sendable {
        var list: [Wish] = []
        /// The thread has ended.
        var isOver = false
    }

    private let wishes = Mutex(Wishes())
    private let sight = Mutex(Sight())
    private let wake: Descriptor

    var seen: Sight { sight.withLock { $0 } }

    /// Nil, with `errno` set, where the system has no descriptors left.
    init?(_ lanes: [WorkerLane], _ program: WorkerProgram) {
        let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        let set = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0, set >= 0 else { return nil }
        wake = Descriptor(adopting: number)
        let events = Descriptor(adopting: set)
        _ = kinora_watch(set, EPOLL_CTL_ADD, number, kinora_event_readable, 0)
        let thread = Thread { [self] in
            kinora_name_thread("kinora.workers")
            Watch(self, lanes, program, events).run()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    func ask(_ wish: Wish) {
        let isOver = wishes.withLock { wishes in
            if !wishes.isOver { wishes.list.append(wish) }
            return wishes.isOver
        }
        if isOver { return Self.answerLate(wish) }
        var one: UInt64 = 1
        _ = write(wake.number, &one, 8)
    }

    /// Nothing is done any more.
    private static func answerLate(_ wish: Wish) {
        switch wish {
        case .submit(_, _, _, let finish): finish(.failure(.closed))
        case .cancel: break
        case .warm(let done), .close(let done): done()
        }
    }

    private func end() {
        let late = wishes.withLock { wishes in
            wishes.isOver = true
            defer { wishes.list = [] }
            return wishes.list
        }
        for wish in late { Self.answerLate(wish) }
    }

    private func takeWishes() -> [Wish] {
        var count: UInt64 = 0
        _ = read(wake.number, &count, 8)
        return wishes.withLock { wishes in
            defer { wishes.list = [] }
            return wishes.list
        }
    }

    /// What only the thread touches.
    private final class Watch {
        private struct Open {
            var task: WorkerTask
            let progress: Progress
            let finish: Finish
            /// What the worker answered, until the machine says that it counts.
            var answer: WorkerAnswer?
        }

        private let pool: PoolThread
        private let lanes: [String: WorkerLane]
        private let program: WorkerProgram
        private let events: Descriptor
        private var machine: PoolMachine
        private var workers: [UInt64: WorkerProcess] = [:]
        private var open: [UInt64: Open] = [:]
        private var warming: [@Sendable () -> Void] = []
        private var closing: [@Sendable () -> Void] = []
        private var restarts = 0

        /// How often workers at work are weighed.
        private static let weighing = Duration.milliseconds(250)
        private enum Source: UInt64 { case wake = 0, socket, words, ended }

        init(_ pool: PoolThread, _ lanes: [WorkerLane], _ program: WorkerProgram, _ events: Descriptor) {
            self.pool = pool
            self.lanes = Dictionary(lanes.map { ($0.name, $0) }) { first, _ in first }
            self.program = program
            self.events = events
            machine = PoolMachine(lanes)
        }

        func run() {
            carryOut(machine.open(at: .now))
            var ready = [epoll_event](repeating: epoll_event(), count: 64)
            var weighed = ContinuousClock.now
            while true {
                show()
                let count = epoll_wait(events.number, &ready, Int32(ready.count), patience())
                for event in ready.prefix(max(0, Int(count))) { handle(event) }
                let now = ContinuousClock.now
                if now - weighed >= Self.weighing {
                    weighed = now
                    weigh(at: now)
                }
                carryOut(machine.tick(at: now))
                if !closing.isEmpty, workers.isEmpty {
                    show()
                    pool.end()
                    for done in warming + closing { done() }
                    return
                }
            }
        }

        /// Milliseconds until something is due by itself; −1 for never.
        private func patience() -> Int32 {
            let now = ContinuousClock.now
            var moment = machine.nextMoment
            if !machine.busyWorkers.isEmpty { moment = min(moment ?? now + Self.weighing, now + Self.weighing) }
            guard let moment else { return -1 }
            let left = (moment - now) / .milliseconds(1)
            return Int32(clamping: max(0, Int(left.rounded(.up))))
        }

        private func show() {
            let seen = Sight(
                workers: workers.values.map(\.process).sorted(), busy: machine.busyWorkers.count,
                waiting: machine.waitingCount, restarts: restarts)
            pool.sight.withLock { $0 = seen }
            if !warming.isEmpty, workers.keys.allSatisfy({ machine.isReady($0) }) {
                for done in warming { done() }
                warming = []
            }
        }

        // MARK: What happens

        private func handle(_ event: epoll_event) {
            var event = event
            let key = kinora_event_key(&event)
            guard key > 0 else { return carryOutWishes() }
            guard let worker = workers[key >> 2] else { return }
            switch Source(rawValue: key & 3) {
            case .socket:
                if worker.hasUnsent { worker.flush() }
                guard let frames = worker.receive() else {
                    // It says no more: whatever it is still doing, it is of no use.
                    unwatch(worker.socket.descriptor)
                    worker.end()
                    return
                }
                for frame in frames { take(frame, from: worker) }
                if workers[worker.id] != nil { watchSocket(worker, isNew: false) }
            case .words:
                let words = worker.words
                worker.listen()
                if worker.words == nil, let words { unwatch(words) }
            case .ended: ended(worker)
            case .wake, nil: break
            }
        }

        private func carryOutWishes() {
            for wish in pool.takeWishes() {
                switch wish {
                case .submit(let number, let task, let progress, let finish):
                    open[number] = Open(task: task, progress: progress, finish: finish)
                    carryOut(machine.submit(number, task, at: .now))
                case .cancel(let number): carryOut(machine.cancel(number, at: .now))
                case .warm(let done): warming.append(done)
                case .close(let done):
                    closing.append(done)
                    carryOut(machine.close())
                }
            }
        }

        private func take(_ frame: WorkerFrame, from worker: WorkerProcess) {
            let now = ContinuousClock.now
            switch frame.kind {
            case .ready: carryOut(machine.ready(worker.id, at: now))
            case .progress:
                machine.alive(worker.id, task: frame.task, at: now)
                if let open = open[frame.task] { open.progress(frame.body) }
            case .answer, .refusal:
                let isAnswer = frame.kind == .answer
                if isAnswer { open[frame.task]?.answer = WorkerAnswer(frame.body, descriptors: frame.descriptors) }
                let bytes = ProcessMemory.ownBytes(of: worker.process) ?? 0
                carryOut(
                    machine.done(
                        worker.id, task: frame.task, refusal: isAnswer ? nil : frame.body, bytes: bytes, at: now))
            case .setup, .task, .cancel:
                // Only a broken worker sends these.
                worker.end()
            }
        }

        private func ended(_ worker: WorkerProcess) {
            guard let ending = worker.collect() else { return }
            // An answer that it gave before it ended counts.
            for frame in worker.receive() ?? [] { take(frame, from: worker) }
            worker.listen()
            for descriptor in [worker.socket.descriptor, worker.words, worker.ended] {
                if let descriptor { unwatch(descriptor) }
            }
            workers[worker.id] = nil
            carryOut(machine.exited(worker.id, ending, words: worker.lastWords, at: .now))
        }

        private func weigh(at now: ContinuousClock.Instant) {
            for id in machine.busyWorkers {
                guard let worker = workers[id], let bytes = ProcessMemory.ownBytes(of: worker.process) else { continue }
                carryOut(machine.weighed(id, bytes: bytes, at: now))
            }
        }

        // MARK: What is done

        private func carryOut(_ actions: [PoolMachine.Action]) {
            for action in actions {
                switch action {
                case .start(let id, let lane): start(id, lane)
                case .give(let task, let id): give(task, to: id)
                case .tellCancelled(let task, let id):
                    workers[id].map { send(WorkerFrame(.cancel, task: task), to: $0) }
                case .end(let id): workers[id]?.end()
                case .finish(let task, let failure):
                    guard let open = open.removeValue(forKey: task) else { continue }
                    if let failure {
                        open.finish(.failure(failure))
                    } else {
                        open.finish(.success(open.answer ?? WorkerAnswer([])))
                    }
                }
            }
        }

        private func start(_ id: UInt64, _ lane: String) {
            let worker: WorkerProcess
            do throws(WorkerProcess.CannotStart) {
                worker = try WorkerProcess(id, program)
            } catch {
                return carryOut(machine.couldNotStart(id, error.why, at: .now))
            }
            workers[id] = worker
            if id > lanes.values.reduce(0, { $0 + UInt64($1.workers) }) { restarts += 1 }
            watchSocket(worker, isNew: true)
            if let words = worker.words { watch(words, EPOLL_CTL_ADD, kinora_event_readable, id, .words) }
            watch(worker.ended, EPOLL_CTL_ADD, kinora_event_readable, id, .ended)
            let setup = WorkerSetup(lane: lane, limits: lanes[lane]?.limits ?? WorkerLimits(), parent: getpid())
            send(WorkerFrame(.setup, (try? JSONEncoder().encode(setup)).map { [UInt8]($0) } ?? []), to: worker)
        }

        private func give(_ number: UInt64, to id: UInt64) {
            guard let task = open[number]?.task, let worker = workers[id] else { return }
            send(
                WorkerFrame(.task, task: number, task.request, descriptors: task.descriptors), to: worker)
            // Kept for another try, else let go of: the bytes may be many.
            if task.tries == 1 { open[number]?.task.request = [] }
        }

        private func send(_ frame: WorkerFrame, to worker: WorkerProcess) {
            worker.send(frame)
            watchSocket(worker, isNew: false)
        }

        private func watchSocket(_ worker: WorkerProcess, isNew: Bool) {
            let events = kinora_event_readable | (worker.hasUnsent ? kinora_event_writable : 0)
            watch(worker.socket.descriptor, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, events, worker.id, .socket)
        }

        private func watch(_ descriptor: Descriptor, _ how: Int32, _ what: UInt32, _ id: UInt64, _ source: Source) {
            _ = kinora_watch(events.number, how, descriptor.number, what, id << 2 | source.rawValue)
        }

        private func unwatch(_ descriptor: Descriptor) {
            _ = kinora_watch(events.number, EPOLL_CTL_DEL, descriptor.number, 0, 0)
        }
    }
}
