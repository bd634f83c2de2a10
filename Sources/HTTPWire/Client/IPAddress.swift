// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// An address of the internet protocol, of either version.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16, in network order.
    public let bytes: [UInt8]

    /// Nil for another number of bytes.
    public init?(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        guard self.bytes.count == 4 || self.bytes.count == 16 else { return nil }
    }

    /// `192.0.2.1`, `2001:db8::1`; nil for anything else, names included.
    public init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.bytes = Array(bytes[..<4])
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.bytes = bytes
        } else {
            return nil
        }
    }

    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
            return "an address"
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether it is a place in the public internet: of version 4 none of the special blocks of RFC 6890; of version 6
    /// global unicast without the blocks in it that lead elsewhere (tunnels, translation, documentation).
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.special4.contains { isIn($0.0, $0.1) } }
        return isIn([0x20], 3) && !Self.special6.contains { isIn($0.0, $0.1) }
    }

    /// Whether the first `length` bits are those of `block`.
    private func isIn(_ block: [UInt8], _ length: Int) -> Bool {
        for index in 0..<length {
            let other = index / 8 < block.count ? block[index / 8] : 0
            if (bytes[index / 8] ^ other) & (0x80 >> (index % 8)) != 0 { return false }
        }
        return true
    }

    private static let special4: [([UInt8], Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
        ([192, 0, 2], 24), ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15), ([198, 51, 100], 24),
        ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]

    // Loopback, mapped, NAT64 (64:ff9b::/96 and 64:ff9b:1::/48), unique local, link-local and multicast lie outside of
    // 2000::/3 already.
    private static let special6: [([UInt8], Int)] = [
        ([0x20, 0x01], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16), ([0x3F, 0xFF], 20),
    ]
}
