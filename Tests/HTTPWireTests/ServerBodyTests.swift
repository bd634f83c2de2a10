// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import HTTPWire

@Suite struct ServerBodyTests {
    static let megabytes: [UInt8] = (0..<3 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }

    @Test func `a body comes whole, in one length or in chunks`() async throws {
        let handler: HTTPHandler = { request in
            var count = 0
            var sum: UInt64 = 0
            for try await part in request.body {
                count += part.count
                sum = part.reduce(sum) { $0 &* 31 &+ UInt64($1) }
            }
            return .text("\(request.body.length ?? -1) \(count) \(sum)")
        }
        let bytes = Self.megabytes
        let sum = bytes.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: \(bytes.count)\r\n\r\n")
            try await client.send(bytes)
            #expect(try await client.reply().text == "\(bytes.count) \(bytes.count) \(sum)")
            try await client.send("PATCH / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            for start in stride(from: 0, to: bytes.count, by: 100_003) {
                let part = bytes[start..<min(bytes.count, start + 100_003)]
                try await client.send(Array("\(String(part.count, radix: 16))\r\n".utf8) + part + [13, 10])
            }
            try await client.send("0\r\n\r\n")
            #expect(try await client.reply().text == "-1 \(bytes.count) \(sum)")
        }
    }

    @Test func `a client that asks first is told to go on only when the body is wanted`() async throws {
        let handler: HTTPHandler = { request in
            if request.path == "/no" { return .text("no", status: .unauthorized) }
            return .text(String(try await request.body.collect(upTo: 1 << 20).count))
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("POST /yes HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
            #expect(try await client.reply().status == 100)
            try await client.send("data")
            #expect(try await client.reply().text == "4")
            try await client.send("POST /no HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
            let refused = try await client.reply()
            #expect(refused.status == 401 && refused.headers["Connection"] == "close")
            #expect(try await client.rest() == [])
        }
    }

    @Test func `a large body that nobody wants is refused before it is read, and the answer arrives`() async throws {
        try await withServer(handler: { _ in .text("no", status: .unauthorized) }) { server in
            let client = try RawClient(port: server.port)
            let bytes = Self.megabytes
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(bytes.count)\r\n\r\n")
            // The client knows nothing yet and sends on; the server reads on so that the answer is not lost.
            try await client.send(bytes)
            let reply = try await client.reply()
            #expect(reply.status == 401 && reply.text == "no")
        }
    }

    @Test func `a small body that nobody reads leaves the connection usable`() async throws {
        let responder: HTTPResponder = { request in
            request.path == "/now" ? .now(.text("now")) : .later { .text("later") }
        }
        try await withServer(responder: responder) { server in
            let client = try RawClient(port: server.port)
            for path in ["/now", "/later", "/now"] {
                try await client.send("POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\ndata")
                #expect(try await client.reply().text == String(path.dropFirst()))
            }
        }
    }

    @Test func `while nobody reads, a client cannot send more than a bounded amount`() async throws {
        let mayRead = Signal()
        let handler: HTTPHandler = { request in
            var parts = request.body.makeAsyncIterator()
            var count = try await parts.next()?.count ?? 0
            await mayRead.wait()
            while let part = try await parts.next() { count += part.count }
            return .text(String(count))
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            let total = 64 << 20
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(total)\r\n\r\n")
            let block = [UInt8](repeating: 7, count: 1 << 20)
            var sent = 0
            // Until many tries in a row find no room. Without a bound all would go.
            var refusals = 0
            while refusals < 200, sent < total {
                let count = try await client.sendWhatFits(Array(block.prefix(total - sent)))
                sent += count
                refusals = count == 0 ? refusals + 1 : 0
            }
            #expect(sent < 32 << 20)
            mayRead.fire()
            while sent < total {
                let count = min(block.count, total - sent)
                try await client.send(Array(block.prefix(count)))
                sent += count
            }
            #expect(try await client.reply().text == String(total))
        }
    }

    @Test func `a slow reader holds the writer back`() async throws {
        let total = 64 << 20
        let written = Atomic<Int>(0)
        let handler: HTTPHandler = { request in
            .stream(type: "application/octet-stream", length: request.path == "/length" ? total : nil) { writer in
                let block = [UInt8](repeating: 7, count: 64 << 10)
                for _ in 0..<total / block.count {
                    try await writer.write(block)
                    written.add(block.count, ordering: .relaxed)
                }
            }
        }
        try await withServer(handler: handler) { server in
            for path in ["/length", "/chunks"] {
                written.store(0, ordering: .relaxed)
                let client = try RawClient(port: server.port, receiveBuffer: 64 << 10)
                try await client.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                _ = try await client.through("\r\n\r\n")
                var received = 0
                var ahead = 0
                while true {
                    let part = try await client.some(64 << 10)
                    if part.isEmpty { break }
                    received += part.count
                    ahead = max(ahead, written.load(ordering: .relaxed) - received)
                }
                #expect(received >= total)
                #expect(ahead < 16 << 20)
            }
        }
    }

    @Test func `a streamed answer reaches the client piece by piece`() async throws {
        let (steps, go) = AsyncStream<String>.makeStream()
        let handler: HTTPHandler = { _ in
            .stream(type: "text/plain") { writer in for await step in steps { try await writer.write(step) } }
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            // The head is there before anything is written.
            #expect(try await client.through("\r\n\r\n").contains("chunked"))
            for word in ["one", "two", "three"] {
                go.yield(word)
                #expect(try await client.through(word).hasSuffix(word))
            }
            go.finish()
            #expect(try await client.through("0\r\n\r\n") == "\r\n0\r\n\r\n")
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().status == 200)
        }
    }

    @Test func `an answer that breaks off does not look complete`() async throws {
        struct Odd: Error {}
        let handler: HTTPHandler = { _ in
            .stream(type: "text/plain") { writer in
                try await writer.write("half")
                throw Odd()
            }
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let all = String(decoding: try await client.rest(), as: UTF8.self)
            #expect(all.contains("half") && !all.hasSuffix("0\r\n\r\n"))
        }
    }

    @Test func `nothing of a request stays when it is over`() async throws {
        final class Witness: Sendable {}
        struct Weak: Sendable { weak let witness: Witness? }
        let left = Mutex<[Weak]>([])
        let handler: HTTPHandler = { request in
            let witness = Witness()
            left.withLock { $0.append(Weak(witness: witness)) }
            var request = request
            request[Witness.self] = witness
            let body = try await request.body.collect(upTo: 1 << 20)
            return .stream(type: "text/plain") { [request] writer in
                try await writer.write("\(body.count) \(request[Witness.self] == nil)")
            }
        }
        let exchanges = Mutex<[WeakExchange]>([])
        try await withServer(responder: { request in
            exchanges.withLock { $0.append(WeakExchange(exchange: request.exchange)) }
            return .later { try await handler(request) }
        }) { server in
            let client = try RawClient(port: server.port)
            for _ in 0..<3 {
                try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\ndata")
                #expect(try await client.reply().text == "4 false")
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.reply().text == "0 false")
            }
            client.hangUp()
            // The tasks end a moment after their answers.
            while left.withLock({ $0.contains { $0.witness != nil } }) { await Task.yield() }
            while exchanges.withLock({ $0.contains { $0.exchange != nil } }) { await Task.yield() }
        }
        #expect(left.withLock { $0.count } == 6)
    }

    private struct WeakExchange: Sendable { weak let exchange: Exchange? }
}
