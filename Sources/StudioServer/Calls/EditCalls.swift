// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    /// Edits of a project's draft, by the table of operations.
    static let ofProjects: [Call] =
        [
            Call(
                .get, "/v1/operations", "listOperations", .projects,
                "The table of edit operations: tools with schemas and help", access: .anybody,
                parameters: [.query("lang", .text(0...35), "Language of the help, as a tag such as zh-CN")],
                reply: .envelope(WireSchemas.operations)
            ) { _, asking in StudioService.operations(language: asking.query("lang")) },
            Call(
                .get, "/v1/projects/{session}/edits", "listEdits", .projects,
                "What was done to the film, oldest first: what was said for it, or nothing where it was done by hand",
                access: .session,
                reply: .envelope(
                    .object([
                        .required(
                            "edits",
                            .list(
                                .object([
                                    .required("revision", .whole), .required("from", .whole), .required("said", .text),
                                    .required("changes", .list(.text)),
                                ])))
                    ])), refusals: [.noSuchSession]
            ) { try await $0.edits($1) },
            Call(
                .post, "/v1/projects/{session}/edits", "edit", .projects,
                "Operations applied as one revision, all or none", access: .session,
                body: .json(
                    .object(
                        [
                            .required("base_revision", .whole(0...Int64(Int32.max)), "The revision they were made for"),
                            .required(
                                "ops", .list(.component("Operation"), most: OperationCall.mostInOneRun),
                                "What to do, in order"),
                            .optional("dry_run", .flag, "Only tells what it would come to", usual: false),
                        ], open: false), most: 4 << 20),
                reply: .envelope(WireSchemas.edited), refusals: [.noSuchSession, .badRequest, .conflict]
            ) { try await $0.edit($1) },
        ]
        + [(Studio.Step.undo, "Goes back to the revision before"), (.redo, "Goes forth again after an undo")].map {
            step, summary in
            Call(
                .post, PathPattern("/v1/projects/{session}/\(step.rawValue)"), step.rawValue, .projects, summary,
                access: .session,
                body: .json(
                    .object(
                        [
                            .optional(
                                "base_revision", .whole(0...Int64(Int32.max)), "Refused where it is at another one"),
                            .optional("count", .whole(1...10_000), "How many steps", usual: 1),
                        ], open: false)),
                reply: .envelope(WireSchemas.edited), refusals: [.noSuchSession, .badRequest, .conflict]
            ) { try await $0.step(step, $1) }
        }
}

extension StudioService {
    static func operations(language: String?) -> HTTPResponse {
        Envelope.response(data: [
            "operations": .array(OperationTable.toolDefinitions(language: language)),
            "schema": OperationTable.schema(language: language),
        ])
    }

    func edit(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        // The session comes first: what is wrong with the operations is told to those who may see it.
        _ = try await studio.project(id, of: account)
        let calls = try OperationCall.list(json: asking.body["ops"] ?? [])
        let base = Int(asking.body["base_revision"]?.integer ?? 0)
        if asking.body["dry_run"] == true {
            return edited(try await studio.trial(id, of: account, base: base, calls, who: "api"), for: asking)
        }
        return edited(try await studio.edit(id, of: account, base: base, calls, who: "api"), for: asking)
    }

    func step(_ step: Studio.Step, _ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let base = asking.body["base_revision"]?.integer.map { Int($0) }
        let count = Int(asking.body["count"]?.integer ?? 1)
        return edited(try await studio.step(step, id, of: account, base: base, count: count, who: "api"), for: asking)
    }

    /// How many edits are told of, the latest.
    private static let mostEdits = 200

    func edits(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let project = try await studio.project(id, of: account)
        let history = project.history
        var said: [Int: String] = [:]
        for turn in project.turns where turn.revisionAfter != turn.revisionBefore {
            said[turn.revisionAfter] = turn.said
        }
        let words = Self.words(for: asking)
        let edits = history.log.suffix(Self.mostEdits).compactMap { entry -> JSONValue? in
            // Steps through the revisions are seen by where the film stands.
            guard !entry.calls.allSatisfy({ $0.declaration?.isOfHistory == true }), entry.from != entry.to,
                let before = history.revision(entry.from), let after = history.revision(entry.to)
            else { return nil }
            let changes = after.draft.changes(from: before.draft)
            return [
                "revision": .integer(Int64(entry.to)), "from": .integer(Int64(entry.from)),
                "said": .string(said[entry.to] ?? entry.words),
                "changes": .array(changes.map { .string($0.words(in: words)) }),
            ]
        }
        return Envelope.response(data: ["edits": .array(edits)])
    }

    private static func words(for asking: Asking) -> ChangeWords {
        let language = asking.request.headers.list("Accept-Language").first.map { String($0.prefix { $0 != ";" }) }
        return ChangeWords.of(language: language)
    }

    /// What has changed as values and as words in the language of whoever asks.
    private func edited(_ done: EditDone, for asking: Asking) -> HTTPResponse {
        let words = Self.words(for: asking)
        let changes = done.changes.map { change -> JSONValue in
            var members = change.json.object ?? [:]
            members["words"] = .string(change.words(in: words))
            return .object(members)
        }
        return Envelope.response(data: [
            "revision": .integer(Int64(done.revision)), "draft": done.draft.json, "changes": .array(changes),
        ])
    }
}
