// SPDX-License-Identifier: GPL-3.0-or-later

/// An answer: status, headers and what the body is made of.
public struct HTTPResponse: Sendable {
    /// The ways a body comes.
    public enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// A file, sent by the kernel; ranges and conditions of the request are looked after.
        case file(HTTPFile)
        /// Bytes made while they are sent. With a `length` exactly that many have to be written; without, the body is
        /// chunked. The closure runs in the handler's task; it is cancelled when the client leaves.
        case stream(length: Int?, @Sendable (HTTPBodyWriter) async throws -> Void)
    }

    public var status: HTTPStatus { didSet { fixed = nil } }
    public var headers: HTTPHeaders { didSet { fixed = nil } }
    public var body: Body { didSet { fixed = nil } }
    /// The one that this is unchanged.
    var fixed: HTTPFixedResponse?

    public init(status: HTTPStatus = .ok, headers: HTTPHeaders = [:], body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public static func text(
        _ text: String, type: String = "text/plain; charset=utf-8", status: HTTPStatus = .ok
    ) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": type], body: .bytes(Array(text.utf8)))
    }

    /// JSON that was written already.
    public static func json(_ bytes: [UInt8], status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }

    /// A file, with its entity tag and time unless the headers say otherwise.
    public static func file(_ file: HTTPFile, type: String) -> HTTPResponse {
        HTTPResponse(headers: ["Content-Type": type], body: .file(file))
    }

    public static func stream(
        type: String, length: Int? = nil, status: HTTPStatus = .ok,
        _ write: @escaping @Sendable (HTTPBodyWriter) async throws -> Void
    ) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": type], body: .stream(length: length, write))
    }

    public static func redirect(to location: String, status: HTTPStatus = .seeOther) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Location": location])
    }
}
