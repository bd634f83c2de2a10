// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// What `kinora serve` tells of its requests, and how it is reached from other machines.
@Suite struct ServeNetworkTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    /// A running server and its first lines, as objects.
    private func start(_ arguments: [String], lines count: Int) throws -> (Process, [[String: Any]]) {
        let process = kinora.process(["serve", "--port", "0", "--data", kinora.path("data"), "--json"] + arguments)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var lines: [[String: Any]] = []
        var line = Data()
        while lines.count < count {
            let byte = output.fileHandleForReading.readData(ofLength: 1)
            if byte.isEmpty { break }
            line += byte
            guard byte.first == 0x0A else { continue }
            lines.append(try #require(JSONSerialization.jsonObject(with: line) as? [String: Any]))
            line = Data()
        }
        try #require(lines.count == count)
        return (process, lines)
    }

    private func ask(_ url: String, _ arguments: [String] = []) throws -> (status: String, body: String) {
        let text = try TestMedia.run("curl", ["-sS", "-w", "\n%{http_code}"] + arguments + [url])
        let cut = try #require(text.lastIndex(of: "\n"))
        return (String(text[text.index(after: cut)...]), String(text[..<cut]))
    }

    private func stop(_ process: Process) {
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    }

    @Test func requestsAreLoggedAndCountedWithoutTokensAndLinksSecrets() throws {
        let log = kinora.path("access.log")
        let (process, lines) = try start(["--access-log", log], lines: 1)
        let url = try #require(lines[0]["url"] as? String)
        let reply = try ask("\(url)/api/auth/anonymous-token", ["-X", "POST", "-H", "X-Client-Id: client-secret"])
        let object = try #require(JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any])
        let token = try #require((object["data"] as? [String: Any])?["token"] as? String)
        let bearer = ["-H", "Authorization: Bearer \(token)", "-A", "probe/1"]
        #expect(try ask("\(url)/api/state/nemo_agent/me/none/latest?sig=\(token)", bearer).status == "404")
        let numbers = try ask("\(url)/metrics")
        #expect(numbers.status == "200" && numbers.body.contains("# TYPE kinora_http_requests_total counter"))
        #expect(numbers.body.contains("kinora_http_requests_in_flight 1"))
        #expect(!numbers.body.contains(token))
        stop(process)
        let text = try String(contentsOfFile: log, encoding: .utf8)
        let logged = try text.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(logged.compactMap { $0["status"] as? Int } == [200, 404, 200])
        #expect(logged[1]["path"] as? String == "/api/state/nemo_agent/me/none/latest")
        #expect(logged[1]["agent"] as? String == "probe/1" && logged[1]["address"] as? String == "127.0.0.1")
        #expect(!text.contains(token) && !text.contains("secret") && !text.contains("sig"))
    }

    @Test func theLogMayGoToStandardOutputAndAFileThatCannotBeIsSaid() throws {
        let (process, lines) = try start(["--access-log", "-"], lines: 1)
        _ = try ask("\(try #require(lines[0]["url"] as? String))/health")
        stop(process)
        let refused = try kinora.run(
            "serve", "--port", "0", "--data", kinora.path("other"), "--access-log", "/no/such/folder/log")
        #expect(refused.status == 1 && refused.errors.contains("/no/such/folder/log"), "\(refused.errors)")
    }

    @Test func aCertificateOfOnesOwnIsSpoken() throws {
        let (certificate, key) = (kinora.path("own.pem"), kinora.path("own.key"))
        try TestMedia.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=own", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
            ])
        let (process, lines) = try start(["--tls-cert", certificate, "--tls-key", key], lines: 1)
        let url = try #require(lines[0]["url"] as? String)
        #expect(url.hasPrefix("https://"))
        #expect(try ask("\(url)/health", ["--cacert", certificate]).status == "200")
        stop(process)
        let half = try kinora.run("serve", "--port", "0", "--tls-key", key, "--data", kinora.path("other"))
        #expect(half.status == 2 && half.errors.contains("--tls-cert"), "\(half.errors)")
        let wrong = try kinora.run(
            "serve", "--port", "0", "--tls-cert", certificate, "--tls-key", certificate, "--data", kinora.path("other"))
        #expect(wrong.status == 1 && wrong.errors.contains("PEM"), "\(wrong.errors)")
    }

    /// Whether this machine has an address besides its own loopback.
    private static var hasNetwork: Bool {
        (try? TestMedia.run("hostname", ["-I"]))?.contains(where: \.isNumber) ?? false
    }

    @Test(.enabled(if: ServeNetworkTests.hasNetwork))
    func aTelephoneComesInOnceByTheLinkAndStaysByItsToken() throws {
        let (process, lines) = try start(["--lan"], lines: 2)
        let own = try #require(lines[0]["url"] as? String)
        let url = try #require(lines[1]["url"] as? String)
        let link = try #require(lines[1]["link"] as? String)
        #expect(own.hasPrefix("http://127.0.0.1:") && url.hasPrefix("https://") && link.hasPrefix("\(url)/#pair="))
        let file = kinora.path("data/tls/lan.pem")
        let print = try TestMedia.run("openssl", ["x509", "-in", file, "-noout", "-fingerprint", "-sha256"])
        #expect(print.contains(try #require(lines[1]["fingerprint"] as? String)))
        let trusting = ["--cacert", file]
        // In sight of the network, and nobody without a token.
        #expect(try ask("\(url)/health", trusting).status == "200")
        #expect(try ask("\(url)/metrics", trusting).status == "403")
        let session = "\(url)/api/tasks/me/with-session/nemo_agent"
        #expect(try ask(session, trusting + ["-X", "POST"]).status == "401")
        #expect(
            try ask("\(url)/api/auth/anonymous-token", trusting + ["-X", "POST", "-H", "X-Client-Id: x"]).status
                == "403")
        let code = try #require(link.split(separator: "=").last)
        let trade = trusting + ["-H", "Content-Type: application/json", "-d", #"{"code":"\#(code)"}"#]
        let reply = try ask("\(url)/v1/pair", trade)
        let object = try #require(JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any])
        let token = try #require((object["data"] as? [String: Any])?["token"] as? String)
        #expect(try ask("\(url)/v1/pair", trade).status == "401")
        #expect(try ask(session, trusting + ["-X", "POST", "-H", "Authorization: Bearer \(token)"]).status == "200")
        // This machine goes on without TLS, and makes further links.
        #expect(try ask("\(own)/health").status == "200")
        #expect(try ask("\(url)/v1/pairing", trusting + ["-X", "POST"]).status == "401")
        let another = try ask("\(own)/v1/pairing", ["-X", "POST"])
        #expect(another.status == "200" && another.body.contains("\(url)/#pair=") && !another.body.contains(code))
        stop(process)
        // The same certificate the next time.
        let (again, more) = try start(["--lan"], lines: 2)
        #expect(more[1]["fingerprint"] as? String == lines[1]["fingerprint"] as? String)
        #expect(more[1]["link"] as? String != link)
        stop(again)
    }
}
