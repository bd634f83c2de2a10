// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

/// The access log: lines of JSON, written by one thread from a bounded queue.
///
/// Whoever appends never waits for the disk. When the writer falls behind, lines are dropped, and counted; the log itself says
/// how many, in a line `{"time":…,"dropped":n}` as soon as it can. The file is appended to and may be cut by others
/// (logrotate's `copytruncate`).
public final class AccessLog: Sendable {
    private struct State {
        var waiting: [HTTPAccess] = []
        var isStopping = false
        var hasEnded = false
        var ended: [CheckedContinuation<Void, Never>] = []
    }

    /// Lines wait this long for others to be written with.
    private static let gathering: Duration = .milliseconds(20)

    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private let capacity: Int
    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)
    private let stopBell = DispatchSemaphore(value: 0)
    private let lost = Atomic<Int>(0)

    /// Opens a file to append to, made if it is not there, for its owner to read.
    ///
    /// - Parameter capacity: lines that may wait.
    public convenience init(path: String, capacity: Int = 16384) throws(HTTPFile.Failure) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path: path, errno: errno) }
        self.init(descriptor: descriptor, owned: true, capacity: capacity)
    }

    /// Writes to a descriptor that stays its owner's: the standard output, a pipe.
    public convenience init(descriptor: Int32, capacity: Int = 16384) {
        self.init(descriptor: descriptor, owned: false, capacity: capacity)
    }

    private init(descriptor: Int32, owned: Bool, capacity: Int) {
        self.descriptor = descriptor
        ownsDescriptor = owned
        self.capacity = capacity
        let thread = Thread { self.run() }
        thread.name = "access-log"
        thread.stackSize = 256 << 10
        thread.start()
    }

    /// Lines that were dropped because too many waited or because they could not be written.
    public var dropped: Int { lost.load(ordering: .relaxed) }

    /// Takes one line. Never waits for the writing.
    public func append(_ access: HTTPAccess) {
        let (isFirst, isTaken) = state.withLock { state in
            guard !state.isStopping, state.waiting.count < capacity else { return (false, false) }
            state.waiting.append(access)
            return (state.waiting.count == 1, true)
        }
        if isFirst { bell.signal() }
        if !isTaken { lost.add(1, ordering: .relaxed) }
    }

    /// Writes what waits, and ends. Later lines are dropped.
    public func finish() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                state.isStopping = true
                if !state.hasEnded { state.ended.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { return continuation.resume() }
            stopBell.signal()
            bell.signal()
        }
    }

    private func run() {
        var told = 0
        var bytes: [UInt8] = []
        while true {
            bell.wait()
            // Many lines a write; the end does not wait for them.
            _ = stopBell.wait(timeout: .now() + .nanoseconds(Int(clamping: Self.gathering.nanoseconds)))
            let (lines, isLast) = state.withLock { state in
                defer { state.waiting = [] }
                return (state.waiting, state.isStopping)
            }
            for line in lines { AccessLine.write(line, to: &bytes) }
            let gone = dropped
            if gone > told {
                AccessLine.writeDropped(gone - told, at: wallSeconds(), to: &bytes)
                told = gone
            }
            if !write(bytes) {
                lost.add(lines.count, ordering: .relaxed)
            }
            bytes.removeAll(keepingCapacity: bytes.capacity < 1 << 20)
            if isLast { break }
        }
        if ownsDescriptor { close(descriptor) }
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.ended = [] }
            return state.ended
        }
        for continuation in waiting { continuation.resume() }
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { all in
            var done = 0
            while done < all.count {
                let count = Glibc.write(descriptor, all.baseAddress.map { $0 + done }, all.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }
}
