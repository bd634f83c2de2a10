// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Foundation
import Synchronization

/// A thread that sees what libmicrohttpd does not: clients that hang up while their connection is suspended, deadlines that
/// pass, and connections that are read to their end after an answer that came early.
final class SocketWatcher: Sendable {
    /// What it reports to.
    protocol Listener: AnyObject, Sendable {
        func hungUp(name: UInt64)
        /// Looks at all deadlines; false when there is nothing to look at until `poke`.
        func tick(now: UInt64) -> Bool
    }

    private struct State: Sendable {
        var lingering: [UInt64: (descriptor: Int32, until: UInt64)] = [:]
        var nextName = lingeringMark
        var isStopping = false
        var ended: [CheckedContinuation<Void, Never>] = []
        var hasEnded = false
    }

    private static let lingeringMark: UInt64 = 1 << 63
    private static let lingeringTime: UInt64 = 5_000_000_000
    private let set: Int32
    private let bell: Int32
    private let tickMilliseconds: Int32
    private let state = Mutex(State())

    init(tick: UInt64) throws(HTTPServerError) {
        tickMilliseconds = Int32(clamping: max(10, tick / 1_000_000))
        set = epoll_create1(Int32(EPOLL_CLOEXEC))
        bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard set >= 0, bell >= 0 else { throw HTTPServerError(.start, "epoll", errno: errno) }
        _ = kinora_epoll_change(set, EPOLL_CTL_ADD, bell, kinora_epoll_in, 0)
    }

    deinit {
        close(set)
        close(bell)
    }

    func start(_ listener: any Listener) {
        let thread = Thread { self.run(listener) }
        thread.name = "http-watch"
        thread.stackSize = 256 << 10
        thread.start()
    }

    /// Ends the thread and closes what lingers.
    func stop() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                state.isStopping = true
                if !state.hasEnded { state.ended.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
            poke()
        }
    }

    /// Ends the thread without waiting for it.
    func stopSoon() {
        state.withLock { $0.isStopping = true }
        poke()
    }

    /// There are deadlines to look at again.
    func poke() { eventfd_write(bell, 1) }

    func watch(_ descriptor: Int32, name: UInt64) {
        _ = kinora_epoll_change(set, EPOLL_CTL_ADD, descriptor, kinora_epoll_hang_up, name)
    }

    func unwatch(_ descriptor: Int32) { _ = kinora_epoll_change(set, EPOLL_CTL_DEL, descriptor, 0, 0) }

    /// Reads the descriptor, whose sending side is shut, to its end or for a few seconds, and closes it.
    func linger(_ descriptor: Int32) {
        let name: UInt64? = state.withLock { state in
            guard !state.isStopping else { return nil }
            state.nextName += 1
            state.lingering[state.nextName] = (descriptor, monotonicNanoseconds() + Self.lingeringTime)
            return state.nextName
        }
        guard let name, kinora_epoll_change(set, EPOLL_CTL_ADD, descriptor, kinora_epoll_in, name) == 0 else {
            if let name { _ = state.withLock { $0.lingering.removeValue(forKey: name) } }
            close(descriptor)
            return
        }
        poke()
    }

    private func run(_ listener: any Listener) {
        var names = [UInt64](repeating: 0, count: 64)
        var waits: Int32 = -1
        var nextTick: UInt64 = 0
        while !state.withLock({ $0.isStopping }) {
            let found = kinora_epoll_wait(set, &names, 64, waits)
            for name in names.prefix(max(0, Int(found))) {
                if name == 0 {
                    var rings: eventfd_t = 0
                    eventfd_read(bell, &rings)
                } else if name > Self.lingeringMark {
                    drain(name)
                } else {
                    listener.hungUp(name: name)
                }
            }
            let now = monotonicNanoseconds()
            if waits >= 0, now < nextTick { continue }
            nextTick = now + UInt64(tickMilliseconds) * 1_000_000
            let isBusy = listener.tick(now: now)
            waits = closeLingering(before: now) || isBusy ? tickMilliseconds : -1
        }
        _ = closeLingering(before: .max)
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.ended = [] }
            return state.ended
        }
        for continuation in waiting { continuation.resume() }
    }

    private func drain(_ name: UInt64) {
        guard let entry = state.withLock({ $0.lingering[name] }) else { return }
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { room in
            for _ in 0..<16 {
                let count = recv(entry.descriptor, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
                if count > 0 { continue }
                if count < 0, errno == EAGAIN || errno == EINTR { return }
                _ = state.withLock { $0.lingering.removeValue(forKey: name) }
                close(entry.descriptor)
                return
            }
        }
    }

    /// Whether any are left.
    private func closeLingering(before now: UInt64) -> Bool {
        let (late, isLeft) = state.withLock { state in
            let late = state.lingering.filter { $0.value.until <= now }
            for name in late.keys { state.lingering.removeValue(forKey: name) }
            return (late.values.map(\.descriptor), !state.lingering.isEmpty)
        }
        for descriptor in late { close(descriptor) }
        return isLeft
    }
}
