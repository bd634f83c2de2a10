// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Glibc
import Synchronization

/// One connection of a client: what it is waiting for, until when, and the request that is under way on it.
///
/// Its descriptor belongs to libmicrohttpd and is valid until `close` is called; everything that touches it holds the lock.
final class Link: Sendable {
    /// What the server waits for from the client.
    enum Awaited: Sendable {
        case nothing
        case request
        case headers
        case body
    }

    private struct State: Sendable {
        var awaited = Awaited.request
        var deadline: UInt64
        var expired: Awaited?
        var isWatched = false
        var isClosed = false
        var lingers = false
        var exchange: Exchange?
    }

    /// Never 0.
    let name: UInt64
    let address: ClientAddress
    /// The address has more connections than it may.
    let isOverBound: Bool
    private let descriptor: Int32
    private let core: ServerCore
    private let state: Mutex<State>

    init(name: UInt64, descriptor: Int32, address: ClientAddress, isOverBound: Bool, core: ServerCore) {
        self.name = name
        self.descriptor = descriptor
        self.address = address
        self.isOverBound = isOverBound
        self.core = core
        state = Mutex(State(deadline: monotonicNanoseconds() + core.times.idle))
    }

    var remoteAddress: String { address.text }

    /// The deadline that passed, if one did.
    var expired: Awaited? { state.withLock { $0.expired } }

    /// Waits for something else from now on. False if the time for what was awaited has run out: nothing may follow.
    @discardableResult
    func expect(_ awaited: Awaited, for exchange: Exchange? = nil) -> Bool {
        let deadline =
            switch awaited {
            case .nothing: UInt64.max
            case .request: monotonicNanoseconds() + core.times.idle
            case .headers: monotonicNanoseconds() + core.times.headers
            case .body: monotonicNanoseconds() + core.times.body
            }
        return state.withLock { state in
            guard state.expired == nil else { return false }
            state.awaited = awaited
            state.deadline = deadline
            if let exchange { state.exchange = exchange }
            if awaited == .request { state.exchange = nil }
            return true
        }
    }

    /// Looks at the time: a client that is late is told so where that is still possible, and cut off.
    func checkDeadline(now: UInt64) {
        let late: (Awaited, Exchange?)? = state.withLock { state in
            guard state.deadline <= now, !state.isClosed, state.expired == nil else { return nil }
            state.expired = state.awaited
            state.deadline = .max
            return (state.awaited, state.exchange)
        }
        guard let late else { return }
        switch late.0 {
        case .headers: end(with: core.refusal(.headersLate, nil).closingMessage)
        case .body:
            // Readers hear the reason before the connection's end reaches them.
            late.1?.bodyFailed(.bodyLate)
            end(with: core.refusal(.bodyLate, nil).closingMessage)
        case .request, .nothing: end(with: nil)
        }
    }

    /// Sends a last message past libmicrohttpd, which has sent nothing on this request, and lets it see the end. Over TLS
    /// there is only the end: the keys are the library's.
    private func end(with message: [UInt8]?) {
        state.withLock { state in
            guard !state.isClosed else { return }
            if let message { send(message) }
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }

    /// Sends a last message on the connection's own thread; the caller then has the connection closed.
    func sendLast(_ message: [UInt8]) {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.lingers = true
            send(message)
        }
    }

    // Small and into an empty send buffer: it fits, or the client is not reading anyway.
    private func send(_ message: [UInt8]) {
        guard core.configuration.tls == nil else { return }
        _ = Glibc.send(descriptor, message, message.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
    }

    /// Has the watcher look out for the client's leaving, which libmicrohttpd does not see while it is suspended.
    func watch() {
        let isFirst = state.withLock { state in
            defer { state.isWatched = true }
            return !state.isWatched && !state.isClosed
        }
        if isFirst { core.watcher.watch(descriptor, name: name) }
    }

    /// The client has hung up.
    func hungUp() { state.withLock { $0.exchange }?.abandon(.clientLeft) }

    /// Ends what is under way, for the server's stop.
    func abandon() { state.withLock { $0.exchange }?.abandon(.stopping) }

    /// After the answer the rest of what the client sends is read for a while before the connection is gone: closed
    /// with bytes unread, the system would throw away the answer on its way.
    func lingerAfterClose() { state.withLock { $0.lingers = true } }

    /// The descriptor is about to be closed.
    func close() {
        let lingering: Int32? = state.withLock { state in
            state.isClosed = true
            state.exchange = nil
            if state.isWatched { core.watcher.unwatch(descriptor) }
            guard state.lingers || kinora_unread_bytes(descriptor) > 0 else { return nil }
            return fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        }
        if let lingering, lingering >= 0 { core.watcher.linger(lingering) }
        core.closed(self)
    }
}
