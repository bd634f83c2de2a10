// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation

/// A client's end of a TCP connection, for tests that say exactly which bytes go out, and when. Its blocking calls run on a
/// queue of their own, never on Swift's threads.
public final class SocketClient: @unchecked Sendable {
    // Sendable: what is mutable is touched on the queue only.

    /// What went wrong, in words.
    public struct Broken: Error, CustomStringConvertible {
        public let description: String
        public init(_ description: String) { self.description = description }
    }

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "socket client")
    private var buffer: [UInt8] = []

    /// Connects over the loopback interface.
    ///
    /// - Parameters:
    ///   - source: the last number of this end's address, `127.0.0.…`.
    ///   - receiveBuffer: a small one makes a reader that takes little from the server.
    ///   - patience: seconds after which a read that got nothing fails; a test that would wait for ever says so instead.
    public init(port: Int, source: UInt8 = 1, receiveBuffer: Int32? = nil, patience seconds: Int = 60) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Broken("socket: \(errno)") }
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        do {
            if source != 1 { try Self.call("bind", Self.address(source, port: 0)) { bind(descriptor, $0, $1) } }
            try Self.call("connect", Self.address(1, port: port)) { connect(descriptor, $0, $1) }
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    private static func address(_ number: UInt8, port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0000 | UInt32(number)).bigEndian
        return address
    }

    private static func call(
        _ name: String, _ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws {
        var address = address
        let done = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard done == 0 else { throw Broken("\(name): \(errno)") }
    }

    private func onQueue<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }

    // MARK: Sending

    public func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    public func send(_ bytes: [UInt8]) async throws {
        try await onQueue { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw Broken("send: \(errno) after \(sent)") }
                sent += count
            }
        }
    }

    /// Sends as much as the system takes at once; how much that was.
    public func sendWhatFits(_ bytes: [UInt8]) async throws -> Int {
        try await onQueue { [descriptor] in
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            return max(0, count)
        }
    }

    /// Goes away without another word: sends a FIN and, if the server sends on, a reset.
    public func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    // MARK: Receiving

    /// Everything up to the end of the connection.
    public func rest() async throws -> [UInt8] {
        try await onQueue {
            while try self.fill() {}
            defer { self.buffer = [] }
            return self.buffer
        }
    }

    /// The next bytes, at most so many; none at the end.
    public func some(_ count: Int) async throws -> [UInt8] {
        try await onQueue {
            if self.buffer.isEmpty { _ = try self.fill() }
            return self.take(min(count, self.buffer.count))
        }
    }

    /// Exactly so many bytes.
    public func exactly(_ count: Int) async throws -> [UInt8] {
        try await onQueue {
            while self.buffer.count < count {
                guard try self.fill() else { throw Broken("ended \(count - self.buffer.count) bytes early") }
            }
            return self.take(count)
        }
    }

    /// Bytes through the first place of `mark`.
    public func through(_ mark: String) async throws -> String {
        String(decoding: try await through(Array(mark.utf8)), as: UTF8.self)
    }

    public func through(_ mark: [UInt8]) async throws -> [UInt8] {
        try await onQueue {
            var searched = 0
            while true {
                if self.buffer.count >= mark.count {
                    let last = self.buffer.count - mark.count
                    if let at = (searched...last).first(where: { self.buffer[$0..<$0 + mark.count].elementsEqual(mark) }
                    ) {
                        return self.take(at + mark.count)
                    }
                    searched = last + 1
                }
                guard try self.fill() else {
                    throw Broken("ended with: \(String(decoding: self.buffer, as: UTF8.self))")
                }
            }
        }
    }

    /// Whether anything more came.
    private func fill() throws -> Bool {
        var room = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &room, room.count, 0)
        if count < 0 { throw Broken(errno == EAGAIN ? "nothing came" : "receive: \(errno)") }
        buffer += room.prefix(count)
        return count > 0
    }

    private func take(_ count: Int) -> [UInt8] {
        let part = Array(buffer.prefix(count))
        buffer.removeFirst(count)
        return part
    }
}
