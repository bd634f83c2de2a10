// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Schemas
import Studio

extension AgentTool {
    /// One tool for each row of the table of operations.
    static let ofOperations: [AgentTool] = zip(OperationTable.entries, OperationTable.toolDefinitions()).map {
        AgentTool($0, $1)
    }

    /// What is said, and several operations as one.
    static let ofDirecting: [AgentTool] = [
        AgentTool(
            "say", "Tell the director", .directing,
            "Say in plain words what the film should be or what to change, in the person's own language: \"a 15 second "
                + "TikTok, warm, cut on the beat\", \"lose the second photo\". The director edits and answers what changed. "
                + "It takes no instructions from media.",
            [
                .required("project", .text(1...64), "The project's id"),
                .required("message", .text(1...100_000), "What is wanted"),
            ],
            gives: .object([
                .required("project", .text), .required("answer", .text), .required("changed", .flag),
                .required("revision", .whole), .required("duration_ms", .whole),
                .required("changes", .list(ToolTable.change)), .required("timeline", .text),
            ]), .edits
        ) { tools, arguments, _ in
            let id = try tools.projectID(arguments)
            let done = try await tools.studio.say(
                arguments.text("message") ?? "", in: id, of: tools.scope.account
            ).done
            let draft = try await tools.studio.project(id, of: tools.scope.account).draft
            return ToolResult(
                done.turn.answer,
                [
                    "project": .string(id.text), "answer": .string(done.turn.answer),
                    "changed": .bool(done.turn.revisionAfter != done.turn.revisionBefore),
                    "revision": .integer(Int64(done.turn.revisionAfter)),
                    "duration_ms": .integer(draft.duration.milliseconds), "changes": Values.changes(done.changes),
                    "timeline": .string(draft.summary()),
                ])
        },
        AgentTool(
            "edit", "Several edits as one", .directing,
            "Apply several edit operations in order as one revision, all or none. Each is an object with op, the "
                + "operation's name, and its parameters beside it, as in the tools of those names: "
                + "{\"op\":\"add-text\",\"text\":\"Hello\"}.",
            editMembers + [
                .required(
                    "operations",
                    .list(
                        .object([.required("op", .word(OperationTable.entries.map(\.name)), "The operation")]),
                        most: OperationCall.mostInOneRun), "What to do, in order"),
                .maybe("dry_run", .flag, "Only tell what it would come to", usual: false),
            ], gives: ToolTable.edited, .edits
        ) { tools, arguments, _ in
            let calls = try OperationCall.list(json: arguments.all["operations"] ?? [])
            return try await tools.edit(calls, arguments)
        },
    ]
}

extension StudioTools {
    private static let who = "agent"

    func edit(_ calls: [OperationCall], _ arguments: ToolArguments) async throws -> ToolResult {
        let id = try projectID(arguments)
        let base = arguments.whole("base_revision")
        let isTrial = arguments.isSet("dry_run") ?? false
        let done =
            isTrial
            ? try await studio.trial(id, of: scope.account, base: base, calls, who: Self.who)
            : try await studio.edit(id, of: scope.account, base: base, calls, who: Self.who)
        let words = ChangeWords.of(language: nil)
        let notes = done.notes.compactMap(parts.words)
        let told = done.changes.map { $0.words(in: words) }
        let head =
            isTrial ? "Nothing was changed; it would come to this." : "Revision \(done.revision)."
        let timeline = done.draft.summary()
        let what = told.isEmpty ? ["Nothing is otherwise than before."] : told
        return ToolResult(
            ([head] + what + notes + [timeline]).joined(separator: "\n"),
            [
                "project": .string(id.text), "revision": .integer(Int64(done.revision)),
                "duration_ms": .integer(done.draft.duration.milliseconds), "changes": Values.changes(done.changes),
                "notes": .array(notes.map { .string($0) }), "timeline": .string(timeline),
            ])
    }
}

extension Values {
    /// As values and as words.
    static func changes(_ changes: [EditChange]) -> JSONValue {
        let words = ChangeWords.of(language: nil)
        return .array(
            changes.map { change in
                var members = change.json.object ?? [:]
                members["words"] = .string(change.words(in: words))
                return .object(members)
            })
    }
}
