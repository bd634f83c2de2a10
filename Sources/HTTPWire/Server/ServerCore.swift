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
    let fixedResponses = FixedResponses()
    private struct Links {
        var byName: [UInt64: Link] = [:]
        /// How many a bounded address has.
        var perAddress: [ClientAddress.Group: Int] = [:]
    }

    private let links = Mutex(Links())
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
        configuration.metrics?.follow(self)
    }

    // MARK: Connections

    /// Whether another connection of that address is listened to at all. Some more than allowed are, so that they can be told.
    func admits(_ address: ClientAddress) -> Bool {
        guard isBounded(address) else { return true }
        return links.withLock { $0.perAddress[address.group, default: 0] } < configuration.connectionsPerAddress + 16
    }

    private func isBounded(_ address: ClientAddress) -> Bool {
        !configuration.unboundedAddresses.contains(address.text) && !configuration.trustedProxies.contains(address.text)
    }

    func opened(descriptor: Int32, address: ClientAddress) -> Link {
        let name = linkNames.add(1, ordering: .relaxed).newValue
        let isBounded = isBounded(address)
        let (link, isFirst) = links.withLock { links in
            var count = 0
            if isBounded {
                count = links.perAddress[address.group, default: 0] + 1
                links.perAddress[address.group] = count
            }
            let link = Link(
                name: name, descriptor: descriptor, address: address,
                isOverBound: count > configuration.connectionsPerAddress, core: self)
            links.byName[name] = link
            open.store(links.byName.count, ordering: .relaxed)
            return (link, links.byName.count == 1)
        }
        if isFirst { watcher.poke() }
        return link
    }

    func closed(_ link: Link) {
        let isBounded = isBounded(link.address)
        links.withLock { links in
            links.byName[link.name] = nil
            open.store(links.byName.count, ordering: .relaxed)
            guard isBounded, let count = links.perAddress[link.address.group] else { return }
            links.perAddress[link.address.group] = count > 1 ? count - 1 : nil
        }
    }

    var connectionCount: Int { open.load(ordering: .relaxed) }

    func hungUp(name: UInt64) { links.withLock { $0.byName[name] }?.hungUp() }

    func tick(now: UInt64) -> Bool {
        let all = links.withLock { Array($0.byName.values) }
        for link in all { link.checkDeadline(now: now) }
        return !all.isEmpty
    }

    // MARK: Requests

    var activeRequests: Int { active.load(ordering: .relaxed) }
    var isDraining: Bool { draining.load(ordering: .relaxed) }
    var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }

    /// Counts a request in. What it must be refused with, if it must.
    func begin(_ link: Link) -> HTTPFailure? {
        let count = active.add(1, ordering: .acquiringAndReleasing).newValue
        if isDraining { return .stopping }
        if link.isOverBound { return .tooManyFromAddress }
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

    /// Who asks and how, behind a trusted proxy as that says: of the addresses in `X-Forwarded-For` the last that is no
    /// proxy's, since what stands before it the client may have made up.
    func client(of link: Link, _ headers: HTTPHeaders) -> (address: String, isSecure: Bool) {
        let isSecure = configuration.tls != nil
        guard configuration.trustedProxies.contains(link.remoteAddress) else { return (link.remoteAddress, isSecure) }
        let proto = headers.list("X-Forwarded-Proto").last
        let client = headers.list("X-Forwarded-For").last { !configuration.trustedProxies.contains(String($0)) }
        return (
            client.flatMap { ClientAddress(number: String($0))?.text } ?? link.remoteAddress,
            proto.map { $0.isSameToken("https") } ?? isSecure
        )
    }

    /// What a proxy or a program of this machine calls the request, if that can stand in a log and a header; or a new name.
    func requestID(from headers: HTTPHeaders, of link: Link) -> String {
        if link.address.isLocal || configuration.trustedProxies.contains(link.remoteAddress),
            let given = headers["X-Request-Id"], (1...64).contains(given.utf8.count),
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
        for link in links.withLock({ Array($0.byName.values) }) { link.abandon() }
    }
}
