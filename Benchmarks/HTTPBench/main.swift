// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire

// A server of the HTTP room alone, for Benchmarks/http: http-bench [LOG]. Its first line is its port.

/// A hop from the socket's thread to a task and an actor, as calls on the studio make.
actor Ledger {
    private var count = 0
    func next() -> Int {
        count += 1
        return count
    }
}

func serve() throws -> HTTPServer {
    let ledger = Ledger()
    let metrics = Metrics()
    let health = HTTPFixedResponse(.json(Array(#"{"status":"ok"}"#.utf8)))
    var routes = Routes()
    routes.addImmediate(.get, "/health") { _ in health.response }
    routes.addImmediate(.get, "/now") { _ in .json(Array(#"{"status":"ok"}"#.utf8)) }
    routes.add(.get, "/later") { _ in .json(Array("{\"count\":\(await ledger.next())}".utf8)) }
    routes.add(.get, "/events") { _ in
        .events { events in
            try await events.send("first")
            try await Task.sleep(for: .seconds(3600))
        }
    }
    let table = routes
    var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))
    if CommandLine.arguments.count > 1 {
        let log = try AccessLog(path: CommandLine.arguments[1])
        configuration.log = { log.append($0) }
        configuration.metrics = HTTPMetrics(metrics, prefix: "bench")
    }
    return try HTTPServer(configuration, responder: { table.answer($0) })
}

let server = try serve()
FileHandle.standardOutput.write(Data("\(server.port)\n".utf8))
while true { try await Task.sleep(for: .seconds(3600)) }
