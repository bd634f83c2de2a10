// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Studio
import Synchronization
import Testing

@testable import StudioServer

@Suite("Files by links")
struct LinkedFileTests {
    /// A server whose files are fetched; knows what it was asked for.
    final class Origin: Sendable {
        let server: HTTPServer
        let box: Box

        final class Box: Sendable {
            let asked = Mutex<[String]>([])
        }

        init() throws {
            let photo = try SampleFile.photo()
            let box = Box()
            server = try HTTPServer(HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))) { request in
                box.asked.withLock { $0.append(request.path) }
                switch request.path {
                case "/photo.jpg": return HTTPResponse(headers: ["Content-Type": "image/jpeg"], body: .bytes(photo))
                case "/named":
                    return HTTPResponse(
                        headers: ["Content-Disposition": "attachment; filename*=UTF-8''%E6%B5%B7.jpg"],
                        body: .bytes(photo))
                case "/words.txt": return .text("words")
                case "/on": return .redirect(to: "/photo.jpg", status: .found)
                case "/round": return .redirect(to: "/round", status: .found)
                case "/away": return .redirect(to: "http://localhost:\(request.queryValue("port") ?? "")/photo.jpg")
                case "/file": return .redirect(to: "file:///etc/passwd")
                case "/endless":
                    return .stream(type: "video/mp4") { body in
                        while true { try await body.write([UInt8](repeating: 7, count: 64 << 10)) }
                    }
                default: throw HTTPFailure.notFound
                }
            }
            self.box = box
        }

        var base: String { "http://127.0.0.1:\(server.port)" }
    }

    private func send(_ server: TestServer, _ session: String, _ urls: [String]) async throws -> WireClient.Reply {
        try await server.call(
            "POST", "/api/upload-video/nemo_agent/me/\(session)",
            json: ["urls": .array(urls.map { .string($0) }), "source_type": "url"])
    }

    @Test("Files are fetched, named by their sender or their link, and one that fails does not lose the others")
    func fetched() async throws {
        let origin = try Origin()
        let server = try TestServer(links: LinkedFiles(allowing: { _ in true }))
        let session = try await server.session()
        let reply = try await send(
            server, session,
            ["/photo.jpg", "/named", "/missing.jpg", "/words.txt", "/on"].map { origin.base + $0 })
        #expect(reply.status == 200)
        let data = try reply.data
        #expect(data["files"]?.array?.map { $0["filename"]?.string } == ["photo.jpg", "海.jpg", "words.txt", "on"])
        #expect(data["refused"]?.array?.map { $0["filename"]?.string } == ["missing.jpg"])
        #expect(data["refused"]?.array?.first?["message"]?.string?.contains("404") == true)
        await server.stop()
        await origin.server.stop()
    }

    @Test("The default reaches no address of this machine or network, by number, by name or by redirect")
    func inside() async throws {
        let origin = try Origin()
        let server = try TestServer()
        let session = try await server.session()
        let port = origin.server.port
        let links = [
            "http://127.0.0.1:\(port)/photo.jpg", "http://localhost:\(port)/photo.jpg",
            "http://[::1]:\(port)/photo.jpg",
            "http://2130706433:\(port)/photo.jpg", "http://0x7f.1:\(port)/photo.jpg", "http://0:\(port)/photo.jpg",
            "http://[::ffff:127.0.0.1]:\(port)/photo.jpg", "http://user:word@127.0.0.1:\(port)/photo.jpg",
        ]
        let reply = try await send(server, session, links)
        #expect(reply.status == 502)
        #expect(try reply.data["refused"]?.array?.count == links.count)
        #expect(origin.box.asked.withLock { $0 }.isEmpty)
        for other in ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1", "/etc/passwd", "data:,x"] {
            #expect(try await send(server, session, [other]).code == 400, "\(other)")
        }
        await server.stop()
        await origin.server.stop()
    }

    @Test("The address is looked at again behind a redirect, and redirects come to an end")
    func redirected() async throws {
        let origin = try Origin()
        let count = Counter()
        // The first connection is fine, none after it.
        let server = try TestServer(links: LinkedFiles(allowing: { _ in count.next() == 1 }))
        let session = try await server.session()
        let reply = try await send(server, session, ["\(origin.base)/away?port=\(origin.server.port)"])
        #expect(try reply.code == 502)
        #expect(reply.text.contains("public internet"))
        #expect(origin.box.asked.withLock { $0 } == ["/away"])
        await server.stop()

        let open = try TestServer(links: LinkedFiles(allowing: { _ in true }))
        let again = try await open.session()
        for path in ["/round", "/file"] {
            #expect(try await send(open, again, [origin.base + path]).code == 502, "\(path)")
        }
        #expect(origin.box.asked.withLock { $0 }.filter { $0 == "/round" }.count == 4)
        await open.stop()
        await origin.server.stop()
    }

    final class Counter: Sendable {
        private let count = Mutex(0)
        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    @Test("A file without end is left off at the limit")
    func endless() async throws {
        let origin = try Origin()
        var limits = StudioLimits()
        limits.fileBytes = 1 << 20
        let server = try TestServer(limits: limits, links: LinkedFiles(allowing: { _ in true }))
        let session = try await server.session()
        let reply = try await send(server, session, ["\(origin.base)/endless"])
        #expect(reply.status == 413)
        #expect(try reply.code == 4002)
        await server.stop()
        await origin.server.stop()
    }

    @Test(
        "What is no list of links is refused",
        arguments: ["{}", #"{"urls":"x"}"#, #"{"urls":[1]}"#, "[", #"{"urls":[""]}"#])
    func wrong(_ body: String) async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await server.call(
            "POST", "/api/upload-video/nemo_agent/me/\(session)", ["Content-Type": "application/json"],
            Array(body.utf8))
        #expect(reply.status == 400)
        await server.stop()
    }
}
