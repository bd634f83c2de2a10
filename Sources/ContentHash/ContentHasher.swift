// SPDX-License-Identifier: GPL-3.0-or-later
import CCrypto

/// Hashes bytes as they come, piece by piece: the same bytes in any pieces give the same `ContentHash`.
///
/// Pieces are not marked off from each other: a hash over several fields puts their lengths in (`update(field:)` does).
/// Owned by one thread at a time.
public struct ContentHasher: ~Copyable, @unchecked Sendable {
    // Sendable: the context has one owner and no thread of its own.
    private let context: OpaquePointer

    public init() {
        // libcrypto fails here only when memory is gone.
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto has no SHA-256")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes at the end of what has come so far.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        let done = EVP_DigestUpdate(context, base, bytes.count)
        precondition(done == 1, "SHA-256 takes bytes until it is finished")
    }

    /// Adds bytes at the end of what has come so far.
    public mutating func update(_ bytes: some Collection<UInt8>) {
        let context = context
        func add(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
            let done = EVP_DigestUpdate(context, base, bytes.count)
            precondition(done == 1, "SHA-256 takes bytes until it is finished")
        }
        if bytes.withContiguousStorageIfAvailable(add) == nil { Array(bytes).withUnsafeBufferPointer(add) }
    }

    /// Adds one field of several: its length as eight little-endian bytes, then its bytes, so that ("ab", "c") and
    /// ("a", "bc") differ.
    public mutating func update(field bytes: some Collection<UInt8>) {
        update(number: UInt64(bytes.count))
        update(bytes)
    }

    /// Adds one text field of several, in UTF-8, with its length.
    public mutating func update(field text: some StringProtocol) { update(field: text.utf8) }

    /// Adds a whole number in little-endian bytes of its own width.
    public mutating func update<Number: FixedWidthInteger>(number: Number) {
        withUnsafeBytes(of: number.littleEndian) { update($0) }
    }

    /// The hash of all bytes so far.
    public consuming func finish() -> ContentHash {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { digest in
            let done = EVP_DigestFinal_ex(context, digest.baseAddress, nil)
            precondition(done == 1, "SHA-256 is finished once")
            return ContentHash(digest: UnsafeRawBufferPointer(digest))
        }
    }
}
