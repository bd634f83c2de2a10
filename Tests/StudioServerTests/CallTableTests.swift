// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Schemas
import Testing

@testable import StudioServer

@Suite("The table of calls")
struct CallTableTests {
    @Test("Each call has a name of its own, and each capture of its path once")
    func names() {
        let names = CallTable.calls.map(\.name)
        #expect(Set(names).count == names.count)
        for call in CallTable.calls {
            #expect(Set(call.pattern.captures).count == call.pattern.captures.count)
            #expect(!call.summary.isEmpty)
        }
    }

    @Test("The description names every call, and what it refers to is there")
    func description() async throws {
        let server = try TestServer()
        let reply = try await server.call("GET", "/openapi.json")
        let description = try reply.json
        #expect(description["openapi"] == "3.1.0")
        for call in CallTable.calls where call.family != .admin {
            let operation = description["paths"]?[call.pattern.openAPIPath]?[call.method.rawValue.lowercased()]
            #expect(operation?["operationId"] == .string(call.name))
            #expect(operation?["responses"]?["200"] != nil || call.status != .ok)
        }
        let components = try #require(description["components"]?["schemas"]?.object)
        for match in reply.text.matches(of: /#\/components\/schemas\/(\w+)/) {
            #expect(components[String(match.1)] != nil, "\(match.1)")
        }
        await server.stop()
    }

    /// `docs/http.md` is made of the table. After a change, write it anew: KINORA_WRITE_REFERENCE=1 swift test --filter
    /// CallTableTests
    @Test("The reference page says what the table says")
    func reference() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appending(path: "docs/http.md")
        let text = CallTable.reference
        if ProcessInfo.processInfo.environment["KINORA_WRITE_REFERENCE"] != nil {
            try text.write(to: page, atomically: true, encoding: .utf8)
            Issue.record("docs/http.md was written anew: look at it and run the tests again")
        }
        let there = try String(contentsOf: page, encoding: .utf8)
        #expect(there == text, "docs/http.md is not what the table says; see above how to write it")
    }
}

@Suite("Schemas")
struct SchemaTests {
    private static let schema = Schema.object(
        [
            .required("name", .text(1...3)), .optional("size", .whole(0...9)),
            .optional("list", .list(.object([.required("kind", .word(["a", "b"]))]), most: 2)),
            .optional("share", .number(0...1)), .optional("flag", .flag),
        ], open: false)

    @Test(
        "What fits is taken, and null counts as missing where a member may be",
        arguments: [
            #"{"name":"a"}"#, #"{"name":"abc","size":0,"list":[],"share":0.5,"flag":true}"#,
            #"{"name":"长长长","size":null,"list":[{"kind":"b","more":1}],"share":1,"flag":null}"#,
            #"{"name":"a","size":9.0}"#,
        ])
    func fits(_ text: String) throws {
        try Self.schema.check(try JSONValue(parsing: text))
    }

    @Test(
        "What does not fit is told by its place",
        arguments: [
            ("[]", ""), ("{}", "name"), (#"{"name":""}"#, "name"), (#"{"name":"abcd"}"#, "name"),
            (#"{"name":null}"#, "name"), (#"{"name":"a","size":10}"#, "size"), (#"{"name":"a","size":1.5}"#, "size"),
            (#"{"name":"a","size":"1"}"#, "size"), (#"{"name":"a","share":2}"#, "share"),
            (#"{"name":"a","flag":0}"#, "flag"), (#"{"name":"a","list":{}}"#, "list"),
            (#"{"name":"a","list":[{},{},{}]}"#, "list"),
            (#"{"name":"a","list":[{"kind":"a"},{"kind":"c"}]}"#, "list[1].kind"),
            (#"{"name":"a","other":1}"#, "other"),
        ])
    func fails(_ text: String, _ field: String) throws {
        let value = try JSONValue(parsing: text)
        let fault = #expect(throws: Schema.Fault.self) { try Self.schema.check(value) }
        #expect(fault?.field == field)
    }
}
