// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import ModelContext
import Schemas

extension ToolTable {
    /// The reference page of all tools, in Markdown.
    package static var reference: String {
        var page = """
            # Tools for agents

            Kinora speaks the [Model Context Protocol](https://modelcontextprotocol.io): `kinora mcp` over standard input and output,
            and `/mcp` of `kinora serve` over HTTP. Both have these tools. Revisions \(revisions) are spoken.

            A tool that cannot do what it was asked answers with `isError` and a sentence that says why and what to do; nothing is
            changed then. Every answer has its values as `structuredContent` and once more as text.

            Marks: **P** for agents on this machine only, who may name files of the folders given to `kinora mcp --allow`; **R**
            changes nothing.

            """
        for family in AgentTool.Family.allCases {
            let tools = tools(takesPaths: true).filter { $0.family == family }
            page += "\n## \(family.rawValue)\n"
            if family == .editing {
                page += """

                    Each is an operation of [operations.md](operations.md), where its parameters are explained, with `project` and, where
                    wanted, `base_revision` beside them; each is one revision that `undo` takes back. They give `project`, `revision`,
                    `duration_ms`, `changes`, `notes` and `timeline`.

                    | Tool | What it does |
                    |---|---|

                    """
                for tool in tools { page += "| `\(tool.name)` | \(tool.help) |\n" }
                continue
            }
            for tool in tools { page += section(tool) }
        }
        return page + resources
    }

    private static let revisionNames = ContextRevision.allCases.map(\.rawValue)

    private static var revisions: String {
        revisionNames.dropLast().joined(separator: ", ") + " and " + (revisionNames.last ?? "")
    }

    private static func section(_ tool: AgentTool) -> String {
        let remote = named(tool.name, takesPaths: false)?.input["properties"]?.object ?? [:]
        var text = "\n### `\(tool.name)`\(tool.hints.isReadOnly ? " R" : "")\n\(tool.help)\n\n"
        let required = Set(tool.input["required"]?.array?.compactMap(\.string) ?? [])
        let properties = (tool.input["properties"]?.object ?? [:]).sorted { a, b in
            (required.contains(a.key) ? 0 : 1, a.key) < (required.contains(b.key) ? 0 : 1, b.key)
        }
        if !properties.isEmpty { text += "| Argument | Values | Meaning |\n|---|---|---|\n" }
        for (name, schema) in properties {
            var values = values(of: schema)
            if required.contains(name) { values += "; required" }
            if let usual = schema["default"] { values += "; usually \(usual.string ?? usual.text())" }
            let mark = remote[name] == nil ? " **P**" : ""
            text += "| `\(name)`\(mark) | \(values) | \(schema["description"]?.string ?? "") |\n"
        }
        let given = tool.output.json["properties"]?.object?.keys.sorted() ?? []
        return text + "\nGives \(given.map { "`\($0)`" }.joined(separator: ", ")).\n"
    }

    private static func values(of schema: JSONValue) -> String {
        if let names = schema["enum"]?.array?.compactMap(\.string) {
            return names.count > 12 ? "one of \(names.count) names" : "one of " + names.joined(separator: ", ")
        }
        let range = [schema["minimum"], schema["maximum"]].compactMap { $0?.text() }
        switch schema["type"]?.string {
        case "integer": return "a whole number" + (range.count == 2 ? " from \(range[0]) to \(range[1])" : "")
        case "number": return "a number" + (range.count == 2 ? " from \(range[0]) to \(range[1])" : "")
        case "boolean": return "true or false"
        case "array": return "a list, each " + values(of: schema["items"] ?? true)
        case "object":
            let names = schema["properties"]?.object?.keys.sorted() ?? []
            return "an object with " + names.joined(separator: ", ")
        default: return "a text"
        }
    }

    private static var resources: String {
        var text =
            "\n## Resources\n\n`resources/list` has the projects. These can be read:\n\n| Address | What it is |\n|---|---|\n"
        for template in StudioResource.templates {
            text += "| `\(template["uriTemplate"]?.string ?? "")` | \(template["description"]?.string ?? "") "
            text += "(\(template["mimeType"]?.string ?? "")) |\n"
        }
        return text
    }
}
