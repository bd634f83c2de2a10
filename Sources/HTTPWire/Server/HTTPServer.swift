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
        /// The socket that listened, once it does not any more: closed behind the threads that knew it.
        var listener: Int32 = -1

        /// Joins the daemon's threads.
        func stop() {
            MHD_stop_daemon(pointer)
            if listener >= 0 { close(listener) }
        }
    }

    /// The port that was bound; 0 for a socket file.
    public let port: Int
    private let path: String?
    private let core: ServerCore
    private let daemon: Mutex<Daemon?>
    /// Read by the daemon for as long as it lives.
    private let secrets: KeyMaterial?

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
        // libmicrohttpd parses in place and answers from the same memory, all of which it clears for each request: no more
        // than needed.
        setup.connection_bytes = max(
            32 << 10, min(configuration.headerBytes + configuration.targetBytes, 2 << 20) + (8 << 10))
        secrets = try configuration.tls.map { tls throws(HTTPServerError) in
            guard MHD_is_feature_supported(.FEATURE_TLS) == .YES else {
                close(listener.descriptor)
                throw HTTPServerError(
                    .start, "\(configuration.address)", reason: "this system's libmicrohttpd has no TLS")
            }
            return KeyMaterial(tls)
        }
        setup.certificate = secrets.map { UnsafePointer($0.certificate) }
        setup.key = secrets.map { UnsafePointer($0.key) }
        setup.client = clientCame
        setup.context = Unmanaged.passUnretained(core).toOpaque()
        setup.access = requestCame
        setup.completed = requestEnded
        setup.connection = connectionChanged
        setup.target = targetCame
        guard let pointer = kinora_mhd_start(&setup) else {
            let code = errno
            close(listener.descriptor)
            if let path { unlink(path) }
            guard configuration.tls == nil else {
                throw HTTPServerError(
                    .start, "\(configuration.address)",
                    reason:
                        "the certificate and its key cannot be used: both must be PEM, of one another, the key not encrypted"
                )
            }
            throw HTTPServerError(.start, "\(configuration.address)", errno: code)
        }
        daemon = Mutex(Daemon(pointer: pointer))
        core.watcher.start(core)
    }

    deinit {
        // Not stopped: cut off at once.
        stopListening()
        guard let daemon = takeDaemon() else { return }
        core.breakOff()
        daemon.stop()
        core.watcher.stopSoon()
    }

    /// Connections that are open, and requests under way.
    public var load: (connections: Int, requests: Int) { (core.connectionCount, core.activeRequests) }

    /// Stops: no connection is taken any more, new requests on those that are open are told 503 and to close, those under way
    /// may finish for as long as `grace`, then they are cancelled and cut off. Returns when the server's threads have ended. A
    /// second call returns at once.
    public func stop(grace: Duration = .seconds(10)) async {
        core.drain()
        stopListening()
        await core.idle(within: grace)
        guard let daemon = takeDaemon() else { return }
        core.breakOff()
        // It joins threads, which is nothing for a task to wait for.
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                daemon.stop()
                continuation.resume()
            }
        }
        await core.watcher.stop()
    }

    /// Gives the address free for another server.
    private func stopListening() {
        daemon.withLock { daemon in
            guard let running = daemon, running.listener < 0 else { return }
            let listener = MHD_quiesce_daemon(running.pointer)
            guard listener >= 0 else { return }
            shutdown(listener, Int32(SHUT_RDWR))
            daemon?.listener = listener
            if let path { unlink(path) }
        }
    }

    private func takeDaemon() -> Daemon? {
        daemon.withLock { daemon in
            defer { daemon = nil }
            return daemon
        }
    }
}

/// A certificate and its key as C reads them. The key's bytes are wiped at the end.
private final class KeyMaterial: @unchecked Sendable {
    // Sendable: written here, read by C, freed when nobody holds it.
    let certificate: UnsafeMutablePointer<CChar>
    let key: UnsafeMutablePointer<CChar>

    init(_ tls: HTTPServerTLS) { (certificate, key) = (Self.copy(tls.certificate), Self.copy(tls.key)) }

    deinit {
        explicit_bzero(key, strlen(key))
        certificate.deallocate()
        key.deallocate()
    }

    private static func copy(_ text: String) -> UnsafeMutablePointer<CChar> {
        let bytes = text.utf8CString
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        bytes.withUnsafeBufferPointer { copy.initialize(from: $0.baseAddress ?? UnsafePointer(copy), count: $0.count) }
        return copy
    }
}
