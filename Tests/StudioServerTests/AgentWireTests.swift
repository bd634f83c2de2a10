// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Studio
import Testing

@testable import StudioServer

@Suite("What agents' clients call")
struct AgentWireTests {
    private let sessions = "/apps/nemo_agent/users/user/sessions"

    @Test("The one agent is listed, in short and in detail")
    func apps() async throws {
        let server = try TestServer()
        #expect(try await server.call("GET", "/list-apps").json == ["nemo_agent"])
        let detailed = try await server.call("GET", "/list-apps?detailed=true").json
        #expect(detailed["apps"]?.array?.first?["rootAgentName"] == "nemo_agent")
        let version = try await server.call("GET", "/version").json
        #expect(version["version"] == "1.2.3" && version["policy"] == "open" && version["model"] == nil)
        await server.stop()
    }

    @Test("A session is made with what the agent keeps in it, under the client's own name for its user")
    func create() async throws {
        let server = try TestServer()
        let reply = try await server.call("POST", sessions, json: ["state": ["mood": "calm", "language": "fr"]])
        #expect(reply.status == 200)
        let session = try reply.json
        #expect(session["appName"] == "nemo_agent" && session["userId"] == "user" && session["events"] == [])
        #expect(session["state"]?["mood"] == "calm" && session["state"]?["revision"] == 0)
        #expect((session["lastUpdateTime"]?.number ?? 0) > 1.7e9)
        let id = try #require(session["id"]?.string)
        #expect(try await server.call("GET", "\(sessions)/\(id)").json == session)
        // The same project by its other name.
        #expect(try await server.state(id)["state"]?["draft"]?["m"]?["language"] == "fr")
        // An empty body will do.
        #expect(try await server.call("POST", sessions).json["id"]?.string?.hasPrefix("ses_") == true)
        await server.stop()
    }

    @Test("What was said stands in the session, the person's words and the agent's")
    func events() async throws {
        let server = try TestServer()
        let id = try await server.session()
        let streamed = try #require(try await server.say("A Film", in: id).events.last)
        let events = try await server.call("GET", "\(sessions)/\(id)").json["events"]?.array ?? []
        #expect(events.map { $0["author"]?.string } == ["user", "nemo_agent"])
        #expect(events.first?["content"] == ["role": "user", "parts": [["text": "A Film"]]])
        #expect(events.last == streamed)
        await server.stop()
    }

    @Test("Files in a message come in before it is carried out; without a word their names are the message")
    func attachments() async throws {
        let server = try TestServer()
        let id = try await server.session()
        let photo = Data(try SampleFile.photo()).base64EncodedString()
        // As Python's clients write it: the alphabet for links.
        let safe = photo.replacing("+", with: "-").replacing("/", with: "_")
        let first: JSONValue = [
            "inlineData": ["data": .string(safe), "mimeType": "image/jpeg", "displayName": "a.jpg"]
        ]
        let said = try await server.call(
            "POST", "/run",
            json: TestServer.run("x", id, ["new_message": ["role": "user", "parts": [["text": "One"], first]]]))
        #expect(try said.json.array?.last?["content"]?["parts"]?.array?.first?["text"] == "named One\nnow")
        let second: JSONValue = ["inline_data": ["data": .string(photo), "display_name": "b.jpg"]]
        let silent = try await server.call(
            "POST", "/run", json: TestServer.run("x", id, ["new_message": ["parts": [second, first]]]))
        #expect(try silent.json.array?.last?["content"]?["parts"]?.array?.first?["text"] == "named b.jpg, a.jpg\nnow")
        let names = try await server.state(id)["state"]?["video_infos"]?.array?.compactMap { $0["filename"]?.string }
        #expect(names == ["a.jpg", "b.jpg", "a.jpg"])
        await server.stop()
    }

    @Test("A file in a message that is not taken is named, and the message is not carried out")
    func badAttachments() async throws {
        let server = try TestServer()
        let id = try await server.session()
        let page = Data("<!doctype html><p>hi".utf8).base64EncodedString()
        for (part, told) in [
            (["inlineData": ["data": .string(page), "displayName": "page.jpg"]] as JSONValue, "page.jpg"),
            (["inlineData": ["data": "*****", "displayName": "torn.jpg"]], "torn.jpg"),
            (["fileData": ["fileUri": "http://127.0.0.1:9/a.jpg"]], "a.jpg"),
        ] {
            let message: JSONValue = ["parts": [["text": "Two"], part]]
            let reply = try await server.call("POST", "/run", json: TestServer.run("x", id, ["new_message": message]))
            #expect(reply.status >= 400)
            #expect(try reply.json["detail"]?.string?.contains(told) == true, "\(told)")
        }
        let state = try await server.state(id)
        #expect(state["state"]?["video_infos"]?.array == [] && state["state"]?["revision"]?.integer ?? 0 == 0)
        await server.stop()
    }

    @Test("A run gives all events at once, and refuses in the kit's form")
    func run() async throws {
        let server = try TestServer()
        let id = try await server.session()
        let events = try await server.call("POST", "/run", json: TestServer.run("One", id, ["user_id": "user"])).json
        #expect(events.array?.count == 3)
        #expect(events.array?.last?["content"]?["parts"]?.array?.first?["text"] == "named One\nnow")
        let unknown = try await server.call("POST", "/run", json: TestServer.run("x", "ses_0000"))
        #expect(unknown.status == 404)
        #expect(try unknown.json.object?.keys.sorted() == ["detail"])
        let wrong = try await server.call("POST", "/run", json: ["session_id": 7])
        #expect(wrong.status == 422)
        #expect(try wrong.json["detail"]?.string?.contains("session_id") == true)
        await server.stop()
    }

    @Test("The state of a session changes by what is sent, before a turn too, and null takes out")
    func delta() async throws {
        let server = try TestServer()
        let id = try await server.session()
        let changed = try await server.call(
            "PATCH", "\(sessions)/\(id)", json: ["stateDelta": ["a": 1, "b": ["x"]]])
        #expect(try changed.json["state"] == ["a": 1, "b": ["x"], "revision": 0])
        _ = try await server.say("Film", in: id, more: ["state_delta": ["a": .null, "c": "new"]])
        let after = try await server.call("GET", "\(sessions)/\(id)").json["state"]
        #expect(after == ["b": ["x"], "c": "new", "revision": 1])
        let large = try await server.call(
            "PATCH", "\(sessions)/\(id)",
            json: ["state_delta": ["a": .string(String(repeating: "x", count: 300_000))]])
        #expect(large.status == 400)
        #expect(try await server.call("GET", "\(sessions)/\(id)").json["state"] == after)
        await server.stop()
    }

    @Test("Files of a session are artifacts; those of one name are its versions")
    func artifacts() async throws {
        let server = try TestServer()
        let id = try await server.session()
        let first = Array("first words".utf8), second = Array("second words".utf8)
        _ = try await server.upload(id, [("a.txt", first), ("b.txt", first)])
        _ = try await server.upload(id, [("a.txt", second)])
        let path = "\(sessions)/\(id)/artifacts"
        #expect(try await server.call("GET", path).json == ["a.txt", "b.txt"])
        #expect(try await server.call("GET", "\(path)/a.txt/versions").json == [0, 1])
        func bytes(_ query: String) async throws -> [UInt8]? {
            let part = try await server.call("GET", "\(path)/a.txt\(query)").json["inlineData"]
            #expect(part?["mimeType"]?.string?.hasPrefix("text/plain") == true)
            return part?["data"]?.string.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
        }
        #expect(try await bytes("") == second)
        #expect(try await bytes("?version=0") == first)
        for missing in ["c.txt", "a.txt?version=2"] {
            let reply = try await server.call("GET", "\(path)/\(missing)")
            #expect(reply.status == 404)
            #expect(try reply.json["detail"]?.string != nil)
        }
        await server.stop()
    }

    @Test("Another agent, another's session and a bad token are told in the kit's form")
    func refused() async throws {
        let server = try TestServer()
        let theirs = try await server.studio.createProject(
            named: "theirs", language: nil, for: AccountID(rawValue: "usr_other")
        ).id.text
        for path in [
            "/apps/other/users/user/sessions/\(theirs)", "\(sessions)/\(theirs)", "\(sessions)/nothing",
            "/apps/nemo_agent/users/usr_other/sessions/\(theirs)",
        ] {
            let reply = try await server.call("GET", path)
            #expect(reply.status == 404, "\(path)")
            #expect(try reply.json.object?.keys.sorted() == ["detail"])
        }
        let token = try await server.call("GET", "\(sessions)/\(theirs)", ["Authorization": "Bearer nmv_usr_x"])
        #expect(token.status == 401)
        #expect(try token.json["detail"]?.string?.contains("token") == true)
        await server.stop()
    }
}
