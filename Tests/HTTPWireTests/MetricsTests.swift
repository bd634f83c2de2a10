// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import HTTPWire

@Suite struct MetricsTests {
    /// A reader of the exposition format that takes nothing else than what the format says.
    struct Page {
        struct Wrong: Error { let line: String }
        struct Family {
            var kind = ""
            var help = ""
            var samples: [(name: String, labels: [String: String], value: Double)] = []
        }
        var families: [String: Family] = [:]

        init(_ text: String) throws {
            #expect(text.isEmpty || text.hasSuffix("\n"))
            var current = ""
            for line in text.split(separator: "\n") {
                if let parts = line.wholeMatch(of: /# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)/) {
                    let name = String(parts.2)
                    if parts.1 == "HELP" {
                        #expect(families[name] == nil, "a family comes once")
                        families[name] = Family(help: String(parts.3))
                    } else {
                        #expect(families[name]?.samples.isEmpty == true && families[name]?.kind == "")
                        families[name]?.kind = String(parts.3)
                    }
                    current = name
                    continue
                }
                guard let sample = line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(.*)\})? (\S+)/),
                    let value = Double(String(sample.4))
                else { throw Wrong(line: String(line)) }
                let name = String(sample.1)
                let base = ["_bucket", "_sum", "_count"].reduce(name) { name, end in
                    families[current]?.kind == "histogram" && name == current + end ? current : name
                }
                guard base == current else { throw Wrong(line: String(line)) }
                families[current]?.samples.append((name, try Self.labels(sample.3 ?? "", line), value))
            }
        }

        private static func labels(_ text: Substring, _ line: Substring) throws -> [String: String] {
            var labels: [String: String] = [:]
            var rest = text
            while !rest.isEmpty {
                guard let pair = rest.prefixMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\n"])*)"(,|$)/) else {
                    throw Wrong(line: String(line))
                }
                #expect(labels[String(pair.1)] == nil)
                labels[String(pair.1)] = String(pair.2.replacing(/\\(.)/) { $0.1 == "n" ? "\n" : String($0.1) })
                rest = rest[pair.range.upperBound...]
            }
            return labels
        }
    }

    @Test func `counters and gauges are told with their names, help and kinds`() throws {
        let metrics = Metrics()
        let films = metrics.counter("films_total", "Films made.", labels: ["kind"])
        films.with("mp4").add(2)
        films.with("webm").add()
        films.with("mp4").add()
        let open = metrics.gauge("open", "What is\nopen \\ here.").with()
        open.add(5)
        open.add(-7)
        metrics.gauge("asked", "Asked for.") { 42 }
        #expect(
            metrics.text == """
                # HELP films_total Films made.
                # TYPE films_total counter
                films_total{kind="mp4"} 3
                films_total{kind="webm"} 1
                # HELP open What is\\nopen \\\\ here.
                # TYPE open gauge
                open -2
                # HELP asked Asked for.
                # TYPE asked gauge
                asked 42

                """)
    }

    @Test func `a histogram's buckets add up, bounds lie inside, the sum is exact`() throws {
        let metrics = Metrics()
        let times = metrics.histogram(
            "t_seconds", "Times.", labels: ["route"], bounds: [.milliseconds(1), .milliseconds(10), .seconds(2)])
        let route = times.with("/a")
        for time in [
            Duration.zero, .milliseconds(1), .microseconds(1001), .milliseconds(10), .seconds(2), .seconds(60),
        ] {
            route.observe(time)
        }
        #expect(
            metrics.text == """
                # HELP t_seconds Times.
                # TYPE t_seconds histogram
                t_seconds_bucket{route="/a",le="0.001"} 2
                t_seconds_bucket{route="/a",le="0.01"} 4
                t_seconds_bucket{route="/a",le="2"} 5
                t_seconds_bucket{route="/a",le="+Inf"} 6
                t_seconds_sum{route="/a"} 62.012001
                t_seconds_count{route="/a"} 6

                """)
    }

    @Test(arguments: ["plain", "a\"b", "a\\b", "a\nb", "a\\nb", "{x=\"1\"}", "a,b=\"c\"", "你好", "", "\\"])
    func `a label's value cannot break out of its quotes`(value: String) throws {
        let metrics = Metrics()
        metrics.counter("n_total", "N.", labels: ["a", "b"]).with(value, "last").add()
        let samples = try #require(try Page(metrics.text).families["n_total"]?.samples)
        #expect(samples.count == 1 && samples[0].labels == ["a": value, "b": "last"] && samples[0].value == 1)
    }

    @Test func `what many threads count is all there`() async {
        let metrics = Metrics()
        let count = metrics.counter("n_total", "N.", labels: ["a"])
        let times = metrics.histogram("t_seconds", "T.")
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for index in 0..<5000 {
                        count.with(String(index % 3)).add()
                        times.with().observe(.milliseconds(task))
                    }
                }
            }
        }
        #expect((0..<3).reduce(0) { $0 + count.with(String($1)).value } == 40_000)
        #expect(metrics.text.contains("\nt_seconds_count 40000\n") && metrics.text.contains("\nt_seconds_sum 140\n"))
    }

    @Test func `a server's requests are counted by method, route and status`() async throws {
        let metrics = Metrics()
        var routes = Routes()
        routes.add(.get, "/a/{id}") { request in .text("hello \(request.parameters["id"] ?? "")") }
        routes.add(.post, "/b") { request in .text(String(try await request.body.collect(upTo: 100).count)) }
        routes.addImmediate(.get, "/metrics") { _ in .text(metrics.text, type: Metrics.contentType) }
        let table = routes
        try await withServer {
            $0.metrics = HTTPMetrics(metrics, prefix: "test")
        } responder: {
            table.answer($0)
        } _: { server in
            let client = try RawClient(port: server.port)
            for request in [
                "GET /a/1", "GET /a/2?token=secret", "BREW /a/1", "GET /nothing/%22secret%22", "POST /b",
            ] {
                try await client.send("\(request) HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
                _ = try await client.reply()
            }
            try await client.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            let reply = try await client.reply()
            #expect(reply.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(!reply.text.contains("secret"))
            let families = try Page(reply.text).families
            let requests = try #require(families["test_http_requests_total"]?.samples)
            func count(_ method: String, _ route: String, _ status: String) -> Double? {
                requests.first { $0.labels == ["method": method, "route": route, "status": status] }?.value
            }
            #expect(count("GET", "/a/{id}", "200") == 2 && count("POST", "/b", "200") == 1)
            #expect(count("other", "none", "405") == 1 && count("GET", "none", "404") == 1 && requests.count == 4)
            #expect(families["test_http_requests_in_flight"]?.samples.first?.value == 1)
            #expect(families["test_http_connections"]?.samples.first?.value == 1)
            #expect(families["test_http_request_bytes_total"]?.samples.first?.value == 15)
            let times = try #require(families["test_http_request_duration_seconds"])
            let whole = times.samples.filter { $0.name.hasSuffix("_count") }.reduce(0) { $0 + $1.value }
            #expect(times.kind == "histogram" && whole == 5)
        }
    }
}
