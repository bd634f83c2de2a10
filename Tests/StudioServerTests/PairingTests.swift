// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Studio
import Synchronization
import Testing

@testable import StudioServer

@Suite struct PairingTests {
    /// A clock by hand and bytes that count up.
    private final class World: Sendable {
        let seconds = Mutex(1000.0)
        let byte = Mutex(UInt8(0))
        var surroundings: Surroundings {
            Surroundings(
                now: { self.seconds.withLock { $0 } },
                randomBytes: { count in
                    (0..<count).map { _ in
                        self.byte.withLock { byte in
                            byte &+= 1
                            return byte
                        }
                    }
                })
        }
    }

    @Test func `a code is good once, for a quarter of an hour, and only the last one is`() {
        let world = World()
        let codes = PairingCodes(world.surroundings)
        #expect(!codes.redeem(""))
        let first = codes.issue()
        #expect(first.utf8.count == 26)
        #expect(!codes.redeem("") && !codes.redeem(String(first.dropLast())) && !codes.redeem(first + "x"))
        #expect(codes.redeem(first) && !codes.redeem(first))
        let second = codes.issue()
        let third = codes.issue()
        #expect(second != third && !codes.redeem(second))
        world.seconds.withLock { $0 += 899 }
        #expect(codes.redeem(third))
        let late = codes.issue()
        world.seconds.withLock { $0 += 900 }
        #expect(!codes.redeem(late))
    }

    @Test func `a code is traded for the owner's token, once`() async throws {
        let server = try TestServer()
        let codes = PairingCodes(.system)
        var service = StudioService(
            server.studio, signer: LinkSigner(key: Array(repeating: 7, count: 32)),
            policy: AccessPolicy(boundTo: "127.0.0.1"),
            version: "1")
        service.pairing = codes
        let pairing = try service.start(.tcp(host: "127.0.0.1", port: 0))
        func pair(_ body: String) async throws -> WireClient.Reply {
            try await WireClient.call(
                pairing.port, "POST", "/v1/pair", ["X-Forwarded-For": "192.0.2.1"], Array(body.utf8))
        }
        let code = codes.issue()
        #expect(try await pair("{\"code\":\"\(String(code.reversed()))\"}").code == 1001)
        #expect(try await pair("{}").status == 400)
        let reply = try await pair("{\"code\":\"\(code)\"}")
        let token = try #require(try reply.data["token"]?.string)
        #expect(reply.status == 200 && reply.headers["cache-control"] == "no-store")
        #expect(try await pair("{\"code\":\"\(code)\"}").status == 401)
        // The token is the owner's, from anywhere.
        let far = ["X-Forwarded-For": "192.0.2.1", "Authorization": "Bearer \(token)"]
        let made = try await WireClient.call(
            pairing.port, "POST", "/api/tasks/me/with-session/nemo_agent", far, Array("{}".utf8))
        #expect(made.status == 200)
        #expect(try made.data["user_id"]?.string == AccountID.localOwner.rawValue)
        // Nobody is let in where there is no way in; a link says where that is.
        let owner = ["Authorization": "Bearer \(token)"]
        #expect(try await WireClient.call(pairing.port, "POST", "/v1/pairing", owner).status == 404)
        codes.open(at: "https://192.0.2.7:8787")
        let link = try #require(
            try await WireClient.call(pairing.port, "POST", "/v1/pairing", owner).data["url"]?.string)
        #expect(link.hasPrefix("https://192.0.2.7:8787/#pair="))
        #expect(try await pair("{\"code\":\"\(link.split(separator: "=").last ?? "")\"}").status == 200)
        // Where no codes are given out there is no such call.
        #expect(try await server.call("POST", "/v1/pair", json: ["code": .string(code)]).status == 404)
        await pairing.stop(grace: .zero)
        await server.stop()
    }

    @Test func `numbers are told on this machine only, and hold no secret`() async throws {
        let server = try TestServer()
        let metrics = Metrics()
        var service = StudioService(
            server.studio, signer: LinkSigner(key: Array(repeating: 7, count: 32)),
            policy: AccessPolicy(boundTo: "127.0.0.1"),
            version: "1")
        service.metrics = metrics
        let counted = HTTPMetrics(metrics, prefix: "kinora")
        let told = try service.start(.tcp(host: "127.0.0.1", port: 0)) { $0.metrics = counted }
        _ = try await WireClient.call(
            told.port, "GET", "/api/state/nemo_agent/me/SECRET/latest?token=SECRET", ["Authorization": "Bearer SECRET"])
        let page = try await WireClient.call(told.port, "GET", "/metrics")
        #expect(page.status == 200 && page.headers["content-type"] == Metrics.contentType)
        #expect(
            page.text.contains(
                #"kinora_http_requests_total{method="GET",route="/api/state/nemo_agent/{user}/{session}/latest",status="401"} 1"#
            ), "\(page.text)")
        #expect(!page.text.contains("SECRET"))
        for headers in [
            ["X-Forwarded-For": "192.0.2.1"], ["Forwarded": "for=192.0.2.1"], ["Origin": "https://evil.example"],
        ] {
            #expect(try await WireClient.call(told.port, "GET", "/metrics", headers).status == 403)
        }
        await told.stop(grace: .zero)
        await server.stop()
    }
}
