// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// What servers count of themselves: requests by method, route and status, how long they took, bytes both ways, and what is open.
public final class HTTPMetrics: Sendable {
    private struct Key: Hashable {
        let method, route: String
        let status: Int
    }

    private struct Values {
        let requests: MetricCounter
        let durations: MetricHistogram
    }

    /// Methods with a name of their own; a stranger's invention must not make a line of the page.
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    private let requests: MetricSet<MetricCounter>
    private let durations: MetricSet<MetricHistogram>
    private let received: MetricCounter
    private let sent: MetricCounter
    private let unfinished: MetricSet<MetricCounter>
    private let known = Mutex<[Key: Values]>([:])
    private let servers: ServerList

    private final class ServerList: Sendable {
        struct Entry: Sendable { weak let core: ServerCore? }
        let entries = Mutex<[Entry]>([])
        func sum(_ count: (ServerCore) -> Int) -> Int {
            entries.withLock { $0.compactMap(\.core) }.reduce(0) { $0 + count($1) }
        }
    }

    /// Adds its families to `metrics`, their names behind `prefix` and `_http_`.
    public init(_ metrics: Metrics, prefix: String) {
        let name = { (end: String) in "\(prefix)_http_\(end)" }
        requests = metrics.counter(
            name("requests_total"), "Requests answered, by method, route and status.",
            labels: ["method", "route", "status"])
        durations = metrics.histogram(
            name("request_duration_seconds"), "From the request line to the last byte handed over.", labels: ["route"])
        received = metrics.counter(name("request_bytes_total"), "Bytes of request bodies.").with()
        sent = metrics.counter(name("response_bytes_total"), "Bytes of answers' bodies.").with()
        unfinished = metrics.counter(
            name("unfinished_total"),
            "Answers that did not get through: the client left, was late, or the maker failed.",
            labels: ["why"])
        let servers = ServerList()
        self.servers = servers
        metrics.gauge(name("requests_in_flight"), "Requests under way.") { servers.sum { $0.activeRequests } }
        metrics.gauge(name("connections"), "Connections that are open.") { servers.sum { $0.connectionCount } }
    }

    /// Counts one request in. A few hundred nanoseconds, on any thread.
    public func record(_ access: HTTPAccess) {
        let key = Key(
            method: Self.methods.contains(access.method) ? access.method : "other", route: access.route ?? "none",
            status: access.status)
        let values = known.withLock { known in
            if let values = known[key] { return values }
            let values = Values(
                requests: requests.with(key.method, key.route, String(key.status)), durations: durations.with(key.route)
            )
            known[key] = values
            return values
        }
        values.requests.add()
        values.durations.observe(access.duration)
        if access.bytesIn > 0 { received.add(access.bytesIn) }
        if access.bytesOut > 0 { sent.add(access.bytesOut) }
        if access.outcome != .sent { unfinished.with(access.outcome.rawValue).add() }
    }

    func follow(_ core: ServerCore) {
        servers.entries.withLock { entries in
            entries.removeAll { $0.core == nil }
            entries.append(.init(core: core))
        }
    }
}
