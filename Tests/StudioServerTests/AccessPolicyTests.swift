// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import StudioServer

@Suite("Who may speak to a person's own server")
struct AccessPolicyTests {
    @Test(
        "This machine's own names and numbers are fine",
        arguments: [
            "127.0.0.1:8787", "localhost:8787", "LOCALHOST", "localhost.:80", "[::1]:8787", "127.3.2.1", "[::1]",
        ])
    func ownHost(_ host: String) {
        #expect(AccessPolicy(boundTo: "127.0.0.1").judge(host: host, origin: nil) == .allowed(otherOrigin: nil))
    }

    @Test(
        "Any other Host is refused: a page's own name may have been made to point here",
        arguments: [
            "evil.example", "evil.example:8787", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.1.5:8787",
            "127.0.0.1@evil.example", "", "localhost:x", "[::1", "[::2]:8787", "127.0.0.1, evil.example",
            "127.evil.example",
            "[::1]evil", "0x7f.1", "localhost:99999", "::1",
        ])
    func foreignHost(_ host: String) {
        #expect(AccessPolicy(boundTo: "127.0.0.1").judge(host: host, origin: nil) == .foreignHost)
    }

    @Test("No Host at all is refused")
    func noHost() { #expect(AccessPolicy(boundTo: "127.0.0.1").judge(host: nil, origin: nil) == .foreignHost) }

    @Test(
        "A page of this server may use it, under any of its names",
        arguments: [
            ("http://127.0.0.1:8787", nil), ("http://localhost:8787", "http://localhost:8787"),
            ("https://127.0.0.1:8787", nil), ("http://[::1]:8787", "http://[::1]:8787"),
        ] as [(String, String?)])
    func ownOrigin(_ origin: String, other: String?) {
        let verdict = AccessPolicy(boundTo: "127.0.0.1").judge(host: "127.0.0.1:8787", origin: origin)
        #expect(verdict == .allowed(otherOrigin: other))
    }

    @Test(
        "A page from elsewhere is refused",
        arguments: [
            "https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1", "file://", "",
            "http://127.0.0.1:8787.evil.example", "http://evil.example@127.0.0.1:8787", "chrome-extension://abc",
            "http://127.0.0.1:8787 https://evil.example", "http://127.0.0.1:8787/",
        ])
    func foreignOrigin(_ origin: String) {
        let policy = AccessPolicy(boundTo: "127.0.0.1", allowing: ["https://studio.example"])
        #expect(policy.judge(host: "127.0.0.1:8787", origin: origin) == .foreignOrigin)
    }

    @Test("A page that was allowed may use it, and is named in the answer; one beside it may not")
    func allowedOrigin() {
        let policy = AccessPolicy(boundTo: "127.0.0.1", allowing: ["HTTPS://Studio.example:443", "nonsense"])
        func judge(_ origin: String) -> AccessPolicy.Verdict { policy.judge(host: "localhost:8787", origin: origin) }
        #expect(judge("https://studio.example") == .allowed(otherOrigin: "https://studio.example"))
        #expect(judge("http://studio.example") == .foreignOrigin)
        #expect(judge("https://studio.example:8443") == .foreignOrigin)
        #expect(judge("https://sub.studio.example") == .foreignOrigin)
    }

    @Test(
        "What a browser fetches for a page from elsewhere is refused also without an Origin; a followed link is not",
        arguments: [
            ("cross-site", "no-cors", false), ("same-site", "cors", false), ("cross-site", "navigate", true),
            ("same-origin", "cors", true), ("none", "navigate", true),
        ])
    func fetchSite(site: String, mode: String, isFine: Bool) {
        let verdict = AccessPolicy(boundTo: "127.0.0.1").judge(host: "localhost", origin: nil, site: site, mode: mode)
        #expect(verdict == (isFine ? .allowed(otherOrigin: nil) : .foreignOrigin))
    }

    @Test("Bound to all addresses it answers to numbers and to the machine's names, not to others")
    func remote() {
        let policy = AccessPolicy(boundTo: "0.0.0.0", names: ["Workbench.local"])
        for host in ["192.168.1.5:8787", "workbench.local:8787", "[fe80::1]:8787", "localhost"] {
            #expect(policy.judge(host: host, origin: nil) == .allowed(otherOrigin: nil))
        }
        #expect(policy.judge(host: "evil.example:8787", origin: nil) == .foreignHost)
    }
}
