// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import Studio

extension StudioService {
    private static let knownHeaders =
        "Authorization, Content-Type, Last-Event-ID, X-Client-Id, X-Skill-Source, X-Skill-Version, X-Skill-Platform, "
        + "Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name, "
        + "Tus-Resumable, Upload-Length, Upload-Defer-Length, Upload-Offset, Upload-Metadata, Upload-Checksum"
    private static let shownHeaders =
        "Location, Retry-After, X-Request-Id, Mcp-Session-Id, Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, "
        + "Tus-Checksum-Algorithm, Upload-Offset, Upload-Length, Upload-Metadata, Upload-Expires, Upload-Defer-Length"

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
                Self.knownHeaders
            response.headers["Access-Control-Expose-Headers"] = Self.shownHeaders
            response.headers["Access-Control-Max-Age"] = "600"
        }
        if request.headers["Origin"] != nil { response.headers.add("Vary", "Origin") }
        return response
    }

    /// Under terms nothing hangs on the host's name: whoever asks needs a token. Pages are looked at all the same.
    private func verdict(_ request: HTTPRequest) -> AccessPolicy.Verdict {
        // This machine's files: no page gets there.
        if request.remoteAddress == "unix" { return .allowed(otherOrigin: nil) }
        return policy.judge(
            host: request.headers["Host"], origin: request.headers["Origin"],
            site: request.headers["Sec-Fetch-Site"], mode: request.headers["Sec-Fetch-Mode"])
    }

    /// Why the request is not listened to, token or not; nil where it is.
    func refusal(_ request: HTTPRequest) -> WireFailure? {
        switch verdict(request) {
        case .allowed: nil
        case .foreignHost where isHosted && isOwnPage(request): nil
        case .foreignHost:
            .forbidden("This server does not answer to that Host; call it by the address that it printed.")
        case .foreignOrigin:
            .forbidden("A page from elsewhere may not use this server; start it with --allow-origin and that origin.")
        }
    }

    /// Whether no page asks, or one that came from the very name it asks at.
    private func isOwnPage(_ request: HTTPRequest) -> Bool {
        guard let origin = request.headers["Origin"] else { return true }
        guard let page = WebOrigin(origin), let called = request.headers["Host"].flatMap({ WebOrigin.Authority($0) })
        else { return false }
        return page.host == called.host && page.port == called.port ?? (page.scheme == "https" ? 443 : 80)
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
        case .session, .account:
            let caller = try await caller(of: request)
            if let account = caller.account { try countRequest(of: account) }
            guard call.access == .account else { return caller }
            guard caller.session == nil else { throw WireFailure.oneSessionOnly }
            return caller
        }
    }

    /// The token's account, or the owner where somebody on this machine asks without one.
    func caller(of request: HTTPRequest) async throws -> Caller {
        guard let header = request.headers["Authorization"] else {
            guard !isHosted, isAtThisMachine(request) else { throw WireFailure.badToken }
            return Caller(.localOwner)
        }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let bearer = try await studio.bearer(of: Token(parts[1].trimmingSpaces))
        else { throw WireFailure.badToken }
        return Caller(bearer.account, session: bearer.project)
    }

    /// Where the client is, as limits count it: the last address that a proxy on this machine names, and of version 6 the
    /// network.
    func address(of request: HTTPRequest) -> String? {
        var text = request.remoteAddress
        if request.isLocal {
            guard let forwarded = request.headers.list("X-Forwarded-For").last else { return isHosted ? text : nil }
            text = String(forwarded)
        }
        guard let address = IPAddress(text), address.bytes.count == 16 else { return text }
        return IPAddress(bytes: address.bytes[..<8] + [UInt8](repeating: 0, count: 8))?.description ?? text
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
