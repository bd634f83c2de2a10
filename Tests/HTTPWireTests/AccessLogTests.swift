// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import HTTPWire

@Suite struct AccessLogTests {
    private static func line(_ number: Int, path: String = "/a", agent: String? = nil) -> HTTPAccess {
        HTTPAccess(
            id: "r\(number)", method: "GET", path: path, route: "/{x}", status: 200, bytesIn: 3, bytesOut: 1234,
            duration: .microseconds(5678), beganSeconds: 1_795_275_859.1239, remoteAddress: "192.0.2.1",
            userAgent: agent, outcome: .sent)
    }

    private func withFile(_ body: (String) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "kinora-\(UInt32.random(in: 0...UInt32.max)).log"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    private func lines(_ path: String) throws -> [[String: Any]] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test func `a line is JSON with what one looks for`() {
        var bytes: [UInt8] = []
        AccessLine.write(Self.line(1, agent: "curl/8 \"x\""), to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"time":"2026-11-21T15:44:19.123Z","id":"r1","method":"GET","path":"/a","route":"/{x}","#
                + #""status":200,"bytes":1234,"bytes_in":3,"duration_us":5678,"address":"192.0.2.1","#
                + #""agent":"curl/8 \"x\""}"# + "\n")
    }

    @Test(arguments: [
        "/\u{1}\u{7F}\n\r\t", "/\"},{\"status\":500", "/\\", "/你好", "/" + String(repeating: "é", count: 5000),
    ])
    func `what a stranger sends stays inside its text, and is bounded`(text: String) throws {
        var bytes: [UInt8] = []
        AccessLine.write(Self.line(1, path: text, agent: text), to: &bytes)
        #expect(bytes.count < 8192 && bytes.last == 0x0A && bytes.count(where: { $0 == 0x0A }) == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let path = try #require(object["path"] as? String)
        #expect(text.hasPrefix(path) && path.utf8.count > min(text.utf8.count, 1024) - 4)
        #expect(object["status"] as? Int == 200 && (object["agent"] as? String).map { text.hasPrefix($0) } == true)
    }

    @Test func `lines come in their order, after what was there, for their owner alone`() async throws {
        try await withFile { path in
            for round in 0..<2 {
                let log = try AccessLog(path: path)
                for number in 0..<1000 { log.append(Self.line(round * 1000 + number)) }
                await log.finish()
                #expect(log.dropped == 0)
                // What comes after the end is not written, and not lost without a word.
                log.append(Self.line(-1))
                #expect(log.dropped == 1)
                await log.finish()
            }
            #expect(try lines(path).compactMap { $0["id"] as? String } == (0..<2000).map { "r\($0)" })
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `whoever appends never waits: what does not fit is dropped, and the log says how much`() async throws {
        // A pipe that nobody reads yet stops the writer.
        let pipe = Pipe()
        let log = AccessLog(descriptor: pipe.fileHandleForWriting.fileDescriptor, capacity: 100)
        let long = String(repeating: "x", count: 1000)
        var sent = 0
        // Far more than pipe and queue hold.
        while log.dropped < 50 {
            log.append(Self.line(sent, path: long))
            sent += 1
            #expect(sent < 1_000_000)
        }
        let reader = Thread.reading(pipe.fileHandleForReading)
        // Seen only once the writer goes on: its next batch begins after this line was taken.
        var dropped = log.dropped
        repeat {
            dropped = log.dropped
            log.append(Self.line(sent))
            sent += 1
            await Task.yield()
        } while log.dropped > dropped
        await log.finish()
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: await reader.value, as: UTF8.self)
        let objects = try text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let told = objects.compactMap { $0["dropped"] as? Int }.reduce(0, +)
        let written = objects.count { $0["id"] != nil }
        #expect(written + log.dropped == sent && told == log.dropped)
    }

    @Test func `a file that cannot be opened is an error, a disk that is full loses counted lines`() async throws {
        #expect(throws: HTTPFile.Failure.system(path: "/no/such/log", errno: ENOENT)) {
            try AccessLog(path: "/no/such/log")
        }
        let log = try AccessLog(path: "/dev/full")
        for number in 0..<10 { log.append(Self.line(number)) }
        await log.finish()
        #expect(log.dropped == 10)
    }

    @Test func `a server's requests are in it without what they keep secret`() async throws {
        try await withFile { path in
            let log = try AccessLog(path: path)
            try await withServer {
                $0.log = { log.append($0) }
            } handler: { request in
                .text(String(try await request.body.collect(upTo: 100).count))
            } _: { server in
                let client = try RawClient(port: server.port)
                try await client.send(
                    "POST /film?sig=SECRET&key=SECRET HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer SECRET\r\n"
                        + "Cookie: SECRET\r\nX-Client-Id: SECRET\r\nReferer: http://x/?SECRET\r\nUser-Agent: probe/1\r\n"
                        + "Content-Length: 6\r\n\r\nSECRET")
                #expect(try await client.reply().text == "6")
                // Even where it is no request at all.
                try await client.send("GET http://SECRET@host/\u{1}?SECRET HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.reply().status == 400)
            }
            await log.finish()
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let objects = try lines(path)
            #expect(objects.count == 2 && !text.contains("SECRET"))
            #expect(objects.first?["path"] as? String == "/film" && objects.first?["agent"] as? String == "probe/1")
            #expect(objects.first?["status"] as? Int == 200 && objects.last?["status"] as? Int == 400)
        }
    }
}

extension Thread {
    /// Reads to the end on a thread of its own.
    fileprivate static func reading(_ handle: FileHandle) -> Task<[UInt8], Never> {
        let (stream, sink) = AsyncStream<[UInt8]>.makeStream()
        let descriptor = handle.fileDescriptor
        Thread.detachNewThread {
            var all: [UInt8] = []
            var room = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = read(descriptor, &room, room.count)
                guard count > 0 else { break }
                all += room[..<count]
            }
            sink.yield(all)
            sink.finish()
        }
        return Task {
            for await all in stream { return all }
            return []
        }
    }
}
