// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
package import JSON

extension RemoteStudio {
    /// What an account has.
    package struct Credits: Hashable, Sendable {
        package var available: Double
        package var frozen: Double
        package var total: Double
    }

    /// What a session is at.
    package struct State: Hashable, Sendable {
        /// As it came; sent back with an export.
        package var draft: JSONValue
        package var timeline: RemoteTimeline
        /// Names of the files that are there.
        package var files: [String]
        package var revision: Int64?
        package var name: String?
        package var registerPage: String?
        package var upgradePage: String?
    }

    /// Begins a session: a film of its own.
    ///
    /// - Parameter language: a tag such as `en` or `zh-CN`; nil leaves it to the server.
    package func openSession(named name: String = "project", language: String? = nil) async throws -> SessionNote {
        let json = try await ask {
            self.request(
                .post, "/api/tasks/me/with-session/nemo_agent",
                json: ["task_name": .string(name), "language": .string(language ?? "")])
        }
        let data = json["data"] ?? json
        guard let session = (data["session_id"] ?? data["sessionId"])?.string else {
            throw RemoteFault.unreadable(server: server, call: "with-session")
        }
        var note = SessionNote(server: server, session: session)
        note.task = (data["task_id"] ?? data["taskId"])?.string
        note.user = data["user_id"]?.string
        note.language = language
        note.skill = attribution.source
        return note
    }

    package func state(of note: SessionNote) async throws -> State {
        let path = "/api/state/nemo_agent/me/\(PercentEncoding.encode(note.session))/latest"
        let json = try await ask { self.request(.get, path) }
        let data = json["data"] ?? json
        let state = data["state"] ?? .null
        let draft = state["draft"] ?? .null
        var timeline = RemoteTimeline(draft: draft)
        timeline.width = timeline.width ?? state["canvas_config"]?["width"]?.integer
        timeline.height = timeline.height ?? state["canvas_config"]?["height"]?.integer
        return State(
            draft: draft, timeline: timeline,
            files: (state["video_infos"]?.array ?? []).map { ($0["filename"] ?? $0["name"])?.string ?? "" },
            revision: data["revision"]?.integer, name: data["task_name"]?.string,
            registerPage: data["register_url"]?.string, upgradePage: data["upgrade_url"]?.string)
    }

    package func credits() async throws -> Credits {
        let json = try await ask { self.request(.get, "/api/credits/balance/simple") }
        let data = json["data"] ?? json
        guard let available = data["available"]?.number else {
            throw RemoteFault.unreadable(server: server, call: "/api/credits/balance/simple")
        }
        let frozen = data["frozen"]?.number ?? 0
        return Credits(available: available, frozen: frozen, total: data["total"]?.number ?? available + frozen)
    }

    /// A link to the web studio, good once and for that one session.
    package func claim(_ note: SessionNote) async throws -> (link: String, seconds: Int64?) {
        var body: [String: JSONValue] = ["session_id": .string(note.session)]
        body["task_id"] = note.task.map { .string($0) }
        let sent = JSONValue.object(body)
        let json = try await ask { self.request(.post, "/api/auth/claim-token", json: sent) }
        let data = json["data"] ?? json
        guard let claim = data["claim_token"]?.string else {
            throw RemoteFault.unreadable(server: server, call: "/api/auth/claim-token")
        }
        return ("\(server)/#claim=\(PercentEncoding.encode(claim))", data["expires_in"]?.integer)
    }
}

extension RemoteFault {
    /// Whether it is that the session is no more.
    var isGoneSession: Bool {
        guard case .refused(let refusal, _, _) = self else { return false }
        return CodeTable.row(for: refusal)?.remedy == .newSession
    }
}
