// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import JSON
import Testing

@testable import AgentTools

@Suite("The table of tools")
struct ToolTableTests {
    @Test("Every edit operation is a tool, beside those that make a project, look and export")
    func all() {
        for takesPaths in [true, false] {
            let names = ToolTable.tools(takesPaths: takesPaths).map(\.name)
            #expect(Set(names).count == names.count)
            for operation in OperationTable.entries {
                #expect(names.contains(operation.name.replacing("-", with: "_")), "\(operation.name)")
            }
            let others = [
                "create_project", "list_projects", "add_media", "timeline", "say", "edit", "look", "export",
                "export_status", "cancel_export",
            ]
            #expect(Set(others).isSubset(of: names))
            #expect(names.count == OperationTable.entries.count + others.count)
        }
    }

    @Test("Tools are as models' servers take them: plain names, objects without a choice at the top, words for all")
    func form() throws {
        for tool in ToolTable.tools(takesPaths: true) {
            #expect(tool.name.wholeMatch(of: /[a-z0-9_]{1,64}/) != nil, "\(tool.name)")
            let json = tool.json
            let schema = try #require(json["inputSchema"]?.object)
            #expect(schema["type"] == "object" && schema["additionalProperties"] == false, "\(tool.name)")
            for key in ["anyOf", "oneOf", "allOf"] { #expect(schema[key] == nil, "\(tool.name)") }
            for name in schema["required"]?.array ?? [] {
                #expect(schema["properties"]?[name.string ?? ""] != nil, "\(tool.name) \(name)")
            }
            #expect(json["outputSchema"]?["type"] == "object", "\(tool.name)")
            #expect(tool.help.count > 10 && tool.help.hasSuffix("."), "\(tool.name): \(tool.help)")
            for (name, property) in schema["properties"]?.object ?? [:] {
                #expect(property["description"]?.string?.isEmpty == false, "\(tool.name).\(name)")
            }
            #expect(
                json["annotations"]?["readOnlyHint"]?.bool
                    == (json["annotations"]?["idempotentHint"]?.bool == true && tool.name != "cancel_export"))
        }
        // What an edit takes besides its own must not hide any of its own.
        for operation in OperationTable.entries {
            for name in AgentTool.editNames { #expect(operation.parameter(name) == nil, "\(operation.name)") }
        }
    }

    @Test("Paths are for agents on this machine only")
    func paths() throws {
        for (takesPaths, tool, argument) in [
            (true, "add_media", "paths"), (false, "add_media", "paths"), (true, "export", "save_as"),
            (false, "export", "save_as"),
        ] {
            let found = try #require(ToolTable.named(tool, takesPaths: takesPaths))
            #expect((found.input["properties"]?[argument] != nil) == takesPaths, "\(tool)")
        }
    }

    /// `docs/mcp.md` is made of the table. After a change, write it anew: KINORA_WRITE_REFERENCE=1 swift test --filter
    /// ToolTableTests
    @Test("The reference page says what the table says")
    func reference() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appending(path: "docs/mcp.md")
        if ProcessInfo.processInfo.environment["KINORA_WRITE_REFERENCE"] != nil {
            try ToolTable.reference.write(to: page, atomically: true, encoding: .utf8)
            Issue.record("docs/mcp.md was written anew: look at it and run the tests again")
        }
        let there = try String(contentsOf: page, encoding: .utf8)
        #expect(there == ToolTable.reference, "docs/mcp.md is not what the table says; see above how to write it")
    }
}
