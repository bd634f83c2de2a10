// SPDX-License-Identifier: GPL-3.0-or-later

/// An answer that is the same each time, so that a server makes what it sends once.
///
/// `response` may be given wherever a response is; changed, it is an ordinary one. The answer then has no `X-Request-Id` unless
/// the request brought one.
public final class HTTPFixedResponse: Sendable {
    private let plain: HTTPResponse

    /// - Parameter response: its body is of bytes.
    public init(_ response: HTTPResponse) {
        if case .bytes = response.body {} else { preconditionFailure("a fixed answer is of bytes") }
        plain = response
    }

    public var response: HTTPResponse {
        var response = plain
        response.fixed = self
        return response
    }
}
