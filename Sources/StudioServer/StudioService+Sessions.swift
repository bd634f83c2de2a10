// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import HTTPWire
import JSON
import Studio

extension StudioService {
    /// Shown, and never used up: on one's own machine nothing is counted.
    static let credits: Int64 = 100
    private static let tokenSeconds = 7 * 86400.0

    /// `POST /api/auth/anonymous-token`. Under the open policy it is the owner's, and only given to somebody on this machine.
    func issueToken(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let client = request.headers["X-Client-Id"], (1...64).contains(client.count) else {
            throw WireFailure.noClientID
        }
        guard isAtThisMachine(request) else {
            throw WireFailure.forbidden("Tokens are given out on the machine that the server runs on; get one there.")
        }
        let account = AccountID.localOwner
        let token = try await studio.issueToken(for: account)
        return Envelope.response(data: [
            "token": .string(token.text), "user_id": .string(account.rawValue),
            "expires_at": .string(WireObjects.time(studio.surroundings.now() + Self.tokenSeconds)),
            "credits": .integer(Self.credits),
        ])
    }

    /// `POST /api/tasks/me/with-session/nemo_agent`
    func createSession(_ request: HTTPRequest) async throws -> HTTPResponse {
        let account = try await account(of: request)
        let body = try await json(request, upTo: 64 << 10)
        guard body.object != nil else { throw WireFailure.bad("The body must be a JSON object, not \(body.kind).") }
        let project = try await studio.createProject(
            named: Self.name(body["task_name"]?.string), language: Self.language(body["language"]?.string), for: account
        )
        return Envelope.response(data: [
            "task_id": .string(project.taskID), "session_id": .string(project.id.text),
            "user_id": .string(account.rawValue),
        ])
    }

    /// `GET /api/state/nemo_agent/{user}/{session}`
    func state(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (account, id) = try await project(of: request)
        let project = try await studio.project(id, of: account)
        return Envelope.response(data: WireObjects.state(project, base: base(request)))
    }

    /// `GET /v1/assets/{asset}`
    func asset(_ request: HTTPRequest) async throws -> HTTPResponse {
        let account = try await account(of: request)
        let unknown = WireFailure(code: 404, status: .notFound, message: "There is no such file.")
        guard let name = request.parameters["asset"], let found = try await studio.asset(name, of: account) else {
            throw unknown
        }
        var response = HTTPResponse.file(
            try HTTPFile(path: found.location.path, entityTag: "\"\(found.facts.contentHash)\""),
            type: WireObjects.mediaType(of: found.facts))
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response
    }

    private static func name(_ given: String?) -> String {
        let name = (given ?? "").prefix(200)
        return name.contains { !$0.isWhitespace } ? String(name) : "project"
    }

    /// A language tag; anything else counts as not said.
    private static func language(_ given: String?) -> String? {
        guard let given, (2...35).contains(given.utf8.count),
            given.wholeMatch(of: /[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*/) != nil
        else { return nil }
        return given.replacing("_", with: "-")
    }
}
