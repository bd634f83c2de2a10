// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
public import HTTPWire
import JSON

/// Asks a picture model for a picture.
///
/// What it sends is bytes from a stranger: they are bounded in size and time and nothing is believed of them; whoever
/// takes them has to examine them as an upload.
public struct PictureModel: Sendable {
    private let endpoint: PictureEndpoint
    private let client: HTTPClient

    public init(_ endpoint: PictureEndpoint, client: HTTPClient) {
        self.endpoint = endpoint
        self.client = client
    }

    /// The bytes of a picture that shows what is described.
    ///
    /// - Parameter size: `1024x1024` and the like; servers that know no sizes ignore it.
    /// - Throws: `ModelFailure`, or `CancellationError`.
    public func picture(showing description: String, size: String = "1024x1024") async throws -> [UInt8] {
        let body: JSONValue = [
            "model": .string(endpoint.model), "prompt": .string(String(description.prefix(1000))), "n": 1,
            "size": .string(size),
        ]
        var request = HTTPClientRequest.json(.post, endpoint.url, Array(body.text().utf8))
        request.headers["Accept"] = "application/json"
        if let key = endpoint.key { request.headers["Authorization"] = "Bearer \(key)" }
        // Base64 takes a third more; the rest is the JSON around it.
        let answer = try await bytes(of: request, upTo: endpoint.mostBytes / 3 * 4 + (1 << 16))
        guard let json = try? JSONValue(parsing: answer), let first = json["data"]?.array?.first else {
            throw ModelFailure.unreadable
        }
        if let text = first["b64_json"]?.string {
            guard let picture = Data(base64Encoded: Self.plain(text), options: .ignoreUnknownCharacters),
                !picture.isEmpty, picture.count <= endpoint.mostBytes
            else { throw ModelFailure.unreadable }
            return Array(picture)
        }
        guard let link = first["url"]?.string, endpoint.mayFetch(link) else { throw ModelFailure.unreadable }
        let picture = try await bytes(of: HTTPClientRequest(.get, link), upTo: endpoint.mostBytes)
        guard !picture.isEmpty else { throw ModelFailure.unreadable }
        return picture
    }

    /// Some servers send a `data:` link where the bare characters should be.
    private static func plain(_ text: String) -> String {
        guard text.hasPrefix("data:"), let comma = text.firstIndex(of: ",") else { return text }
        return String(text[text.index(after: comma)...])
    }

    /// A whole answer; redirects are not followed.
    private func bytes(of request: HTTPClientRequest, upTo most: Int) async throws -> [UInt8] {
        var request = request
        let whole = Duration.seconds(endpoint.secondsPerPicture)
        request.times = .init(connect: .seconds(10), idle: whole, total: whole)
        request.redirects = 0
        do {
            let response = try await client.send(request)
            let status = response.status.rawValue
            guard status == 200 else {
                let said = try await response.body.collect(upTo: 64 << 10)
                let message = (try? JSONValue(parsing: said)).flatMap { $0["error"]?["message"]?.string } ?? ""
                throw ModelFailure.refused(status: status, String(message.prefix(300)))
            }
            return try await response.body.collect(upTo: most)
        } catch let error as HTTPClientError {
            switch error {
            case .connectTimeout, .idleTimeout, .totalTimeout: throw ModelFailure.tookTooLong
            case .tooLarge, .unreadableBody: throw ModelFailure.unreadable
            default: throw ModelFailure.unreachable(error.message)
            }
        }
    }
}

extension ModelFailure {
    /// What the director has words for: `slow`, `refused`, `confused` or `unreachable`.
    public var reason: String {
        switch self {
        case .tookTooLong: "slow"
        case .refused: "refused"
        case .unreadable: "confused"
        case .unreachable: "unreachable"
        }
    }
}
