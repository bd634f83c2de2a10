// SPDX-License-Identifier: GPL-3.0-or-later

/// Repeatable noise: the same numbers for the same place, frame and seed, anywhere.
enum Noise {
    /// 32 bits that look random, by the finaliser of MurmurHash3 over the three numbers.
    @inline(__always) static func hash(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt32 {
        var h = a &* 0x9E37_79B1 ^ (b &* 0x85EB_CA77 &+ c &* 0xC2B2_AE3D)
        h ^= h >> 16
        h = h &* 0x85EB_CA6B
        h ^= h >> 13
        h = h &* 0xC2B2_AE35
        return h ^ h >> 16
    }
}
