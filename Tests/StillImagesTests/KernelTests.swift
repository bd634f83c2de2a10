// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import StillKernels
import Testing

@testable import StillImages

/// The loops in C against the plain arithmetic they stand for, byte for byte, on whatever processor the test runs.
@Suite struct Kernels {
    private static func bytes(_ count: Int, _ seed: UInt64) -> [UInt8] {
        var random = Seeded(state: seed)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    @Test(arguments: [1, 2, 5, 12, 94], [1, 31, 32, 33, 200])
    func rows(taps: Int, samples: Int) {
        var random = Seeded(state: UInt64(taps * 1000 + samples))
        let weights = (0..<taps).map { _ in Int16.random(in: -3000...8000, using: &random) / Int16(max(1, taps / 4)) }
        let sources = (0..<taps).map { Self.bytes(samples + 64, UInt64($0)) }
        var out = [Int16](repeating: 0, count: samples + 32)
        let pointers = sources.map { source in
            let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: source.count)
            copy.initialize(from: source, count: source.count)
            return copy
        }
        defer { for pointer in pointers { pointer.deallocate() } }
        var rows = pointers.map { UnsafePointer<UInt8>?($0) }
        still_reduce_rows(&rows, weights, Int32(taps), &out, samples)
        var plain = [Int16](repeating: 0, count: samples)
        still_reduce_rows_portable(&rows, weights, Int32(taps), &plain, samples)
        #expect(plain.elementsEqual(out.prefix(samples)), "the processor's own variant and the portable one")
        for i in 0..<samples {
            let sum = (0..<taps).reduce(128) { $0 + Int(weights[$1]) * Int(sources[$1][i]) }
            #expect(out[i] == Int16(truncatingIfNeeded: sum >> 8))
        }
    }

    @Test(arguments: [1, 3, 4], [(300, 100), (300, 299), (300, 300), (300, 7), (40, 39), (5, 2), (1, 1)])
    func columns(channels: Int, lengths: (source: Int, output: Int)) {
        let table = ReductionTable(source: lengths.source, output: lengths.output)
        var random = Seeded(state: UInt64(channels * 10_000 + lengths.source))
        let row = (0..<max(lengths.source, table.taps) * channels + 32).map { i in
            i < lengths.source * channels ? Int16.random(in: -900...17_000, using: &random) : 0
        }
        var out = [UInt8](repeating: 0, count: lengths.output * channels + 8)
        still_reduce_columns(
            row, table.starts, table.weights, Int32(table.taps), Int32(channels), &out, lengths.output)
        var plain = [UInt8](repeating: 0, count: lengths.output * channels)
        still_reduce_columns_portable(
            row, table.starts, table.weights, Int32(table.taps), Int32(channels), &plain, lengths.output)
        #expect(
            plain.elementsEqual(out.prefix(plain.count)), "the processor's own variant and the portable one")
        for x in 0..<lengths.output {
            for c in 0..<channels {
                let sum = (0..<table.taps).reduce(1 << 19) {
                    $0 + Int(table.weights[x * table.taps + $1]) * Int(row[(Int(table.starts[x]) + $1) * channels + c])
                }
                #expect(out[x * channels + c] == UInt8(clamping: sum >> 20))
            }
        }
    }

    /// Weights of every output sample add up to one, and reach no further than the source.
    @Test func tables() {
        for source in [1, 2, 3, 7, 50, 333, 4032] {
            for output in [1, 2, 3, 6, 49, 100, 333, 2208] where output <= source {
                let table = ReductionTable(source: source, output: output)
                #expect(table.count == output && table.taps % 2 == 0)
                for i in 0..<output {
                    let weights = table.weights[i * table.taps..<(i + 1) * table.taps]
                    #expect(weights.reduce(0) { $0 + Int($1) } == ReductionTable.one)
                    let start = Int(table.starts[i])
                    #expect(start >= 0)
                    for (k, weight) in weights.enumerated() where start + k >= source { #expect(weight == 0) }
                }
            }
        }
    }

    @Test(arguments: [3, 4], [1, 2, 3, 16, 37, 64])
    func conversion(channels: Int, width: Int) {
        let (upper, lower) = (Self.bytes(width * channels + 64, 1), Self.bytes(width * channels + 64, 2))
        var luma = [UInt8](repeating: 0, count: width)
        var (blue, red) = (luma, luma)
        still_luma_row(upper, Int32(channels), &luma, width)
        still_chroma_row(upper, lower, Int32(channels), &blue, &red, width)
        func pixel(_ row: [UInt8], _ x: Int) -> SIMD3<Int32> {
            let i = max(0, min(width - 1, x)) * channels
            return SIMD3(Int32(row[i]), Int32(row[i + 1]), Int32(row[i + 2]))
        }
        for x in 0..<width {
            let p = pixel(upper, x)
            #expect(luma[x] == BT709.luma(p.x, p.y, p.z))
        }
        for x in 0..<(width + 1) / 2 {
            var sum = SIMD3<Int32>()
            for row in [upper, lower] {
                sum = sum &+ pixel(row, 2 * x - 1) &+ 2 &* pixel(row, 2 * x) &+ pixel(row, 2 * x + 1)
            }
            func quantised(_ r: Int32, _ g: Int32, _ b: Int32) -> UInt8 {
                UInt8((r * sum.x + g * sum.y + b * sum.z + (128 << 19) + (32767 << 3)) >> 19)
            }
            #expect(blue[x] == quantised(-6596, -22189, 28784) && red[x] == quantised(28784, -26145, -2639))
        }
    }
}
