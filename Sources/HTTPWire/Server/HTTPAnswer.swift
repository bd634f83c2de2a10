// SPDX-License-Identifier: GPL-3.0-or-later

/// Answers a request. What it throws becomes an answer too: an `HTTPFailure` its own, anything else 500.
public typealias HTTPHandler = @Sendable (HTTPRequest) async throws -> HTTPResponse

/// How a request is answered: at once, on the thread that read it, or by a task.
public enum HTTPAnswer: Sendable {
    /// For answers that are there already: no task is made and nothing is waited for.
    case now(HTTPResponse)
    case later(@Sendable () async throws -> HTTPResponse)
}

/// Decides how a request is answered. Runs on a socket thread: it must not wait for anything.
public typealias HTTPResponder = @Sendable (HTTPRequest) -> HTTPAnswer
