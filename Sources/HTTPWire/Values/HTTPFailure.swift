// SPDX-License-Identifier: GPL-3.0-or-later

/// What the server itself has to refuse, each with its status. A handler may throw one too.
public enum HTTPFailure: Error, Sendable, Hashable {
    /// The request is not HTTP/1.1 as it should be; the words say what is wrong.
    case malformed(String)
    case targetTooLong(limit: Int)
    case headersTooLarge(limit: Int)
    /// The body is, or turned out to be, over what is allowed.
    case bodyTooLarge(limit: Int)
    /// The headers were not complete in time.
    case headersLate
    /// The body stopped coming.
    case bodyLate
    case tooManyConnections
    /// One address has more connections than it may.
    case tooManyFromAddress
    case tooManyRequests
    /// The server is about to end.
    case stopping
    case notFound
    /// The path is known, with other methods.
    case methodNotAllowed([HTTPMethod])
    case notImplemented(String)
    /// A handler threw something else.
    case handlerFailed
    /// The client went away; nobody reads the answer.
    case clientLeft

    public var status: HTTPStatus {
        switch self {
        case .malformed: .badRequest
        case .targetTooLong: .targetTooLong
        case .headersTooLarge: .headersTooLarge
        case .bodyTooLarge: .contentTooLarge
        case .headersLate, .bodyLate: .requestTimeout
        case .tooManyConnections, .tooManyRequests, .stopping: .unavailable
        case .tooManyFromAddress: .tooManyRequests
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notImplemented: .notImplemented
        case .handlerFailed: .internalError
        case .clientLeft: HTTPStatus(499)
        }
    }

    /// What went wrong and what to do, in plain words.
    public var message: String {
        switch self {
        case .malformed(let what): "The request cannot be read: \(what)."
        case .targetTooLong(let limit): "The address is longer than \(limit) bytes; shorten it."
        case .headersTooLarge(let limit): "The headers are larger than \(limit) bytes; send fewer or shorter ones."
        case .bodyTooLarge(let limit): "The body is larger than \(limit) bytes; send less."
        case .headersLate: "The headers took too long to come; send the request again."
        case .bodyLate: "The body stopped coming; send the request again."
        case .tooManyConnections: "Too many connections are open; try again in a moment."
        case .tooManyFromAddress:
            "Too many connections are open from this address; close some, or use one for several requests."
        case .tooManyRequests: "Too many requests are under way; try again in a moment."
        case .stopping: "The server is stopping; try again in a moment."
        case .notFound: "There is nothing at this address."
        case .methodNotAllowed(let allowed):
            "This address takes \(allowed.map(\.rawValue).joined(separator: ", ")) only."
        case .notImplemented(let what): "This server does not do \(what)."
        case .handlerFailed: "Something went wrong on the server; the log has more under this request's id."
        case .clientLeft: "The client left."
        }
    }

    /// The answer in plain text, with the headers that belong to it.
    public var response: HTTPResponse {
        var response = HTTPResponse.text(message + "\n", status: status)
        addHeaders(to: &response)
        return response
    }

    /// Adds `Allow`, `Retry-After` and `Connection: close` where they belong, for answers with a body of one's own.
    public func addHeaders(to response: inout HTTPResponse) {
        switch self {
        case .methodNotAllowed(let allowed):
            response.headers["Allow"] = allowed.map(\.rawValue).joined(separator: ", ")
        case .tooManyConnections, .tooManyFromAddress, .tooManyRequests:
            response.headers["Retry-After"] = "1"
            response.headers["Connection"] = "close"
        case .stopping:
            response.headers["Retry-After"] = "5"
            response.headers["Connection"] = "close"
        case .malformed, .targetTooLong, .headersTooLarge, .headersLate, .bodyLate:
            response.headers["Connection"] = "close"
        case .bodyTooLarge, .notFound, .notImplemented, .handlerFailed, .clientLeft: break
        }
    }
}
