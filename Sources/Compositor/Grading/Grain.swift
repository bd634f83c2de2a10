// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// Film grain: noise in luma, the same for the same frame of a segment, strongest in the middle tones.
struct Grain {
    private static let side = 256
    private let tile: [Int16]
    /// Strength by luma, in 1/256.
    private let strength: [Int16]

    /// `amount` 0…1; `size` is the grain's width in pixels, 1 or 2.
    init(amount: Double, size: Int) {
        let side = Self.side
        // Sums of four bytes come near a bell curve; their mean is 0 and their spread 148.
        func noise(_ x: Int, _ y: Int) -> Int {
            let hash = Noise.hash(UInt32(x % side), UInt32(y % side), 77)
            return Int(hash & 255) + Int(hash >> 8 & 255) + Int(hash >> 16 & 255) + Int(hash >> 24) - 510
        }
        tile = (0..<side * side).map { index in
            let (x, y) = (index % side, index / side)
            if size <= 1 {
                // A little softer than single pixels.
                return Int16((4 * noise(x, y) + noise(x + 1, y) + noise(x, y + 1)) / 5)
            }
            return Int16((2 * noise(x, y) + 2 * noise(x + 1, y) + 2 * noise(x, y + 1) + 2 * noise(x + 1, y + 1)) / 5)
        }
        let most = 22 * min(max(amount, 0), 1)
        strength = (0..<256).map { sample in
            let luma = min(max((Double(sample) - 16) / 219, 0), 1)
            return Int16((most * (0.25 + 3 * luma * (1 - luma)) * 256 / 148).rounded())
        }
    }

    func apply(to plane: MutablePlane, frame: Int) {
        let side = Self.side
        tile.withUnsafeBufferPointer { tile in
            strength.withUnsafeBufferPointer { strength in
                for y in 0..<plane.height {
                    let row = plane.row(y)
                    // Each row and each frame begins elsewhere in the tile, so that no pattern repeats.
                    let hash = Int(Noise.hash(UInt32(truncatingIfNeeded: frame), UInt32(y / side), 5) & 0xFFFF)
                    let line = ((y + hash) & (side - 1)) * side
                    let shift = hash >> 8
                    for x in 0..<plane.width {
                        let block = (x >> 8) &* 97
                        let noise = Int32(tile[line + ((x + shift + block) & (side - 1))])
                        let value = Int32(row[x]) + ((noise &* Int32(strength[Int(row[x])]) + 128) >> 8)
                        row[x] = UInt8(truncatingIfNeeded: min(max(value, 16), 235))
                    }
                }
            }
        }
    }
}
