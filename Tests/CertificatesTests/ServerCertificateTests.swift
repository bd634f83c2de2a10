// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

@testable import Certificates

@Suite struct ServerCertificateTests {
    private static let now = Int(Date().timeIntervalSince1970)
    private static let names = ["192.168.1.23", "fd00::1", "my-machine.local"]

    private func written(_ pem: String) throws -> String {
        let url = try TestMedia.scratchFolder().appendingPathComponent("certificate.pem")
        try Data(pem.utf8).write(to: url)
        return url.path
    }

    @Test func `another program finds in it what browsers and telephones ask for`() throws {
        let made = try ServerCertificate(for: Self.names + ["bad name,DNS:evil", "", "-x", "a/b"], now: Self.now)
        let path = try written(made.certificate)
        let text = try TestMedia.run("openssl", ["x509", "-in", path, "-noout", "-text", "-fingerprint", "-sha256"])
        for wanted in [
            "Version: 3", "prime256v1", "ecdsa-with-SHA256", "IP Address:192.168.1.23", "IP Address:FD00:0:0:0:0:0:0:1",
            "DNS:my-machine.local", "TLS Web Server Authentication", "CA:FALSE", "Digital Signature",
            "sha256 Fingerprint=\(made.fingerprintText)",
        ] { #expect(text.contains(wanted), "\(wanted) in \(text)") }
        #expect(!text.contains("evil"))
        // It holds now, was signed by its own key, and ends within what telephones take.
        let trusted = ["verify", "-CAfile", path, "-purpose", "sslserver", "-verify_ip", "192.168.1.23", path]
        #expect(try TestMedia.run("openssl", trusted).contains("OK"))
        #expect(made.validSeconds.upperBound - made.validSeconds.lowerBound <= 825 * 86400)
        #expect(made.validSeconds.contains(Self.now))
    }

    @Test func `two are never the same, and what is kept is read back`() throws {
        let made = try ServerCertificate(for: Self.names, now: Self.now)
        let other = try ServerCertificate(for: Self.names, now: Self.now)
        #expect(made.key != other.key && made.fingerprint != other.fingerprint)
        let read = try ServerCertificate(pem: made.pem)
        #expect(read.certificate == made.certificate && read.key == made.key && read.fingerprint == made.fingerprint)
        #expect(read.validSeconds == made.validSeconds)
        #expect(throws: CertificateError("match it with its key")) {
            try ServerCertificate(pem: made.certificate + other.key)
        }
        for text in ["", "x", made.key] {
            #expect(throws: CertificateError("read the certificate")) { try ServerCertificate(pem: text) }
        }
    }

    @Test func `it says whom it stands for`() throws {
        let made = try ServerCertificate(for: Self.names, now: Self.now)
        for name in Self.names + ["FD00:0:0::1", "MY-machine.local"] { #expect(made.covers(name), "\(name)") }
        for name in ["192.168.1.24", "machine.local", "", "local"] { #expect(!made.covers(name), "\(name)") }
        #expect(throws: CertificateError("name whom it is for")) { try ServerCertificate(for: ["a b"], now: Self.now) }
    }

    @Test func `nothing prints its key`() throws {
        let made = try ServerCertificate(for: Self.names, now: Self.now)
        var dumped = ""
        dump(made, to: &dumped)
        for text in ["\(made)", String(reflecting: made), dumped] { #expect(!text.contains("PRIVATE")) }
    }

    @Test func `the folder keeps one, for its owner alone, until it ends soon or lacks a name`() throws {
        let path = try TestMedia.scratchFolder().appendingPathComponent("tls").path
        let folder = CertificateFolder(path: path)
        let first = try folder.certificate(for: Self.names, now: Self.now)
        #expect(try folder.certificate(for: Self.names, now: Self.now).fingerprint == first.fingerprint)
        #expect(try folder.certificate(for: ["192.168.1.23"], now: Self.now).fingerprint == first.fingerprint)
        for (name, mode) in [("", 0o700), ("/lan.pem", 0o600)] {
            let facts = try FileManager.default.attributesOfItem(atPath: path + name)
            #expect(facts[.posixPermissions] as? Int == mode)
        }
        let late = first.validSeconds.upperBound - 60 * 86400
        #expect(try folder.certificate(for: Self.names, now: late).fingerprint == first.fingerprint)
        let renewed = try folder.certificate(for: Self.names, now: late + 1)
        #expect(renewed.fingerprint != first.fingerprint && renewed.validSeconds.contains(late + 300 * 86400))
        let moved = try folder.certificate(for: ["192.168.1.99"], now: late + 1)
        #expect(moved.fingerprint != renewed.fingerprint && moved.covers("192.168.1.99"))
        try Data("torn".utf8).write(to: URL(fileURLWithPath: path + "/lan.pem"))
        #expect(try folder.certificate(for: Self.names, now: Self.now).covers("192.168.1.23"))
    }
}
