// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Synchronization
import Testing

@testable import LanguageModel

/// A picture model that answers well, badly and not at all.
struct PictureModelTests {
    /// What the server does with a request for one of its paths.
    private enum Reply: Sendable {
        /// `{host}` is the server itself.
        case json(String, status: Int = 200)
        case bytes([UInt8])
        case redirect(String)
        /// So many bytes.
        case flood(Int)
        case silence
    }

    private struct Request: Sendable {
        var path: String
        var body: JSONValue
        var key: String?
    }

    private final class Server: Sendable {
        private let server: HTTPServer
        private let seen: Seen
        let url: String

        private final class Seen: Sendable { let requests = Mutex<[Request]>([]) }

        init(_ replies: [String: Reply]) throws {
            let seen = Seen()
            self.seen = seen
            server = try HTTPServer(HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))) { request in
                let body = try await request.body.collect(upTo: 1 << 20)
                let asked = Request(
                    path: request.path, body: (try? JSONValue(parsing: body)) ?? .null,
                    key: request.headers["Authorization"])
                seen.requests.withLock { $0.append(asked) }
                switch replies[request.path] {
                case .json(let text, let status)?:
                    let host = request.headers["Host"] ?? ""
                    return .json(
                        Array(text.replacing("{host}", with: "http://\(host)").utf8), status: HTTPStatus(status))
                case .bytes(let bytes)?: return .stream(type: "image/png") { try await $0.write(bytes) }
                case .redirect(let place)?: return .redirect(to: place)
                case .flood(let count)?:
                    return .stream(type: "image/png") { writer in
                        for _ in 0..<count / 65_536 { try await writer.write([UInt8](repeating: 48, count: 65_536)) }
                    }
                case .silence?:
                    return .stream(type: "application/json") { _ in
                        let (never, _) = AsyncStream<Void>.makeStream()
                        for await _ in never {}
                    }
                case nil: return .text("", status: .notFound)
                }
            }
            url = "http://127.0.0.1:\(server.port)"
        }

        var requests: [Request] { seen.requests.withLock { $0 } }
    }

    private static let call = "/v1/images/generations"
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3, 0, 255]

    private func picture(
        _ replies: [String: Reply], seconds: Int = 600, mostBytes: Int = 1 << 20
    ) async throws -> (bytes: [UInt8], requests: [Request]) {
        let server = try Server(replies)
        var endpoint = PictureEndpoint(url: server.url, model: "painter", key: "secret")
        endpoint.secondsPerPicture = seconds
        endpoint.mostBytes = mostBytes
        let bytes = try await PictureModel(endpoint, client: HTTPClient()).picture(showing: "a red lighthouse")
        return (bytes, server.requests)
    }

    private func failure(
        _ replies: [String: Reply], seconds: Int = 600, mostBytes: Int = 1 << 20
    ) async throws -> String {
        do {
            let bytes = try await picture(replies, seconds: seconds, mostBytes: mostBytes).bytes
            return "came: \(bytes.count)"
        } catch let failure as ModelFailure {
            return failure.reason
        }
    }

    @Test(arguments: ["", "data:image/png;base64,"])
    func aPictureInTheAnswerComesAsItsBytes(_ prefix: String) async throws {
        let text = prefix + Data(Self.png).base64EncodedString()
        let (bytes, requests) = try await picture([Self.call: .json(#"{"data":[{"b64_json":"\#(text)"}]}"#)])
        #expect(bytes == Self.png)
        #expect(requests.count == 1)
        #expect(requests[0].key == "Bearer secret")
        #expect(requests[0].body["prompt"]?.string == "a red lighthouse")
        #expect(requests[0].body["model"]?.string == "painter")
    }

    @Test func aPictureBehindALinkIsFetchedFromTheSameServerWithoutTheKey() async throws {
        let (bytes, requests) = try await picture([
            Self.call: .json(#"{"data":[{"url":"{host}/out/1.png"}]}"#), "/out/1.png": .bytes(Self.png),
        ])
        #expect(bytes == Self.png)
        #expect(requests.map(\.path) == [Self.call, "/out/1.png"])
        #expect(requests[1].key == nil)
    }

    @Test(arguments: [
        "not json", "[]", "{}", #"{"data":[]}"#, #"{"data":[{}]}"#, #"{"data":[{"b64_json":""}]}"#,
        #"{"data":[{"b64_json":7}]}"#, #"{"data":[{"url":"file:///etc/passwd"}]}"#,
        #"{"data":[{"url":"http://127.0.0.1:1/x.png"}]}"#, #"{"data":[{"url":"http://[::1]/x.png"}]}"#,
        #"{"data":[{"url":"https://10.0.0.1/x.png"}]}"#, #"{"data":[{"url":"https://admin@metadata.internal/x"}]}"#,
    ])
    func anAnswerThatIsNoneOrLeadsElsewhereIsNotFollowed(_ answer: String) async throws {
        #expect(try await failure([Self.call: .json(answer)]) == "confused")
    }

    @Test func aRefusalARedirectAndAMissingCallAreRefusals() async throws {
        #expect(
            try await failure([Self.call: .json(#"{"error":{"message":"no"}}"#, status: 400)]) == "refused")
        #expect(try await failure([Self.call: .redirect("/elsewhere"), "/elsewhere": .json("{}")]) == "refused")
        #expect(
            try await failure([
                Self.call: .json(#"{"data":[{"url":"{host}/a"}]}"#), "/a": .redirect("/b"), "/b": .bytes(Self.png),
            ]) == "refused")
        #expect(try await failure([:]) == "refused")
    }

    @Test func aPictureLargerThanMayBeIsNotTaken() async throws {
        let link = Reply.json(#"{"data":[{"url":"{host}/big"}]}"#)
        #expect(try await failure([Self.call: link, "/big": .flood(4 << 20)]) == "confused")
        #expect(try await failure([Self.call: .flood(8 << 20)]) == "confused")
        let text = Data(repeating: 7, count: 3000).base64EncodedString()
        #expect(
            try await failure([Self.call: .json(#"{"data":[{"b64_json":"\#(text)"}]}"#)], mostBytes: 2999)
                == "confused")
    }

    @Test func aModelThatNeverAnswersIsSlowAndOneThatIsNotThereCannotBeReached() async throws {
        #expect(try await failure([Self.call: .silence], seconds: 1) == "slow")
        let gone = PictureEndpoint(url: "http://127.0.0.1:9", model: "painter")
        await #expect(throws: ModelFailure.self) {
            _ = try await PictureModel(gone, client: HTTPClient()).picture(showing: "x")
        }
    }

    @Test(arguments: [
        ("http://host:8080", "http://host:8080/v1/images/generations"),
        ("https://host/v1/", "https://host/v1/images/generations"),
        ("https://host/v1/images/generations", "https://host/v1/images/generations"),
    ])
    func theEndpointIsFoundFromWhatPeopleWrite(_ written: String, _ whole: String) {
        #expect(PictureEndpoint(url: written, model: "m").url == whole)
    }

    @Test func linksToOtherHostsMayOnlyBePublicOnes() {
        let endpoint = PictureEndpoint(url: "http://127.0.0.1:7860", model: "m")
        for link in ["http://127.0.0.1:7860/x.png", "https://files.example.com/a?b=c"] {
            #expect(endpoint.mayFetch(link), "\(link)")
        }
        for link in [
            "http://files.example.com/a", "https://files.example.com:8443/a", "https://localhost/a",
            "https://nas.local/a",
            "https://192.168.0.1/a", "https://[fd00::1]/a", "https://user@files.example.com/a",
            "ftp://files.example.com",
            "https:///a", "http://127.0.0.1:7861/x.png",
        ] {
            #expect(!endpoint.mayFetch(link), "\(link)")
        }
    }
}
