// SPDX-License-Identifier: GPL-3.0-or-later

/// Who may speak to a server that a person runs for themselves (the `open` policy).
///
/// The danger is not the network but the browser: a page from anywhere can make it send requests to this machine. Such a
/// request names a foreign `Origin`, or, where the page's own name was made to point here, a foreign `Host`.
package struct AccessPolicy: Sendable {
    /// What is said of a request before anything else of it is looked at.
    package enum Verdict: Hashable, Sendable {
        /// Fine; a page of the given other origin may read the answer.
        case allowed(otherOrigin: String?)
        case foreignHost
        case foreignOrigin
    }

    /// Addresses and names that this server answers to besides the loopback's.
    private var hosts: Set<String> = []
    /// Any address in numbers is ours: a name that was made to point here is none.
    private let takesNumbers: Bool
    private var origins: Set<String> = []

    /// - Parameters:
    ///   - host: what the server is bound to.
    ///   - names: further names of this machine.
    ///   - origins: pages from elsewhere that may use it, as `https://studio.example`; what cannot be one is ignored.
    package init(boundTo host: String, names: [String] = [], allowing origins: [String] = []) {
        takesNumbers = !Self.isLoopback(Self.bare(host))
        hosts = Set(([host] + names).map(Self.bare))
        for text in origins {
            guard let origin = WebOrigin(text) else { continue }
            self.origins.insert(origin.text)
            hosts.insert(origin.host)
        }
    }

    /// - Parameters:
    ///   - host: the `Host` header.
    ///   - origin: the `Origin` header.
    ///   - site: the `Sec-Fetch-Site` header, by which browsers tell of requests without an origin.
    ///   - mode: the `Sec-Fetch-Mode` header.
    package func judge(host: String?, origin: String?, site: String? = nil, mode: String? = nil) -> Verdict {
        guard let host, let authority = WebOrigin.Authority(host), isOurs(authority.host) else { return .foreignHost }
        guard let origin else {
            // A link that is followed is fine; a page that fetches in the background is not.
            let isForeign = (site == "cross-site" || site == "same-site") && mode != "navigate"
            return isForeign ? .foreignOrigin : .allowed(otherOrigin: nil)
        }
        guard let page = WebOrigin(origin) else { return .foreignOrigin }
        if origins.contains(page.text) { return .allowed(otherOrigin: page.text) }
        // Another name of ours and the same port is the same server.
        let ourPort = authority.port ?? (page.scheme == "https" ? 443 : 80)
        guard isOurs(page.host), page.port == ourPort else { return .foreignOrigin }
        return .allowed(otherOrigin: page.host == authority.host ? nil : page.text)
    }

    private func isOurs(_ host: String) -> Bool {
        Self.isLoopback(host) || hosts.contains(host) || (takesNumbers && Self.isNumber(host))
    }

    /// Whether it is a name or an address of this machine itself.
    package static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && isNumber(host))
    }

    /// Whether it is an address in numbers.
    private static func isNumber(_ host: String) -> Bool {
        if host.contains(":") { return host.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." } }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func bare(_ host: String) -> String {
        let host = host.lowercased()
        return host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}

/// Where a page comes from: scheme, host and port (RFC 6454).
struct WebOrigin: Hashable, Sendable {
    /// A host and a port as a URL or a `Host` header has them.
    struct Authority: Hashable, Sendable {
        let host: String
        let port: Int?

        /// `name`, `name:80`, `[::1]:80`; nil for anything else.
        init?(_ text: some StringProtocol) {
            let text = text.lowercased()
            guard !text.isEmpty, text.utf8.count <= 300,
                text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"/@\\?#,".utf8.contains($0) })
            else { return nil }
            var name = text[...]
            var end: Substring?
            if text.hasPrefix("[") {
                guard let bracket = text.firstIndex(of: "]") else { return nil }
                name = text[text.index(after: text.startIndex)..<bracket]
                let rest = text[text.index(after: bracket)...]
                guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
                end = rest.isEmpty ? nil : rest.dropFirst()
            } else if let colon = text.firstIndex(of: ":") {
                name = text[..<colon]
                end = text[text.index(after: colon)...]
            }
            if name.hasSuffix(".") { name = name.dropLast() }
            guard !name.isEmpty else { return nil }
            host = String(name)
            guard let end else {
                port = nil
                return
            }
            guard let number = UInt16(end), end.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            port = Int(number)
        }
    }

    let scheme: String
    let host: String
    let port: Int

    /// `http://name:port`; nil for `null` and anything else that names no place.
    init?(_ text: String) {
        let parts = text.lowercased().split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "http" || parts[0] == "https", let place = Authority(parts[1]) else {
            return nil
        }
        scheme = String(parts[0])
        host = place.host
        port = place.port ?? (scheme == "https" ? 443 : 80)
    }

    /// As a browser writes it.
    var text: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (scheme == "https" ? 443 : 80) ? "\(scheme)://\(name)" : "\(scheme)://\(name):\(port)"
    }
}
