// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization
import Testing

@testable import HTTPWire

@Suite struct HTTPClientTests {
    let client = HTTPClient(userAgent: "tests/1")

    /// Says back what it was asked.
    static let echo: HTTPHandler = { request in
        let body = try await request.body.collect(upTo: 64 << 20)
        var sum: UInt64 = 0
        for byte in body { sum = sum &* 31 &+ UInt64(byte) }
        let type = request.headers["Content-Type"] ?? "-"
        let agent = request.headers["User-Agent"] ?? "-"
        let empty = request.headers["X-Empty"].map { "[\($0)]" } ?? "-"
        return .text("\(request.method) \(request.path) \(type) \(agent) \(empty) \(body.count) \(sum)")
    }

    private func text(_ request: HTTPClientRequest) async throws -> String {
        String(decoding: try await client.fetch(request).body, as: UTF8.self)
    }

    @Test func `requests of every kind arrive as they were meant`() async throws {
        try await withServer(handler: { try await Self.echo($0) }) { server in
            let url = "http://127.0.0.1:\(server.port)"
            #expect(try await text(.init(.get, url + "/a")) == "GET /a - tests/1 - 0 0")
            #expect(try await text(.init(.delete, url + "/a")) == "DELETE /a - tests/1 - 0 0")
            #expect(try await text(.init(.post, url + "/a")) == "POST /a - tests/1 - 0 0")
            #expect(try await text(.json(.patch, url + "/a", [1, 2])) == "PATCH /a application/json tests/1 - 2 33")
            let headers: HTTPHeaders = ["X-Empty": "", "User-Agent": "other"]
            #expect(try await text(.init(.get, url + "/a", headers: headers)) == "GET /a - other [] 0 0")
            let head = try await client.fetch(.init(.head, url + "/a"))
            #expect(head.status == .ok && head.body.isEmpty && head.headers["Content-Length"] == "23")
        }
    }

    @Test func `a body of bytes and files is sent in one`() async throws {
        let path = NSTemporaryDirectory() + "kinora-\(UInt32.random(in: 0...UInt32.max)).part"
        let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13 ^ $0 >> 7) }
        try Data(content).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let whole = [1, 2, 3] + content[1000..<2_500_000] + [4]
        let sum = whole.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
        try await withServer(handler: { try await Self.echo($0) }) { server in
            var request = HTTPClientRequest(.put, "http://127.0.0.1:\(server.port)/")
            request.body = [.bytes([1, 2, 3]), .file(try HTTPFile(path: path), 1000..<2_500_000), .bytes([4])]
            #expect(try await text(request) == "PUT / - tests/1 - \(whole.count) \(sum)")
        }
    }

    @Test func `a socket file can be asked`() async throws {
        let path = NSTemporaryDirectory() + "kinora-\(UInt32.random(in: 0...UInt32.max)).sock"
        try await withServer {
            $0.address = .unix(path: path)
        } handler: {
            .text("\($0.remoteAddress) \($0.isLocal) \($0.headers["Host"] ?? "")")
        } _: { _ in
            var request = HTTPClientRequest(.get, "http://kinora/x")
            request.unixSocket = path
            let reply = try await text(request)
            #expect(reply == "unix true kinora")
        }
    }

    @Test func `many requests at once each have their answer`() async throws {
        try await withServer(handler: { .text($0.path) }) { server in
            let client = client
            try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
                for index in 0..<200 {
                    group.addTask {
                        (index, try await client.fetch(.init(.get, "http://127.0.0.1:\(server.port)/\(index)")).body)
                    }
                }
                for try await (index, body) in group { #expect(String(decoding: body, as: UTF8.self) == "/\(index)") }
            }
        }
    }

    @Test func `answers are unpacked unless that is not wanted, and limited`() async throws {
        let long = String(repeating: "0123456789", count: 1000)
        try await withServer(handler: { _ in .text(long) }) { server in
            var request = HTTPClientRequest(.get, "http://127.0.0.1:\(server.port)/")
            let reply = try await client.fetch(request)
            #expect(String(decoding: reply.body, as: UTF8.self) == long && reply.headers["Content-Encoding"] == nil)
            await #expect(throws: HTTPClientError.tooLarge(limit: 9999)) { try await client.fetch(request, upTo: 9999) }
            request.decompresses = false
            request.headers["Accept-Encoding"] = "gzip"
            #expect(try gunzip(try await client.fetch(request).body) == Array(long.utf8))
        }
    }

    @Test func `redirects are followed only when asked for`() async throws {
        let handler: HTTPHandler = { request in
            switch request.path {
            case "/a":
                var response = HTTPResponse.redirect(to: "/b", status: .found)
                response.body = .bytes(Array("moved".utf8))
                return response
            case "/loop": return .redirect(to: "/loop")
            case "/file": return .redirect(to: "file:///etc/passwd")
            default: return .text("arrived")
            }
        }
        try await withServer(handler: handler) { server in
            let url = "http://127.0.0.1:\(server.port)"
            var request = HTTPClientRequest(.get, url + "/a")
            let stays = try await client.fetch(request)
            #expect(stays.status == .found && stays.headers["Location"] == "/b")
            #expect(String(decoding: stays.body, as: UTF8.self) == "moved")
            request.redirects = 3
            #expect(try await text(request) == "arrived")
            request.url = url + "/loop"
            await #expect(throws: HTTPClientError.tooManyRedirects(host: "127.0.0.1:\(server.port)")) {
                try await client.fetch(request)
            }
            request.url = url + "/file"
            await #expect(throws: HTTPClientError.badURL) { try await client.fetch(request) }
        }
    }

    @Test(arguments: [
        "", "file:///etc/passwd", "ftp://host/", "/relative", "http://", "gopher://x", "http//x", "httpx://a",
    ])
    func `only http and https are spoken`(url: String) async {
        await #expect(throws: HTTPClientError.badURL) { try await client.fetch(.init(.get, url)) }
    }

    @Test func `a server that is not there is said to be, without what the address keeps secret`() async throws {
        var port = 0
        try await withServer(handler: { _ in .text("") }) { port = $0.port }
        do {
            _ = try await client.fetch(.init(.get, "http://me:secret@127.0.0.1:\(port)/token?key=secret"))
            Issue.record("nobody is there")
        } catch let error as HTTPClientError {
            guard case .connect(let host, _) = error else { throw error }
            #expect(host == "127.0.0.1:\(port)" && error.mayPass && !error.message.contains("secret"))
        }
    }

    @Test func `a host nobody knows is not found`() async {
        await #expect(throws: HTTPClientError.resolve(host: "nobody.invalid")) {
            try await client.fetch(.init(.get, "http://nobody.invalid/"))
        }
    }

    @Test func `each time that runs out is an error of its own`() async throws {
        let handler: HTTPHandler = { request in
            if request.path == "/begun" {
                return .stream(type: "text/plain") { writer in
                    // Something comes, and no more: only the time of the whole can run out.
                    try await writer.write("x")
                    await untilCancelled()
                }
            }
            await untilCancelled()
            return .text("")
        }
        try await withServer(handler: handler) { server in
            let host = "127.0.0.1:\(server.port)"
            var request = HTTPClientRequest(.get, "http://\(host)/silent")
            request.times.connect = .milliseconds(100)
            request.times.idle = .milliseconds(100)
            await #expect(throws: HTTPClientError.idleTimeout(host: host)) { try await client.fetch(request) }
            request.url = "http://\(host)/begun"
            request.times.idle = .seconds(30)
            request.times.total = .milliseconds(300)
            await #expect(throws: HTTPClientError.totalTimeout(host: host)) { try await client.fetch(request) }
        }
        // A queue that is full answers no more.
        let full = try FullQueue()
        var request = HTTPClientRequest(.get, "http://127.0.0.1:\(full.port)/")
        request.times.connect = .milliseconds(100)
        await #expect(throws: HTTPClientError.connectTimeout(host: "127.0.0.1:\(full.port)")) {
            try await client.fetch(request)
        }
    }

    @Test func `an answer that breaks off is an error`() async throws {
        struct Odd: Error {}
        let handler: HTTPHandler = { _ in
            .stream(type: "text/plain", length: 100) { writer in
                try await writer.write("half")
                throw Odd()
            }
        }
        try await withServer(handler: handler) { server in
            do {
                _ = try await client.fetch(.init(.get, "http://127.0.0.1:\(server.port)/"))
                Issue.record("half an answer is none")
            } catch let error as HTTPClientError {
                guard case .brokenOff = error else { throw error }
            }
        }
    }

    @Test func `events are read as they come, and leaving ends the stream`() async throws {
        let left = Signal()
        let handler: HTTPHandler = { _ in
            .events { events in
                try await events.comment("hello")
                for index in 0..<3 { try await events.send(ServerSentEvent(data: "n\(index)", id: String(index))) }
                await untilCancelled()
                left.fire()
            }
        }
        try await withServer(handler: handler) { server in
            var data: [String] = []
            do {
                let response = try await client.send(.init(.get, "http://127.0.0.1:\(server.port)/"))
                #expect(response.headers["Content-Type"]?.hasPrefix("text/event-stream") == true)
                for try await event in response.body.events() {
                    data.append(event.data)
                    if data.count == 3 { break }
                }
            }
            #expect(data == ["n0", "n1", "n2"])
            // Nobody holds the response any more.
            await left.wait()
        }
    }

    @Test func `a cancelled task stops waiting, before the head and in the body`() async throws {
        let (began, left) = (Signal(), Signal())
        let handler: HTTPHandler = { request in
            if request.path == "/head" {
                began.fire()
                await untilCancelled()
                left.fire()
            }
            return .events { _ in await untilCancelled() }
        }
        try await withServer(handler: handler) { server in
            let url = "http://127.0.0.1:\(server.port)"
            let waits = Task { [client] in try await client.send(.init(.get, url + "/head")).status }
            await began.wait()
            waits.cancel()
            await #expect(throws: CancellationError.self) { try await waits.value }
            await left.wait()
            let response = try await client.send(.init(.get, url + "/body"))
            let reads = Task { try await response.body.collect(upTo: 100).count }
            reads.cancel()
            await #expect(throws: CancellationError.self) { try await reads.value }
        }
    }

    @Test func `a task that was cancelled before sends nothing`() async throws {
        try await withServer(handler: { _ in
            Issue.record("nothing was to be sent")
            return .text("")
        }) { server in
            let gate = Signal()
            let task = Task { [client] in
                await gate.wait()
                return try await client.fetch(.init(.get, "http://127.0.0.1:\(server.port)/")).status
            }
            task.cancel()
            gate.fire()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func `an answer that is not read holds the server back`() async throws {
        let written = Atomic<Int>(0)
        let total = 64 << 20
        let handler: HTTPHandler = { _ in
            .stream(type: "application/octet-stream") { writer in
                let block = [UInt8](repeating: 7, count: 64 << 10)
                for _ in 0..<total / block.count {
                    try await writer.write(block)
                    written.add(block.count, ordering: .relaxed)
                }
            }
        }
        try await withServer(handler: handler) { server in
            let response = try await client.send(.init(.get, "http://127.0.0.1:\(server.port)/"))
            var (received, ahead) = (0, 0)
            for try await part in response.body {
                received += part.count
                ahead = max(ahead, written.load(ordering: .relaxed) - received)
                // Others run in between, as with a reader that has work to do.
                await Task.yield()
            }
            #expect(received == total && ahead < 24 << 20)
        }
    }

    @Test func `an answer is read to its end when the client is let go of`() async throws {
        try await withServer(handler: { _ in .text(String(repeating: "x", count: 1 << 20)) }) { server in
            let response = try await HTTPClient().send(.init(.get, "http://127.0.0.1:\(server.port)/"))
            #expect(try await response.body.collect(upTo: 2 << 20).count == 1 << 20)
        }
    }
}

/// A listener whose queue is full, so that connecting to it gets no answer.
final class FullQueue {
    let port: Int
    private var descriptors: [Int32] = []

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        descriptors.append(listener)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var bound = sockaddr_in()
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try #require(bind(listener, $0, size) == 0 && listen(listener, 0) == 0)
            }
        }
        _ = withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
        }
        port = Int(UInt16(bigEndian: bound.sin_port))
        for _ in 0..<4 {
            let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            descriptors.append(filler)
            _ = withUnsafeMutablePointer(to: &bound) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(filler, $0, size) }
            }
        }
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}
