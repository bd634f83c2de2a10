// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTPWire
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
    let links: LinkedFiles
    /// Further routes, under the same rules of who may ask: the web studio's files.
    let pages: [Route]
    /// Told of what went wrong inside, with the request's id.
    let failed: @Sendable (_ error: any Error, _ requestID: String) -> Void
    /// What `/metrics` tells; there is none without.
    package var metrics: Metrics?
    /// How telephones are let in; they are not without.
    package var pairing: PairingCodes?

    package init(
        _ studio: Studio, policy: AccessPolicy, version: String, heartbeat: Duration = .seconds(10),
        clock: any Clock<Duration> = ContinuousClock(), links: LinkedFiles = LinkedFiles(), pages: [Route] = [],
        failed: @escaping @Sendable (_ error: any Error, _ requestID: String) -> Void = { _, _ in }
    ) {
        self.studio = studio
        self.policy = policy
        self.version = version
        self.heartbeat = heartbeat
        self.clock = clock
        self.links = links
        self.pages = pages
        self.failed = failed
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
