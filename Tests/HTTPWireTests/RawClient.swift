// SPDX-License-Identifier: GPL-3.0-or-later
import TestSockets

@testable import HTTPWire

/// A client that says exactly what it is told, byte by byte if need be, and reads answers.
final class RawClient: Sendable {
    struct Reply: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }
    typealias Broken = SocketClient.Broken

    private let socket: SocketClient

    init(port: Int, source: UInt8 = 1, receiveBuffer: Int32? = nil) throws {
        socket = try SocketClient(port: port, source: source, receiveBuffer: receiveBuffer)
    }

    func send(_ text: String) async throws { try await socket.send(text) }
    func send(_ bytes: [UInt8]) async throws { try await socket.send(bytes) }
    func sendWhatFits(_ bytes: [UInt8]) async throws -> Int { try await socket.sendWhatFits(bytes) }
    func rest() async throws -> [UInt8] { try await socket.rest() }
    func some(_ count: Int) async throws -> [UInt8] { try await socket.some(count) }
    func through(_ mark: String) async throws -> String { try await socket.through(mark) }
    func hangUp() { socket.hangUp() }

    /// One answer. `head` for an answer without body.
    func reply(head: Bool = false) async throws -> Reply {
        let text = try await socket.through("\r\n\r\n")
        var lines = text.split(separator: "\r\n")
        let words = lines.isEmpty ? [] : lines.removeFirst().split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw Broken("no answer: \(text)") }
        let headers = HTTPHeaders(
            lines.map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (String(parts[0]), parts.count > 1 ? String(parts[1].trimmed) : "")
            })
        if status < 200 || head { return Reply(status: status, headers: headers, body: []) }
        return Reply(status: status, headers: headers, body: try await body(headers, status))
    }

    private func body(_ headers: HTTPHeaders, _ status: Int) async throws -> [UInt8] {
        if headers["Transfer-Encoding"] == "chunked" {
            var body: [UInt8] = []
            while true {
                let line = try await socket.through("\r\n").dropLast(1)
                guard let size = Int(line, radix: 16) else { throw Broken("chunk size \(line)") }
                body += try await socket.exactly(size)
                _ = try await socket.exactly(2)
                if size == 0 { return body }
            }
        }
        if let length = headers["Content-Length"].flatMap({ Int($0) }) { return try await socket.exactly(length) }
        return status == 304 || status == 204 ? [] : try await socket.rest()
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
