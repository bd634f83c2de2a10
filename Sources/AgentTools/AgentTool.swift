// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON
import ModelContext
import Schemas

/// One tool: what it is called, what it takes and gives, and what it does. Declared once; the list of tools, the checks of
/// what comes in and the reference page are made of it.
struct AgentTool: Sendable {
    typealias Body = @Sendable (StudioTools, ToolArguments, ContextCall) async throws -> ToolResult

    /// What a client may think of it before it is called.
    struct Hints: Sendable {
        /// Changes nothing.
        var isReadOnly = false
        /// May take something away that cannot be brought back. No edit does: each can be undone.
        var isDestructive = false
        /// The same call again changes nothing more.
        var isIdempotent = false
        /// Reaches beyond the studio.
        var isOpen = false

        static let reads = Hints(isReadOnly: true, isIdempotent: true)
        static let edits = Hints()
    }

    /// What belongs together in the reference.
    enum Family: String, CaseIterable, Sendable {
        case projects = "Projects and media"
        case directing = "Directing"
        case looking = "Looking"
        case exporting = "Exporting"
        case editing = "Edit operations"
    }

    let name: String
    let title: String
    let family: Family
    let help: String
    /// JSON Schema of the arguments.
    let input: JSONValue
    let output: Schema
    let hints: Hints
    /// Throws what is wrong with the arguments.
    let check: @Sendable ([String: JSONValue]) throws -> Void
    let run: Body

    /// A tool whose arguments are all declared here.
    init(
        _ name: String, _ title: String, _ family: Family, _ help: String, _ members: [Schema.Member], gives: Schema,
        _ hints: Hints, run: @escaping Body
    ) {
        let schema = Schema.object(members, open: false)
        self.name = name
        self.title = title
        self.family = family
        self.help = help
        input = members.isEmpty ? ["type": "object", "additionalProperties": false] : schema.json
        output = gives
        self.hints = hints
        check = { arguments in try schema.check(.object(arguments), in: [:]) }
        self.run = run
    }

    /// An edit operation of the table. Its own arguments are checked by the table when it is applied.
    init(_ operation: OperationDeclaration, _ definition: JSONValue) {
        let words = OperationWords.english
        name = operation.name.replacing("-", with: "_")
        title = operation.name.replacing("-", with: " ").capitalizedFirst
        family = .editing
        var help = words.help(of: operation)
        if operation.needsOneOf.count > 1 {
            help += " One of these is needed: \(operation.needsOneOf.joined(separator: ", "))."
        }
        self.help = help
        // Not every model's server takes a choice at the top of a schema; the help says it, the table checks it.
        var schema = definition["parameters"]?.object ?? [:]
        schema["anyOf"] = nil
        var properties = schema["properties"]?.object ?? [:]
        for member in Self.editMembers { properties[member.name] = member.schema.json }
        schema["properties"] = .object(properties)
        schema["required"] = .array(["project"] + (schema["required"]?.array ?? []))
        input = .object(schema)
        output = ToolTable.edited
        hints = .edits
        let common = Schema.object(Self.editMembers)
        check = { arguments in try common.check(.object(arguments), in: [:]) }
        let op = operation.name
        run = { tools, arguments, _ in
            let call = try OperationCall(op, arguments.without(Self.editNames))
            return try await tools.edit([call], arguments)
        }
    }

    /// What every edit takes besides its own; told in few words, since an agent reads it once an edit.
    static let editMembers: [Schema.Member] = [
        .required("project", .text, "Its id"),
        .maybe("base_revision", .whole(0...Int64.max), "Changes nothing where the film is not at it any more"),
    ]
    static let editNames = Set(editMembers.map(\.name))

    var json: JSONValue {
        [
            "name": .string(name), "title": .string(title), "description": .string(help), "inputSchema": input,
            "outputSchema": output.json,
            "annotations": [
                "title": .string(title), "readOnlyHint": .bool(hints.isReadOnly),
                "destructiveHint": .bool(hints.isDestructive), "idempotentHint": .bool(hints.isIdempotent),
                "openWorldHint": .bool(hints.isOpen),
            ],
        ]
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
