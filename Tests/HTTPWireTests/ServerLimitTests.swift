// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import HTTPWire

@Suite struct ServerLimitTests {
    private func answer(_ server: HTTPServer, _ request: String) async throws -> RawClient.Reply {
        let client = try RawClient(port: server.port)
        try await client.send(request)
        return try await client.reply()
    }

    @Test(arguments: [
        ("GET /\(String(repeating: "a", count: 300)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 1200))\r\n\r\n", 431),
        ("GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n", 431),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n\(String(repeating: "a", count: 1001))\r\n0\r\n\r\n",
            413
        ),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        ("GET /a\u{1}b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GE(T / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        // Read as a field by some and by others not: what follows would be two things.
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\nContent-Length: 3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding\t: chunked\r\nContent-Length: 3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nX: a\rTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", 400),
    ])
    func `what is too much or malformed has its status, and the server goes on`(request: String, status: Int)
        async throws
    {
        let handler: HTTPHandler = { .text(String(try await $0.body.collect(upTo: 5000).count)) }
        try await withServer {
            $0.targetBytes = 200
            $0.headerBytes = 1000
            $0.bodyBytes = 1000
        } handler: {
            try await handler($0)
        } _: { server in
            let reply = try await answer(server, request)
            #expect(reply.status == status)
            #expect(reply.headers["Connection"] == "close")
            #expect(try await answer(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc").text == "3")
        }
    }

    @Test(arguments: [
        "", "\r\n\r\n", "GET", "GET /\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}",
        "GET / HTTP/1.1\r\n: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n",
        "\u{0}\u{0}\u{0}\u{0}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\u{0}b\r\n\r\n", "GET /\u{0} HTTP/1.1\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
        "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET \u{ff}\u{fe} HTTP/1.1\r\nHost: x\r\n\r\n",
    ])
    func `nothing a client says and breaks off harms the server`(request: String) async throws {
        try await withServer(handler: { .text(String(try await $0.body.collect(upTo: 5000).count)) }) { server in
            for cut in Set([request.utf8.count, request.utf8.count / 2, request.utf8.count * 3 / 4]) {
                let client = try RawClient(port: server.port)
                try await client.send(Array(request.utf8.prefix(cut)))
                client.hangUp()
            }
            #expect(try await answer(server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc").text == "3")
        }
    }

    @Test(arguments: ["/now", "/stream"])
    func `a head as large as allowed is read, and there is room to answer it`(path: String) async throws {
        let body = String(repeating: "x", count: 100_000)
        let handler: HTTPHandler = { request in
            let count = request.headers.fields.count
            if request.path.hasPrefix("/now") { return .text("\(count) \(body)") }
            return .stream(type: "text/plain") { try await $0.write("\(count) \(body)") }
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            let target = path + "?" + String(repeating: "t", count: 8190 - path.utf8.count)
            // A hundred lines, 16 KiB with the host's.
            let lines = (0..<100).map { "X-\(1000 + $0): \(String(repeating: "h", count: 150))\r\n" }.joined()
            for _ in 0..<2 {
                try await client.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\(lines)\r\n")
                let reply = try await client.reply()
                #expect(reply.status == 200 && reply.text == "101 \(body)")
            }
        }
    }

    @Test func `the server's own answers can be put into other words`() async throws {
        try await withServer {
            $0.bodyBytes = 10
            $0.refusal = { failure, request in
                .json(
                    Array("{\"code\":\(failure.status.rawValue),\"path\":\"\(request?.path ?? "")\"}".utf8),
                    status: failure.status)
            }
        } handler: { _ in
            throw HTTPFailure.notFound
        } _: { server in
            let large = try await answer(server, "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n")
            #expect(large.text == "{\"code\":413,\"path\":\"/a\"}")
            let missing = try await answer(server, "GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(missing.text == "{\"code\":404,\"path\":\"/b\"}")
        }
    }

    @Test func `headers that do not end are 408, a silent connection is closed`() async throws {
        try await withServer {
            $0.headerTime = .milliseconds(100)
            $0.idleTime = .milliseconds(100)
        } handler: { _ in
            .text("x")
        } _: { server in
            let late = try RawClient(port: server.port)
            try await late.send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            let reply = try await late.reply()
            #expect(reply.status == 408 && reply.headers["Connection"] == "close")
            #expect(try await late.rest() == [])
            let silent = try RawClient(port: server.port)
            #expect(try await silent.rest() == [])
        }
    }

    @Test func `a body that stops coming is 408, and its reader hears why`() async throws {
        let (lines, sink) = AsyncStream<HTTPAccess>.makeStream()
        let heard = AsyncStream<String>.makeStream()
        let handler: HTTPHandler = { request in
            do {
                for try await _ in request.body {}
            } catch {
                heard.continuation.yield("\(error)")
                throw error
            }
            return .text("x")
        }
        try await withServer {
            $0.bodyTime = .milliseconds(100)
            $0.log = { sink.yield($0) }
        } handler: {
            try await handler($0)
        } _: { server in
            let client = try RawClient(port: server.port)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc")
            #expect(try await client.reply().status == 408)
        }
        var failures = heard.stream.makeAsyncIterator()
        #expect(await failures.next() == "bodyLate")
        sink.finish()
        for await line in lines { #expect(line.outcome == .timedOut) }
    }

    @Test func `a body that has come is awaited no more, however late and slowly its handler reads it`() async throws {
        try await withServer {
            $0.bodyTime = .seconds(30)
        } handler: { request in
            let exchange = try #require(request.exchange)
            while !exchange.state.withLock({ $0.bodyHasEnded && $0.isSuspended }) { await Task.yield() }
            for try await _ in request.body {}
            // The handler takes its time over what it read.
            exchange.link.checkDeadline(now: .max - 1)
            return .text("read")
        } _: { server in
            let client = try RawClient(port: server.port)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
            #expect(try await client.reply().status == 200)
        }
    }

    @Test func `a client that takes nothing of its answer is cut off`() async throws {
        let failed = Signal()
        try await withServer {
            $0.writeTime = .seconds(1)
        } handler: { _ in
            .stream(type: "text/plain") { writer in
                do {
                    while true { try await writer.write([UInt8](repeating: 7, count: 1 << 20)) }
                } catch { failed.fire() }
            }
        } _: { server in
            let client = try RawClient(port: server.port, receiveBuffer: 4096)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await failed.wait()
            client.hangUp()
        }
    }

    @Test func `more connections, or more requests, than allowed are told to come again`() async throws {
        let (began, mayEnd) = (Signal(), Signal())
        let handler: HTTPHandler = { request in
            if request.path == "/slow" {
                began.fire()
                await mayEnd.wait()
            }
            return .text("x")
        }
        try await withServer {
            $0.connections = 2
        } handler: {
            try await handler($0)
        } _: { server in
            let held = try (0..<2).map { _ in try RawClient(port: server.port) }
            for client in held {
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.reply().status == 200)
            }
            let over = try await answer(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(over.status == 503 && over.headers["Retry-After"] == "1" && over.headers["Connection"] == "close")
        }
        try await withServer {
            $0.requests = 1
        } handler: {
            try await handler($0)
        } _: { server in
            let slow = try RawClient(port: server.port)
            try await slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await began.wait()
            #expect(try await answer(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").status == 503)
            mayEnd.fire()
            #expect(try await slow.reply().status == 200)
            #expect(try await answer(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
        }
    }

    @Test func `one address may have so many connections, others have theirs`() async throws {
        try await withServer {
            $0.connectionsPerAddress = 2
        } handler: {
            .text($0.remoteAddress)
        } _: { server in
            let held = try (0..<2).map { _ in try RawClient(port: server.port, source: 2) }
            for client in held {
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.reply().text == "127.0.0.2")
            }
            let over = try RawClient(port: server.port, source: 2)
            try await over.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let reply = try await over.reply()
            #expect(
                reply.status == 429 && reply.headers["Retry-After"] == "1" && reply.headers["Connection"] == "close")
            #expect(try await over.rest() == [])
            // Another address has room, and this machine's own has no bound.
            let other = try RawClient(port: server.port, source: 3)
            try await other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await other.reply().status == 200)
            for client in try (0..<5).map({ _ in try RawClient(port: server.port) }) {
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.reply().status == 200)
            }
            // Room that was left is free again; the server sees the leaving a moment after it.
            held[0].hangUp()
            var status = 429
            while status == 429 {
                let client = try RawClient(port: server.port, source: 2)
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                status = try await client.reply().status
            }
            #expect(status == 200)
        }
    }

    @Test func `far above its bound an address is not listened to at all`() async throws {
        try await withServer {
            $0.connectionsPerAddress = 1
        } handler: { _ in
            .text("x")
        } _: { server in
            var clients: [RawClient] = []
            for _ in 0..<17 {
                let client = try RawClient(port: server.port, source: 2)
                clients.append(client)
                // Answered or refused, it is counted now. Nothing is sent, so it stays.
                try await client.send("GET")
            }
            while server.load.connections < 17 { await Task.yield() }
            let over = try RawClient(port: server.port, source: 2)
            // Closed, or reset where the request was there first.
            let got = try? await over.rest()
            #expect(got == nil || got == [])
            #expect(server.load.connections == 17)
            for client in clients { client.hangUp() }
        }
    }

    @Test func `what is forwarded is believed of a trusted proxy only`() async throws {
        try await withServer {
            $0.trustedProxies = ["127.0.0.2"]
        } handler: { request in
            .text("\(request.remoteAddress) \(request.isSecure) \(request.isLocal) \(request.id == "known")")
        } _: { server in
            let forwarded = "X-Forwarded-For: 127.0.0.1, 203.0.113.9, 127.0.0.2\r\nX-Forwarded-Proto: https\r\n"
            for (source, headers, wanted) in [
                (2, forwarded, "203.0.113.9 true false false"), (1, forwarded, "127.0.0.1 false true false"),
                (2, "X-Forwarded-For: <script>\r\nX-Forwarded-Proto: http\r\n", "127.0.0.2 false true false"),
                (2, "", "127.0.0.2 false true false"), (2, "X-Request-Id: known\r\n", "127.0.0.2 false true true"),
            ] as [(UInt8, String, String)] {
                let client = try RawClient(port: server.port, source: source)
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\(headers)\r\n")
                #expect(try await client.reply().text == wanted)
            }
        }
    }
}
