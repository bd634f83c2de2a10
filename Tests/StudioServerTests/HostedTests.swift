// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Studio
import Testing

@testable import StudioServer

@Suite("A service for others")
struct HostedTests {
    private let time = StoppedTime()

    private func server(
        _ terms: ServiceTerms = ServiceTerms(), exports: LedExports? = nil, responder: any Responder = Namer()
    ) throws -> TestServer {
        try TestServer(responder: responder, terms: terms, surroundings: time.surroundings, exports: exports)
    }

    @Test("Without a token nobody gets in, on this machine neither")
    func noOwner() async throws {
        let server = try server()
        for path in ["/v1/projects", "/api/credits/balance/simple", "/v1/exports"] {
            let reply = try await server.call("GET", path)
            #expect(reply.status == 401)
            #expect(try reply.code == 1001)
            #expect(reply.headers["www-authenticate"] == "Bearer")
        }
        #expect(try await server.call("GET", "/health").status == 200)
        await server.stop()
    }

    @Test("It answers to any name, to its own pages under it, and to no others")
    func names() async throws {
        let server = try server()
        let client = try await server.hostedClient("c")
        for (host, origin, status) in [
            ("studio.example", nil, 200), ("studio.example", "https://studio.example", 200),
            ("studio.example:8080", "http://studio.example:8080", 200), ("studio.example", "https://evil.example", 403),
            ("studio.example:8080", "http://studio.example", 403), ("studio.example", "null", 403),
        ] as [(String, String?, Int)] {
            var headers = client.merging(["Host": host]) { a, _ in a }
            headers["Origin"] = origin
            #expect(try await server.call("GET", "/v1/projects", headers).status == status, "\(host) \(origin ?? "")")
        }
        await server.stop()
    }

    @Test("One client gets one token in seven days, then another one on the same account")
    func oneToken() async throws {
        let server = try server()
        let first = try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "c"]).data
        #expect(first["credits"] == 100)
        let again = try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "c"])
        #expect(again.status == 429)
        #expect(try again.code == 429)
        #expect(again.headers["retry-after"] == "604800")
        #expect(try again.data["retry_after"] == 604_800)
        let old = ["Authorization": "Bearer \(first["token"]?.string ?? "")"]
        let session = try await server.session(old)

        time.advance(days: 7.001)
        let expired = try await server.call("GET", "/api/credits/balance/simple", old)
        #expect(try expired.code == 1001)
        let next = try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "c"]).data
        #expect(next["user_id"] == first["user_id"] && next["token"] != first["token"])
        let new = ["Authorization": "Bearer \(next["token"]?.string ?? "")"]
        #expect(try await server.call("GET", "/api/state/nemo_agent/me/\(session)", new).code == 0)
        await server.stop()
    }

    @Test("An address gets ten tokens in seven days; of version 6 its network counts")
    func perAddress() async throws {
        let server = try server()
        func ask(_ client: String, from address: String) async throws -> Int {
            try await server.call(
                "POST", "/api/auth/anonymous-token", ["X-Client-Id": client, "X-Forwarded-For": "10.0.0.1, \(address)"]
            ).status
        }
        for number in 1...10 { #expect(try await ask("c\(number)", from: "203.0.113.9") == 200) }
        #expect(try await ask("c11", from: "203.0.113.9") == 429)
        #expect(try await ask("c11", from: "203.0.113.10") == 200)
        for number in 1...10 { #expect(try await ask("d\(number)", from: "2001:db8:1:2::\(number)") == 200) }
        #expect(try await ask("d11", from: "2001:db8:1:2:3::1") == 429)
        #expect(try await ask("d11", from: "2001:db8:1:3::1") == 200)
        await server.stop()
    }

    @Test("A turn that changes the draft costs one credit; words, reads and failures cost none")
    func cost() async throws {
        let server = try server()
        let client = try await server.hostedClient("c")
        let session = try await server.session(client)
        func credits() async throws -> [Int64?] {
            let data = try await server.call("GET", "/api/credits/balance/simple", client).data
            return ["available", "frozen", "total"].map { data[$0]?.integer }
        }
        #expect(try await credits() == [100, 0, 100])
        _ = try await server.say("A Film", in: session, client)
        #expect(try await credits() == [99, 0, 99])
        _ = try await server.say("what is there?", in: session, client)
        _ = try await server.say("fail", in: session, client)
        // The same title again changes nothing.
        _ = try await server.say("A Film", in: session, client)
        #expect(try await credits() == [99, 0, 99])
        await server.stop()
    }

    @Test("While a turn is under way its cost is frozen")
    func frozen() async throws {
        let gate = Gate()
        let server = try server(responder: Namer(gate: gate))
        let client = try await server.hostedClient("c")
        let session = try await server.session(client)
        async let turn = server.say("A Film", in: session, client)
        await gate.arrivals(1)
        let under = try await server.call("GET", "/api/credits/balance/simple", client).data
        #expect(under == ["available": 99, "frozen": 1, "total": 100])
        await gate.letThrough()
        _ = try await turn
        let after = try await server.call("GET", "/api/credits/balance/simple", client).data
        #expect(after == ["available": 99, "frozen": 0, "total": 99])
        await server.stop()
    }

    @Test("Out of credits is 2001 with where to register and get more; both stand in session and state too")
    func outOfCredits() async throws {
        var terms = ServiceTerms()
        terms.firstCredits = 1
        terms.upgradePage = "https://shop.example/buy?from=kinora"
        let server = try server(terms)
        let token = try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "c"]).data
        let user = try #require(token["user_id"]?.string)
        let client = ["Authorization": "Bearer \(token["token"]?.string ?? "")"]
        let made = try await server.call("POST", "/api/tasks/me/with-session/nemo_agent", client, json: [:]).data
        let session = try #require(made["session_id"]?.string)
        let register = "http://127.0.0.1:\(server.server.port)/register?bind=\(user)"
        let upgrade = "https://shop.example/buy?from=kinora&bind=\(user)"
        _ = try await server.say("One", in: session, client)
        let refused = try await server.say("Two", in: session, client)
        #expect(refused.status == 402)
        #expect(try refused.code == 2001)
        let state = try await server.call("GET", "/api/state/nemo_agent/me/\(session)", client).data
        for data in [made, state, try refused.data] {
            #expect(data["register_url"] == .string(register) && data["upgrade_url"] == .string(upgrade))
        }
        #expect(state["revision"] == 1)
        // The one who was refused is not remembered as a turn to be made up for.
        #expect(try await server.studio.resumeTurns() == 0)
        await server.stop()
    }

    @Test("Who follows the link to register is registered, in words of their language; an unknown account is not there")
    func register() async throws {
        let server = try server()
        let token = try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "c"]).data
        let user = try #require(token["user_id"]?.string)
        let page = try await server.call("GET", "/register?bind=\(user)", ["Accept-Language": "zh-CN"])
        #expect(page.status == 200 && page.headers["content-type"]?.hasPrefix("text/html") == true)
        #expect(page.text.contains("lang=\"zh\""))
        let accounts = try await server.studio.accounts(after: nil, limit: 10)
        #expect(accounts.first { $0.id.rawValue == user }?.isRegistered == true)
        #expect(try await server.call("GET", "/register?bind=usr_nobody").status == 404)
        await server.stop()

        var terms = ServiceTerms()
        terms.registerPage = "https://shop.example/join"
        let other = try HostedTests().server(terms)
        let away = try await other.call("GET", "/register?bind=usr_a%26b")
        #expect(away.status == 303 && away.headers["location"] == "https://shop.example/join?bind=usr_a%26b")
        await other.stop()
    }

    @Test("An export says who makes it, and is of a size that the plan includes; 402 says how to lift it")
    func plans() async throws {
        let server = try server(exports: try LedExports(time.surroundings))
        let client = try await server.hostedClient("c")
        let session = try await server.session(client)
        func start(_ id: String, _ headers: [String: String], _ resolution: String) async throws -> WireClient.Reply {
            try await server.call(
                "POST", "/api/render/proxy/lambda", client.merging(headers) { a, _ in a },
                json: [
                    "id": .string(id), "sessionId": .string(session), "output": ["resolution": .string(resolution)],
                ])
        }
        for name in TestServer.skill.keys {
            var headers = TestServer.skill
            headers[name] = nil
            let reply = try await start("r1", headers, "720p")
            #expect(reply.status == 402)
            #expect(try reply.json["code"] == 402 && reply.json["error"]?.string?.contains(name) == true)
        }
        #expect(try await start("r2", TestServer.skill, "1080p").status == 200)
        let large = try await start("r3", TestServer.skill, "4k")
        #expect(large.status == 402)
        #expect(try large.json["data"]?["upgrade_url"]?.string?.contains("bind=usr_") == true)
        #expect(try large.json["data"]?["plan"] == "free")
        let account = try #require(
            try await server.studio.accounts(after: nil, limit: 10).first { $0.client != nil }?.id)
        _ = try await server.studio.setPlan(.paid, of: account)
        #expect(try await start("r3", TestServer.skill, "4k").status == 200)
        await server.stop()
    }

    @Test("A client that asks without end is told to wait; one that chats turn by turn never is")
    func flood() async throws {
        var terms = ServiceTerms()
        terms.requestsAtOnce = 5
        terms.requestsPerSecond = 1
        let server = try server(terms)
        let client = try await server.hostedClient("c"), other = try await server.hostedClient("o")
        for _ in 1...5 { #expect(try await server.call("GET", "/api/credits/balance/simple", client).code == 0) }
        let refused = try await server.call("GET", "/api/credits/balance/simple", client)
        #expect(refused.status == 429 && refused.headers["retry-after"] == "1")
        #expect(try await server.call("GET", "/api/credits/balance/simple", other).code == 0)
        time.advance(days: 1.0 / 86400)
        #expect(try await server.call("GET", "/api/credits/balance/simple", client).code == 0)
        await server.stop()

        let usual = try HostedTests().server()
        let chatter = try await usual.hostedClient("c")
        let session = try await usual.session(chatter)
        for number in 1...60 {
            #expect(try await usual.say("what now \(number)", in: session, chatter).status == 200)
        }
        await usual.stop()
    }

    @Test("Another account's session answers as one that is not there")
    func tenants() async throws {
        let server = try server()
        let one = try await server.hostedClient("one"), two = try await server.hostedClient("two")
        let session = try await server.session(one)
        for (method, path) in [
            ("GET", "/api/state/nemo_agent/me/ID"), ("GET", "/v1/projects/ID"), ("DELETE", "/v1/projects/ID"),
            ("POST", "/v1/projects/ID/undo"), ("GET", "/v1/projects/ID/events"), ("POST", "/v1/projects/ID/restore"),
            ("POST", "/v1/projects/ID/duplicate"),
        ] {
            let theirs = try await server.call(method, path.replacing("ID", with: session), two)
            let none = try await server.call(method, path.replacing("ID", with: "ses_00000000000000000000"), two)
            #expect(theirs.status == 404 && theirs.body == none.body, "\(method) \(path)")
            #expect(try theirs.code == 1002)
        }
        #expect(try await server.call("GET", "/v1/projects", two).data["projects"] == [])
        await server.stop()
    }
}

@Suite("Claim tokens")
struct ClaimTests {
    @Test("A claim token is traded once, for a token that is good for its session and nothing else")
    func claim() async throws {
        let server = try TestServer(terms: ServiceTerms(), exports: try LedExports())
        let client = try await server.hostedClient("c")
        let session = try await server.session(client), other = try await server.session(client)
        let claimed = try await server.call(
            "POST", "/api/auth/claim-token", client, json: ["session_id": .string(session)]
        ).data
        #expect(claimed["expires_in"] == 600)
        let claim: JSONValue = ["claim_token": claimed["claim_token"] ?? .null]
        let grant = try await server.call("POST", "/v1/claim", json: claim).data
        #expect(grant["session_id"] == .string(session))
        #expect(try await server.call("POST", "/v1/claim", json: claim).code == 1001)

        let scoped = ["Authorization": "Bearer \(grant["token"]?.string ?? "")"]
        #expect(try await server.call("GET", "/api/state/nemo_agent/me/\(session)", scoped).code == 0)
        #expect(try await server.say("A Film", in: session, scoped).status == 200)
        #expect(try await server.call("GET", "/api/credits/balance/simple", scoped).data["available"] == 99)
        for (method, path) in [
            ("GET", "/api/state/nemo_agent/me/\(other)"), ("GET", "/v1/projects/\(other)"),
            ("GET", "/apps/nemo_agent/users/me/sessions/\(other)"),
        ] {
            #expect(try await server.call(method, path, scoped).status == 404, "\(path)")
        }
        #expect(try await server.say("x", in: other, scoped).status == 404)
        for (method, path) in [
            ("GET", "/v1/projects"), ("POST", "/v1/projects"), ("POST", "/api/tasks/me/with-session/nemo_agent"),
            ("DELETE", "/v1/projects/\(session)"), ("GET", "/apps/nemo_agent/users/me/sessions"),
        ] {
            #expect(try await server.call(method, path, scoped).status == 403, "\(path)")
        }
        let listed = try await server.call("GET", "/v1/exports?session_id=\(other)", scoped)
        #expect(try listed.code == 1002)
        await server.stop()
    }

    @Test("A claim token that is too old, or was never given, is good for nothing")
    func late() async throws {
        let time = StoppedTime()
        let server = try TestServer(surroundings: time.surroundings)
        let session = try await server.session()
        let claimed = try await server.call(
            "POST", "/api/auth/claim-token", json: ["session_id": .string(session)]
        ).data
        time.advance(days: 0.01)
        let late = try await server.call(
            "POST", "/v1/claim", json: ["claim_token": claimed["claim_token"] ?? .null])
        #expect(try late.code == 1001)
        #expect(try await server.call("POST", "/v1/claim", json: ["claim_token": "clm_x"]).code == 1001)
        let wrong = try await server.call(
            "POST", "/api/auth/claim-token", json: ["session_id": .string(session), "task_id": "task_other"])
        #expect(try wrong.code == 1002)
        await server.stop()
    }
}
