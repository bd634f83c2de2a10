// SPDX-License-Identifier: GPL-3.0-or-later

/// Sends requests over libcurl: connections are kept and shared, all transfers run on one thread of its own.
///
/// Only http and https are spoken; answers that are being read live on when the client is let go of. Which addresses may be reached is for the caller to decide.
public final class HTTPClient: Sendable {
    private let thread: TransferThread
    private let userAgent: String

    public init(userAgent: String = "HTTPWire") {
        self.userAgent = userAgent
        thread = TransferThread()
    }

    deinit { thread.stop() }

    /// Sends a request; returns when the head of the answer is there. Throws `HTTPClientError`, or `CancellationError` in a
    /// cancelled task. Statuses of 400 and above are answers like any other.
    public func send(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        try Task.checkCancellation()
        var request = request
        request.headers.addIfMissing("User-Agent", userAgent)
        let transfer = Transfer(request, thread: thread)
        let lease = TransferLease(transfer)
        let head = try await transfer.start()
        return HTTPClientResponse(status: head.status, headers: head.headers, body: .init(lease: lease))
    }

    /// Sends a request and takes the whole answer, if its body is at most `limit` bytes.
    public func fetch(
        _ request: HTTPClientRequest, upTo limit: Int = 16 << 20
    ) async throws -> (status: HTTPStatus, headers: HTTPHeaders, body: [UInt8]) {
        let response = try await send(request)
        return (response.status, response.headers, try await response.body.collect(upTo: limit))
    }
}
