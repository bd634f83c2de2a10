// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Glibc

/// Where the certificate of the local network is kept between starts, so that a telephone that once took it knows it again.
public struct CertificateFolder: Sendable {
    /// A certificate with less left is replaced: a server may run for as long before it is started anew.
    static let leastDaysLeft = 60

    private let path: String

    /// - Parameter path: the folder, made when it is needed, for its owner alone.
    public init(path: String) { self.path = path }

    /// The certificate that is kept, or a new one where there is none, it cannot be read, it ends soon, or it lacks a name.
    ///
    /// - Parameters:
    ///   - names: host names and addresses in numbers.
    ///   - now: seconds since 1970.
    public func certificate(for names: [String], now: Int) throws -> ServerCertificate {
        let file = path + "/lan.pem"
        if let kept = Self.read(file).flatMap({ try? ServerCertificate(pem: $0) }),
            kept.validSeconds.contains(now), kept.validSeconds.upperBound - now >= Self.leastDaysLeft * 86400,
            names.allSatisfy(kept.covers)
        {
            return kept
        }
        let made = try ServerCertificate(for: names, now: now)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw CertificateError("keep it in \(path)") }
        let whole = try AtomicFile(replacing: file)
        guard chmod(whole.path, 0o600) == 0 else { throw CertificateError("keep it for its owner alone in \(path)") }
        try whole.write(Array(made.pem.utf8))
        try whole.commit(durable: true)
        return made
    }

    private static func read(_ file: String) -> String? {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
