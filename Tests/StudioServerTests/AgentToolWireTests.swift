// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Studio
import Testing

@testable import StudioServer

@Suite("Agents' tools over the wire")
struct AgentToolWireTests {
    private static let both = ["Content-Type": "application/json", "Accept": "application/json, text/event-stream"]

    private func request(_ id: Int64, _ method: String, _ params: [String: JSONValue] = [:]) -> JSONValue {
        ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": .object(params)]
    }

    private func toolCall(_ id: Int64, _ name: String, _ arguments: JSONValue, token: String? = nil) -> JSONValue {
        var params: [String: JSONValue] = ["name": .string(name), "arguments": arguments]
        if let token { params["_meta"] = ["progressToken": .string(token)] }
        return request(id, "tools/call", params)
    }

    /// A request of 2026-07-28.
    private func stateless(
        _ method: String, _ params: [String: JSONValue] = [:], revision: String = "2026-07-28"
    ) -> JSONValue {
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": .string(revision),
            "io.modelcontextprotocol/clientCapabilities": .object([:]),
        ]
        return request(7, method, params.merging(["_meta": meta]) { own, _ in own })
    }

    private func post(
        _ server: TestServer, _ message: JSONValue, _ headers: [String: String] = [:]
    ) async throws -> WireClient.Reply {
        var all = Self.both
        if message["params"]?["_meta"] == nil { all["MCP-Protocol-Version"] = "2025-11-25" }
        return try await server.call(
            "POST", "/mcp", all.merging(headers) { _, own in own }, Array(message.text().utf8))
    }

    private func open(
        _ server: TestServer, _ headers: [String: String] = [:], revision: String = "2025-11-25"
    ) async throws -> [String: String] {
        let reply = try await post(
            server, request(0, "initialize", ["protocolVersion": .string(revision), "capabilities": .object([:])]),
            headers)
        #expect(reply.status == 200)
        #expect(try reply.json["result"]?["protocolVersion"] == .string(revision))
        let session = try #require(reply.headers["mcp-session-id"])
        return headers.merging(["Mcp-Session-Id": session, "MCP-Protocol-Version": revision]) { _, own in own }
    }

    /// The answer in a stream.
    private func answer(_ reply: WireClient.Reply) throws -> JSONValue {
        #expect(reply.headers["content-type"]?.hasPrefix("text/event-stream") == true)
        return try #require(try reply.events.last)
    }

    private func project(_ server: TestServer, _ headers: [String: String]) async throws -> JSONValue {
        let made = try answer(try await post(server, toolCall(1, "create_project", ["name": "trip"]), headers))
        return try #require(made["result"]?["structuredContent"]?["project"], "\(made.text())")
    }

    @Test("A session is given, used, needless, and ended; nobody else's is known")
    func sessions() async throws {
        let server = try TestServer(terms: ServiceTerms())
        let (one, other) = (try await server.hostedClient("one"), try await server.hostedClient("other"))
        let headers = try await open(server, one)
        let noted = try await post(server, ["jsonrpc": "2.0", "method": "notifications/initialized"], headers)
        #expect(noted.status == 202 && noted.body.isEmpty)
        let list = try await post(server, request(1, "tools/list"), headers)
        #expect(list.headers["content-type"] == "application/json")
        #expect((try list.json["result"]?["tools"]?.array?.count ?? 0) > 50)
        #expect(try await post(server, request(2, "ping"), one).json["result"] == .object([:]))
        let stranger = other.merging(["Mcp-Session-Id": headers["Mcp-Session-Id"] ?? ""]) { own, _ in own }
        #expect(try await post(server, request(3, "ping"), stranger).status == 404)
        #expect(try await server.call("DELETE", "/mcp", stranger).status == 404)
        #expect(try await server.call("DELETE", "/mcp", headers).status == 204)
        let gone = try await post(server, request(4, "ping"), headers)
        #expect(gone.status == 404)
        #expect(try gone.json["error"]?["message"]?.string?.contains("initialize") == true)
        await server.stop()
    }

    @Test("A request of 2026-07-28 stands for itself: its headers say what it says, or it is refused")
    func stateless() async throws {
        let server = try TestServer()
        let version = ["MCP-Protocol-Version": "2026-07-28"]
        func headers(_ method: String, _ name: String? = nil) -> [String: String] {
            var headers = version
            headers["Mcp-Method"] = method
            headers["Mcp-Name"] = name
            return headers
        }
        let found = try await post(server, stateless("server/discover"), headers("server/discover"))
        #expect(found.status == 200 && found.headers["mcp-session-id"] == nil)
        #expect(try found.json["result"]?["supportedVersions"] == ["2026-07-28"])
        let call: [String: JSONValue] = ["name": "list_projects", "arguments": .object([:])]
        let encoded = "=?base64?\(Data("list_projects".utf8).base64EncodedString())?="
        for name in ["list_projects", encoded] {
            let made = try answer(try await post(server, stateless("tools/call", call), headers("tools/call", name)))
            #expect(made["result"]?["resultType"] == "complete" && made["result"]?["isError"] == false)
        }
        let cases: [(JSONValue, [String: String], Int, Int64)] = [
            (stateless("tools/call", call), [:], 400, -32020),
            (stateless("tools/call", call), version, 400, -32020),
            (stateless("tools/call", call), headers("tools/list", "list_projects"), 400, -32020),
            (stateless("tools/call", call), headers("tools/call"), 400, -32020),
            (stateless("tools/call", call), headers("tools/call", "export"), 400, -32020),
            (stateless("tools/list"), ["MCP-Protocol-Version": "2025-11-25", "Mcp-Method": "tools/list"], 400, -32020),
            (
                stateless("tools/list", revision: "2031-01-01"),
                ["MCP-Protocol-Version": "2031-01-01", "Mcp-Method": "tools/list"], 400, -32022
            ),
            (request(7, "tools/list"), headers("tools/list"), 400, -32602),
            (request(7, "tools/list"), ["MCP-Protocol-Version": "1999-01-01"], 400, -32022),
            (stateless("no/such"), headers("no/such"), 404, -32601),
            (stateless("ping"), headers("ping"), 404, -32601),
        ]
        for (message, headers, status, code) in cases {
            let reply = try await post(server, message, headers)
            #expect(reply.status == status, "\(message.text()) \(headers)")
            #expect(try reply.json["error"]?["code"]?.integer == code, "\(reply.text)")
            #expect(try reply.json["id"]?.integer == 7)
        }
        await server.stop()
    }

    @Test("What is no message, no JSON, no page of ours or no token is refused in the protocol's form")
    func refusals() async throws {
        let server = try TestServer(terms: ServiceTerms())
        let one = try await server.hostedClient("one")
        func refused(_ headers: [String: String], _ body: String = "{}") async throws -> (Int, JSONValue) {
            let reply = try await server.call(
                "POST", "/mcp", Self.both.merging(headers) { _, own in own }, Array(body.utf8))
            return (reply.status, try reply.json)
        }
        for (headers, body, status) in [
            (one, "{", 400), (one, "[]", 400), (one, #"{"jsonrpc":"2.0"}"#, 400), ([:], "{}", 401),
            (["Authorization": "Bearer nmv_usr_none"], "{}", 401),
            (one.merging(["Origin": "https://evil.example"]) { a, _ in a }, "{}", 403),
            (one.merging(["Content-Type": "text/plain"]) { a, _ in a }, "{}", 415),
        ] {
            let (found, json) = try await refused(headers, body)
            #expect(found == status, "\(body)")
            #expect(json["jsonrpc"] == "2.0" && json["error"]?["message"]?.string?.isEmpty == false, "\(json.text())")
        }
        let get = try await server.call("GET", "/mcp", one)
        #expect(get.status == 405 && get.headers["allow"]?.contains("POST") == true)
        await server.stop()
    }

    @Test("Tools work on the account's own projects; a token of one session sees that one")
    func scope() async throws {
        let server = try TestServer(terms: ServiceTerms(), exports: try LedExports())
        let (one, other) = (try await server.hostedClient("one"), try await server.hostedClient("other"))
        let mine = try await project(server, one)
        let theirs = try answer(try await post(server, toolCall(1, "timeline", ["project": mine]), other))
        #expect(theirs["result"]?["isError"] == true)
        let named = try answer(
            try await post(server, toolCall(2, "title_name", ["project": mine, "title": "Meer"]), one))
        #expect(named["result"]?["structuredContent"]?["revision"] == 1, "\(named.text())")
        // Without a stream: the answer alone.
        let plain = try await post(
            server, toolCall(3, "timeline", ["project": mine]),
            one.merging(["Accept": "application/json"]) { a, _ in a })
        #expect(plain.headers["content-type"] == "application/json")
        #expect(try plain.json["result"]?["structuredContent"]?["title"] == "Meer")
        // Paths are for this machine's own agents, whatever the header says.
        let path = try answer(
            try await post(
                server, toolCall(4, "add_media", ["project": mine, "paths": ["/etc/hostname"]]),
                one.merging([StudioService.foldersHeader: Data("[\"/etc\"]".utf8).base64EncodedString()]) { a, _ in a })
        )
        #expect(
            path["result"]?["content"]?.array?.first?["text"]?.string?.contains("paths is not known") == true,
            "\(path.text())")

        let another = try await project(server, one)
        let claim = try await server.call(
            "POST", "/api/auth/claim-token", one, json: ["session_id": mine])
        let text = try #require(try claim.data["claim_token"]?.string, "\(claim.text)")
        let redeemed = try await server.call("POST", "/v1/claim", json: ["claim_token": .string(text)])
        let bearer = ["Authorization": "Bearer \(try #require(try redeemed.data["token"]?.string))"]
        let listed = try answer(try await post(server, toolCall(5, "list_projects", [:]), bearer))
        #expect(listed["result"]?["structuredContent"]?["projects"]?.array?.map { $0["project"] } == [mine])
        for (tool, arguments) in [("timeline", ["project": another]), ("create_project", [:])] as [(String, JSONValue)]
        {
            let refused = try answer(try await post(server, toolCall(6, tool, arguments), bearer))
            #expect(refused["result"]?["isError"] == true, "\(tool)")
        }
        await server.stop()
    }

    // MARK: Films

    /// A film that is being made for a client who waits for it.
    private func waiting(
        _ server: TestServer, _ exports: LedExports, _ message: JSONValue, _ headers: [String: String]
    ) async throws -> (client: WireClient, export: ExportID) {
        let client = try WireClient(port: server.server.port)
        try await client.send(
            WireClient.request(
                server.server.port, "POST", "/mcp", Self.both.merging(headers) { _, own in own },
                Array(message.text().utf8)))
        _ = try await client.read(until: "notifications/progress")
        let all = try await exports.exports(of: .localOwner, in: nil, before: nil, limit: 100)
        return (client, try #require(all.first { !$0.status.isFinal }?.id))
    }

    private func filmed(_ server: TestServer) async throws -> JSONValue {
        let project = try await project(server, [:])
        let lines: JSONValue = ["project": project, "lines": ["one", "two"]]
        let made = try answer(try await post(server, toolCall(2, "type_film", lines)))
        #expect(made["result"]?["isError"] == false, "\(made.text())")
        return project
    }

    @Test("A film's progress comes as it is made, then the film as a link that can be fetched")
    func export() async throws {
        let exports = try LedExports()
        let server = try TestServer(exports: exports)
        let project = try await filmed(server)
        let (client, id) = try await waiting(
            server, exports, toolCall(9, "export", ["project": project], token: "t"), try await open(server))
        exports.lead(id) {
            $0.status = .processing
            $0.progress = 40
        }
        _ = try await client.read(until: "\"progress\":40")
        exports.complete(id)
        let rest = String(decoding: try await client.read(), as: UTF8.self)
        let line = try #require(rest.range(of: "data: ", options: .backwards))
        let event = rest[line.upperBound...].prefix { $0 != "\n" && $0 != "\r\n" }
        let result = try JSONValue(parsing: String(event))["result"]
        #expect(result?["structuredContent"]?["status"] == "completed" && result?["structuredContent"]?["path"] == nil)
        let link = try #require(result?["structuredContent"]?["url"]?.string)
        #expect(result?["content"]?.array?.contains { $0["uri"] == .string(link) } == true)
        let path = try #require(link.split(separator: "/", maxSplits: 2).last.map { "/" + $0 })
        let film = try await server.call("GET", String(path))
        #expect(film.body == LedExports.film)
        await server.stop()
    }

    @Test("Who leaves has taken a request of 2026-07-28 back; an earlier one is taken back by a message")
    func leaving() async throws {
        let exports = try LedExports()
        let server = try TestServer(exports: exports)
        let project = try await filmed(server)
        let headers = try await open(server)

        // Taken back by name.
        var message = toolCall(9, "export", ["project": project], token: "t")
        var (client, id) = try await waiting(server, exports, message, headers)
        let cancel: JSONValue = ["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 9]]
        #expect(try await post(server, cancel, headers).status == 202)
        let rest = String(decoding: try await client.read(), as: UTF8.self)
        #expect(!rest.contains("\"id\":9"), "\(rest)")
        #expect(try await ended(exports, id) == .cancelled)

        // Taken back by leaving.
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": .object([:]), "progressToken": "t",
        ]
        message = request(9, "tools/call", ["name": "export", "arguments": ["project": project], "_meta": meta])
        (client, id) = try await waiting(
            server, exports, message,
            ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "export"])
        client.leave()
        #expect(try await ended(exports, id) == .cancelled)

        // Only left.
        message = toolCall(9, "export", ["project": project], token: "t")
        (client, id) = try await waiting(server, exports, message, headers)
        client.leave()
        await exports.left(id)
        #expect(try await exports.export(id, of: .localOwner).status == .pending)
        await server.stop()
    }

    /// How an export ends.
    private func ended(_ exports: LedExports, _ id: ExportID) async throws -> Export.Status? {
        for await state in try await exports.changes(of: id, of: .localOwner) where state.status.isFinal {
            return state.status
        }
        return nil
    }

    @Test("A film that the plan does not include is refused with where to get another plan")
    func plans() async throws {
        var terms = ServiceTerms()
        terms.free = ServiceTerms.PlanTerms(mostShortSide: 720)
        let server = try TestServer(terms: terms, exports: try LedExports())
        let one = try await server.hostedClient("one")
        let project = try await project(server, one)
        _ = try await post(server, toolCall(2, "type_film", ["project": project, "lines": ["one"]]), one)
        let refused = try answer(try await post(server, toolCall(3, "export", ["project": project]), one))
        #expect(refused["result"]?["isError"] == true)
        #expect(
            refused["result"]?["content"]?.array?.first?["text"]?.string?.contains("register?bind=") == true,
            "\(refused.text())")
        await server.stop()
    }
}
