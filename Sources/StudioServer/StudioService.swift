// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTPWire
import JSON
package import Studio

/// The studio over HTTP: which calls there are, who may make them, what they answer.
package struct StudioService: Sendable {
    /// The agent's name in paths and events.
    static let agent = "nemo_agent"

    package let studio: Studio
    let policy: AccessPolicy
    /// Of this program.
    let version: String
    /// Time between two signs of life of a stream.
    let heartbeat: Duration
    let clock: any Clock<Duration>
    /// Further routes, under the same rules of who may ask: the web studio's files.
    let pages: [Route]
    /// Told of what went wrong inside, with the request's id.
    let failed: @Sendable (_ error: any Error, _ requestID: String) -> Void

    package init(
        _ studio: Studio, policy: AccessPolicy, version: String, heartbeat: Duration = .seconds(10),
        clock: any Clock<Duration> = ContinuousClock(), pages: [Route] = [],
        failed: @escaping @Sendable (_ error: any Error, _ requestID: String) -> Void = { _, _ in }
    ) {
        self.studio = studio
        self.policy = policy
        self.version = version
        self.heartbeat = heartbeat
        self.clock = clock
        self.pages = pages
        self.failed = failed
    }

    /// The table of calls.
    package var routes: Routes {
        var routes = Routes()
        let health = Array(
            JSONValue.object(["status": "ok", "version": .string(version)]).text().utf8)
        routes.addImmediate(.get, "/health", "Whether the server is there") { request in
            refusal(request)?.response ?? .json(health)
        }
        routes.add(.post, "/api/auth/anonymous-token", "A token") { try await issueToken($0) }
        routes.add(.post, "/api/tasks/me/with-session/nemo_agent", "A new session") { try await createSession($0) }
        for ending in ["", "/latest"] {
            let pattern = PathPattern("/api/state/nemo_agent/{user}/{session}\(ending)")
            routes.add(.get, pattern, "A session's state") { try await state($0) }
        }
        routes.add(.post, "/api/upload-video/nemo_agent/{user}/{session}", "Files into a session") {
            try await upload($0)
        }
        routes.add(.post, "/run_sse", "One turn of the conversation, as a stream of events") { try await run($0) }
        routes.add(.get, "/v1/assets/{asset}", "A file that was taken in") { try await asset($0) }
        for page in pages { routes.add(page) }
        routes.wrap { request, inner in try await guarded(request, inner) }
        return routes
    }

    /// What a server is set to that carries this service.
    package func configuration(_ address: HTTPAddress) -> HTTPServerConfiguration {
        var configuration = HTTPServerConfiguration(address: address)
        // A batch of many files; each has its own limit.
        configuration.bodyBytes = 64 << 30
        configuration.refusal = { failure, _ in Envelope.response(to: failure) }
        configuration.handlerFailed = { [failed] error, request in failed(error, request.id) }
        configuration.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        configuration.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        configuration.headers["Referrer-Policy"] = "no-referrer"
        return configuration
    }
}
