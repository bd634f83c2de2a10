// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Studio
import Testing

@testable import StudioServer

@Suite("Exports over the wire")
struct ExportWireTests {
    private let path = "/api/render/proxy/lambda"

    private func start(
        _ server: TestServer, _ session: String, id: String = "render_1", output: JSONValue = ["format": "mp4"],
        _ headers: [String: String] = [:]
    ) async throws -> WireClient.Reply {
        try await server.call(
            "POST", path, headers, json: ["id": .string(id), "sessionId": .string(session), "output": output])
    }

    @Test("An export is answered in both published shapes, by POST and by GET, until it is complete")
    func shapes() async throws {
        let exports = try LedExports()
        let server = try TestServer(exports: exports)
        let session = try await server.session()
        let started = try await start(server, session)
        #expect(started.status == 200)
        let reply = try started.json
        #expect(try await server.call("GET", "\(path)/render_1").json == reply)
        #expect(reply["success"] == true && reply["status"] == "pending" && reply["progress"] == 0)
        #expect(reply["id"] == "render_1" && reply["taskId"] == "render_1" && reply["render_id"] == "render_1")
        #expect(reply["outputUrl"] == .null && reply["output"]?["url"] == .null && reply["error"] == .null)
        #expect(reply["completedAt"] == .null && reply["createdAt"]?.string?.hasSuffix("Z") == true)
        let inner = try #require(reply["data"]?.object)
        for (name, value) in inner { #expect(reply[name] == value, "\(name)") }
        #expect(Set(inner.keys).union(["success", "data"]) == Set(try #require(reply.object).keys))

        let id = try #require(ExportID("render_1"))
        exports.lead(id) {
            $0.status = .processing
            $0.progress = 41.5
        }
        let half = try await server.call("GET", "\(path)/render_1").json
        #expect(half["status"] == "processing" && half["progress"] == 41.5)
        exports.complete(id)
        let done = try await server.call("GET", "\(path)/render_1").json
        #expect(done["status"] == "completed" && done["progress"] == 100)
        #expect(done["output"]?["duration"] == 2.5)
        #expect(done["output"]?["size"] == .integer(Int64(LedExports.film.count)))
        #expect(done["outputUrl"] == done["output"]?["url"] && done["outputUrl"]?.string != nil)
        await server.stop()
    }

    @Test("The link is absolute on the Host that was asked, needs no token, and serves ranges")
    func download() async throws {
        let exports = try LedExports()
        let server = try TestServer(terms: ServiceTerms(), exports: exports)
        let account = try await server.hostedClient("c")
        let session = try await server.session(account)
        _ = try await start(server, session, account.merging(TestServer.skill) { a, _ in a })
        exports.complete(try #require(ExportID("render_1")))
        let base = "http://127.0.0.1:\(server.server.port)"
        let url = try #require(try await server.call("GET", "\(path)/render_1", account).json["outputUrl"]?.string)
        #expect(url.hasPrefix("\(base)/api/render/proxy/render_1/download?"))
        let link = String(url.dropFirst(base.count))
        let whole = try await server.call("GET", link)
        #expect(whole.status == 200 && whole.body == LedExports.film && whole.headers["content-type"] == "video/mp4")
        #expect(
            whole.headers["content-disposition"]?.contains("filename*=UTF-8''Urban%20Dreams%20%E6%A2%A6.mp4") == true)
        let tag = try #require(whole.headers["etag"])
        let part = try await server.call("GET", link, ["Range": "bytes=2-5"])
        #expect(part.status == 206 && part.body == Array(LedExports.film[2...5]))
        #expect(part.headers["content-range"] == "bytes 2-5/\(LedExports.film.count)")
        #expect(try await server.call("GET", link, ["If-None-Match": tag]).status == 304)
        // With a token and no signature it works as well, without either it does not.
        #expect(try await server.call("GET", "/api/render/proxy/render_1/download", account).body == LedExports.film)
        let neither = try await server.call("GET", "/api/render/proxy/render_1/download")
        #expect(neither.status == 401)
        #expect(try neither.json["success"] == false && neither.json["code"] == 1001)
        await server.stop()
    }

    @Test("A link that was changed anywhere is refused, and one that has expired is gone")
    func forged() async throws {
        let time = StoppedTime()
        let exports = try LedExports(time.surroundings)
        let server = try TestServer(surroundings: time.surroundings, exports: exports)
        let session = try await server.session()
        for id in ["render_1", "render_2"] {
            _ = try await start(server, session, id: id)
            exports.complete(try #require(ExportID(id)))
        }
        let url = try #require(try await server.call("GET", "\(path)/render_1").json["outputUrl"]?.string)
        let link = String(url.dropFirst("http://127.0.0.1:\(server.server.port)".count))
        #expect(try await server.call("GET", link).status == 200)
        let expires = try #require(link.firstMatch(of: /expires=(\d+)/)?.1)
        for forged in [
            link.replacing("render_1", with: "render_2"), link.replacing("usr_local", with: "usr_other"),
            link.replacing("expires=\(expires)", with: "expires=\(expires)0"),
            link.replacing("expires=\(expires)", with: "expires=0\(expires)"),
            link.replacing("expires=\(expires)", with: "expires=%2B\(expires)"), String(link.dropLast()),
            link.dropLast(1) + (link.hasSuffix("0") ? "1" : "0"), link.replacing(/key=[^&]*/, with: "key=00000000"),
        ] {
            let reply = try await server.call("GET", String(forged))
            #expect(reply.status == 403, "\(forged)")
            #expect(try reply.json["success"] == false)
        }
        time.advance(days: 1.2)
        #expect(try await server.call("GET", link).status == 410)
        await server.stop()
    }

    @Test("The same id and body is the same film, another body is refused, an unknown id is 1002")
    func repeated() async throws {
        let server = try TestServer(exports: try LedExports())
        let session = try await server.session()
        let first = try await start(server, session).json
        #expect(try await start(server, session).json == first)
        let other = try await start(server, session, output: ["format": "mov"])
        #expect(other.status == 409)
        #expect(try other.json["success"] == false && other.json["code"] == 409)
        for path in ["\(path)/render_9", "\(path)/%20"] {
            let unknown = try await server.call("GET", path)
            #expect(unknown.status == 404)
            #expect(try unknown.json["code"] == 1002)
        }
        #expect(try await start(server, "ses_0000000000", id: "render_5").json["code"] == 1002)
        await server.stop()
    }

    @Test(
        "What is wrong with an order is told by its field",
        arguments: [
            (#"{"format":"avi"}"#, "format"), (#"{"quality":"best"}"#, "quality"), (#"{"fps":"x"}"#, "fps"),
            (#"{"resolution":"big"}"#, "resolution"), (#"{"width":1}"#, "width"), (#"{"preset":"vhs"}"#, "preset"),
        ])
    func wrong(_ output: String, _ field: String) async throws {
        let server = try TestServer(exports: try LedExports())
        let session = try await server.session()
        let reply = try await start(server, session, output: try JSONValue(parsing: output))
        #expect(reply.status == 400)
        #expect(try reply.json["error"]?.string?.contains(field) == true, "\(reply.text)")
        #expect(try reply.json["data"]?["field"] == .string("output.\(field)"))
        await server.stop()
    }

    @Test("A film is cancelled, listed, followed to its end, and taken away")
    func life() async throws {
        let exports = try LedExports()
        let server = try TestServer(exports: exports)
        let session = try await server.session()
        _ = try await start(server, session)
        let listed = try await server.call("GET", "/v1/exports?session_id=\(session)").data
        #expect(listed["exports"]?.array?.map { $0["id"] } == ["render_1"])
        let cancelled = try await server.call("POST", "\(path)/render_1/cancel").json
        #expect(cancelled["status"] == "cancelled")
        let followed = try await server.call("GET", "/v1/exports/render_1/events")
        #expect(followed.headers["content-type"]?.hasPrefix("text/event-stream") == true)
        #expect(try followed.events.map { $0["status"] } == ["cancelled"])
        #expect(try await server.call("DELETE", "/v1/exports/render_1").code == 0)
        #expect(try await server.call("DELETE", "/v1/exports/render_1").code == 1002)
        await server.stop()
    }

    @Test("Another account's film is not there")
    func another() async throws {
        let exports = try LedExports()
        let server = try TestServer(terms: ServiceTerms(), exports: exports)
        let one = try await server.hostedClient("one"), two = try await server.hostedClient("two")
        let session = try await server.session(one)
        _ = try await start(server, session, one.merging(TestServer.skill) { a, _ in a })
        let missing = try await server.call("GET", "\(path)/render_7", two)
        let theirs = try await server.call("GET", "\(path)/render_1", two)
        #expect(theirs.status == 404 && theirs.body == missing.body)
        #expect(try await server.call("GET", "/v1/exports", two).data["exports"] == [])
        await server.stop()
    }

    @Test("Where nothing makes films, that is said")
    func unavailable() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await start(server, session)
        #expect(reply.status == 503)
        #expect(try reply.json["success"] == false)
        await server.stop()
    }
}
