// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    /// Sessions and what they are at.
    static let ofSessions: [Call] =
        [
            Call(
                .post, "/api/tasks/me/with-session/nemo_agent", "createSession", .sessions, "A new session",
                body: .json(
                    .object([
                        .optional("task_name", .text, "What the project is called", usual: "project"),
                        .optional("language", .text, "The person's language, as a tag such as zh-CN; may be empty"),
                    ])),
                reply: .envelope(WireSchemas.newSession)
            ) { try await $0.createSession($1) }
        ]
        + ["", "/latest"].map { ending in
            Call(
                .get, PathPattern("/api/state/nemo_agent/{user}/{session}\(ending)"),
                ending.isEmpty ? "getState" : "getLatestState", .sessions, "What a session is at, as last saved",
                access: .session, reply: .envelope(WireSchemas.state), refusals: [.noSuchSession]
            ) { try await $0.state($1) }
        }
}

extension StudioService {
    func createSession(_ asking: Asking) async throws -> HTTPResponse {
        let account = try asking.account
        let project = try await studio.createProject(
            named: Self.name(asking.body["task_name"]?.string),
            language: Self.language(asking.body["language"]?.string), for: account)
        let data: [String: JSONValue] = [
            "task_id": .string(project.taskID), "session_id": .string(project.id.text),
            "user_id": .string(account.rawValue),
        ]
        return Envelope.response(data: .object(data.merging(pages(account, asking)) { own, _ in own }))
    }

    func state(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let project = try await studio.project(id, of: account)
        return Envelope.response(data: WireObjects.state(project, base: asking.base, pages: pages(account, asking)))
    }

    /// Where the account registers and gets more; nothing on a person's own machine.
    func pages(_ account: AccountID, _ asking: Asking) -> [String: JSONValue] {
        studio.terms.map { WireObjects.pages($0, account, base: asking.base) } ?? [:]
    }

    static func name(_ given: String?) -> String {
        let name = (given ?? "").prefix(200)
        return name.contains { !$0.isWhitespace } ? String(name) : "project"
    }

    /// A language tag; anything else counts as not said.
    static func language(_ given: String?) -> String? {
        guard let given, (2...35).contains(given.utf8.count),
            given.wholeMatch(of: /[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*/) != nil
        else { return nil }
        return given.replacing("_", with: "-")
    }
}
