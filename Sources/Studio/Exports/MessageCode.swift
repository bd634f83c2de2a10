// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash

/// Tells whoever has the key that a message is ours (RFC 2104 over SHA-256).
package enum MessageCode {
    private static let blockLength = 64

    package static func hmac(_ message: [UInt8], key: [UInt8]) -> ContentHash {
        var block = key.count > blockLength ? bytes(ContentHash(of: key)) : key
        block += [UInt8](repeating: 0, count: blockLength - block.count)
        let inner = ContentHash(of: block.map { $0 ^ 0x36 } + message)
        return ContentHash(of: block.map { $0 ^ 0x5C } + bytes(inner))
    }

    private static func bytes(_ hash: ContentHash) -> [UInt8] {
        let digits = Array(hash.hex.utf8)
        func value(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit - 0x30 : digit - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
    }
}
