// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import Testing

@testable import HTTPWire

/// A client that says exactly what it is told, byte by byte if need be. Its blocking calls run on a queue of their own.
final class RawClient: @unchecked Sendable {
    // Sendable: what is mutable is touched on the queue only.
    struct Reply: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "raw client")
    private var buffer: [UInt8] = []

    /// - Parameter receiveBuffer: a small one makes a reader that takes little from the server.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Broken(description: "socket") }
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        // Nothing here takes that long; a test that waits for ever says so instead.
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let done = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard done == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw Broken(description: "connect: \(code)")
        }
    }

    deinit { Glibc.close(descriptor) }

    private func onQueue<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await onQueue { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw Broken(description: "send: \(errno) after \(sent)") }
                sent += count
            }
        }
    }

    /// Sends as much as the system takes at once.
    func sendWhatFits(_ bytes: [UInt8]) async throws -> Int {
        try await onQueue { [descriptor] in
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            return max(0, count)
        }
    }

    /// One answer. `head` for an answer without body.
    func reply(head: Bool = false) async throws -> Reply {
        try await onQueue {
            let text = String(decoding: try self.take(through: [13, 10, 13, 10]), as: UTF8.self)
            var lines = text.components(separatedBy: "\r\n").filter { !$0.isEmpty }
            let words = lines.isEmpty ? [] : lines.removeFirst().split(separator: " ")
            guard words.count > 1, let status = Int(words[1]) else { throw Broken(description: "no answer: \(text)") }
            let headers = HTTPHeaders(
                lines.map { line in
                    let parts = line.split(separator: ":", maxSplits: 1)
                    return (String(parts[0]), parts.count > 1 ? String(parts[1].trimmed) : "")
                })
            if status < 200 || head { return Reply(status: status, headers: headers, body: []) }
            return Reply(status: status, headers: headers, body: try self.takeBody(headers, status))
        }
    }

    private func takeBody(_ headers: HTTPHeaders, _ status: Int) throws -> [UInt8] {
        if headers["Transfer-Encoding"] == "chunked" {
            var body: [UInt8] = []
            while true {
                let line = String(decoding: try take(through: [13, 10]).dropLast(2), as: UTF8.self)
                guard let size = Int(line, radix: 16) else { throw Broken(description: "chunk size \(line)") }
                body += try take(count: size)
                _ = try take(count: 2)
                if size == 0 { return body }
            }
        }
        if let length = headers["Content-Length"].flatMap({ Int($0) }) { return try take(count: length) }
        return status == 304 || status == 204 ? [] : try takeRest()
    }

    /// Everything up to the end of the connection.
    func rest() async throws -> [UInt8] { try await onQueue { try self.takeRest() } }

    /// The next bytes, at most so many; none at the end.
    func some(_ count: Int) async throws -> [UInt8] {
        try await onQueue {
            if self.buffer.isEmpty { _ = try self.fill() }
            let part = Array(self.buffer.prefix(count))
            self.buffer.removeFirst(part.count)
            return part
        }
    }

    /// Bytes through the first place of `mark`.
    func through(_ mark: String) async throws -> String {
        try await onQueue { String(decoding: try self.take(through: Array(mark.utf8)), as: UTF8.self) }
    }

    /// Sends a FIN and, if the server sends on, a reset.
    func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private func fill() throws -> Bool {
        var room = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &room, room.count, 0)
        if count < 0 { throw Broken(description: errno == EAGAIN ? "nothing came" : "receive: \(errno)") }
        buffer += room.prefix(count)
        return count > 0
    }

    private func take(through mark: [UInt8]) throws -> [UInt8] {
        var searched = 0
        while true {
            if buffer.count >= mark.count {
                for at in searched...buffer.count - mark.count where buffer[at..<at + mark.count].elementsEqual(mark) {
                    let part = Array(buffer[..<(at + mark.count)])
                    buffer.removeFirst(part.count)
                    return part
                }
                searched = buffer.count - mark.count + 1
            }
            guard try fill() else {
                throw Broken(description: "ended with: \(String(decoding: buffer, as: UTF8.self))")
            }
        }
    }

    private func take(count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else { throw Broken(description: "ended \(count - buffer.count) bytes early") }
        }
        let part = Array(buffer.prefix(count))
        buffer.removeFirst(count)
        return part
    }

    private func takeRest() throws -> [UInt8] {
        while try fill() {}
        defer { buffer = [] }
        return buffer
    }
}

/// A server on a free port of the loopback interface, stopped at the end of `body`.
func withServer(
    _ adjust: (inout HTTPServerConfiguration) -> Void = { _ in },
    handler: @escaping HTTPHandler, _ body: (HTTPServer) async throws -> Void
) async throws {
    try await withServer(adjust, responder: { request in .later { try await handler(request) } }, body)
}

func withServer(
    _ adjust: (inout HTTPServerConfiguration) -> Void = { _ in },
    responder: @escaping HTTPResponder, _ body: (HTTPServer) async throws -> Void
) async throws {
    var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))
    adjust(&configuration)
    let server = try HTTPServer(configuration, responder: responder)
    do {
        try await body(server)
    } catch {
        await server.stop(grace: .zero)
        throw error
    }
    await server.stop(grace: .zero)
}

/// Something that happens once and can be waited for, from any number of places.
final class Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }
    func fire() { continuation.finish() }
    func wait() async { for await _ in stream {} }
}

/// Returns when the task is cancelled.
func untilCancelled() async {
    let signal = Signal()
    await withTaskCancellationHandler {
        await signal.wait()
    } onCancel: {
        signal.fire()
    }
}
