// SPDX-License-Identifier: GPL-3.0-or-later
import CCrypto

/// A checksum by an algorithm that a protocol names: to find bytes that were damaged on their way, nothing more.
///
/// Used by one task at a time.
public final class Checksum {
    public enum Algorithm: String, CaseIterable, Sendable {
        case sha1, sha256, md5

        /// Bytes of its result.
        public var byteCount: Int {
            switch self {
            case .sha1: 20
            case .sha256: 32
            case .md5: 16
            }
        }
    }

    private let context: OpaquePointer
    private let algorithm: Algorithm

    public init(_ algorithm: Algorithm) {
        self.algorithm = algorithm
        let digest =
            switch algorithm {
            case .sha1: EVP_sha1()
            case .sha256: EVP_sha256()
            case .md5: EVP_md5()
            }
        // libcrypto fails here only when memory is gone.
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, digest, nil) == 1 else {
            preconditionFailure("libcrypto has no \(algorithm)")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    public func update(_ bytes: [UInt8]) {
        let done = bytes.withUnsafeBufferPointer { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(bytes.isEmpty || done == 1, "a checksum takes bytes until it is finished")
    }

    /// The checksum of all bytes so far; nothing may follow.
    public func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: algorithm.byteCount)
        let done = EVP_DigestFinal_ex(context, &digest, nil)
        precondition(done == 1, "a checksum is finished once")
        return digest
    }
}
