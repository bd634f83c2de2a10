// SPDX-License-Identifier: GPL-3.0-or-later
internal import PixelBuffers

/// Turns 4:2:0 limited-range samples made with another matrix into BT.709 ones, in place, in integers.
///
/// R'G'B' from the source matrix put through the BT.709 one is linear, and greys stay grey, so with chroma about 128
///
///     Y' = Y + a·U + b·V      U' = c·U + d·V      V' = e·U + f·V
///
/// which needs no picture in RGB between. Luma takes the chroma sample of its own 2×2 block.
struct MatrixChange {
    /// a … f in 1/65536.
    private let factors: [Int32]

    /// Nil where the source is BT.709 already.
    init?(from matrix: ColorMatrix) {
        guard matrix != .bt709 else { return nil }
        let source = Self.toRGB(matrix.weights)
        let target = Self.toYUV(ColorMatrix.bt709.weights)
        // Coefficients of U and V in each of Y', U', V'; in 8-bit steps, luma has 219 of them and chroma 224.
        func entry(_ row: Int, _ column: Int) -> Double {
            (0..<3).reduce(0) { $0 + target[row][$1] * source[$1][column] }
        }
        factors = [
            entry(0, 1) * 219 / 224, entry(0, 2) * 219 / 224, entry(1, 1), entry(1, 2), entry(2, 1), entry(2, 2),
        ].map { Int32(($0 * 65536).rounded()) }
    }

    /// Rows R, G, B; columns Y, Cb, Cr (Y in 0…1, chroma in ±0.5).
    private static func toRGB(_ k: (red: Double, blue: Double)) -> [[Double]] {
        let green = 1 - k.red - k.blue
        let (r, b) = (2 * (1 - k.red), 2 * (1 - k.blue))
        return [[1, 0, r], [1, -b * k.blue / green, -r * k.red / green], [1, b, 0]]
    }

    private static func toYUV(_ k: (red: Double, blue: Double)) -> [[Double]] {
        let green = 1 - k.red - k.blue
        let (r, b) = (2 * (1 - k.red), 2 * (1 - k.blue))
        return [
            [k.red, green, k.blue], [-k.red / b, -green / b, (1 - k.blue) / b],
            [(1 - k.red) / r, -green / r, -k.blue / r],
        ]
    }

    func apply(to picture: Picture) {
        let (luma, blue, red) = (picture.mutableY, picture.mutableU, picture.mutableV)
        for row in 0..<blue.height {
            let (u, v) = (blue.row(row), red.row(row))
            for lumaRow in 2 * row..<min(2 * row + 2, luma.height) {
                shiftLuma(luma.row(lumaRow), u, v, luma.width)
            }
            turnChroma(u, v, blue.width)
        }
    }

    private func shiftLuma(
        _ y: UnsafeMutablePointer<UInt8>, _ u: UnsafeMutablePointer<UInt8>, _ v: UnsafeMutablePointer<UInt8>,
        _ width: Int
    ) {
        let (a, b) = (factors[0], factors[1])
        for x in 0..<width {
            let shift = (a &* (Int32(u[x >> 1]) &- 128) &+ b &* (Int32(v[x >> 1]) &- 128) &+ 32768) >> 16
            y[x] = UInt8(truncatingIfNeeded: max(0, min(255, Int32(y[x]) &+ shift)))
        }
    }

    private func turnChroma(_ u: UnsafeMutablePointer<UInt8>, _ v: UnsafeMutablePointer<UInt8>, _ width: Int) {
        let (c, d, e, f) = (factors[2], factors[3], factors[4], factors[5])
        for x in 0..<width {
            let (blue, red) = (Int32(u[x]) &- 128, Int32(v[x]) &- 128)
            u[x] = UInt8(truncatingIfNeeded: max(0, min(255, 128 &+ (c &* blue &+ d &* red &+ 32768) >> 16)))
            v[x] = UInt8(truncatingIfNeeded: max(0, min(255, 128 &+ (e &* blue &+ f &* red &+ 32768) >> 16)))
        }
    }
}
