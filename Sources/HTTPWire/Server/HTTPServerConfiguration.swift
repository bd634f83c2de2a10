// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a server listens.
public enum HTTPAddress: Sendable, Hashable {
    /// A host name or a number (`127.0.0.1`, `::1`, `0.0.0.0`) and a port; port 0 takes any free one.
    case tcp(host: String, port: Int)
    /// A socket among this machine's files, readable and writable by its owner only. What lies there from an earlier
    /// server is replaced; another live server's socket is not.
    case unix(path: String)
}

/// What a server is set to. Limits are refused each with its own status.
public struct HTTPServerConfiguration: Sendable {
    public var address: HTTPAddress
    /// Threads that read and write sockets; handlers run elsewhere.
    public var threads = 2

    /// The longest request target, in bytes: 414.
    public var targetBytes = 8 << 10
    /// All header lines of a request together, in bytes: 431. At most 1 MiB.
    public var headerBytes = 16 << 10
    /// The largest body of a request: 413. A handler may set its own, smaller one.
    public var bodyBytes = 1 << 30
    /// Connections at once; those above are told 503.
    public var connections = 4096
    /// Connections at once of one client address (of the /64 network where it is an IPv6 one); those above are told 429, and
    /// far above not listened to.
    public var connectionsPerAddress = 256
    /// Addresses without a bound of their own: this machine's, from where a proxy or its owner's programs come.
    public var unboundedAddresses: Set<String> = ["127.0.0.1", "::1", "unix"]
    /// Proxies, by address in numbers (`unix` for a socket file): their `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: Set<String> = []
    /// Requests under way at once; those above are told 503.
    public var requests = 4096

    /// From the request line to the end of the headers: 408.
    public var headerTime: Duration = .seconds(15)
    /// Between two pieces of a body that somebody wants to read: 408.
    public var bodyTime: Duration = .seconds(30)
    /// How long a connection may stay without a request before it is closed.
    public var idleTime: Duration = .seconds(75)
    /// How long a client may take nothing of an answer that is there for it.
    public var writeTime: Duration = .seconds(60)

    /// How much of a body or of an answer waits in memory before the writing side has to wait.
    public var bufferBytes = 256 << 10
    /// Bodies of text from this size on are compressed for clients that take gzip; nil never.
    public var compressFrom: Int? = 1 << 10

    /// Speaks TLS, 1.2 and newer, and nothing else; nil speaks plain HTTP.
    public var tls: HTTPServerTLS?

    /// Added to every answer that has no field of that name.
    public var headers: HTTPHeaders = ["X-Content-Type-Options": "nosniff"]
    /// Makes the answer to what the server itself refuses. Gets the request when one could be read.
    public var refusal: @Sendable (HTTPFailure, HTTPRequest?) -> HTTPResponse = { failure, _ in failure.response }
    /// Counts requests, connections and bytes.
    public var metrics: HTTPMetrics?
    /// Called when an answer has gone out, or could not; on a thread that must not be held up.
    public var log: (@Sendable (HTTPAccess) -> Void)?
    /// Called with what a handler threw that is not an `HTTPFailure`.
    public var handlerFailed: (@Sendable (any Error, HTTPRequest) -> Void)?
    /// Makes the id of a request that brings none (1–64 letters, digits, `-_.`, from this machine or a trusted proxy); nil
    /// numbers them after a random start.
    public var requestID: (@Sendable () -> String)?

    public init(address: HTTPAddress) { self.address = address }
}

/// What a server needs to speak TLS.
public struct HTTPServerTLS: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The certificate and those that vouch for it, in PEM, its own first.
    public let certificate: String
    /// Its private key, in PEM, not encrypted.
    let key: String

    public init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }

    /// Without the key, as every way to print it.
    public var description: String { "TLS" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One line of the access log, as a value. Holds no header but the user agent and no query, so no secret.
public struct HTTPAccess: Sendable {
    public enum Outcome: String, Sendable {
        /// The whole answer was handed to the system.
        case sent
        /// The client went away before.
        case clientLeft
        /// The client took too long.
        case timedOut
        /// The answer broke off: its maker failed, or the server stopped.
        case brokenOff
    }
    public var id: String
    public var method: String
    /// The path as it came, without the query.
    public var path: String
    /// The pattern of the route that answered, if one did.
    public var route: String?
    /// 0 when no answer was begun.
    public var status: Int
    public var bytesIn: Int
    public var bytesOut: Int
    public var duration: Duration
    /// When the request line had come, in seconds since 1970.
    public var beganSeconds: Double
    public var remoteAddress: String
    public var userAgent: String?
    public var outcome: Outcome
}
