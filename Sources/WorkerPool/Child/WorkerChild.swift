// SPDX-License-Identifier: GPL-3.0-or-later
internal import CProcess
import Foundation
import Glibc
import Synchronization

/// The worker's side: what a process that was started by a `WorkerPool` does until it ends.
package enum WorkerChild {
    /// A task as the worker gets it.
    package struct Call: Sendable {
        package let lane: String
        package let request: [UInt8]
        package let descriptors: [Descriptor]
        /// Becomes true when nobody wants the task any more.
        package let stop: Stop
        /// A sign of life, with what there is to tell. May be called from any thread; waits while the pool is busy.
        package let progress: @Sendable ([UInt8]) -> Void
    }

    /// Whether a task is still wanted.
    package final class Stop: Sendable {
        private struct State {
            var isStopped = false
            var listeners: [@Sendable () -> Void] = []
        }

        private let state = Mutex(State())

        package var isStopped: Bool { state.withLock { $0.isStopped } }

        /// Calls `listener` once the task is no longer wanted; at once where that is so already.
        package func whenStopped(_ listener: @escaping @Sendable () -> Void) {
            let isStopped = state.withLock { state in
                if !state.isStopped { state.listeners.append(listener) }
                return state.isStopped
            }
            if isStopped { listener() }
        }

        func stop() {
            let listeners = state.withLock { state in
                state.isStopped = true
                defer { state.listeners = [] }
                return state.listeners
            }
            for listener in listeners { listener() }
        }
    }

    /// Why a task cannot be done, in a form that whoever wanted it knows.
    package struct Refusal: Error, Hashable, Sendable {
        package let bytes: [UInt8]
        package init(_ bytes: [UInt8]) { self.bytes = bytes }
    }

    /// Does tasks, one after the other, on the thread that calls it, until the pool is gone.
    ///
    /// - Parameters:
    ///   - confine: called once, with the lane's name, when the limits are set and before the first task: the place to give
    ///     up rights that the lane's tasks do not need.
    ///   - idle: called once when there has been nothing to do for a while: the place to let go of what is held open.
    ///   - work: does one task; throws `Refusal`, or ends the process.
    package static func serve(
        confine: (String) throws -> Void = { _ in }, idle: () -> Void = {},
        _ work: (Call) throws(Refusal) -> WorkerAnswer
    ) -> Never {
        let socket = WorkerSocket(descriptor: Descriptor(adopting: 3))
        var reader = WorkerFrameReader()
        guard let frame = first(socket, &reader), frame.kind == .setup,
            let setup = try? JSONDecoder().decode(WorkerSetup.self, from: Data(frame.body))
        else { leave("kinora worker: this command is for kinora itself", status: 64) }
        settle(setup)
        do { try confine(setup.lane) } catch { leave("the worker cannot be confined: \(error)", status: 70) }

        let inbox = Inbox()
        let post = Outbox(socket)
        listen(socket, reader, inbox)
        post.send(WorkerFrame(.ready))
        while true {
            var next = inbox.next(within: patience)
            if next == nil {
                idle()
                malloc_trim(0)
                next = inbox.next(within: nil)
            }
            guard let (frame, stop) = next else { continue }
            let call = Call(
                lane: setup.lane, request: frame.body, descriptors: frame.descriptors, stop: stop,
                progress: { post.send(WorkerFrame(.progress, task: frame.task, $0)) })
            do throws(Refusal) {
                let answer = try work(call)
                inbox.done(frame.task)
                malloc_trim(0)
                post.send(WorkerFrame(.answer, task: frame.task, answer.bytes, descriptors: answer.descriptors))
            } catch {
                inbox.done(frame.task)
                malloc_trim(0)
                post.send(WorkerFrame(.refusal, task: frame.task, error.bytes))
            }
        }
    }

    /// Seconds without a task after which a worker is idle.
    private static let patience = 8.0

    private static func first(_ socket: WorkerSocket, _ reader: inout WorkerFrameReader) -> WorkerFrame? {
        while true {
            if let frame = try? reader.next() { return frame }
            guard case .bytes(let bytes, let descriptors) = socket.receive() else { return nil }
            reader.take(bytes, descriptors)
        }
    }

    /// Ties the process to its pool and sets its limits. What cannot be set ends it: it must not run without.
    private static func settle(_ setup: WorkerSetup) {
        func must(_ what: String, _ result: Int32) {
            if result != 0 { leave("the worker could not \(what): \(String(cString: strerror(result)))", status: 70) }
        }
        must("tie itself to its parent", kinora_die_with_parent())
        // The parent may have gone before that.
        if getppid() != setup.parent { _exit(0) }
        must("give up gaining rights", kinora_no_new_privileges())
        let limits = setup.limits
        must("limit its core dumps", kinora_limit(Int32(kinora_limit_core), 0))
        must("limit its address space", kinora_limit(Int32(kinora_limit_memory), limits.addressBytes))
        must("limit its data", kinora_limit(Int32(kinora_limit_data), limits.dataBytes))
        must("limit its files", kinora_limit(Int32(kinora_limit_file), limits.fileBytes))
        must("limit its open files", kinora_limit(Int32(kinora_limit_files), limits.openFiles))
        if let seconds = limits.processorSeconds {
            must("limit its processor time", kinora_limit(Int32(kinora_limit_cpu), seconds))
        }
        if limits.niceness > 0 { must("let others go first", kinora_niceness(limits.niceness)) }
    }

    private static func listen(_ socket: WorkerSocket, _ started: WorkerFrameReader, _ inbox: Inbox) {
        let thread = Thread {
            kinora_name_thread("worker.listen")
            var reader = started
            while true {
                do {
                    while let frame = try reader.next() { inbox.take(frame) }
                } catch {
                    _exit(70)
                }
                guard case .bytes(let bytes, let descriptors) = socket.receive() else { _exit(0) }
                reader.take(bytes, descriptors)
            }
        }
        thread.stackSize = 256 << 10
        thread.start()
    }

    private static func leave(_ words: String, status: Int32) -> Never {
        let line = Array((words + "\n").utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
        _exit(status)
    }

    /// Tasks that have come. `@unchecked Sendable`: all is touched under the condition's lock only.
    private final class Inbox: @unchecked Sendable {
        private let change = NSCondition()
        private var waiting: [(WorkerFrame, Stop)] = []
        private var stops: [UInt64: Stop] = [:]

        func take(_ frame: WorkerFrame) {
            change.lock()
            defer { change.unlock() }
            switch frame.kind {
            case .task:
                let stop = Stop()
                stops[frame.task] = stop
                waiting.append((frame, stop))
                change.signal()
            case .cancel: stops[frame.task]?.stop()
            default: break
            }
        }

        /// The next task; nil where none came within so many seconds.
        func next(within seconds: Double?) -> (WorkerFrame, Stop)? {
            change.lock()
            defer { change.unlock() }
            let end = seconds.map { Date(timeIntervalSinceNow: $0) }
            while waiting.isEmpty {
                if let end {
                    if !change.wait(until: end) { break }
                } else {
                    change.wait()
                }
            }
            return waiting.isEmpty ? nil : waiting.removeFirst()
        }

        func done(_ task: UInt64) {
            change.lock()
            stops[task] = nil
            change.unlock()
        }
    }

    /// Sends whole frames, from any thread; a pool that is gone ends the process.
    private final class Outbox: Sendable {
        private let socket: Mutex<WorkerSocket>

        init(_ socket: WorkerSocket) { self.socket = Mutex(socket) }

        func send(_ frame: WorkerFrame) {
            let isSent = socket.withLock { $0.sendWhole(frame) }
            if !isSent { _exit(0) }
        }
    }
}
