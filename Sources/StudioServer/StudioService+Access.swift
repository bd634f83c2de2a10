// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Studio

extension StudioService {
    /// Stands before every call: whose page asks, and how failures are told.
    func guarded(_ request: HTTPRequest, _ inner: HTTPHandler) async throws -> HTTPResponse {
        if let refusal = refusal(request) { return refusal.response }
        var response: HTTPResponse
        if request.method == .options, request.headers["Access-Control-Request-Method"] != nil {
            response = HTTPResponse(status: .noContent)
        } else {
            response = try await told(request, inner)
        }
        if case .allowed(let origin?) = verdict(request) {
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PATCH, DELETE, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] =
                "Authorization, Content-Type, X-Client-Id, X-Skill-Source, X-Skill-Version, X-Skill-Platform"
            response.headers["Access-Control-Max-Age"] = "600"
        }
        if request.headers["Origin"] != nil { response.headers.add("Vary", "Origin") }
        return response
    }

    private func verdict(_ request: HTTPRequest) -> AccessPolicy.Verdict {
        policy.judge(
            host: request.headers["Host"], origin: request.headers["Origin"],
            site: request.headers["Sec-Fetch-Site"], mode: request.headers["Sec-Fetch-Mode"])
    }

    /// Why the request is not listened to, token or not; nil where it is.
    func refusal(_ request: HTTPRequest) -> WireFailure? {
        switch verdict(request) {
        case .allowed: nil
        case .foreignHost:
            .forbidden("This server does not answer to that Host; call it by the address that it printed.")
        case .foreignOrigin:
            .forbidden("A page from elsewhere may not use this server; start it with --allow-origin and that origin.")
        }
    }

    /// The handler's answer, or its failure in the wire's form.
    private func told(_ request: HTTPRequest, _ inner: HTTPHandler) async throws -> HTTPResponse {
        do {
            return try await inner(request)
        } catch let failure as WireFailure {
            return failure.response
        } catch let error as StudioError {
            return WireFailure(error).response
        } catch let error as MultipartError {
            return WireFailure.bad(error.message).response
        }
    }

    // MARK: Who asks

    /// Whose request it is: of the token's account, or of the owner where somebody on this machine asks without one.
    func account(of request: HTTPRequest) async throws -> AccountID {
        guard let header = request.headers["Authorization"] else {
            guard isAtThisMachine(request) else { throw WireFailure.badToken }
            return .localOwner
        }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let account = try await studio.account(of: Token(parts[1].trimmingSpaces))
        else { throw WireFailure.badToken }
        return account
    }

    /// Whether the request was made on this machine and not passed on by a proxy on it.
    func isAtThisMachine(_ request: HTTPRequest) -> Bool {
        request.isLocal && request.headers["X-Forwarded-For"] == nil && request.headers["Forwarded"] == nil
    }

    /// The account and the project that a path with `{user}` and `{session}` names.
    func project(of request: HTTPRequest) async throws -> (account: AccountID, id: ProjectID) {
        let account = try await account(of: request)
        let user = request.parameters["user"] ?? "me"
        guard user == "me" || user == account.rawValue, let id = ProjectID(request.parameters["session"] ?? "") else {
            throw WireFailure.noSuchSession
        }
        return (account, id)
    }

    /// The body as JSON; an empty one counts as an empty object.
    func json(_ request: HTTPRequest, upTo limit: Int) async throws -> JSONValue {
        let bytes = try await request.body.collect(upTo: limit)
        guard !bytes.isEmpty else { return .object([:]) }
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw WireFailure.bad(WireFailure.sentence("the body is \(error)"))
        }
    }

    /// How this client calls the server, for links that are to work for it.
    func base(_ request: HTTPRequest) -> String { "http://" + (request.headers["Host"] ?? "127.0.0.1") }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
