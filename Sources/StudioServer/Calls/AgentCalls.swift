// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    private static let session = "/apps/{app}/users/{user}/sessions/{session}"

    /// What clients of the Agent Development Kit call besides the run.
    static let ofAgent: [Call] =
        [
            Call(
                .get, "/list-apps", "listApps", .agent, "The one agent there is", access: .anybody, form: .detail,
                parameters: [.query("detailed", .flag, "As objects with what each is for")],
                reply: .json(.anything)
            ) { service, asking in service.apps(detailed: asking.query("detailed") == "true") },
            agentCall(
                .get, "/apps/{app}/users/{user}/sessions", "listAgentSessions", "The account's sessions",
                access: .account, reply: .list(.component("Session"))
            ) { try await $0.agentSessions($1) },
            agentCall(
                .post, "/apps/{app}/users/{user}/sessions", "createAgentSession", "A new session", access: .account,
                body: .json(newSession, most: 1 << 20), reply: .component("Session")
            ) { try await $0.createAgentSession($1) },
            agentCall(.get, session, "getAgentSession", "A session with its events", reply: .component("Session")) {
                try await $0.agentSession($1)
            },
            agentCall(
                .patch, session, "changeAgentSession", "What an agent keeps in the session",
                body: .json(
                    .object([.optional("state_delta", .openObject), .optional("stateDelta", .openObject)]),
                    most: 1 << 20),
                reply: .component("Session")
            ) { try await $0.changeAgentSession($1) },
            agentCall(.delete, session, "deleteAgentSession", "Deletes a session", access: .account, reply: .null) {
                try await $0.deleteAgentSession($1)
            },
            agentCall(
                .get, "\(session)/artifacts", "listArtifacts", "Names of the session's files", reply: .list(.text)
            ) { try await $0.artifacts($1) },
            agentCall(
                .get, "\(session)/artifacts/{name}", "getArtifact", "A file of the session, or a link to a large one",
                parameters: [
                    .query("version", .whole(0...Int64(Int32.max)), "Of files of one name; the last where missing")
                ],
                reply: .component("Part")
            ) { try await $0.artifact($1) },
            agentCall(
                .get, "\(session)/artifacts/{name}/versions", "listArtifactVersions",
                "How often there is a file of a name", reply: .list(.whole)
            ) { try await $0.artifactVersions($1) },
        ]

    private static let newSession = Schema.object([
        .optional("state", .openObject), .optional("session_id", .text), .optional("sessionId", .text),
        .optional("events", .list(.openObject)),
    ])

    private static func agentCall(
        _ method: HTTPMethod, _ path: String, _ name: String, _ summary: String, access: Access = .session,
        parameters: [Parameter] = [], body: Body = .none, reply: Schema,
        handler: @escaping @Sendable (StudioService, Asking) async throws -> HTTPResponse
    ) -> Call {
        var refusals: [WireFailure.Kind] = [.noSuchThing]
        if case .json = body { refusals += [.unprocessable, .badRequest] }
        return Call(
            method, PathPattern(path), name, .agent, summary, access: access, form: .detail, parameters: parameters,
            body: body, reply: .json(reply), refusals: refusals, handler: handler)
    }
}

extension StudioService {
    /// Bytes of a file that is sent within JSON; of a larger one the link is.
    private static let mostInlineBytes = 8 << 20

    func apps(detailed: Bool) -> HTTPResponse {
        guard detailed else { return .json([.string(Self.agent)]) }
        let app: JSONValue = [
            "name": .string(Self.agent), "rootAgentName": .string(Self.agent), "language": "swift",
            "description": "Makes films of photos, clips, music and words.",
        ]
        return .json(["apps": [app]])
    }

    func createAgentSession(_ asking: Asking) async throws -> HTTPResponse {
        let user = try agentUser(asking)
        let body = asking.body
        if let name = (body["session_id"] ?? body["sessionId"])?.string, !name.isEmpty {
            throw WireFailure.bad("Sessions get their ids from this server; leave \(name) out.")
        }
        guard body["events"]?.array?.isEmpty ?? true else {
            throw WireFailure.bad("A session begins without events; leave them out.")
        }
        let account = try asking.account
        let language = Self.language(body["state"]?["language"]?.string)
        var project = try await studio.createProject(named: "project", language: language, for: account)
        if let notes = body["state"]?.object, !notes.isEmpty {
            project = try await studio.note(notes, in: project.id, of: account)
        }
        return .json(WireObjects.agentSession(project, user: user))
    }

    func agentSession(_ asking: Asking) async throws -> HTTPResponse {
        .json(WireObjects.agentSession(try await agentProject(asking), user: try agentUser(asking)))
    }

    func changeAgentSession(_ asking: Asking) async throws -> HTTPResponse {
        let before = try await agentProject(asking)
        let delta = (asking.body["state_delta"] ?? asking.body["stateDelta"])?.object ?? [:]
        let project = try await studio.note(delta, in: before.id, of: before.account)
        return .json(WireObjects.agentSession(project, user: try agentUser(asking)))
    }

    /// In short: without what was said.
    func agentSessions(_ asking: Asking) async throws -> HTTPResponse {
        let user = try agentUser(asking)
        let all = try await studio.projects(of: try asking.account)
        return .json(.array(all.map { WireObjects.agentSession($0, user: user) }))
    }

    func deleteAgentSession(_ asking: Asking) async throws -> HTTPResponse {
        let project = try await agentProject(asking)
        try await studio.delete(project.id, of: project.account)
        return .json(.null)
    }

    func artifacts(_ asking: Asking) async throws -> HTTPResponse {
        let project = try await agentProject(asking)
        return .json(.array(Set(project.media.map(\.name)).sorted().map { .string($0) }))
    }

    func artifactVersions(_ asking: Asking) async throws -> HTTPResponse {
        let files = try await agentFiles(asking)
        return .json(.array(files.indices.map { .integer(Int64($0)) }))
    }

    func artifact(_ asking: Asking) async throws -> HTTPResponse {
        let files = try await agentFiles(asking)
        let version = asking.whole("version", usual: Int64(files.count - 1))
        guard version >= 0, version < files.count,
            let found = try await studio.asset(files[Int(version)].id, of: try asking.account)
        else { throw WireFailure.nothing("artifact") }
        let type = WireObjects.mediaType(of: found.facts)
        guard found.facts.byteCount <= Self.mostInlineBytes else {
            return .json([
                "fileData": [
                    "fileUri": .string("\(asking.base)/v1/assets/\(found.facts.id)"), "mimeType": .string(type),
                    "displayName": .string(found.facts.name),
                ]
            ])
        }
        let bytes = try await studio.bytes(at: found.location)
        return .json([
            "inlineData": [
                "data": .string(bytes.base64EncodedString()), "mimeType": .string(type),
                "displayName": .string(found.facts.name),
            ]
        ])
    }

    /// Files of the name in the path; never empty.
    private func agentFiles(_ asking: Asking) async throws -> [MediaFacts] {
        let name = asking["name"]
        let files = try await agentProject(asking).media.filter { $0.name == name }
        guard !files.isEmpty else { throw WireFailure.nothing("artifact") }
        return files
    }

    /// What the client calls its user; the account is the token's. Throws where there is no such agent.
    func agentUser(_ asking: Asking) throws -> String {
        guard asking["app"] == Self.agent else { throw WireFailure.nothing("agent; the one here is \(Self.agent)") }
        let user = asking["user"]
        let account = try asking.account
        guard !user.hasPrefix("usr_") || user == account.rawValue else {
            throw WireFailure(.noSuchThing, "Session not found")
        }
        return user
    }

    func agentProject(_ asking: Asking) async throws -> Project {
        let user = try agentUser(asking)
        do {
            let (account, id) = try asking.project(named: asking["session"], ofAgentUser: user)
            return try await studio.project(id, of: account)
        } catch StudioError.noSuchProject {
            throw WireFailure(.noSuchThing, "Session not found")
        } catch let failure as WireFailure where failure.code == WireFailure.Kind.noSuchSession.code {
            throw WireFailure(.noSuchThing, "Session not found")
        }
    }
}
