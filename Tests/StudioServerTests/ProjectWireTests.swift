// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Studio
import TestMedia
import Testing

@testable import StudioServer

@Suite("Projects over the wire")
struct ProjectWireTests {
    @Test("A project is made, listed, renamed, deleted and brought back")
    func life() async throws {
        let server = try TestServer()
        let made = try await server.call("POST", "/v1/projects", json: ["name": "Seaside", "language": "fr"])
        #expect(made.status == 201)
        let id = try #require(try made.data["session_id"]?.string)
        #expect(try made.data["name"] == "Seaside" && made.data["language"] == "fr")
        _ = try await server.session()
        let listed = try await server.call("GET", "/v1/projects").data["projects"]?.array ?? []
        #expect(listed.count == 2 && listed.contains { $0["session_id"] == .string(id) })
        let renamed = try await server.call("PATCH", "/v1/projects/\(id)", json: ["name": "Mountains"]).data
        #expect(renamed["name"] == "Mountains")
        #expect(try await server.call("GET", "/v1/projects/\(id)").data == renamed)
        #expect(try await server.state(id)["task_name"] == "Mountains")

        #expect(try await server.call("DELETE", "/v1/projects/\(id)").code == 0)
        for (method, path) in [("GET", "/v1/projects/\(id)"), ("DELETE", "/v1/projects/\(id)")] {
            #expect(try await server.call(method, path).code == 1002)
        }
        #expect(try await server.say("x", in: id).status == 404)
        #expect(try await server.call("GET", "/v1/projects").data["projects"]?.array?.count == 1)
        let deleted = try await server.call("GET", "/v1/projects?deleted=true").data["projects"]?.array
        #expect(deleted?.map { $0["session_id"] } == [.string(id)])
        #expect(try await server.call("POST", "/v1/projects/\(id)/restore").data["name"] == "Mountains")
        #expect(try await server.call("GET", "/v1/projects/\(id)").code == 0)
        await server.stop()
    }

    @Test("What was deleted more than a week ago cannot be brought back")
    func tooLate() async throws {
        let time = StoppedTime()
        let server = try TestServer(surroundings: time.surroundings)
        let id = try await server.session()
        _ = try await server.call("DELETE", "/v1/projects/\(id)")
        time.advance(days: 7.1)
        #expect(try await server.call("POST", "/v1/projects/\(id)/restore").code == 1002)
        #expect(try await server.call("GET", "/v1/projects?deleted=true").data["projects"] == [])
        await server.stop()
    }

    @Test("A second project has the same film of the same files under ids of its own, and what was said stays behind")
    func duplicate() async throws {
        let server = try TestServer()
        let first = try await server.session()
        let photo = try SampleFile.photo()
        let song = Array(try Data(contentsOf: TestMedia.ffmpeg("s.wav", ["-f", "lavfi", "-i", "sine=f=330:d=4"])))
        _ = try await server.upload(first, [("a.png", photo), ("b.wav", song)])
        let made = try await server.call(
            "POST", "/v1/projects/\(first)/edits",
            json: ["base_revision": 0, "ops": [["op": "create", "length": 3000]]])
        #expect(made.status == 200, "\(made.text)")
        _ = try await server.say("Seaside", in: first)
        let reply = try await server.call("POST", "/v1/projects/\(first)/duplicate", json: ["name": "Another"])
        #expect(reply.status == 201, "\(reply.text)")
        let second = try #require(try reply.data["session_id"]?.string)
        #expect(second != first)
        #expect(try reply.data["name"] == "Another" && reply.data["turns"] == 0 && reply.data["files"] == 2)
        #expect(try reply.data["duration"] == 3000)

        // The films differ in nothing but the ids of the files, which are the same bytes.
        let (old, new) = (try await server.state(first), try await server.state(second))
        let ids = { (state: JSONValue) in state["state"]?["video_infos"]?.array?.compactMap { $0["id"]?.string } ?? [] }
        #expect(ids(old).count == 2 && Set(ids(old)).isDisjoint(with: ids(new)))
        var film = old["state"]?["draft"]?.text() ?? ""
        for (before, after) in zip(ids(old), ids(new)) { film.replace(before, with: after) }
        #expect(film == new["state"]?["draft"]?.text() && film.contains(ids(new)[0]))
        for (before, after) in zip(ids(old), ids(new)) {
            let bytes = try await server.call("GET", "/v1/assets/\(after)").body
            #expect(try await server.call("GET", "/v1/assets/\(before)").body == bytes && !bytes.isEmpty)
        }

        // Each goes its own way, and neither is undone into nothing.
        #expect(try await server.call("POST", "/v1/projects/\(second)/undo").status == 409)
        let edit: JSONValue = ["base_revision": 1, "ops": [["op": "length", "length": 2000]]]
        #expect(try await server.call("POST", "/v1/projects/\(second)/edits", json: edit).status == 200)
        #expect(try await server.call("DELETE", "/v1/projects/\(first)").code == 0)
        #expect(try await server.call("GET", "/v1/assets/\(ids(new)[0])").body == photo)
        let listed = try await server.call("GET", "/v1/projects").data
        #expect(listed["projects"]?.array?.first?["duration"] == 2000)
        let stored = Int64(photo.count + song.count)
        #expect(listed["projects"]?.array?.first?["bytes"]?.integer == stored && listed["bytes"]?.integer == stored)
        await server.stop()
    }

    @Test("Agents' clients list and delete the same sessions")
    func agents() async throws {
        let server = try TestServer()
        let path = "/apps/nemo_agent/users/user/sessions"
        let id = try await server.session()
        _ = try await server.say("Film", in: id)
        let listed = try await server.call("GET", path).json.array ?? []
        #expect(listed.map { $0["id"] } == [.string(id)])
        #expect(listed.first?["userId"] == "user" && listed.first?["events"] == [])
        let deleted = try await server.call("DELETE", "\(path)/\(id)")
        #expect(deleted.status == 200 && deleted.text == "null")
        #expect(try await server.call("GET", path).json == [])
        #expect(try await server.call("DELETE", "\(path)/\(id)").status == 404)
        await server.stop()
    }

    @Test("What happens to a project is told in order, and again from the last event that was seen")
    func events() async throws {
        let server = try TestServer()
        let id = try await server.session()
        _ = try await server.say("One", in: id)
        _ = try await server.upload(id, [("a.txt", Array("words".utf8))])
        _ = try await server.call(
            "POST", "/v1/projects/\(id)/edits",
            json: ["base_revision": 1, "ops": [["op": "title-name", "title": "Two"]]])
        let kinds = ["turn", "turn", "revision", "asset", "revision"]
        let first = try await follow(server, id, from: "0", until: kinds.count)
        #expect(first.map(\.event) == kinds)
        let payloads = try first.map { try JSONValue(parsing: $0.data) }
        #expect(payloads.map { $0["kind"]?.string } == kinds)
        #expect(payloads[0]["state"] == "started" && payloads[1]["state"] == "done")
        #expect(payloads[1]["answer"] == "named One\nnow" && payloads[2]["revision"] == 1)
        #expect(payloads[3]["files"]?.array?.first?["filename"] == "a.txt")
        #expect(payloads[4]["revision"] == 2 && payloads[4]["changes"]?.array?.isEmpty == false)
        let ids = first.compactMap(\.id).compactMap { Int64($0) }
        #expect(ids == ids.sorted() && Set(ids).count == kinds.count)

        let rest = try await follow(server, id, from: try #require(first[2].id), until: 2)
        #expect(rest == Array(first.suffix(2)))
        await server.stop()
    }

    @Test("Whoever follows hears what happens from now on, and two hear the same")
    func live() async throws {
        let server = try TestServer()
        let id = try await server.session()
        _ = try await server.say("Before", in: id)
        let one = try WireClient(port: server.server.port), two = try WireClient(port: server.server.port)
        for client in [one, two] {
            try await client.send(WireClient.request(server.server.port, "GET", "/v1/projects/\(id)/events"))
            _ = try await client.read(until: ": connected\n\n")
        }
        _ = try await server.say("After", in: id)
        for client in [one, two] {
            let text = String(decoding: try await client.read(until: "event: revision\n"), as: UTF8.self)
            #expect(text.contains("After") && !text.contains("Before"))
            client.leave()
        }
        await server.stop()
    }

    /// So many events of a project behind one, then leaves.
    private func follow(
        _ server: TestServer, _ id: String, from last: String, until count: Int
    ) async throws -> [ServerSentEvent] {
        let client = try WireClient(port: server.server.port)
        try await client.send(
            WireClient.request(server.server.port, "GET", "/v1/projects/\(id)/events", ["Last-Event-ID": last]))
        _ = try await client.read(until: ": connected\n\n")
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        while events.count < count {
            let bytes = try await client.read(until: "\n\n")
            // Sizes of chunks stand between; they are lines that a stream does not know.
            events += try parser.feed(bytes)
        }
        client.leave()
        return events.map { ServerSentEvent(data: $0.data, event: $0.event, id: $0.id) }
    }
}

@Suite("Turns that outlive their server")
struct ResumedTurnTests {
    @Test("A turn that was accepted and not carried out is made up for by the next server, charged once")
    func resumed() async throws {
        let gate = Gate()
        let time = StoppedTime()
        let first = try TestServer(responder: Namer(gate: gate), terms: ServiceTerms(), surroundings: time.surroundings)
        let client = try await first.hostedClient("c")
        let session = try await first.session(client)
        let socket = try WireClient(port: first.server.port)
        let body = Array(TestServer.run("Survivor", session).text().utf8)
        try await socket.send(
            WireClient.request(
                first.server.port, "POST", "/run_sse",
                client.merging(["Content-Type": "application/json"]) { a, _ in a },
                body))
        await gate.arrivals(1)
        // The server ends in the middle: nothing more of it reaches the folder.
        socket.leave()
        await first.server.stop(grace: .zero)
        first.data.release()

        let second = try TestServer(in: first.folder, terms: ServiceTerms(), surroundings: time.surroundings)
        #expect(try await second.studio.resumeTurns() == 1)
        await second.studio.finish()
        let state = try await second.call("GET", "/api/state/nemo_agent/me/\(session)", client).data
        #expect(state["state"]?["draft"]?["m"]?["title"] == "Survivor" && state["revision"] == 1)
        let credits = try await second.call("GET", "/api/credits/balance/simple", client).data
        #expect(credits == ["available": 99, "frozen": 0, "total": 99])
        #expect(try await second.studio.resumeTurns() == 0)
        await gate.letThrough()
        await second.stop()
    }
}
