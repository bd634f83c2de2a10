// SPDX-License-Identifier: GPL-3.0-or-later

/// One request as it came. A value; its body is read once.
public struct HTTPRequest: Sendable {
    public var method: HTTPMethod
    /// The path as it came: percent-encoded, starting with `/` (or `*`).
    public var path: String
    /// What stands behind the first `?`, as it came.
    public var query: String?
    public var headers: HTTPHeaders
    public var body: HTTPBody
    /// Who asks, in numbers (`127.0.0.1`, `::1`); `unix` for a socket of this machine's files. Behind a trusted proxy it is
    /// the proxy's client.
    public var remoteAddress: String
    /// Whether the client speaks TLS, with this server or with a trusted proxy.
    public var isSecure = false
    /// Names this request in the log and in the `X-Request-Id` of its answer.
    public var id: String
    /// What the route captured, decoded.
    public var parameters: PathParameters
    private var values: [ObjectIdentifier: any Sendable] = [:]
    /// Where it is under way; nil for one made by hand.
    var exchange: Exchange?

    public init(
        method: HTTPMethod = .get, target: String, headers: HTTPHeaders = [:], body: HTTPBody = .empty,
        remoteAddress: String = "127.0.0.1", id: String = "test"
    ) {
        self.method = method
        (path, query) = Self.split(target)
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.id = id
        self.parameters = PathParameters()
    }

    /// What a middleware found out and later ones need: the account, for instance. Keyed by the value's type.
    public subscript<Value: Sendable>(_ type: Value.Type) -> Value? {
        get { values[ObjectIdentifier(type)] as? Value }
        set { values[ObjectIdentifier(type)] = newValue }
    }

    /// The decoded pairs of the query, in order. A name without `=` has an empty value; what cannot be decoded is left out.
    public var queryItems: [(name: String, value: String)] {
        guard let query else { return [] }
        return query.split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decodeForm(parts[0]),
                let value = PercentEncoding.decodeForm(parts.count > 1 ? parts[1] : "")
            else { return nil }
            return (name, value)
        }
    }

    /// The first value of that name in the query.
    public func queryValue(_ name: String) -> String? { queryItems.first { $0.name == name }?.value }

    /// Whether the request came over the loopback interface or this machine's files.
    public var isLocal: Bool {
        remoteAddress == "::1" || remoteAddress == "unix" || remoteAddress.hasPrefix("127.")
            || remoteAddress.hasPrefix("::ffff:127.")
    }

    /// The origin form of a target; of the absolute form (`GET http://host/path`) scheme and host are dropped.
    static func split(_ target: String) -> (String, String?) {
        var rest = target[...]
        if !rest.utf8.starts(with: "/".utf8), let scheme = rest.range(of: "://") {
            let behind = rest[scheme.upperBound...]
            rest = behind.firstIndex(where: { $0 == "/" || $0 == "?" }).map { behind[$0...] } ?? "/"
            if rest.utf8.first == UInt8(ascii: "?") { rest = "/" + rest }
        }
        guard let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (String(rest), nil) }
        return (String(rest[..<mark]), String(rest[rest.utf8.index(after: mark)...]))
    }
}

extension Substring {
    /// The first place of `text`, by bytes.
    fileprivate func range(of text: String) -> Range<Index>? {
        let wanted = Array(text.utf8)
        var at = utf8.startIndex
        while at < utf8.endIndex {
            if utf8[at...].starts(with: wanted) { return at..<utf8.index(at, offsetBy: wanted.count) }
            at = utf8.index(after: at)
        }
        return nil
    }
}
