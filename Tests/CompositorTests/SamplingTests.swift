// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning
import Testing

@testable import Compositor

/// A small generator of numbers from a fixed seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

@Suite struct SamplingTests {
    static let variants = PlaneSampler.Variant.allCases.filter(\.isAvailable)

    /// Random sizes, from one sample to wider than a strip; random steps, places beyond the edges, and shares.
    @Test(arguments: variants, [UInt64(1), 2, 3]) func everyVariantGivesTheBytesOfTheReference(
        variant: PlaneSampler.Variant, seed: UInt64
    ) {
        var numbers = SeededNumbers(seed)
        let sampler = PlaneSampler(variant: variant)
        let (columns, rows) = (SampleAxis(), SampleAxis())
        for round in 0..<30 {
            let width = round == 0 ? 2500 : Int.random(in: 1...200, using: &numbers)
            let height = Int.random(in: 1...40, using: &numbers)
            let outWidth = round == 0 ? 2200 : Int.random(in: 1...300, using: &numbers)
            let outHeight = Int.random(in: 1...24, using: &numbers)
            let blend = Bool.random(using: &numbers) ? 256 : Int.random(in: 0...256, using: &numbers)
            let source = Picture(width: width, height: height)
            source.y.fill(with: &numbers)
            func fill(_ axis: SampleAxis, _ count: Int, _ size: Int) {
                axis.fill(
                    count: count, sourceCount: size,
                    origin: Int64.random(in: -20 << 32...Int64(size + 5) << 32, using: &numbers),
                    step: Int64.random(in: 1...Int64(2.6 * 4_294_967_296), using: &numbers))
            }
            fill(columns, outWidth, width)
            fill(rows, outHeight, height)
            // In the middle of a larger picture, so that a write outside shows.
            let target = Picture(width: outWidth + 70, height: outHeight + 2)
            target.y.fill(with: &numbers)
            let expected = Picture(layout: target.layout)
            expected.mutableY.copy(from: target.y)
            let x = Int.random(in: 0...3, using: &numbers)
            sampler.sample(
                source.y, into: target.mutableY.part(x: x, y: 1, width: outWidth, height: outHeight), columns: columns,
                rows: rows, blend: blend)
            PlaneSampler.reference(
                source.y, into: expected.mutableY.part(x: x, y: 1, width: outWidth, height: outHeight),
                columns: columns, rows: rows, blend: blend)
            #expect(
                target.y.samples == expected.y.samples,
                "round \(round): \(width)×\(height) to \(outWidth)×\(outHeight) at \(blend)")
        }
    }

    @Test func weightsOfEveryOutputAddUpToOneAndStayInside() {
        var numbers = SeededNumbers(7)
        let axis = SampleAxis()
        for _ in 0..<60 {
            let source = Int.random(in: 1...80, using: &numbers)
            axis.fill(
                count: 50, sourceCount: source, origin: Int64.random(in: -30 << 32...90 << 32, using: &numbers),
                step: Int64.random(in: 1...Int64(2.6 * 4_294_967_296), using: &numbers))
            var before: Int32 = 0
            for i in 0..<50 {
                let weights = (0..<axis.taps).map { Int(axis.weights[i * axis.taps + $0]) }
                #expect(weights.reduce(0, +) == 16384)
                #expect(weights.map(abs).reduce(0, +) < 31129)
                #expect(axis.starts[i] >= before && Int(axis.starts[i]) + axis.taps <= source)
                before = axis.starts[i]
            }
        }
    }

    @Test func anEvenPlaneStaysEven() {
        for sample in [UInt8(0), 16, 77, 235, 255] {
            let source = Picture(width: 64, height: 48)
            source.fill((sample, sample, sample))
            let target = Picture(width: 50, height: 50)
            target.fill((1, 1, 1))
            PictureSampler().draw(
                source, part: .init(x: 3.3, y: 1.7, width: 41.9, height: 40.1), into: target,
                at: .init(x: 0, y: 0, width: 50, height: 50))
            for plane in [target.y, target.u, target.v] { #expect(plane.samples.allSatisfy { $0 == sample }) }
        }
    }

    /// A ramp moved by a quarter of a sample moves by a quarter of its slope.
    @Test func positionsReachBelowASample() {
        let source = Picture(width: 64, height: 16)
        for y in 0..<16 { for x in 0..<64 { source.mutableY.row(y)[x] = UInt8(x * 4) } }
        source.mutableU.fill(128)
        source.mutableV.fill(128)
        for quarter in 0..<4 {
            let target = Picture(width: 32, height: 16)
            PictureSampler().draw(
                source, part: .init(x: 10 + Double(quarter) / 4, y: 0, width: 32, height: 16), into: target,
                at: .init(x: 0, y: 0, width: 32, height: 16))
            for x in 4..<28 { #expect(target.y.row(8)[x] == UInt8(40 + quarter + 4 * x)) }
        }
    }

    @Test func aWholeStepCopies() {
        var numbers = SeededNumbers(3)
        let source = Picture(width: 40, height: 30)
        for plane in source.colourPlanes { plane.plane.fill(with: &numbers) }
        let target = Picture(width: 20, height: 16)
        PictureSampler().draw(
            source, part: .init(x: 6, y: 8, width: 20, height: 16), into: target,
            at: .init(x: 0, y: 0, width: 20, height: 16))
        let same1 = target.y.samples == source.y.part(x: 6, y: 8, width: 20, height: 16).samples
        #expect(same1)
        // Chroma lies between rows, so whole luma steps are whole chroma steps too.
        let same2 = target.u.samples == source.u.part(x: 3, y: 4, width: 10, height: 8).samples
        #expect(same2)
        let same3 = target.v.samples == source.v.part(x: 3, y: 4, width: 10, height: 8).samples
        #expect(same3)
    }

    /// A rectangle that covers a part of a pixel shows by that part; the sum of light is that of its area.
    @Test(arguments: [(0.25, 0.5, 7.5, 3.25), (1.5, 2.5, 1.25, 0.5), (-2.5, -1.25, 8.0, 6.0), (9.75, 7.5, 9.0, 9.0)])
    func edgesBetweenPixelsAreDrawnByTheirShare(x: Double, y: Double, width: Double, height: Double) {
        let white = Picture(width: 4, height: 4)
        white.fill((216, 128, 128))
        let target = Picture(width: 12, height: 10)
        target.fill((16, 128, 128))
        PictureSampler().draw(white, into: target, at: .init(x: x, y: y, width: width, height: height))
        let light = target.y.samples.reduce(0) { $0 + Int($1) - 16 }
        let visible = (min(x + width, 12) - max(x, 0)) * (min(y + height, 10) - max(y, 0))
        #expect(abs(Double(light) / 200 - visible) < 0.1)
    }

    @Test(arguments: [500, 300, 200, 61, 7]) func aSteepReductionDoesNotAlias(size: Int) {
        let source = Picture(width: 640, height: 640)
        for y in 0..<640 { for x in 0..<640 { source.mutableY.row(y)[x] = (x ^ y) & 1 == 0 ? 0 : 255 } }
        source.mutableU.fill(128)
        source.mutableV.fill(128)
        let target = Picture(width: size, height: size)
        PictureSampler().draw(source, into: target, at: .init(x: 0, y: 0, width: Double(size), height: Double(size)))
        let spread = target.y.samples.filter { abs(Int($0) - 127) > 8 }.count
        #expect(Double(spread) / Double(size * size) < 0.05)
    }
}

extension Plane {
    /// All samples, row by row.
    var samples: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
            for y in 0..<height { buffer.baseAddress?.advanced(by: y * width).update(from: row(y), count: width) }
            count = width * height
        }
    }

    /// Fills the (writable) plane with noise; one sample in two is black or white.
    func fill(with numbers: inout SeededNumbers) {
        let target = MutablePlane(
            base: UnsafeMutablePointer(mutating: base), stride: stride, width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let number = numbers.next()
                target.row(y)[x] =
                    number & 0x100 == 0 ? UInt8(truncatingIfNeeded: number) : number & 0x200 == 0 ? 0 : 255
            }
        }
    }
}
