// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a picture model answers: any server that speaks OpenAI's images call (`/v1/images/generations`).
public struct PictureEndpoint: Hashable, Sendable {
    /// Of the generations call, whole.
    public var url: String
    public var model: String
    /// Sent as a bearer token to this server and to no other; nil for servers that want none.
    public var key: String?
    /// For one picture, in seconds, with its download.
    public var secondsPerPicture = 120
    /// Largest picture that is taken, in bytes.
    public var mostBytes = 24 << 20

    public init(url: String, model: String, key: String? = nil) {
        self.url = Self.generations(of: url)
        self.model = model
        self.key = key
    }

    /// From `KINORA_IMAGES_URL`, `KINORA_IMAGES_MODEL` and `KINORA_IMAGES_KEY`; nil where no URL or no model is set.
    public init?(environment: [String: String]) {
        guard let url = environment["KINORA_IMAGES_URL"], !url.isEmpty, let model = environment["KINORA_IMAGES_MODEL"],
            !model.isEmpty
        else { return nil }
        self.init(url: url, model: model, key: environment["KINORA_IMAGES_KEY"].flatMap { $0.isEmpty ? nil : $0 })
    }

    /// `http://host:8080`, `…/v1` and the whole path all lead to `…/v1/images/generations`.
    static func generations(of url: String) -> String {
        var base = url
        while base.hasSuffix("/") { base.removeLast() }
        if base.hasSuffix("/images/generations") { return base }
        let afterScheme = base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]
        return base + (afterScheme.contains("/") ? "/images/generations" : "/v1/images/generations")
    }

    /// Whether a picture may be fetched from where the server says it lies: from the server itself, or over https from a
    /// host with a public name. Figures, local names and other ports could lead into the machine's own network.
    func mayFetch(_ link: String) -> Bool {
        guard let own = Self.origin(of: url), let other = Self.origin(of: link) else { return false }
        if own == other { return true }
        let host = other.host
        let isNamed = host.contains(".") && host.last?.isLetter == true && !host.contains(":")
        let isLocal = [".local", ".internal", ".localhost", ".lan", ".home", ".arpa"].contains { host.hasSuffix($0) }
        return other.scheme == "https" && other.port == 443 && isNamed && !isLocal
    }

    private struct Origin: Equatable {
        var scheme: String
        var host: String
        var port: Int
    }

    /// Scheme, host and port of a link without user names; nil for what is no plain http or https link.
    private static func origin(of link: String) -> Origin? {
        let lowered = link.lowercased()
        guard let mark = lowered.firstRange(of: "://") else { return nil }
        let scheme = String(lowered[..<mark.lowerBound])
        let authority = lowered[mark.upperBound...].prefix { !"/?#\\".contains($0) }
        guard scheme == "http" || scheme == "https", !authority.isEmpty, !authority.contains("@"),
            authority.allSatisfy({ $0.isASCII && !$0.isWhitespace })
        else { return nil }
        var (host, port) = (String(authority), scheme == "https" ? 443 : 80)
        if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number) else {
                return nil
            }
            (host, port) = (String(authority[..<colon]), number)
        }
        return Origin(scheme: scheme, host: host, port: port)
    }
}
