// SPDX-License-Identifier: GPL-3.0-or-later

/// The name of some bytes: their SHA-256 (FIPS 180-4). Equal bytes have equal names, on every machine.
///
/// Written as 64 lower-case hex digits; ordered as those digits are.
public struct ContentHash: Hashable, Sendable {
    /// The 32 bytes as four big-endian words.
    let words: (UInt64, UInt64, UInt64, UInt64)

    init(digest: UnsafeRawBufferPointer) {
        func word(_ i: Int) -> UInt64 {
            UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: i * 8, as: UInt64.self))
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// The hash of bytes held in memory.
    public init(of bytes: some Collection<UInt8>) {
        var hasher = ContentHasher()
        hasher.update(bytes)
        self = hasher.finish()
    }

    /// Reads 64 hex digits of either case; anything else is nil.
    public init?(hex: some StringProtocol) {
        let digits = hex.utf8
        guard digits.count == 64 else { return nil }
        var words: [UInt64] = [0, 0, 0, 0]
        for (i, digit) in digits.enumerated() {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
            default: return nil
            }
            words[i / 16] = words[i / 16] << 4 | UInt64(value)
        }
        self.words = (words[0], words[1], words[2], words[3])
    }

    /// 64 lower-case hex digits.
    public var hex: String {
        func digits(_ word: UInt64) -> String {
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        return digits(words.0) + digits(words.1) + digits(words.2) + digits(words.3)
    }

    public static func == (a: ContentHash, b: ContentHash) -> Bool { a.words == b.words }

    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension ContentHash: Comparable {
    public static func < (a: ContentHash, b: ContentHash) -> Bool { a.words < b.words }
}

extension ContentHash: CustomStringConvertible {
    public var description: String { hex }
}

extension ContentHash: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = ContentHash(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a content hash is 64 hex digits, not \"\(text.prefix(80))\"")
        }
        self = hash
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
