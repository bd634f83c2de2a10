// SPDX-License-Identifier: GPL-3.0-or-later

/// A request to be sent.
public struct HTTPClientRequest: Sendable {
    /// What a body is made of, one after the other; its length is known before it is sent.
    public enum Segment: Sendable {
        case bytes([UInt8])
        /// A file, or a part of it, read while it is sent.
        case file(HTTPFile, Range<Int>)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(_, let range): range.count
            }
        }
    }

    /// How long is waited for what. Each is an error of its own.
    public struct Times: Sendable {
        /// Until there is a connection, name look-up and TLS included.
        public var connect: Duration
        /// Without a byte in either direction.
        public var idle: Duration
        /// For the whole of it; nil for as long as it takes.
        public var total: Duration?

        public init(connect: Duration = .seconds(10), idle: Duration = .seconds(60), total: Duration? = nil) {
            self.connect = connect
            self.idle = idle
            self.total = total
        }
    }

    public var method: HTTPMethod
    /// `http://…` or `https://…`; anything else is refused.
    public var url: String
    public var headers: HTTPHeaders
    public var body: [Segment] = []
    public var times = Times()
    /// How many redirects are followed. None unless asked for: the answer is then the redirect itself.
    public var redirects = 0
    /// Whether gzip is asked for and undone.
    public var decompresses = true
    /// A socket file to connect to; the URL's host is then only a name in the request.
    public var unixSocket: String?
    /// Whether the proxies of the environment are used.
    public var usesProxy = true

    /// Which addresses may be reached, asked for each connection, also behind a redirect, with the address that the name
    /// came to: what is allowed is what is connected to. Runs on the client's thread. Use a client of its own for such
    /// requests, so that none takes up a connection that was made without the question.
    public var allowsAddress: (@Sendable (IPAddress) -> Bool)?

    public init(_ method: HTTPMethod = .get, _ url: String, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        if !body.isEmpty { self.body = [.bytes(body)] }
    }

    /// A request with a JSON body that was written already.
    public static func json(_ method: HTTPMethod = .post, _ url: String, _ bytes: [UInt8]) -> HTTPClientRequest {
        HTTPClientRequest(method, url, headers: ["Content-Type": "application/json"], body: bytes)
    }
}

extension HTTPClientRequest {
    /// The host that is asked; nil where the URL is none of http or https.
    public var host: String? {
        guard let mark = url.firstIndex(of: ":"), url[mark...].hasPrefix("://"),
            ["http", "https"].contains(url[..<mark].lowercased())
        else { return nil }
        let rest = url[mark...].dropFirst(3).prefix { !"/?#".contains($0) }
        // What stands before an @ may be a password.
        let host = rest.split(separator: "@", omittingEmptySubsequences: false).last ?? rest
        return host.isEmpty ? nil : String(host)
    }
}
