// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A square of noise that goes on without a seam on all sides.
struct GrainTile {
    static let side = 512
    /// Row by row, twice as wide as it is high, so that a row may begin anywhere.
    private var samples: [Int16]

    /// Octaves of smooth noise: each with the width of its grains in pixels (a divisor of 512) and its strength.
    init(_ octaves: [(width: Int, strength: Int)], seed: UInt32) {
        let side = Self.side
        var sums = [Int](repeating: 0, count: side * side)
        for (number, octave) in octaves.enumerated() {
            let cells = side / octave.width
            let knots = (0..<cells * cells).map { index in
                let hash = Noise.hash(UInt32(index % cells), UInt32(index / cells), seed &+ UInt32(number) &* 977)
                return Int(hash & 255) + Int(hash >> 8 & 255) + Int(hash >> 16 & 255) + Int(hash >> 24) - 510
            }
            /// Smooth steps between knots.
            let shares = (0..<octave.width).map { place -> Int in
                let t = place * 256 / octave.width
                return (t * t * (768 - 2 * t)) >> 16
            }
            for y in 0..<side {
                let (row, below, down) = (
                    y / octave.width * cells, (y / octave.width + 1) % cells * cells, shares[y % octave.width]
                )
                for x in 0..<side {
                    let (left, right, over) = (
                        x / octave.width, (x / octave.width + 1) % cells, shares[x % octave.width]
                    )
                    let upper = knots[row + left] * (256 - over) + knots[row + right] * over
                    let lower = knots[below + left] * (256 - over) + knots[below + right] * over
                    sums[y * side + x] += (upper * (256 - down) + lower * down) / 65536 * octave.strength
                }
            }
        }
        samples = [Int16](repeating: 0, count: side * side * 2)
        for y in 0..<side {
            for x in 0..<2 * side { samples[y * 2 * side + x] = Int16(clamping: sums[y * side + x % side] / 256) }
        }
    }

    /// Adds `strength`/256 of the noise to a plane, the tile beginning at (x, y).
    func add(to plane: MutablePlane, x: Int, y: Int, strength: Int) {
        let side = Self.side, factor = Int16(strength)
        samples.withUnsafeBufferPointer { samples in
            guard let base = samples.baseAddress else { return }
            for line in 0..<plane.height {
                let from = base + ((line + y) & (side - 1)) * 2 * side
                let row = plane.row(line)
                var start = 0
                while start < plane.width {
                    let place = (start + x) & (side - 1)
                    let count = min(2 * side - place, plane.width - start)
                    let (noise, out) = (from + place, row + start)
                    for i in 0..<count {
                        let value = Int16(out[i]) &+ (noise[i] &* factor &+ 128) >> 8
                        out[i] = UInt8(truncatingIfNeeded: min(max(value, 16), 235))
                    }
                    start += count
                }
            }
        }
    }
}

extension GrainTile {
    /// How much the next sample in a direction is above the one before.
    func slope(across: Int, down: Int) -> GrainTile {
        let side = Self.side
        var slope = self
        for y in 0..<side {
            for x in 0..<2 * side {
                func sample(_ sign: Int) -> Int16 {
                    samples[((y + sign * down) & (side - 1)) * 2 * side + (x + sign * across) & (side - 1)]
                }
                slope.samples[y * 2 * side + x] = min(max(sample(1) - sample(-1), -600), 600)
            }
        }
        return slope
    }
}
