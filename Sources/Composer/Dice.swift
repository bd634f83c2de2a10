// SPDX-License-Identifier: GPL-3.0-or-later

/// Choices that come again from the same seed, on every machine (SplitMix64, Steele et al. 2014).
///
/// Every choice has dice of its own, named after its purpose: another tempo, another length or one part more changes nothing
/// about the other choices.
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64, _ purpose: String) {
        // FNV-1a over the purpose.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = hash ^ (seed &* 0x9E37_79B9_7F4A_7C15)
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 ..< 1.
    mutating func unit() -> Double { Double(next() >> 11) / Double(UInt64(1) << 53) }

    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// −1 … 1, near 0 more often.
    mutating func spread() -> Double { unit() - unit() }

    /// One of `choices`, which has at least one.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }
}
