// SPDX-License-Identifier: GPL-3.0-or-later
public import Dispatch
import Foundation
import Synchronization

/// A server's end of TCP connections, for tests that say exactly which bytes come back, and when. It reads one request from
/// each connection, says what it was told to, and closes. All of it blocks on threads of its own, never on Swift's.
public final class SocketServer: Sendable {
    /// A request as it came.
    public struct Request: Sendable {
        public var method: String
        /// With the query.
        public var target: String
        /// Names in lower case.
        public var headers: [String: String]
        public var body: [UInt8]
    }

    /// What is done on a connection, one after the other.
    public enum Step: Sendable {
        case send([UInt8])
        /// Nothing more until the test opens it.
        case wait(DispatchSemaphore)
        /// Ends with a reset instead of an orderly close.
        case reset
    }

    public let port: Int
    private let descriptor: Int32
    private let isOver = Mutex(false)

    /// Listens on a free port of the loopback interface.
    public init(_ answer: @escaping @Sendable (Request) -> [Step]) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SocketClient.Broken("socket: \(errno)") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else {
            close(descriptor)
            throw SocketClient.Broken("listen: \(errno)")
        }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            while true {
                let connection = accept(descriptor, nil, nil)
                if connection < 0 {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    // Closed where it is used: its number may be another socket's from here on.
                    close(descriptor)
                    return
                }
                Thread.detachNewThread { Self.serve(connection, answer) }
            }
        }
    }

    deinit { stop() }

    /// Listens no more; what is under way goes on. From now on nobody is there.
    public func stop() {
        let wasOver = isOver.withLock { over in
            defer { over = true }
            return over
        }
        if !wasOver { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    private static func serve(_ connection: Int32, _ answer: (Request) -> [Step]) {
        defer { close(connection) }
        guard let request = read(connection) else { return }
        for step in answer(request) {
            switch step {
            case .send(let bytes): send(bytes, to: connection)
            case .wait(let gate): gate.wait()
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
                return
            }
        }
        shutdown(connection, Int32(SHUT_WR))
        // What the client still sends is read, so that it is not reset over what it has not read yet.
        var rest = [UInt8](repeating: 0, count: 4096)
        while recv(connection, &rest, rest.count, 0) > 0 {}
    }

    private static func send(_ bytes: [UInt8], to connection: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 << 10)
        var head: (request: Request, length: Int, start: Int)?
        while true {
            if let head, bytes.count >= head.start + head.length {
                var request = head.request
                request.body = Array(bytes[head.start..<head.start + head.length])
                return request
            }
            let count = recv(connection, &part, part.count, 0)
            guard count > 0 else { return nil }
            bytes += part[..<count]
            if head == nil {
                head = Self.head(bytes)
                if head?.request.headers["expect"] != nil {
                    send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), to: connection)
                }
            }
        }
    }

    private static func head(_ bytes: [UInt8]) -> (request: Request, length: Int, start: Int)? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let first = (lines.first ?? "").split(separator: " ")
        guard first.count >= 2 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].drop { $0 == " " }.description
        }
        let request = Request(method: String(first[0]), target: String(first[1]), headers: headers, body: [])
        return (request, headers["content-length"].flatMap { Int($0) } ?? 0, end.upperBound)
    }
}
