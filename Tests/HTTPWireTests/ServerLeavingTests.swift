// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import HTTPWire

@Suite struct ServerLeavingTests {
    @Test func `a handler is cancelled when its client leaves before the answer`() async throws {
        let (began, cancelled) = (Signal(), Signal())
        let handler: HTTPHandler = { _ in
            began.fire()
            await untilCancelled()
            cancelled.fire()
            return .text("nobody reads this")
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await began.wait()
            client.hangUp()
            await cancelled.wait()
        }
    }

    @Test func `a stream is cancelled when its client leaves`() async throws {
        let cancelled = Signal()
        let handler: HTTPHandler = { _ in
            .events { events in
                try await events.send("first")
                await untilCancelled()
                cancelled.fire()
            }
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.through("data: first\n\n").contains("text/event-stream"))
            client.hangUp()
            await cancelled.wait()
        }
    }

    @Test(arguments: ["Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n"])
    func `a reader of a body hears that its client left`(framing: String) async throws {
        let (lines, sink) = AsyncStream<HTTPAccess>.makeStream()
        let (read, heard) = (Signal(), Signal())
        let handler: HTTPHandler = { request in
            do {
                for try await _ in request.body { read.fire() }
                Issue.record("half a body is not a body")
            } catch { heard.fire() }
            return .text("")
        }
        try await withServer {
            $0.log = { sink.yield($0) }
        } handler: {
            try await handler($0)
        } _: { server in
            let client = try RawClient(port: server.port)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\n\(framing)\r\n3\r\nabc\r\n")
            await read.wait()
            client.hangUp()
            await heard.wait()
        }
        sink.finish()
        for await line in lines { #expect(line.outcome == .clientLeft && line.status == 0) }
    }

    @Test func `a writer that waits for room hears that its client left`() async throws {
        let heard = Signal()
        let waits = Signal()
        let handler: HTTPHandler = { _ in
            .stream(type: "text/plain") { writer in
                do {
                    waits.fire()
                    while true { try await writer.write([UInt8](repeating: 7, count: 1 << 20)) }
                } catch { heard.fire() }
            }
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.through("\r\n\r\n")
            await waits.wait()
            client.hangUp()
            await heard.wait()
        }
    }

    @Test func `stopping lets what is under way finish, and tells others`() async throws {
        let (began, mayEnd) = (Signal(), Signal())
        let handler: HTTPHandler = { request in
            if request.path == "/slow" {
                began.fire()
                await mayEnd.wait()
            }
            return .text("done")
        }
        let server = try HTTPServer(.init(address: .tcp(host: "127.0.0.1", port: 0)), handler: handler)
        let (slow, other) = (try RawClient(port: server.port), try RawClient(port: server.port))
        try await other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try await other.reply().status == 200)
        try await slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        await began.wait()
        async let stopped: Void = server.stop(grace: .seconds(30))
        // Once nobody is let in any more, the stop has begun; on a connection that was kept its word is 503.
        while (try? RawClient(port: server.port)) != nil { await Task.yield() }
        try await other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        let reply = try await other.reply()
        #expect(reply.status == 503 && reply.headers["Connection"] == "close" && reply.headers["Retry-After"] != nil)
        #expect(try await other.rest() == [])
        mayEnd.fire()
        let done = try await slow.reply()
        #expect(done.status == 200 && done.text == "done" && done.headers["Connection"] == "close")
        await stopped
        #expect(throws: RawClient.Broken.self) { try RawClient(port: server.port) }
    }

    @Test func `when the grace is over, what is still under way is cancelled`() async throws {
        let (lines, sink) = AsyncStream<HTTPAccess>.makeStream()
        let cancelled = Signal()
        var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))
        configuration.log = { sink.yield($0) }
        let server = try HTTPServer(configuration) { _ in
            .events { events in
                try await events.send("first")
                await untilCancelled()
                cancelled.fire()
            }
        }
        let clients = try (0..<20).map { _ in try RawClient(port: server.port) }
        for client in clients {
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.through("first\n\n")
        }
        await server.stop(grace: .zero)
        await cancelled.wait()
        for client in clients {
            let rest = String(decoding: try await client.rest(), as: UTF8.self)
            #expect(!rest.hasSuffix("0\r\n\r\n"))
        }
        sink.finish()
        var count = 0
        for await line in lines {
            #expect(line.outcome == .brokenOff)
            count += 1
        }
        #expect(count == 20)
        await server.stop()
    }

    @Test func `a server that is let go of without being stopped ends`() async throws {
        let port: Int
        do {
            let server = try HTTPServer(.init(address: .tcp(host: "127.0.0.1", port: 0)), handler: { _ in .text("x") })
            port = server.port
            let client = try RawClient(port: port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().text == "x")
        }
        #expect(throws: RawClient.Broken.self) { try RawClient(port: port) }
    }
}
