// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Synchronization

/// What all connections of a server share.
final class ServerCore: SocketWatcher.Listener {
    struct Times: Sendable {
        let idle, headers, body: UInt64
    }

    let configuration: HTTPServerConfiguration
    let responder: HTTPResponder
    let times: Times
    let headLimits: RequestHead.Limits
    let watcher: SocketWatcher
    private let links = Mutex<[UInt64: Link]>([:])
    /// How many links there are, for a look without the lock.
    private let open = Atomic<Int>(0)
    private let linkNames = Atomic<UInt64>(0)
    private let requestNumbers = Atomic<UInt64>(0)
    private let requestPrefix: String
    /// Requests under way.
    private let active = Atomic<Int>(0)
    private let idleWaiters = Mutex<[CheckedContinuation<Void, Never>]>([])
    /// New requests are told that the server stops.
    private let draining = Atomic<Bool>(false)
    /// Nothing may be suspended any more.
    private let stopping = Atomic<Bool>(false)

    init(_ configuration: HTTPServerConfiguration, _ responder: @escaping HTTPResponder) throws(HTTPServerError) {
        self.configuration = configuration
        self.responder = responder
        times = Times(
            idle: configuration.idleTime.nanoseconds, headers: configuration.headerTime.nanoseconds,
            body: configuration.bodyTime.nanoseconds)
        headLimits = RequestHead.Limits(
            targetBytes: configuration.targetBytes, headerBytes: configuration.headerBytes,
            bodyBytes: configuration.bodyBytes)
        requestPrefix = String(UInt32.random(in: 60_466_176...UInt32.max), radix: 36).suffix(6) + "-"
        watcher = try SocketWatcher(
            tick: min(1_000_000_000, times.idle / 4, times.headers / 4, times.body / 4))
    }

    // MARK: Connections

    func opened(descriptor: Int32, remoteAddress: String) -> Link {
        let name = linkNames.add(1, ordering: .relaxed).newValue
        let link = Link(name: name, descriptor: descriptor, remoteAddress: remoteAddress, core: self)
        let isFirst = links.withLock { links in
            links[name] = link
            open.store(links.count, ordering: .relaxed)
            return links.count == 1
        }
        if isFirst { watcher.poke() }
        return link
    }

    func closed(_ link: Link) {
        links.withLock { links in
            links[link.name] = nil
            open.store(links.count, ordering: .relaxed)
        }
    }

    var connectionCount: Int { open.load(ordering: .relaxed) }

    func hungUp(name: UInt64) { links.withLock { $0[name] }?.hungUp() }

    func tick(now: UInt64) -> Bool {
        let all = links.withLock { Array($0.values) }
        for link in all { link.checkDeadline(now: now) }
        return !all.isEmpty
    }

    // MARK: Requests

    var activeRequests: Int { active.load(ordering: .relaxed) }
    var isDraining: Bool { draining.load(ordering: .relaxed) }
    var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }

    /// Counts a request in. What it must be refused with, if it must.
    func begin() -> HTTPFailure? {
        let count = active.add(1, ordering: .acquiringAndReleasing).newValue
        if isDraining { return .stopping }
        if count > configuration.requests { return .tooManyRequests }
        if connectionCount > configuration.connections { return .tooManyConnections }
        return nil
    }

    func end() {
        guard active.subtract(1, ordering: .acquiringAndReleasing).newValue == 0, isDraining else { return }
        let waiting = idleWaiters.withLock { waiters in
            defer { waiters = [] }
            return waiters
        }
        for waiter in waiting { waiter.resume() }
    }

    func requestID(from headers: HTTPHeaders) -> String {
        if let given = headers["X-Request-Id"], (1...64).contains(given.utf8.count),
            given.utf8.allSatisfy({ $0.isTokenByte && $0 < 0x7B || $0 == 0x5F })
        {
            return given
        }
        if let make = configuration.requestID { return make() }
        return requestPrefix + String(requestNumbers.add(1, ordering: .relaxed).newValue, radix: 36)
    }

    /// The prepared answer to what the server refuses.
    func refusal(_ failure: HTTPFailure, _ request: HTTPRequest?) -> PreparedResponse {
        PreparedResponse(configuration.refusal(failure, request), for: request, self)
    }

    /// The answer to what a handler threw.
    func response(to error: any Error, _ request: HTTPRequest) -> HTTPResponse {
        if let failure = error as? HTTPFailure { return configuration.refusal(failure, request) }
        configuration.handlerFailed?(error, request)
        return configuration.refusal(.handlerFailed, request)
    }

    // MARK: Stopping

    func drain() { draining.store(true, ordering: .sequentiallyConsistent) }

    /// Returns when no request is under way; at most the grace is waited for.
    func idle(within grace: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.untilIdle() }
            group.addTask { try? await Task.sleep(for: grace, clock: .continuous) }
            await group.next()
            group.cancelAll()
            releaseIdleWaiters()
        }
    }

    private func untilIdle() async {
        await withCheckedContinuation { continuation in
            let isIdle = idleWaiters.withLock { waiters in
                if active.load(ordering: .sequentiallyConsistent) == 0 || Task.isCancelled { return true }
                waiters.append(continuation)
                return false
            }
            if isIdle { continuation.resume() }
        }
    }

    private func releaseIdleWaiters() {
        let waiting = idleWaiters.withLock { waiters in
            defer { waiters = [] }
            return waiters
        }
        for waiter in waiting { waiter.resume() }
    }

    /// Breaks off what is under way; from here on nothing is suspended, so that the daemon can be stopped.
    func breakOff() {
        stopping.store(true, ordering: .sequentiallyConsistent)
        for link in links.withLock({ Array($0.values) }) { link.abandon() }
    }
}
