// SPDX-License-Identifier: GPL-3.0-or-later

/// Wraps a handler: looks at the request before, at the response after, or answers itself.
public typealias HTTPMiddleware = @Sendable (HTTPRequest, HTTPHandler) async throws -> HTTPResponse

/// One line of the table: which requests, and what answers them.
public struct Route: Sendable {
    /// How the answer is made.
    public enum Answering: Sendable {
        /// On the socket thread, without middlewares: for what is known at once (`/health`).
        case immediate(@Sendable (HTTPRequest) -> HTTPResponse)
        case handler(HTTPHandler)
    }

    /// What people are told about the route: in an API description, for instance.
    public struct Help: Sendable, Hashable {
        public var summary: String
        /// Captures and query values by name.
        public var parameters: [String: String]

        public init(_ summary: String = "", parameters: [String: String] = [:]) {
            self.summary = summary
            self.parameters = parameters
        }
    }

    public let method: HTTPMethod
    public let pattern: PathPattern
    public let help: Help
    public let answering: Answering

    public init(_ method: HTTPMethod, _ pattern: PathPattern, help: Help = Help(), _ answering: Answering) {
        self.method = method
        self.pattern = pattern
        self.help = help
        self.answering = answering
    }
}

/// The table of a server's routes: pure data and a pure look-up.
///
/// The most literal pattern wins, whatever the order. HEAD is answered by GET's route; a path that is known with other
/// methods only is 405 with `Allow`; any other is 404.
public struct Routes: Sendable {
    /// What a request comes to.
    public enum Found: Sendable {
        case route(Route, PathParameters)
        case failure(HTTPFailure)
    }

    /// In the order they are tried.
    public private(set) var table: [Route] = []
    private var middlewares: [HTTPMiddleware] = []
    /// Routes whose pattern has no captures, by path.
    private var fixed: [String: [Int]] = [:]
    private var other: [Int] = []

    public init() {}
    public init(_ routes: [Route]) { for route in routes { add(route) } }

    public mutating func add(_ route: Route) {
        precondition(
            !table.contains { $0.method == route.method && $0.pattern == route.pattern },
            "two routes for \(route.method) \(route.pattern)")
        let place = table.firstIndex { route.pattern.precedes($0.pattern) } ?? table.count
        table.insert(route, at: place)
        fixed = [:]
        other = []
        for (index, route) in table.enumerated() {
            if route.pattern.captures.isEmpty {
                fixed[route.pattern.description, default: []].append(index)
            } else {
                other.append(index)
            }
        }
    }

    /// Adds a route answered by a task.
    public mutating func add(
        _ method: HTTPMethod, _ pattern: PathPattern, _ summary: String = "", handler: @escaping HTTPHandler
    ) {
        add(Route(method, pattern, help: .init(summary), .handler(handler)))
    }

    /// Adds a route answered at once.
    public mutating func addImmediate(
        _ method: HTTPMethod, _ pattern: PathPattern, _ summary: String = "",
        answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse
    ) {
        add(Route(method, pattern, help: .init(summary), .immediate(answer)))
    }

    /// Puts a middleware round all handlers, inside those that were put there before. Failures to find a route pass
    /// through it too.
    public mutating func wrap(_ middleware: @escaping HTTPMiddleware) { middlewares.append(middleware) }

    /// Looks a path up, as it came.
    public func find(_ method: HTTPMethod, path: String) -> Found {
        switch look(method, path) {
        case .place(let index, let parameters): .route(table[index], parameters)
        case .failure(let failure): .failure(failure)
        }
    }

    /// How a request is answered; the `responder` of an `HTTPServer`.
    public func answer(_ request: HTTPRequest) -> HTTPAnswer {
        switch look(request.method, request.path) {
        case .failure(let failure): return wrapped(request) { _ in throw failure }
        case .place(let index, let parameters):
            var request = request
            request.parameters = parameters
            request.exchange?.note(route: table[index].pattern.description)
            switch table[index].answering {
            case .immediate(let answer): return .now(answer(request))
            case .handler(let handler): return wrapped(request, handler)
            }
        }
    }

    // By place, not by route: a copy of a route counts its parts in and out, on all threads at once.
    private enum Looked {
        case place(Int, PathParameters)
        case failure(HTTPFailure)
    }

    private func look(_ method: HTTPMethod, _ path: String) -> Looked {
        var allowed: [HTTPMethod] = []
        // Most paths hold no escapes and no captures; those need no splitting.
        for index in fixed[path] ?? [] {
            if serves(index, method) { return .place(index, PathParameters()) }
            allowed.append(table[index].method)
        }
        guard let parts = PathPattern.split(path) else { return .failure(.notFound) }
        for index in path.utf8.contains(0x25) ? Array(table.indices) : other {
            guard let parameters = table[index].pattern.match(parts) else { continue }
            if serves(index, method) { return .place(index, parameters) }
            allowed.append(table[index].method)
        }
        guard !allowed.isEmpty else { return .failure(.notFound) }
        if allowed.contains(.get), !allowed.contains(.head) { allowed.append(.head) }
        return .failure(.methodNotAllowed(allowed.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }))
    }

    private func serves(_ index: Int, _ wanted: HTTPMethod) -> Bool {
        let method = table[index].method
        return method == wanted || (method == .get && wanted == .head)
    }

    private func wrapped(_ request: HTTPRequest, _ handler: @escaping HTTPHandler) -> HTTPAnswer {
        let whole = middlewares.reversed().reduce(handler) { inner, middleware in { try await middleware($0, inner) } }
        return .later { try await whole(request) }
    }
}
