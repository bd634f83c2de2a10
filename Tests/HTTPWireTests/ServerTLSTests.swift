// SPDX-License-Identifier: GPL-3.0-or-later
import Certificates
import Foundation
import TestMedia
import Testing

@testable import HTTPWire

@Suite struct ServerTLSTests {
    private let certificate: ServerCertificate
    /// The certificate alone, for clients to trust.
    private let file: String

    init() throws {
        certificate = try ServerCertificate(for: ["127.0.0.1"], now: Int(Date().timeIntervalSince1970))
        let url = try TestMedia.scratchFolder().appendingPathComponent("certificate.pem")
        try Data(certificate.certificate.utf8).write(to: url)
        file = url.path
    }

    private func withTLSServer(
        _ adjust: (inout HTTPServerConfiguration) -> Void = { _ in }, handler: @escaping HTTPHandler,
        _ body: (HTTPServer) async throws -> Void
    ) async throws {
        try await withServer(
            {
                $0.tls = HTTPServerTLS(certificate: certificate.certificate, key: certificate.key)
                adjust(&$0)
            }, handler: handler, body)
    }

    /// What curl says, on a thread that may wait for it.
    private func curl(_ server: HTTPServer, _ path: String, _ options: [String] = []) async throws -> String {
        let arguments = ["-sS", "--cacert", file] + options + ["https://127.0.0.1:\(server.port)\(path)"]
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try TestMedia.run("curl", arguments) })
            }
        }
    }

    @Test func `requests, bodies, ranges and streams go through TLS, and handlers know of it`() async throws {
        let body = try TestMedia.scratchFolder().appendingPathComponent("body")
        try Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: body)
        let handler: HTTPHandler = { request in
            switch request.path {
            case "/body":
                var count = 0
                for try await part in request.body { count += part.count }
                return .text("\(count)")
            case "/file": return .file(try HTTPFile(path: body.path), type: "video/mp4")
            case "/events":
                return .events { events in
                    for index in 0..<100 { try await events.send("n\(index)") }
                }
            default: return .text("\(request.isSecure) \(request.remoteAddress)")
            }
        }
        try await withTLSServer(handler: handler) { server in
            #expect(try await curl(server, "/") == "true 127.0.0.1")
            #expect(try await curl(server, "/body", ["--data-binary", "@\(body.path)"]) == "3000000")
            #expect(try await curl(server, "/body", ["-T", body.path, "-H", "Expect:"]) == "3000000")
            let sum = "%{http_code} %{size_download}"
            #expect(
                try await curl(server, "/file", ["-o", "/dev/null", "-w", sum, "-r", "5-1000004"]) == "206 1000000")
            #expect(try await curl(server, "/events", ["-N"]).hasSuffix("data: n99\n\n"))
            // Two requests on one connection: its second needs no handshake.
            let twice = try await curl(
                server, "/", ["-w", " %{num_connects};", "https://127.0.0.1:\(server.port)/"])
            #expect(twice == "true 127.0.0.1 1;true 127.0.0.1 0;")
        }
    }

    @Test func `TLS 1·2 and 1·3 are spoken, nothing older and nothing plain`() async throws {
        try await withTLSServer(handler: { _ in .text("hello") }) { server in
            for version in ["1.2", "1.3"] {
                #expect(try await curl(server, "/", ["--tlsv\(version)", "--tls-max", version]) == "hello")
            }
            for version in ["1.0", "1.1"] {
                // The client would speak it.
                let old = ["--tlsv\(version)", "--tls-max", version, "--ciphers", "DEFAULT@SECLEVEL=0"]
                await #expect(throws: (any Error).self) { try await curl(server, "/", old) }
            }
            let plain = try RawClient(port: server.port)
            try await plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(!String(decoding: try await plain.rest(), as: UTF8.self).contains("hello"))
            #expect(try await curl(server, "/") == "hello")
        }
    }

    @Test func `a client that is late is cut off without a plain word`() async throws {
        try await withTLSServer {
            $0.headerTime = .milliseconds(100)
            $0.idleTime = .milliseconds(200)
        } handler: { _ in
            .text("x")
        } _: { server in
            let silent = try RawClient(port: server.port)
            #expect(try await silent.rest() == [])
            // The beginning of a handshake that does not go on.
            let half = try RawClient(port: server.port)
            try await half.send([0x16, 0x03, 0x01, 0x02])
            #expect(!String(decoding: try await half.rest(), as: UTF8.self).contains("HTTP"))
        }
    }

    @Test func `a stream is cancelled when its client leaves`() async throws {
        let (began, cancelled) = (Signal(), Signal())
        let handler: HTTPHandler = { _ in
            .events { events in
                try await events.send("first")
                began.fire()
                await untilCancelled()
                cancelled.fire()
            }
        }
        try await withTLSServer(handler: handler) { server in
            let client = Process()
            client.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
            client.arguments = ["-sSN", "--cacert", file, "https://127.0.0.1:\(server.port)/"]
            client.standardOutput = FileHandle.nullDevice
            client.standardError = FileHandle.nullDevice
            try client.run()
            await began.wait()
            // A child of Swift's threads has every polite signal blocked.
            kill(client.processIdentifier, SIGKILL)
            await cancelled.wait()
        }
    }

    @Test func `stopping ends connections over TLS too`() async throws {
        let began = Signal()
        let server = try HTTPServer(
            {
                var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))
                configuration.tls = HTTPServerTLS(certificate: certificate.certificate, key: certificate.key)
                return configuration
            }(),
            handler: { _ in
                .events { events in
                    try await events.send("first")
                    began.fire()
                    await untilCancelled()
                }
            })
        async let reading: String? = try? curl(server, "/", ["-N"])
        await began.wait()
        await server.stop(grace: .zero)
        // Broken off is an error to curl, as it should be.
        #expect(await reading == nil)
    }

    @Test func `a certificate and a key that do not belong together are refused with words`() throws {
        let other = try ServerCertificate(for: ["127.0.0.1"], now: Int(Date().timeIntervalSince1970))
        for (certificate, key) in [
            (certificate.certificate, other.key), ("x", certificate.key), (certificate.certificate, ""),
        ] {
            var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))
            configuration.tls = HTTPServerTLS(certificate: certificate, key: key)
            #expect {
                try HTTPServer(configuration, handler: { _ in .text("") })
            } throws: { error in
                "\(error)".contains("PEM") && !"\(error)".contains("PRIVATE")
            }
        }
        var dumped = ""
        dump(HTTPServerTLS(certificate: "", key: "PRIVATE"), to: &dumped)
        #expect(!dumped.contains("PRIVATE"))
    }
}
