// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization
import Testing

@testable import HTTPWire

@Suite struct ServerBasicsTests {
    @Test func `one connection carries one request after the other, answered at once or by tasks`() async throws {
        let responder: HTTPResponder = { request in
            if request.path == "/now" { return .now(.text("now")) }
            return .later {
                await Task.yield()
                return .text("later \(request.path) \(request.query ?? "-") \(request.remoteAddress)")
            }
        }
        try await withServer(responder: responder) { server in
            let client = try RawClient(port: server.port)
            for _ in 0..<3 {
                try await client.send("GET /now HTTP/1.1\r\nHost: x\r\n\r\n")
                let now = try await client.reply()
                #expect(now.status == 200 && now.text == "now")
                #expect(now.headers["X-Content-Type-Options"] == "nosniff")
                try await client.send("GET /a%2Fb?c=%20d HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.reply().text == "later /a%2Fb c=%20d 127.0.0.1")
            }
            #expect(server.load.connections == 1)
        }
    }

    @Test func `a fixed answer is the same each time, and an ordinary one where the request asks for more`()
        async throws
    {
        let health = HTTPFixedResponse(
            HTTPResponse(headers: ["Content-Type": "text/plain", "ETag": "\"1\""], body: .bytes(Array("fine".utf8))))
        let long = HTTPFixedResponse(.text(String(repeating: "long ", count: 1000)))
        let responder: HTTPResponder = { request in
            var response = request.path == "/long" ? long.response : health.response
            if request.path == "/changed" { response.headers["X-More"] = "more" }
            return .now(response)
        }
        try await withServer(responder: responder) { server in
            let client = try RawClient(port: server.port)
            func ask(_ head: String, bodiless: Bool = false) async throws -> RawClient.Reply {
                try await client.send("\(head)\r\nHost: x\r\n\r\n")
                return try await client.reply(head: bodiless)
            }
            for _ in 0..<3 {
                let reply = try await ask("GET / HTTP/1.1")
                #expect(reply.status == 200 && reply.text == "fine" && reply.headers["ETag"] == "\"1\"")
                #expect(reply.headers["X-Content-Type-Options"] == "nosniff" && reply.headers["X-Request-Id"] == nil)
            }
            let head = try await ask("HEAD / HTTP/1.1", bodiless: true)
            #expect(head.status == 200 && head.headers["Content-Length"] == "4")
            #expect(try await ask("GET / HTTP/1.1\r\nif-none-match: \"1\"").status == 304)
            #expect(try await ask("GET / HTTP/1.1\r\nX-Request-Id: r7").headers["X-Request-Id"] == "r7")
            #expect(try await ask("GET /changed HTTP/1.1").headers["X-More"] == "more")
            #expect(try await ask("GET / HTTP/1.1").headers["X-More"] == nil)
            #expect(try await ask("GET /long HTTP/1.1\r\nAccept-Encoding: gzip").headers["Content-Encoding"] == "gzip")
            #expect(try await ask("GET /long HTTP/1.1").text.utf8.count == 5000)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
            #expect(try await client.reply().text == "fine")
        }
    }

    @Test func `pipelined requests are answered in their order`() async throws {
        try await withServer(handler: { .text($0.path) }) { server in
            let client = try RawClient(port: server.port)
            try await client.send((0..<50).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
            for index in 0..<50 { #expect(try await client.reply().text == "/\(index)") }
        }
    }

    @Test func `a request may come byte by byte`() async throws {
        try await withServer(handler: { .text(String(decoding: try await $0.body.collect(upTo: 99), as: UTF8.self)) }) {
            server in
            let client = try RawClient(port: server.port)
            for byte in Array("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello".utf8) {
                try await client.send([byte])
            }
            #expect(try await client.reply().text == "hello")
        }
    }

    @Test func `a request's id comes from the client if it is harmless, and goes back`() async throws {
        try await withServer(handler: { .text($0.id) }) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: abc-1.2_3\r\n\r\n")
            let given = try await client.reply()
            #expect(given.text == "abc-1.2_3" && given.headers["X-Request-Id"] == "abc-1.2_3")
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a b<script>\r\n\r\n")
            let first = try await client.reply()
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let second = try await client.reply()
            #expect(first.headers["X-Request-Id"] == first.text && !first.text.contains("<"))
            #expect(first.text != second.text)
        }
    }

    @Test func `HEAD has the headers of GET and no body, whatever the body is made of`() async throws {
        let handler: HTTPHandler = { request in
            request.path == "/stream"
                ? .stream(type: "text/plain") { writer in
                    Issue.record("a body nobody reads is not made")
                    try await writer.write("x")
                } : .text("hello")
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            let reply = try await client.reply(head: true)
            #expect(reply.status == 200 && reply.headers["Content-Length"] == "5")
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().text == "hello")
            try await client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try await client.reply(head: true)
            #expect(stream.status == 200 && stream.headers["Content-Length"] == nil)
            #expect(try await client.rest() == [])
        }
    }

    @Test func `what a handler throws is an answer, and is told to the server's owner`() async throws {
        struct Odd: Error {}
        let told = Mutex<[String]>([])
        try await withServer { configuration in
            configuration.handlerFailed = { error, request in
                told.withLock { $0.append("\(type(of: error)) \(request.path)") }
            }
        } handler: { request in
            if request.path == "/odd" { throw Odd() }
            throw HTTPFailure.notFound
        } _: { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET /odd HTTP/1.1\r\nHost: x\r\n\r\n")
            let odd = try await client.reply()
            #expect(odd.status == 500 && !odd.text.contains("Odd"))
            try await client.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.reply().status == 404)
        }
        #expect(told.withLock { $0 } == ["Odd /odd"])
    }

    @Test func `text is compressed for clients that take it`() async throws {
        let text = String(repeating: "a line of text that repeats itself\n", count: 200)
        let handler: HTTPHandler = { request in
            var response = HTTPResponse.text(request.path == "/short" ? "short" : text)
            if request.path == "/picture" { response.headers["Content-Type"] = "image/png" }
            response.headers["ETag"] = "\"v1\""
            return response
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip\r\n\r\n")
            let packed = try await client.reply()
            #expect(packed.headers["Content-Encoding"] == "gzip" && packed.headers["Vary"] == "Accept-Encoding")
            #expect(packed.headers["ETag"] == "W/\"v1\"")
            #expect(packed.body.count < text.utf8.count / 10)
            #expect(try gunzip(packed.body) == Array(text.utf8))
            for path in ["/short", "/picture"] {
                try await client.send("GET \(path) HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
                #expect(try await client.reply().headers["Content-Encoding"] == nil)
            }
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let plain = try await client.reply()
            #expect(plain.text == text && plain.headers["Vary"] == "Accept-Encoding")
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: W/\"v1\"\r\n\r\n")
            #expect(try await client.reply().status == 304)
        }
    }

    @Test func `the log has one value a request and nothing secret in it`() async throws {
        let (lines, sink) = AsyncStream<HTTPAccess>.makeStream()
        try await withServer {
            $0.log = { sink.yield($0) }
        } handler: { request in
            .text(String(try await request.body.collect(upTo: 100).count))
        } _: { server in
            let client = try RawClient(port: server.port)
            try await client.send(
                "POST /p?token=secret HTTP/1.1\r\nHost: x\r\nX-Request-Id: r1\r\nAuthorization: Bearer secret\r\n"
                    + "Content-Length: 3\r\n\r\nabc")
            #expect(try await client.reply().text == "3")
        }
        sink.finish()
        var all: [HTTPAccess] = []
        for await line in lines { all.append(line) }
        let line = try #require(all.first)
        #expect(all.count == 1)
        #expect(line.id == "r1" && line.method == "POST" && line.path == "/p" && line.status == 200)
        #expect(line.bytesIn == 3 && line.bytesOut == 1 && line.outcome == .sent && line.duration > .zero)
        #expect(!"\(line)".contains("secret"))
    }

    @Test func `a socket file is served too, is its owner's alone, and is gone afterwards`() async throws {
        let path = NSTemporaryDirectory() + "kinora-\(UInt32.random(in: 0...UInt32.max)).sock"
        try await withServer {
            $0.address = .unix(path: path)
        } handler: {
            .text($0.remoteAddress)
        } _: { server in
            #expect(server.port == 0)
            let facts = try FileManager.default.attributesOfItem(atPath: path)
            #expect(facts[.posixPermissions] as? Int == 0o600)
            // A second server does not take a live one's place.
            #expect(throws: HTTPServerError.self) {
                try HTTPServer(HTTPServerConfiguration(address: .unix(path: path)), handler: { _ in .text("") })
            }
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a port that is taken is said to be`() async throws {
        try await withServer(handler: { _ in .text("") }) { server in
            #expect {
                try HTTPServer(
                    HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: server.port)),
                    handler: { _ in .text("") })
            } throws: { error in
                (error as? HTTPServerError)?.isAddressTaken == true && "\(error)".contains("127.0.0.1:\(server.port)")
            }
        }
    }
}

/// What gzip itself makes of the bytes.
func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-dc"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(bytes))
    try input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Array(data)
}
