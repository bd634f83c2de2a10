// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTPWire
import Studio

/// How links of strangers are fetched: from the public internet only, decided by the address that is connected to, over
/// http and https, with an end to redirects, bytes and time.
package struct LinkedFiles: Sendable {
    private let client: HTTPClient
    private let allows: @Sendable (IPAddress) -> Bool
    var times = HTTPClientRequest.Times(connect: .seconds(10), idle: .seconds(30), total: .seconds(600))
    private static let redirects = 3

    /// - Parameter allows: which addresses may be reached.
    package init(allowing allows: @escaping @Sendable (IPAddress) -> Bool = { $0.isPublic }) {
        // A client of its own: none of its connections was made without asking.
        client = HTTPClient(userAgent: "kinora")
        self.allows = allows
    }

    /// Fetches a file piece by piece; `begin` gets its name before the first one, `write` says whether to go on.
    func fetch(
        _ link: String, begin: (String) async throws -> Void, write: ([UInt8]) async throws -> Bool
    ) async throws -> Fetched {
        var request = HTTPClientRequest(.get, link)
        request.times = times
        request.redirects = Self.redirects
        request.decompresses = false
        request.usesProxy = false
        request.allowsAddress = allows
        let response = try await client.send(request)
        guard response.status == .ok else { return .refused(status: response.status.rawValue) }
        try await begin(Self.name(of: link, response.headers["Content-Disposition"]))
        for try await piece in response.body {
            guard try await write(piece) else { break }
        }
        return .whole
    }

    enum Fetched: Hashable {
        case whole
        case refused(status: Int)
    }

    /// What the file is called: as its sender says, or the end of the link's path.
    static func name(of link: String, _ disposition: String?) -> String {
        if let parameters = disposition.flatMap({ HeaderParameters($0) }),
            let name = parameters.extended("filename") ?? parameters["filename"], !name.isEmpty
        {
            return name
        }
        let path = link.prefix { $0 != "?" && $0 != "#" }
        guard let mark = path.firstRange(of: "://"),
            let last = path[mark.upperBound...].split(separator: "/").dropFirst().last
        else { return "" }
        return PercentEncoding.decode(last) ?? String(last)
    }
}

extension StudioService {
    /// Fetches links into a batch, one after the other; each that fails is told by name.
    func fetch(_ urls: [String], into batch: UploadBatch) async throws {
        for url in urls {
            do {
                let fetched = try await linkedFiles.fetch(url) { name in
                    try await batch.begin(named: name)
                } write: { piece in
                    try await batch.write(piece)
                    return await !batch.isTooLarge
                }
                switch fetched {
                case .whole: try await batch.end()
                case .refused(let status): await fail("its server answered \(status)")
                }
            } catch let error as HTTPClientError {
                await fail(error.reason, HTTPClientRequest(.get, url).host == nil ? .badLink : .notReached)
            }
            func fail(_ reason: String, _ code: UploadRefusal.Code = .notReached) async {
                await batch.giveUp(named: LinkedFiles.name(of: url, nil), because: reason, code)
            }
        }
    }
}

extension HTTPClientError {
    /// For the sentence that a person reads of a link.
    fileprivate var reason: String {
        switch self {
        case .badURL: "it is not a link to a file on the web"
        case .addressRefused: "it leads to an address that is not on the public internet"
        case .tooManyRedirects: "it leads on too often"
        default: "it could not be fetched: " + message.prefix(1).lowercased() + message.dropFirst().dropLast()
        }
    }
}
