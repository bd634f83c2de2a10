// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Studio
import TestMedia
import Testing

@testable import StudioServer

@Suite("Tokens, sessions and states over the wire")
struct SessionTests {
    @Test("The server says that it is there, to anybody on the machine")
    func health() async throws {
        let server = try TestServer()
        let reply = try await server.call("GET", "/health")
        #expect(reply.status == 200)
        #expect(try reply.json == ["status": "ok", "version": "1.2.3"])
        #expect(reply.headers["x-content-type-options"] == "nosniff")
        await server.stop()
    }

    @Test("A token is given for a client id, is opaque, and is good for calls")
    func token() async throws {
        let server = try TestServer()
        let reply = try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "a-client"])
        let data = try reply.data
        #expect(try reply.code == 0)
        let token = try #require(data["token"]?.string)
        #expect(token.hasPrefix("nmv_usr_") && token.utf8.count >= 8 + 26)
        #expect(data["credits"]?.integer == 100)
        #expect(data["expires_at"]?.string?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        let user = try #require(data["user_id"]?.string)
        // The owner of this machine may ask again: no limit.
        #expect(try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "a-client"]).code == 0)

        let session = try await server.call(
            "POST", "/api/tasks/me/with-session/nemo_agent", ["Authorization": "Bearer \(token)"], json: [:])
        #expect(try session.data["user_id"]?.string == user)
        let id = try #require(try session.data["session_id"]?.string)
        for path in ["me/\(id)", "me/\(id)/latest", "\(user)/\(id)/latest"] {
            let state = try await server.call(
                "GET", "/api/state/nemo_agent/\(path)", ["Authorization": "bearer \(token)"])
            #expect(try state.data["session_id"]?.string == id)
        }
        await server.stop()
    }

    @Test("Without a client id, or with one too long, no token", arguments: ["", String(repeating: "x", count: 65)])
    func noClient(_ client: String) async throws {
        let server = try TestServer()
        let reply = try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": client])
        #expect(reply.status == 400)
        #expect(try reply.code == 400)
        await server.stop()
    }

    @Test(
        "A token that is there but unknown is refused, also on this machine",
        arguments: ["Bearer nmv_usr_0000000000", "Bearer", "Basic abc", "Bearer  ", "nmv_usr_x"])
    func badToken(_ header: String) async throws {
        let server = try TestServer()
        let session = try await server.session()
        for (method, path) in [
            ("POST", "/api/tasks/me/with-session/nemo_agent"), ("GET", "/api/state/nemo_agent/me/\(session)"),
            ("POST", "/api/upload-video/nemo_agent/me/\(session)"), ("GET", "/v1/assets/x"), ("POST", "/run_sse"),
        ] {
            let reply = try await server.call(method, path, ["Authorization": header])
            #expect(reply.status == 401, "\(path)")
            #expect(try reply.code == 1001, "\(path)")
        }
        await server.stop()
    }

    @Test("Whoever a proxy on this machine passes on is not the owner")
    func proxied() async throws {
        let server = try TestServer()
        let headers = ["X-Forwarded-For": "203.0.113.9"]
        #expect(try await server.call("POST", "/api/tasks/me/with-session/nemo_agent", headers).code == 1001)
        let token = try await server.call(
            "POST", "/api/auth/anonymous-token", headers.merging(["X-Client-Id": "c"]) { a, _ in a })
        #expect(token.status == 403)
        await server.stop()
    }

    @Test("A session that is not there and one of somebody else get the same answer")
    func unknownSession() async throws {
        let server = try TestServer()
        let theirs = try await server.studio.createProject(
            named: "theirs", language: nil, for: AccountID(rawValue: "usr_other")
        ).id.text
        var answers: Set<String> = []
        for id in [theirs, "ses_00000000000000000000", "nonsense", "..%2Fx"] {
            for path in ["/api/state/nemo_agent/me/\(id)", "/api/state/nemo_agent/usr_other/\(id)/latest"] {
                let reply = try await server.call("GET", path)
                // What cannot be a name is not even a path of ours.
                if id.contains("%") {
                    #expect(reply.status == 404)
                    continue
                }
                #expect(reply.status == 404)
                #expect(try reply.code == 1002)
                answers.insert(reply.text)
            }
            if id.contains("%") { continue }
            let said = try await server.say("hello", in: id)
            #expect(said.status == 404)
            answers.insert(said.text)
            let sent = try await server.upload(id, [("a.txt", Array("words".utf8))])
            answers.insert(sent.text)
        }
        #expect(answers.count == 1)
        await server.stop()
    }

    @Test("A fresh session has an empty draft, a canvas and no files")
    func freshState() async throws {
        let server = try TestServer()
        let session = try await server.session(language: "zh-CN")
        let data = try await server.state(session)
        let state = try #require(data["state"])
        #expect(data["task_name"]?.string == "case" && data["revision"]?.integer == 0)
        #expect(state["draft"]?["t"]?.array == [] && state["draft"]?["d"]?.integer == 0)
        #expect(state["draft"]?["m"]?["language"]?.string == "zh-CN")
        #expect(state["video_infos"]?.array == [] && state["generated_media"]?.array == [])
        #expect(state["canvas_config"] == ["width": 1920, "height": 1080, "ratio": "16:9"])
        #expect(state["video_analyses"] == [:])
        await server.stop()
    }

    @Test("What is no call is told in the envelope, with its status")
    func noSuchCall() async throws {
        let server = try TestServer()
        let missing = try await server.call("GET", "/api/nothing")
        #expect(missing.status == 404)
        #expect(try missing.code == 404)
        let method = try await server.call("DELETE", "/run_sse")
        #expect(method.status == 405 && method.headers["allow"]?.contains("POST") == true)
        let broken = try await server.call("POST", "/run_sse", [:], Array("{\"a\":".utf8))
        #expect(broken.status == 400)
        #expect(try broken.json["message"]?.string?.contains("JSON") == true)
        await server.stop()
    }

    @Test("A foreign Host or Origin is refused, token or not, on every call")
    func foreign() async throws {
        let server = try TestServer(allowing: ["https://studio.example"])
        let token = try #require(
            try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "c"]).data["token"]?.string)
        for foreign in [["Host": "evil.example"], ["Origin": "https://evil.example"], ["Origin": "null"]] {
            for authorization in ["", "Bearer \(token)"] {
                for (method, path) in [
                    ("POST", "/api/tasks/me/with-session/nemo_agent"), ("POST", "/run_sse"), ("GET", "/health"),
                    ("POST", "/api/auth/anonymous-token"), ("OPTIONS", "/run_sse"), ("GET", "/nothing"),
                ] {
                    var headers = foreign
                    headers["Authorization"] = authorization
                    headers["X-Client-Id"] = "c"
                    headers["Access-Control-Request-Method"] = method == "OPTIONS" ? "POST" : ""
                    let reply = try await server.call(method, path, headers)
                    #expect(reply.status == 403, "\(foreign) \(path)")
                    #expect(reply.headers["access-control-allow-origin"] == nil)
                }
            }
        }
        await server.stop()
    }

    @Test("A page that was allowed may ask before, and may read the answer")
    func allowedPage() async throws {
        let server = try TestServer(allowing: ["https://studio.example"])
        let origin = ["Origin": "https://studio.example"]
        let before = try await server.call(
            "OPTIONS", "/run_sse", origin.merging(["Access-Control-Request-Method": "POST"]) { a, _ in a })
        #expect(before.status == 204)
        #expect(before.headers["access-control-allow-origin"] == "https://studio.example")
        #expect(before.headers["access-control-allow-headers"]?.contains("Authorization") == true)
        let reply = try await server.call("POST", "/api/tasks/me/with-session/nemo_agent", origin)
        #expect(try reply.code == 0)
        #expect(reply.headers["access-control-allow-origin"] == "https://studio.example")
        #expect(reply.headers["vary"] == "Origin")
        await server.stop()
    }
}
