// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import ModelContext
import Testing

/// Messages as clients write them.
enum Say {
    static func request(_ id: JSONValue, _ method: String, _ params: JSONValue = [:]) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": params]
    }

    static func notification(_ method: String, _ params: JSONValue = [:]) -> JSONValue {
        ["jsonrpc": "2.0", "method": .string(method), "params": params]
    }

    /// What a request of 2026-07-28 says of itself, with `params` beside it.
    static func meta(_ params: [String: JSONValue] = [:], revision: String = "2026-07-28") -> JSONValue {
        .object(
            params.merging([
                "_meta": [
                    "io.modelcontextprotocol/protocolVersion": .string(revision),
                    "io.modelcontextprotocol/clientCapabilities": .object([:]),
                ]
            ]) { own, _ in own })
    }

    static func initialize(_ revision: String) -> JSONValue {
        request(
            0, "initialize",
            [
                "protocolVersion": .string(revision), "capabilities": .object([:]),
                "clientInfo": ["name": "test", "version": "1"],
            ])
    }
}

extension ContextIdentity {
    static let test = ContextIdentity(name: "films", title: "Films", version: "1.2.3", instructions: "Make films.")
}

/// The one message that is to be sent.
func sent(_ actions: [ContextMachine.Action]) throws -> JSONValue {
    guard actions.count == 1, case .send(let message) = actions[0] else {
        throw Unexpected(description: "\(actions)")
    }
    return message
}

struct Unexpected: Error, CustomStringConvertible {
    let description: String
}

@Suite("The protocol's machine")
struct ContextMachineTests {
    @Test(
        "A client gets the revision it asks for, or the newest that opens with a handshake",
        arguments: [
            ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
            ("2025-11-25", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("2019-01-01", "2025-11-25"),
            ("", "2025-11-25"),
        ])
    func negotiation(_ asked: String, _ given: String) throws {
        var machine = ContextMachine(.test)
        let answer = try sent(machine.receive(Say.initialize(asked)))
        #expect(answer["id"] == 0)
        #expect(answer["result"]?["protocolVersion"] == .string(given))
        #expect(answer["result"]?["serverInfo"]?["name"] == "films")
        #expect(answer["result"]?["instructions"] == "Make films.")
        #expect(answer["result"]?["capabilities"]?["tools"] != nil)
        #expect(machine.agreed?.rawValue == given)
        #expect(machine.receive(Say.notification("notifications/initialized")) == [])
        #expect(try sent(machine.receive(Say.request("p", "ping")))["result"] == .object([:]))
    }

    @Test("A request of 2026-07-28 needs no handshake, and says who answers and how long it may be kept")
    func stateless() throws {
        var machine = ContextMachine(.test)
        let found = try sent(machine.receive(Say.request(1, "server/discover", Say.meta())))
        #expect(found["result"]?["supportedVersions"] == ["2026-07-28"])
        #expect(found["result"]?["resultType"] == "complete")
        #expect((found["result"]?["ttlMs"]?.integer ?? -1) >= 0)
        #expect(found["result"]?["cacheScope"] == "public")
        #expect(found["result"]?["_meta"]?["io.modelcontextprotocol/serverInfo"]?["version"] == "1.2.3")

        #expect(machine.receive(Say.request("a", "tools/list", Say.meta())) == [.begin(.text("a"), .tools(after: nil))])
        let tools: JSONValue = [["name": "x", "title": "X", "outputSchema": .object([:])]]
        let list = try sent(machine.finished(.text("a"), .success(["tools": tools])))
        #expect(list["result"]?["tools"] == tools)
        #expect(list["result"]?["resultType"] == "complete")
        #expect(list["result"]?["cacheScope"] == "public")
        // None of it is kept for the next request.
        #expect(machine.agreed == nil)
        // What this revision has not any more.
        #expect(try sent(machine.receive(Say.request(3, "ping", Say.meta())))["error"]?["code"] == -32601)
        #expect(try sent(machine.receive(Say.request(3, "initialize", Say.meta())))["error"]?["code"] == -32601)
    }

    @Test("Both eras are served in one process, each request by its own")
    func bothEras() throws {
        var machine = ContextMachine(.test)
        _ = machine.receive(Say.initialize("2025-06-18"))
        _ = machine.receive(Say.request(1, "tools/list"))
        _ = machine.receive(Say.request(2, "tools/list", Say.meta()))
        let old = try sent(machine.finished(.number(1), .success(["tools": []])))
        let new = try sent(machine.finished(.number(2), .success(["tools": []])))
        #expect(old["result"] == ["tools": []])
        #expect(new["result"]?["resultType"] == "complete")
    }

    @Test("A revision that is not spoken is refused with those that are")
    func unsupported() throws {
        var machine = ContextMachine(.test)
        for revision in ["1900-01-01", "2025-11-25"] {
            let answer = try sent(machine.receive(Say.request(1, "tools/list", Say.meta(revision: revision))))
            #expect(answer["error"]?["code"] == -32022)
            #expect(answer["error"]?["data"]?["supported"] == ["2026-07-28"])
            #expect(answer["error"]?["data"]?["requested"] == .string(revision))
        }
        // What every request has to say of itself.
        let bare: JSONValue = ["_meta": ["io.modelcontextprotocol/protocolVersion": "2026-07-28"]]
        #expect(try sent(machine.receive(Say.request(1, "tools/list", bare)))["error"]?["code"] == -32602)
        #expect(try sent(machine.receive(Say.request(1, "server/discover")))["error"]?["code"] == -32602)
    }

    @Test(
        "What is no message is answered with its number, and nothing else happens",
        arguments: [
            ("{", -32700), ("\u{1}", -32700), ("3", -32600), ("[]", -32600),
            (#"[{"jsonrpc":"2.0","method":"ping","id":1}]"#, -32600),
            (#"{"id":1,"method":"ping"}"#, -32600), (#"{"jsonrpc":"2.0","id":1}"#, -32600),
            (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
            (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600),
            (#"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600),
            (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"no/such"}"#, -32601),
            (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":[1]}}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"resources/read"}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":3}}"#, -32602),
        ])
    func broken(_ text: String, _ code: Int) throws {
        var machine = ContextMachine(.test)
        let answer = try sent(machine.receive(Array(text.utf8)))
        #expect(answer["error"]?["code"] == .integer(Int64(code)), "\(answer.text())")
        #expect(answer["jsonrpc"] == "2.0" && answer["error"]?["message"]?.string?.isEmpty == false)
        #expect(machine.isIdle)
    }

    @Test("2025-03-26 sends several messages as one list; a response to nothing is passed over")
    func batch() throws {
        var machine = ContextMachine(.test, agreed: .march2025)
        let actions = machine.receive([
            Say.request(1, "ping"), Say.notification("notifications/x"), ["jsonrpc": "2.0", "id": 9, "result": [:]],
            Say.request(2, "tools/list"),
        ])
        #expect(actions.count == 2)
        #expect(actions.last == .begin(.number(2), .tools(after: nil)))
    }

    @Test("Progress is told to those who asked, growing, and no more once it is over")
    func progress() throws {
        var machine = ContextMachine(.test, agreed: .november2025)
        let call = Say.request(5, "tools/call", ["name": "export", "arguments": [:], "_meta": ["progressToken": "t"]])
        #expect(machine.receive(call) == [.begin(.number(5), .call(name: "export", arguments: [:]))])
        let first = try sent(machine.progressed(.number(5), ContextProgress(done: 10, total: 100, message: "drawing")))
        #expect(first["method"] == "notifications/progress" && first["id"] == nil)
        #expect(first["params"] == ["progressToken": "t", "progress": 10.0, "total": 100.0, "message": "drawing"])
        #expect(machine.progressed(.number(5), ContextProgress(done: 10)) == [])
        #expect(machine.progressed(.number(5), ContextProgress(done: 9)) == [])
        _ = try sent(machine.progressed(.number(5), ContextProgress(done: 11)))
        _ = try sent(machine.finished(.number(5), .success(["content": []])))
        #expect(machine.progressed(.number(5), ContextProgress(done: 12)) == [])

        _ = machine.receive(Say.request(6, "tools/call", ["name": "export"]))
        #expect(machine.progressed(.number(6), ContextProgress(done: 1)) == [])
        var old = ContextMachine(.test, agreed: .november2024)
        _ = old.receive(call)
        let told = try sent(old.progressed(.number(5), ContextProgress(done: 1, total: 2, message: "drawing")))
        #expect(told["params"] == ["progressToken": "t", "progress": 1.0, "total": 2.0])
    }

    @Test("A request that is taken back is called off and never answered; others go on")
    func cancellation() throws {
        var machine = ContextMachine(.test, agreed: .november2025)
        _ = machine.receive(Say.request(1, "tools/call", ["name": "a"]))
        _ = machine.receive(Say.request(2, "tools/call", ["name": "b"]))
        let cancel = Say.notification("notifications/cancelled", ["requestId": 1, "reason": "never mind"])
        #expect(machine.receive(cancel) == [.callOff(.number(1))])
        #expect(machine.receive(cancel) == [])
        #expect(machine.receive(Say.notification("notifications/cancelled", ["requestId": "1"])) == [])
        #expect(machine.receive(Say.notification("notifications/cancelled")) == [])
        #expect(machine.finished(.number(1), .success(["content": []])) == [])
        #expect(try sent(machine.finished(.number(2), .success(["content": []])))["id"] == 2)
        #expect(machine.isIdle)
    }

    @Test("An id that is under way is not taken twice, and there is an end to how many are")
    func limits() throws {
        var machine = ContextMachine(.test, agreed: .november2025)
        _ = machine.receive(Say.request(1, "tools/list"))
        #expect(try sent(machine.receive(Say.request(1, "tools/list")))["error"]?["code"] == -32600)
        for id in 2...64 { #expect(machine.receive(Say.request(.integer(Int64(id)), "tools/list")).count == 1) }
        #expect(try sent(machine.receive(Say.request(65, "tools/list")))["error"]?["code"] == -32600)
        _ = machine.finished(.number(1), .success([:]))
        #expect(machine.receive(Say.request(65, "tools/list")) == [.begin(.number(65), .tools(after: nil))])
    }

    @Test("Earlier revisions get what they know: no structure, links as words, hints since 2025-03-26")
    func shapes() throws {
        let tool: JSONValue = [
            "name": "x", "title": "X", "description": "does x", "inputSchema": ["type": "object"],
            "outputSchema": ["type": "object"], "annotations": ["readOnlyHint": true],
        ]
        let link: JSONValue = ["type": "resource_link", "uri": "file:///f.mp4", "name": "f.mp4"]
        let result: [String: JSONValue] = [
            "content": [["type": "text", "text": "done"], link], "structuredContent": ["a": 1], "isError": false,
        ]
        for revision in ContextRevision.allCases {
            var machine = ContextMachine(.test, agreed: revision.isStateless ? nil : revision)
            let params = revision.isStateless ? Say.meta(["name": "x"]) : ["name": "x"]
            _ = machine.receive(Say.request(1, "tools/list", params))
            let listed = try sent(machine.finished(.number(1), .success(["tools": [tool]])))["result"]?["tools"]?
                .array?[0]
            _ = machine.receive(Say.request(2, "tools/call", params))
            let called = try #require(try sent(machine.finished(.number(2), .success(result)))["result"])
            let isNew = revision >= .june2025
            #expect((listed?["outputSchema"] != nil) == isNew && (listed?["title"] != nil) == isNew)
            #expect((listed?["annotations"] != nil) == (revision >= .march2025))
            #expect((called["structuredContent"] != nil) == isNew)
            #expect(
                called["content"]?.array?.last == (isNew ? link : ["type": "text", "text": "f.mp4: file:///f.mp4"]))
            #expect((called["resultType"] != nil) == revision.isStateless)
        }
    }

    @Test("A resource that is not there has the number of the revision that asks")
    func noResource() throws {
        var machine = ContextMachine(.test, agreed: .november2025)
        _ = machine.receive(Say.request(1, "resources/read", ["uri": "kinora://x"]))
        _ = machine.receive(Say.request(2, "resources/read", Say.meta(["uri": "kinora://x"])))
        let old = try sent(machine.finished(.number(1), .failure(.noResource("kinora://x"))))
        let new = try sent(machine.finished(.number(2), .failure(.noResource("kinora://x"))))
        #expect(old["error"]?["code"] == -32002 && new["error"]?["code"] == -32602)
        #expect(new["error"]?["data"]?["uri"] == "kinora://x")
    }

    @Test("Nothing is promised to who listens, and the stream ends in good order")
    func listening() throws {
        var machine = ContextMachine(.test)
        let actions = machine.receive(
            Say.request("s", "subscriptions/listen", Say.meta(["notifications": ["toolsListChanged": true]])))
        let messages = actions.compactMap { action in if case .send(let message) = action { message } else { nil } }
        #expect(messages.count == 2)
        #expect(messages[0]["method"] == "notifications/subscriptions/acknowledged")
        #expect(messages[0]["params"]?["notifications"] == .object([:]))
        for place in [messages[0]["params"], messages[1]["result"]] {
            #expect(place?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "s")
        }
        #expect(messages[1]["id"] == "s")
    }
}
