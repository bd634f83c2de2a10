// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    private static let project = "/v1/projects/{session}"
    private static let name = Schema.text(0...1000)

    /// Projects as such, and what happens to them.
    static let ofProjectList: [Call] = [
        Call(
            .get, "/v1/projects", "listProjects", .projects, "The account's projects, the one changed last first",
            parameters: [.query("deleted", .flag, "Those that were deleted and can be brought back")],
            reply: .envelope(
                .object([.required("projects", .list(.component("Project"))), .required("bytes", .whole)]))
        ) { try await $0.projects($1) },
        Call(
            .post, "/v1/projects", "createProject", .projects, "A new project",
            body: .json(
                .object([
                    .optional("name", name, "What it is called", usual: "project"),
                    .optional("language", .text, "The person's language, as a tag such as zh-CN"),
                ])),
            reply: .envelope(.component("Project")), status: .created
        ) { try await $0.createProject($1) },
        Call(
            .get, "/v1/projects/{session}", "getProject", .projects, "A project in short", access: .session,
            reply: .envelope(.component("Project")), refusals: [.noSuchSession]
        ) { try await $0.project($1) },
        Call(
            .patch, "/v1/projects/{session}", "renameProject", .projects, "Gives a project another name",
            access: .session, body: .json(.object([.required("name", .text(1...1000))])),
            reply: .envelope(.component("Project")), refusals: [.noSuchSession]
        ) { try await $0.rename($1) },
        Call(
            .delete, "/v1/projects/{session}", "deleteProject", .projects,
            "Deletes a project; it can be brought back for a week",
            reply: .envelope(.object([.required("restorable_until", .text)])), refusals: [.noSuchSession]
        ) { try await $0.delete($1) },
        Call(
            .post, "/v1/projects/{session}/restore", "restoreProject", .projects, "Brings a deleted project back",
            reply: .envelope(.component("Project")), refusals: [.noSuchSession]
        ) { try await $0.restore($1) },
        Call(
            .post, "/v1/projects/{session}/duplicate", "duplicateProject", .projects,
            "A second project with the same media and film; the conversation stays with the first",
            body: .json(.object([.optional("name", name, "What it is called; the first one's name where missing")])),
            reply: .envelope(.component("Project")), status: .created, refusals: [.noSuchSession]
        ) { try await $0.duplicate($1) },
        Call(
            .get, "/v1/projects/{session}/events", "followProject", .projects,
            "What happens to a project, as a stream: kinds revision, turn, asset, export; event: missed where some are gone",
            access: .session,
            parameters: [
                .header("Last-Event-ID", .text(0...30), "The last one seen: those after it come first"),
                .query("last_event_id", .text(0...30), "The same, for clients that cannot set headers"),
            ],
            reply: .media(["text/event-stream"]), refusals: [.noSuchSession]
        ) { try await $0.follow($1) },
    ]
}

extension StudioService {
    func projects(_ asking: Asking) async throws -> HTTPResponse {
        let account = try asking.account
        let all = try await studio.projects(of: account, deleted: asking.query("deleted") == "true")
        let bytes = try await studio.storedBytes(of: account)
        return Envelope.response(data: ["projects": .array(all.map(WireObjects.project)), "bytes": .integer(bytes)])
    }

    func createProject(_ asking: Asking) async throws -> HTTPResponse {
        let project = try await studio.createProject(
            named: Self.name(asking.body["name"]?.string), language: Self.language(asking.body["language"]?.string),
            for: try asking.account)
        return Envelope.response(data: WireObjects.project(ProjectSummary(project)), status: .created)
    }

    func project(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let project = try await studio.project(id, of: account)
        return Envelope.response(data: WireObjects.project(ProjectSummary(project)))
    }

    func rename(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let project = try await studio.rename(id, to: Self.name(asking.body["name"]?.string), of: account)
        return Envelope.response(data: WireObjects.project(ProjectSummary(project)))
    }

    func delete(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        try await studio.delete(id, of: account)
        let until = studio.surroundings.now() + Studio.restoringSeconds
        return Envelope.response(data: ["restorable_until": .string(WireObjects.time(until))])
    }

    func restore(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let project = try await studio.restore(id, of: account)
        return Envelope.response(data: WireObjects.project(ProjectSummary(project)))
    }

    func duplicate(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let first = try await studio.project(id, of: account)
        let name = asking.body["name"]?.string.map(Self.name) ?? first.name
        let copy = try await studio.duplicate(id, named: name, of: account)
        return Envelope.response(data: WireObjects.project(ProjectSummary(copy)), status: .created)
    }

    /// Without a last event the stream begins with what happens from now on.
    func follow(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        _ = try await studio.project(id, of: account)
        let last = (asking.request.headers["Last-Event-ID"] ?? asking.query("last_event_id")).flatMap { Int64($0) }
        let feed = try await studio.events(of: id, after: last)
        return events { stream in
            for try await element in feed {
                switch element {
                case .missed: try await stream.send(ServerSentEvent(data: "{}", event: "missed"))
                case .event(let event):
                    var payload = event.payload.object ?? [:]
                    payload["kind"] = .string(event.kind.rawValue)
                    try await stream.send(
                        ServerSentEvent(
                            data: JSONValue.object(payload).text(), event: event.kind.rawValue, id: "\(event.id)"))
                }
            }
        }
    }

    /// A stream of events with signs of life by the service's clock.
    func events(_ send: @escaping @Sendable (EventStreamWriter) async throws -> Void) -> HTTPResponse {
        Self.stream(heartbeat, clock, send)
    }

    private static func stream(
        _ heartbeat: Duration, _ clock: some Clock<Duration>,
        _ send: @escaping @Sendable (EventStreamWriter) async throws -> Void
    ) -> HTTPResponse {
        .events(heartbeat: heartbeat, clock: clock) { stream in
            // Headers go out at once, so that whoever connects knows that they are heard.
            try await stream.comment("connected")
            try await send(stream)
        }
    }
}
