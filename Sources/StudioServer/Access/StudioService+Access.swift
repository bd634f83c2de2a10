// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import Studio

extension StudioService {
    /// Stands before every call: whose page asks, and how failures are told.
    func guarded(_ request: HTTPRequest, _ inner: HTTPHandler) async throws -> HTTPResponse {
        if let refusal = refusal(request) { return refusal.response(CallTable.form(ofPath: request.path)) }
        var response: HTTPResponse
        if request.method == .options, request.headers["Access-Control-Request-Method"] != nil {
            response = HTTPResponse(status: .noContent)
        } else {
            response = try await told(request, inner)
        }
        if case .allowed(let origin?) = verdict(request) {
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, PATCH, DELETE, OPTIONS"
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

    /// The handler's answer, or in the wire's form that there is nothing to answer.
    private func told(_ request: HTTPRequest, _ inner: HTTPHandler) async throws -> HTTPResponse {
        do {
            return try await inner(request)
        } catch let failure as HTTPFailure {
            return WireFailure(failure).response(CallTable.form(ofPath: request.path))
        }
    }

    // MARK: Who asks

    /// Who makes the call, if they may.
    func caller(of request: HTTPRequest, for call: Call) async throws -> Caller {
        switch call.access {
        case .anybody, .link: return .anybody
        case .owner:
            guard request.remoteAddress == "unix" else { throw HTTPFailure.notFound }
            return Caller(.localOwner)
        case .session: return try await caller(of: request)
        case .account:
            let caller = try await caller(of: request)
            guard caller.session == nil else { throw WireFailure.oneSessionOnly }
            return caller
        }
    }

    /// The token's account, or the owner where somebody on this machine asks without one.
    private func caller(of request: HTTPRequest) async throws -> Caller {
        guard let header = request.headers["Authorization"] else {
            guard isAtThisMachine(request) else { throw WireFailure.badToken }
            return Caller(.localOwner)
        }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let account = try await studio.account(of: Token(parts[1].trimmingSpaces))
        else { throw WireFailure.badToken }
        return Caller(account)
    }

    /// Whether the request was made on this machine and not passed on by a proxy on it.
    func isAtThisMachine(_ request: HTTPRequest) -> Bool {
        request.isLocal && request.headers["X-Forwarded-For"] == nil && request.headers["Forwarded"] == nil
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
