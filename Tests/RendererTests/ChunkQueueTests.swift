// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Renderer

@Suite struct ChunkQueueTests {
    @Test func oneWorkerGoesFromFirstToLast() {
        var queue = ChunkQueue([0, 1, 2, 5, 6])
        #expect((0..<5).map { _ in queue.next(for: 0) } == [0, 1, 2, 5, 6])
        #expect(queue.next(for: 0) == nil)
    }

    @Test func twoWorkersKeepToTheirOwnStretches() {
        var queue = ChunkQueue(Array(0..<8))
        let taken = (0..<8).map { queue.next(for: $0 % 2) }
        #expect(taken == [0, 4, 1, 5, 2, 6, 3, 7])
    }

    @Test(arguments: [1, 2, 3, 8, 20])
    func everyChunkIsHandedOutOnce(workers: Int) {
        let wanted = (0..<50).filter { $0 % 7 != 3 }
        var queue = ChunkQueue(wanted)
        var taken: [Int] = []
        var random = Random(state: UInt64(workers))
        while let chunk = queue.next(for: Int.random(in: 0..<workers, using: &random)) { taken.append(chunk) }
        #expect(taken.sorted() == wanted)
    }

    /// SplitMix64: the same numbers every run.
    struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
