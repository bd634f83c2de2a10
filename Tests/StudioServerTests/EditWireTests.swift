// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON
import Testing

@testable import StudioServer

@Suite("Edits over the wire")
struct EditWireTests {
    private func edit(
        _ server: TestServer, _ session: String, base: Int64, _ ops: JSONValue, _ headers: [String: String] = [:]
    ) async throws -> WireClient.Reply {
        try await server.call(
            "POST", "/v1/projects/\(session)/edits", headers, json: ["base_revision": .integer(base), "ops": ops])
    }

    @Test("The table of operations has a tool for each, with help in the person's language")
    func table() async throws {
        let server = try TestServer()
        let english = try await server.call("GET", "/v1/operations").data
        #expect(english["operations"]?.array?.count == OperationTable.entries.count)
        let chinese = try await server.call("GET", "/v1/operations?lang=zh-CN").data
        #expect(chinese["operations"]?.array?.first?["name"] == english["operations"]?.array?.first?["name"])
        #expect(
            chinese["operations"]?.array?.first?["description"] != english["operations"]?.array?.first?["description"])
        await server.stop()
    }

    @Test("Operations become one revision, told by what has changed; undo and redo lead back and forth")
    func editing() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let edited = try await edit(
            server, session, base: 0, [["op": "title-name", "title": "None"], ["op": "title-name", "title": "One"]]
        ).data
        #expect(edited["revision"] == 1 && edited["draft"]?["m"]?["title"] == "One")
        let changes = try #require(edited["changes"]?.array)
        #expect(Set(changes.compactMap { $0["what"]?.string }) == ["film-title"])
        #expect(changes.allSatisfy { $0["words"]?.string?.isEmpty == false })
        #expect(try await server.state(session)["state"]?["draft"] == edited["draft"])

        let undone = try await server.call("POST", "/v1/projects/\(session)/undo").data
        #expect(undone["revision"] == 0 && undone["draft"]?["m"]?["title"] == "")
        let redone = try await server.call("POST", "/v1/projects/\(session)/redo", json: ["base_revision": 0]).data
        #expect(redone["revision"] == 1 && redone["draft"] == edited["draft"])
        let nothing = try await server.call("POST", "/v1/projects/\(session)/redo")
        #expect(nothing.status == 409)
        #expect(try nothing.data["revision"] == 1)
        await server.stop()
    }

    @Test("What was said and what was done by hand are told of together, steps through them are not")
    func log() async throws {
        let server = try TestServer()
        let session = try await server.session()
        _ = try await edit(server, session, base: 0, [["op": "title-name", "title": "One"]])
        _ = try await server.say("Two", in: session)
        _ = try await server.call("POST", "/v1/projects/\(session)/undo")
        _ = try await edit(server, session, base: 1, [["op": "title-name", "title": "Three"]])
        let edits = try await server.call("GET", "/v1/projects/\(session)/edits").data["edits"]?.array ?? []
        #expect(edits.map { $0["revision"]?.integer } == [1, 2, 3] && edits.map { $0["from"]?.integer } == [0, 1, 1])
        #expect(edits.map { $0["said"]?.string } == ["", "Two", ""])
        #expect(edits.allSatisfy { $0["changes"]?.array?.first?.string?.isEmpty == false })
        let chinese = try await server.call(
            "GET", "/v1/projects/\(session)/edits", ["Accept-Language": "zh"]
        ).data["edits"]?.array
        #expect(chinese?.count == 3 && chinese?.first?["changes"] != edits.first?["changes"])
        await server.stop()
    }

    @Test("A dry run tells what operations would come to, and changes nothing")
    func dryRun() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let ops: JSONValue = [["op": "title-name", "title": "One"]]
        let path = "/v1/projects/\(session)/edits"
        let tried = try await server.call("POST", path, json: ["base_revision": 0, "ops": ops, "dry_run": true])
        #expect(try tried.data["draft"]?["m"]?["title"] == "One" && tried.data["revision"] == 0)
        #expect(try tried.data["changes"]?.array?.count == 1)
        #expect(try await server.state(session)["revision"] == 0)
        #expect(try await server.state(session)["state"]?["draft"]?["m"]?["title"] == "")
        let edited = try await edit(server, session, base: 0, ops).data
        #expect(try tried.data["draft"] == edited["draft"])
        let stale = try await server.call("POST", path, json: ["base_revision": 0, "ops": ops, "dry_run": true])
        #expect(stale.status == 409)
        let wrong: JSONValue = ["base_revision": 1, "ops": [["op": "length", "length": -1]], "dry_run": true]
        #expect(try await server.call("POST", path, json: wrong).status == 400)
        await server.stop()
    }

    @Test("The words of changes are in the language that is asked for")
    func language() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await edit(
            server, session, base: 0, [["op": "title-name", "title": "One"]], ["Accept-Language": "zh-CN,zh;q=0.9"])
        let words = try #require(try reply.data["changes"]?.array?.first?["words"]?.string)
        #expect(words.unicodeScalars.contains { $0.value > 0x2E80 })
        await server.stop()
    }

    @Test("An edit for a revision that is not the present one is refused with the one that is")
    func stale() async throws {
        let server = try TestServer()
        let session = try await server.session()
        _ = try await edit(server, session, base: 0, [["op": "title-name", "title": "One"]])
        let reply = try await edit(server, session, base: 0, [["op": "title-name", "title": "Two"]])
        #expect(reply.status == 409)
        #expect(try reply.code == 409)
        #expect(try reply.data["revision"] == 1)
        #expect(try reply.data["draft"]?["m"]?["title"] == "One")
        #expect(try await server.state(session)["revision"] == 1)
        await server.stop()
    }

    @Test(
        "What is wrong with an edit is named, and nothing of it is done",
        arguments: [
            (#"{"ops":[]}"#, "base_revision"), (#"{"base_revision":"0","ops":[]}"#, "base_revision"),
            (#"{"base_revision":0,"ops":[{"op":"title-name","title":"A"},{"op":"nonsense"}]}"#, "nonsense"),
            (#"{"base_revision":0,"ops":[{"op":"title-name","title":"A"},{"op":"length","length":-1}]}"#, "length"),
            (#"{"base_revision":0,"ops":[{"op":"title-name","title":"A"},{"op":"length","length":5000}]}"#, "film"),
            (#"{"base_revision":0,"ops":[3]}"#, "ops[0]"), (#"{"base_revision":0,"ops":[],"more":1}"#, "more"),
            (#"[1]"#, "object"), (#"{"#, "JSON"),
        ])
    func wrong(_ body: String, _ named: String) async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await server.call("POST", "/v1/projects/\(session)/edits", [:], Array(body.utf8))
        #expect(reply.status == 400)
        #expect(try reply.json["message"]?.string?.contains(named) == true, "\(reply.text)")
        #expect(try await server.state(session)["revision"] == 0)
        await server.stop()
    }
}
