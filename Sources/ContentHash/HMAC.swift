// SPDX-License-Identifier: GPL-3.0-or-later

/// HMAC-SHA256 (RFC 2104): tells that whoever wrote a message had the key.
public enum HMAC {
    private static let blockBytes = 64

    /// The code of a message under a key of any length.
    public static func code(of message: some Collection<UInt8>, key: some Collection<UInt8>) -> ContentHash {
        var block = key.count > blockBytes ? ContentHash(of: key).bytes : Array(key)
        block += [UInt8](repeating: 0, count: blockBytes - block.count)
        let inner = ContentHash(of: block.map { $0 ^ 0x36 } + message)
        return ContentHash(of: block.map { $0 ^ 0x5C } + inner.bytes)
    }

    /// Whether `text`, in hex, is the code of a message; takes the same time wherever they differ.
    public static func isCode(
        _ text: String, of message: some Collection<UInt8>, key: some Collection<UInt8>
    ) -> Bool {
        let right = Array(code(of: message, key: key).hex.utf8)
        let given = Array(text.utf8)
        guard given.count == right.count else { return false }
        return zip(given, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension ContentHash {
    /// Its 32 bytes.
    fileprivate var bytes: [UInt8] {
        let digits = Array(hex.utf8)
        func value(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit - 0x30 : digit - 0x61 + 10 }
        return stride(from: 0, to: digits.count, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
    }
}
