// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
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
    let linkedFiles: LinkedFiles
    /// What makes films, and what draws; nil where nothing does.
    let exportUseCases: (any ExportUseCases)?
    let previewUseCases: (any PreviewUseCases)?
    let signer: LinkSigner
    private let limiter: RequestLimiter?
    let agentSessions: AgentSessions
    /// Further routes, under the same rules of who may ask: the web studio's files.
    let pages: [Route]
    /// Told of what went wrong inside, with the request's id.
    let failed: @Sendable (_ error: any Error, _ requestID: String) -> Void
    /// What `/metrics` tells; there is none without.
    package var metrics: Metrics?
    /// The language model before the built-in director; nil where there is none.
    package var model: String?
    /// What a person should know of an edit besides what it changed, in words; nothing where nobody has any.
    package var noteWords: @Sendable (EditNote) -> String? = { _ in nil }
    /// How telephones are let in; they are not without.
    package var pairing: PairingCodes?

    /// - Parameter signer: for links to films; they are good as long as its key stays the same.
    package init(
        _ studio: Studio, exports: (any ExportUseCases)? = nil, previews: (any PreviewUseCases)? = nil,
        signer: LinkSigner, policy: AccessPolicy, version: String, heartbeat: Duration = .seconds(10),
        clock: any Clock<Duration> = ContinuousClock(), linkedFiles: LinkedFiles = LinkedFiles(),
        pages: [Route] = [],
        failed: @escaping @Sendable (_ error: any Error, _ requestID: String) -> Void = { _, _ in }
    ) {
        self.studio = studio
        self.policy = policy
        self.version = version
        self.heartbeat = heartbeat
        self.clock = clock
        self.linkedFiles = linkedFiles
        exportUseCases = exports
        previewUseCases = previews
        self.signer = signer
        limiter = studio.terms.map {
            RequestLimiter(atOnce: $0.requestsAtOnce, perSecond: $0.requestsPerSecond)
        }
        agentSessions = AgentSessions(studio.surroundings)
        self.pages = pages
        self.failed = failed
    }

    /// Whether it serves others, on terms.
    var isHosted: Bool { studio.terms != nil }

    /// Throws 429 for an account that asks too often.
    func countRequest(of account: AccountID) throws {
        guard let wait = limiter?.wait(account, now: studio.surroundings.now()) else { return }
        let seconds = Int64(wait.rounded(.up))
        throw WireFailure(
            .tooMany, "This account makes too many requests; wait \(seconds) s.",
            data: ["retry_after": .integer(seconds)], headers: ["Retry-After": "\(seconds)"])
    }

    /// What a server is set to that carries this service.
    package func configuration(_ address: HTTPAddress) -> HTTPServerConfiguration {
        var configuration = HTTPServerConfiguration(address: address)
        // A batch of many files; each has its own limit.
        configuration.bodyBytes = 64 << 30
        configuration.refusal = { failure, request in
            WireFailure(failure).response(CallTable.form(ofPath: request?.path ?? ""))
        }
        configuration.handlerFailed = { [failed] error, request in failed(error, request.id) }
        configuration.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        configuration.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        configuration.headers["Referrer-Policy"] = "no-referrer"
        return configuration
    }
}
