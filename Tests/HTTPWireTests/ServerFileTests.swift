// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import HTTPWire

@Suite struct ServerFileTests {
    static let content = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 9) }

    private func withFile(_ body: (HTTPServer, String) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "kinora-\(UInt32.random(in: 0...UInt32.max)).bin"
        try Data(Self.content).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let handler: HTTPHandler = { request in
            let tag = request.path == "/tagged" ? "\"hash\"" : nil
            return .file(try HTTPFile(path: path, entityTag: tag), type: "video/mp4")
        }
        try await withServer(handler: handler) { try await body($0, path) }
    }

    @Test(arguments: [
        ("bytes=0-99", 206, 0..<100), ("bytes=999990-", 206, 999_990..<1_000_000),
        ("bytes=-7", 206, 999_993..<1_000_000),
        ("bytes=500000-500000", 206, 500_000..<500_001), ("bytes=0-", 206, 0..<1_000_000),
        ("bytes=1-2,5-6", 200, 0..<1_000_000), ("furlongs=1-2", 200, 0..<1_000_000),
    ])
    func `a range of a file is those bytes`(range: String, status: Int, wanted: Range<Int>) async throws {
        try await withFile { server, _ in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nRange: \(range)\r\n\r\n")
            let reply = try await client.reply()
            #expect(reply.status == status)
            #expect(reply.body == Array(Self.content[wanted]))
            #expect(reply.headers["Accept-Ranges"] == "bytes")
            let expected = status == 206 ? "bytes \(wanted.lowerBound)-\(wanted.upperBound - 1)/1000000" : nil
            #expect(reply.headers["Content-Range"] == expected)
        }
    }

    @Test func `a range beyond the end is 416 with the size`() async throws {
        try await withFile { server, _ in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=1000000-\r\n\r\n")
            let reply = try await client.reply()
            #expect(reply.status == 416 && reply.headers["Content-Range"] == "bytes */1000000" && reply.body.isEmpty)
        }
    }

    @Test func `what the client has already is not sent again`() async throws {
        try await withFile { server, _ in
            let client = try RawClient(port: server.port)
            try await client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = try await client.reply(head: true)
            #expect(head.status == 200 && head.headers["Content-Length"] == "1000000")
            let tag = try #require(head.headers["ETag"])
            let time = try #require(head.headers["Last-Modified"])
            for (condition, status) in [
                ("If-None-Match: \(tag)", 304), ("If-None-Match: \"other\", \(tag)", 304), ("If-None-Match: *", 304),
                ("If-None-Match: \"other\"", 200), ("If-Modified-Since: \(time)", 304),
                ("If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT", 200),
                // The tag counts, not the time.
                ("If-None-Match: \"other\"\r\nIf-Modified-Since: \(time)", 200),
                ("If-Match: \(tag)", 200), ("If-Match: \"other\"", 412),
                ("Range: bytes=0-9\r\nIf-Range: \(tag)", 206), ("Range: bytes=0-9\r\nIf-Range: \"other\"", 200),
                ("Range: bytes=0-9\r\nIf-Range: \(time)", 206),
                ("Range: bytes=0-9\r\nIf-Range: Thu, 01 Jan 1970 00:00:00 GMT", 200),
                ("Range: bytes=0-9\r\nIf-None-Match: \(tag)", 304),
                ("If-Unmodified-Since: \(time)", 200), ("If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", 412),
                ("If-Match: \(tag)\r\nIf-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", 200),
            ] {
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\(condition)\r\n\r\n")
                let reply = try await client.reply()
                #expect(reply.status == status, "\(condition)")
                let count = [200: 1_000_000, 206: 10][status] ?? 0
                #expect(reply.body.count == count, "\(condition)")
                if status == 304 { #expect(reply.headers["ETag"] == tag) }
            }
            try await client.send("GET /tagged HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"hash\"\r\n\r\n")
            #expect(try await client.reply().status == 304)
        }
    }

    @Test func `only regular files are opened, and links are not followed`() throws {
        let folder = NSTemporaryDirectory()
        let link = folder + "/kinora-\(UInt32.random(in: 0...UInt32.max)).link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/hostname")
        defer { try? FileManager.default.removeItem(atPath: link) }
        #expect(throws: HTTPFile.Failure.system(path: link, errno: ELOOP)) { try HTTPFile(path: link) }
        #expect(throws: HTTPFile.Failure.notRegular(path: "/dev/null")) { try HTTPFile(path: "/dev/null") }
        #expect(throws: HTTPFile.Failure.notRegular(path: folder)) { try HTTPFile(path: folder) }
        #expect(throws: HTTPFile.Failure.system(path: "/no/such", errno: ENOENT)) { try HTTPFile(path: "/no/such") }
    }

    @Test func `an empty file is an empty body`() async throws {
        let path = NSTemporaryDirectory() + "kinora-\(UInt32.random(in: 0...UInt32.max)).empty"
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withServer(handler: { _ in .file(try HTTPFile(path: path), type: "text/plain") }) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let reply = try await client.reply()
            #expect(reply.status == 200 && reply.headers["Content-Length"] == "0")
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=0-\r\n\r\n")
            #expect(try await client.reply().status == 416)
        }
    }
}
