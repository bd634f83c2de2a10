// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import MediaLibrary

@Suite struct NaturalFileOrder {
    @Test(arguments: [
        ["img2.jpg", "img10.jpg", "img100.jpg"], ["IMG_1.jpg", "img_2.jpg", "IMG_3.jpg"],
        ["1.jpg", "2.jpg", "a.jpg", "B.jpg"],
        ["a1b2", "a1b10", "a2b1"], ["x9", "x99999999999999999999998", "x99999999999999999999999"],
        ["第2张", "第10张"], ["p٢.jpg", "p١٠.jpg"], ["a", "a1", "a2", "ab"], ["img 1.jpg", "img 2.jpg", "img-1.jpg"],
        ["", "1", "a"], ["0.jpg", "1.jpg"],
    ])
    func sorts(names: [String]) {
        #expect(names.reversed().sorted(by: NaturalOrder.isBefore) == names)
    }

    @Test func tiesAreBrokenTheSameWayEveryTime() {
        let names = ["a1", "A1", "a01", "A01", "a001", "a١"]
        let once = names.sorted(by: NaturalOrder.isBefore)
        #expect(names.reversed().sorted(by: NaturalOrder.isBefore) == once)
        #expect(Set(once).count == names.count)
    }

    /// Whatever the names, the order is one: nothing precedes itself, and three are never in a ring.
    @Test func isATotalOrder() {
        var random = SeededRandom(seed: 11)
        let letters = Array("aAbB019._- 第٢")
        let names = (0..<60).map { _ in
            String(
                (0..<Int.random(in: 0...6, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
        }
        for a in names {
            #expect(!NaturalOrder.isBefore(a, a))
            for b in names {
                if a != b { #expect(NaturalOrder.isBefore(a, b) != NaturalOrder.isBefore(b, a), "\(a) and \(b)") }
            }
        }
        let sorted = names.sorted(by: NaturalOrder.isBefore)
        for i in sorted.indices {
            for j in sorted.indices where j > i && sorted[i] != sorted[j] {
                #expect(NaturalOrder.isBefore(sorted[i], sorted[j]), "\(sorted[i]) before \(sorted[j])")
            }
        }
    }
}

/// SplitMix64, so that a failure can be repeated.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
