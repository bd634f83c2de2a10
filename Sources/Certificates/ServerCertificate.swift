// SPDX-License-Identifier: GPL-3.0-or-later
import CCrypto
import Glibc

/// A certificate with its private key: ECDSA on P-256, signed by itself, for the names and addresses it stands for.
///
/// Nobody vouches for it: a browser asks once, and the person compares the fingerprint.
public struct ServerCertificate: Sendable, CustomStringConvertible, CustomReflectable {
    /// In PEM.
    public let certificate: String
    /// In PEM (PKCS #8), not encrypted.
    public let key: String
    /// SHA-256 of the certificate, 32 bytes.
    public let fingerprint: [UInt8]
    /// Its first and its last moment, in seconds since 1970.
    public let validSeconds: ClosedRange<Int>

    /// `AB:CD:…`, as browsers show it.
    public var fingerprintText: String {
        fingerprint.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }

    /// Without the key.
    public var description: String { "certificate \(fingerprintText)" }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Makes a new one. Takes a millisecond or two.
    ///
    /// - Parameters:
    ///   - names: host names and addresses in numbers that clients will use; what is neither is left out.
    ///   - now: seconds since 1970. It is valid from an hour before, for clocks that go wrong.
    ///   - days: at most 825, the most that telephones take.
    public init(for names: [String], now: Int, days: Int = 397) throws(CertificateError) {
        guard let key = kinora_p256_key(), let certificate = X509_new() else { throw CertificateError("make a key") }
        defer {
            EVP_PKEY_free(key)
            X509_free(certificate)
        }
        var serial = [UInt8](repeating: 0, count: 16)
        let valid = now - 3600...now + days * 86400
        guard RAND_bytes(&serial, 16) == 1, let number = BN_bin2bn([serial[0] & 0x7F | 0x40] + serial[1...], 16, nil)
        else { throw CertificateError("find a serial number") }
        defer { BN_free(number) }
        let subject = X509_get_subject_name(certificate)
        let isSet =
            X509_set_version(certificate, 2) == 1
            && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
            && ASN1_TIME_set(X509_getm_notBefore(certificate), valid.lowerBound) != nil
            && ASN1_TIME_set(X509_getm_notAfter(certificate), valid.upperBound) != nil
            && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, "Kinora on this network", -1, -1, 0) == 1
            && X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1
        let alternatives = names.compactMap(Self.alternative)
        guard isSet, !alternatives.isEmpty else { throw CertificateError("name whom it is for") }
        for (kind, value) in [
            (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
            (NID_ext_key_usage, "serverAuth"), (NID_subject_alt_name, alternatives.joined(separator: ",")),
            (NID_subject_key_identifier, "hash"),
        ] {
            guard kinora_x509_add_extension(certificate, kind, value) == 1 else {
                throw CertificateError("add \(value)")
            }
        }
        guard X509_sign(certificate, key, EVP_sha256()) > 0 else { throw CertificateError("sign it") }
        try self.init(certificate, key)
    }

    /// Reads one that was kept: certificate and key in PEM, in one text.
    public init(pem: String) throws(CertificateError) {
        guard let certificate = Self.reading(pem, { PEM_read_bio_X509($0, nil, nil, nil) }) else {
            throw CertificateError("read the certificate")
        }
        defer { X509_free(certificate) }
        guard let key = Self.reading(pem, { PEM_read_bio_PrivateKey($0, nil, nil, nil) }) else {
            throw CertificateError("read its key")
        }
        defer { EVP_PKEY_free(key) }
        guard X509_check_private_key(certificate, key) == 1 else { throw CertificateError("match it with its key") }
        try self.init(certificate, key)
    }

    private init(_ certificate: OpaquePointer, _ key: OpaquePointer) throws(CertificateError) {
        let text = Self.writing { PEM_write_bio_X509($0, certificate) }
        let secret = Self.writing { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        guard let text, let secret, X509_digest(certificate, EVP_sha256(), &digest, &count) == 1, count == 32,
            let first = Self.seconds(X509_get0_notBefore(certificate)),
            let last = Self.seconds(X509_get0_notAfter(certificate)), first <= last
        else { throw CertificateError("write it down") }
        (self.certificate, self.key, fingerprint, validSeconds) = (text, secret, digest, first...last)
    }

    /// Certificate and key in one text.
    public var pem: String { certificate + key }

    /// Whether it stands for a host name or an address in numbers.
    public func covers(_ name: String) -> Bool {
        guard let certificate = Self.reading(certificate, { PEM_read_bio_X509($0, nil, nil, nil) }) else {
            return false
        }
        defer { X509_free(certificate) }
        return X509_check_ip_asc(certificate, name, 0) == 1 || X509_check_host(certificate, name, 0, 0, nil) == 1
    }

    // MARK: OpenSSL

    /// `IP:192.0.2.1` or `DNS:name`; nil for what is neither, so that nobody's name can add words of its own.
    private static func alternative(_ name: String) -> String? {
        var room = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, name, &room) == 1 || inet_pton(AF_INET6, name, &room) == 1 { return "IP:\(name)" }
        let isHost =
            (1...253).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
                    || $0 == 0x2E
            } && !name.hasPrefix(".") && !name.hasPrefix("-")
        return isHost ? "DNS:\(name)" : nil
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return timegm(&parts)
    }

    private static func reading<Value>(_ text: String, _ read: (OpaquePointer) -> Value?) -> Value? {
        let bytes = Array(text.utf8)
        guard let bio = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else { return nil }
        defer { BIO_free(bio) }
        return read(bio)
    }

    private static func writing(_ write: (OpaquePointer) -> Int32) -> String? {
        guard let bio = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(bio) }
        guard write(bio) == 1 else { return nil }
        var bytes: UnsafeMutablePointer<CChar>?
        let count = kinora_bio_bytes(bio, &bytes)
        return bytes.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: count), as: UTF8.self) }
    }
}

/// What could not be done with a certificate.
public struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as an order.
    public let operation: String

    init(_ operation: String) { self.operation = operation }

    public var description: String { "cannot \(operation) (the certificate for TLS)" }
}
