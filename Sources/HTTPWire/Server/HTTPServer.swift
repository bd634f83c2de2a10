// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Foundation
import Synchronization

/// An HTTP/1.1 server on one address, over libmicrohttpd.
///
/// It listens as soon as it is made. Handlers run as tasks, cancelled when their client leaves; the sockets are served by
/// a few threads of its own, so a handler may take as long as it likes. A client that shuts its sending side counts as gone.
public final class HTTPServer: Sendable {
    private struct Daemon: @unchecked Sendable {
        // Sendable: stopped once, by whoever took it out of the lock.
        let pointer: OpaquePointer
    }

    /// The port that was bound; 0 for a socket file.
    public let port: Int
    private let path: String?
    private let core: ServerCore
    private let daemon: Mutex<Daemon?>

    /// Starts a server whose requests are all answered by tasks.
    public convenience init(
        _ configuration: HTTPServerConfiguration, handler: @escaping HTTPHandler
    ) throws(HTTPServerError) {
        try self.init(configuration, responder: { request in .later { try await handler(request) } })
    }

    /// Starts a server that may answer some requests at once.
    public init(
        _ configuration: HTTPServerConfiguration, responder: @escaping HTTPResponder
    ) throws(HTTPServerError) {
        core = try ServerCore(configuration, responder)
        let listener = try ListeningSocket(configuration.address)
        port = listener.port
        path = listener.path
        var setup = kinora_mhd_setup()
        setup.listener = listener.descriptor
        setup.threads = UInt32(clamping: max(1, configuration.threads))
        // Some more than allowed, so that those above can be told.
        setup.connections = UInt32(clamping: configuration.connections + 64 * max(1, configuration.threads))
        setup.idle_seconds = UInt32(clamping: max(1, configuration.writeTime.components.seconds))
        // libmicrohttpd parses in place and answers from the same memory; half of it reads.
        setup.connection_bytes = max(64 << 10, 4 * min(configuration.headerBytes + configuration.targetBytes, 2 << 20))
        setup.context = Unmanaged.passUnretained(core).toOpaque()
        setup.access = requestCame
        setup.completed = requestEnded
        setup.connection = connectionChanged
        setup.target = targetCame
        guard let pointer = kinora_mhd_start(&setup) else {
            let code = errno
            close(listener.descriptor)
            if let path { unlink(path) }
            throw HTTPServerError(.start, "\(configuration.address)", errno: code)
        }
        daemon = Mutex(Daemon(pointer: pointer))
        core.watcher.start(core)
    }

    deinit {
        // Not stopped: cut off at once.
        guard let daemon = takeDaemon() else { return }
        core.breakOff()
        MHD_stop_daemon(daemon.pointer)
        core.watcher.stopSoon()
    }

    /// Connections that are open, and requests under way.
    public var load: (connections: Int, requests: Int) { (core.connectionCount, core.activeRequests) }

    /// Stops: new requests are told 503 and to close, those under way may finish for as long as `grace`, then they are
    /// cancelled and cut off. Returns when the server's threads have ended. A second call returns at once.
    public func stop(grace: Duration = .seconds(10)) async {
        core.drain()
        await core.idle(within: grace)
        guard let daemon = takeDaemon() else { return }
        core.breakOff()
        // It joins threads, which is nothing for a task to wait for.
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                MHD_stop_daemon(daemon.pointer)
                continuation.resume()
            }
        }
        await core.watcher.stop()
    }

    private func takeDaemon() -> Daemon? {
        let taken = daemon.withLock { daemon in
            defer { daemon = nil }
            return daemon
        }
        if taken != nil, let path { unlink(path) }
        return taken
    }
}
