// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Foundation
import HTTPWire

/// What all servers of one `serve` have in common.
struct ServerSettings: Sendable {
    let metrics = Metrics()
    let httpMetrics: HTTPMetrics
    let log: AccessLog?
    let proxies: Set<String>

    init(log: AccessLog?, proxies: [String]) {
        httpMetrics = HTTPMetrics(metrics, prefix: "kinora")
        self.log = log
        self.proxies = Set(proxies)
        if let log {
            metrics.counter("kinora_log_lines_dropped_total", "Lines of the access log that were not written.") {
                log.dropped
            }
        }
    }

    func apply(_ configuration: inout HTTPServerConfiguration, tls: HTTPServerTLS?) {
        configuration.metrics = httpMetrics
        configuration.trustedProxies = proxies
        configuration.tls = tls
        if let log { configuration.log = { log.append($0) } }
    }
}

extension ServeOrder {
    /// A file that could not be used, in the console's words.
    struct Unreadable: Error {
        let file: String
        let why: String
    }

    func openLog() throws(Unreadable) -> AccessLog? {
        guard let accessLog else { return nil }
        if accessLog == "-" { return AccessLog(descriptor: STDOUT_FILENO) }
        do throws(HTTPFile.Failure) {
            return try AccessLog(path: accessLog)
        } catch {
            guard case .system(_, let code) = error else { throw Unreadable(file: accessLog, why: "\(error)") }
            throw Unreadable(file: accessLog, why: String(cString: strerror(code)))
        }
    }

    /// The certificate that the person gives; nil where there is none.
    func givenTLS() throws(Unreadable) -> HTTPServerTLS? {
        guard let certificate, let key else { return nil }
        return HTTPServerTLS(certificate: try Self.text(of: certificate), key: try Self.text(of: key))
    }

    private static func text(of file: String) throws(Unreadable) -> String {
        do {
            return try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw Unreadable(file: file, why: (error as NSError).localizedDescription)
        }
    }
}
