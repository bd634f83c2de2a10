// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A small blurred plane that is enlarged smoothly: it keeps eight bits of fraction and is rounded only where it is drawn, by
/// fine noise at the size of the canvas. (Rounded while it is small, the steps and the noise would be enlarged with it, into
/// blotches in every sky.)
final class SoftPlane {
    private var width = 1
    private var height = 1
    /// In 1/256 of a code value.
    private var samples: [UInt16] = [0]
    /// Two rows of it, as wide as the target.
    private var upper: [UInt16] = []
    private var lower: [UInt16] = []

    /// Takes `plane`, blurred by `radius` (`SoftFocus`), its distance from `black` taken `share`/256 times.
    func take(_ plane: Plane, radius: Int, black: Int, share: Int, with focus: inout SoftFocus) {
        (width, height) = (plane.width, plane.height)
        focus.blur(plane, radius: radius, black: black, share: share, into: &samples)
    }

    /// Takes `samples` as they are, in 1/256 of a code value, row by row.
    func take(_ samples: [UInt16], width: Int, height: Int) {
        precondition(samples.count == width * height, "a sample for each place")
        (self.width, self.height) = (width, height)
        self.samples = samples
    }

    /// Where the samples of one axis of a target lie in this plane: sample `i` at `origin + i · step`.
    struct Axis {
        var origin: Double
        var step: Double
    }

    /// Fills `target`; between samples it goes straight, beyond the edges they repeat.
    func draw(into target: MutablePlane, across: Axis, down: Axis) {
        if upper.count != target.width {
            upper = [UInt16](repeating: 0, count: target.width)
            lower = upper
        }
        let (origin, step) = (Self.fixed(down.origin), Self.fixed(down.step))
        var (above, below) = (-1, -1)
        for y in 0..<target.height {
            let place = min(max(origin + y * step, 0), (height - 1) << 16)
            let row = place >> 16
            if row != above {
                if row == below { swap(&upper, &lower) } else { stretch(row, across, into: &upper) }
                above = row
                below = min(row + 1, height - 1)
                stretch(below, across, into: &lower)
            }
            Self.mix(upper, lower, share: place & 0xFFFF, row: y, into: target.row(y), count: target.width)
        }
    }

    /// One row at the width of the target.
    private func stretch(_ row: Int, _ across: Axis, into wide: inout [UInt16]) {
        let (origin, step) = (Self.fixed(across.origin), Self.fixed(across.step))
        let last = width - 1, count = wide.count
        samples.withUnsafeBufferPointer { samples in
            wide.withUnsafeMutableBufferPointer { wide in
                guard let from = samples.baseAddress.map({ $0 + row * width }), let to = wide.baseAddress else {
                    return
                }
                var at = origin
                for x in 0..<count {
                    let place = min(max(at, 0), last << 16)
                    let left = place >> 16, share = UInt32(truncatingIfNeeded: (place >> 8) & 255)
                    let sum = UInt32(from[left]) &* (256 &- share) &+ UInt32(from[min(left + 1, last)]) &* share
                    to[x] = UInt16(truncatingIfNeeded: (sum &+ 128) >> 8)
                    at += step
                }
            }
        }
    }

    /// Between two rows by `share` of 65536, rounded by noise: interleaved gradient noise (Jimenez 2014), the fraction of
    /// 52.98 times the fraction of 0.0671 x + 0.00584 y, evenly spread among near neighbours. All in 16 bits, so that it becomes
    /// vector code.
    private static func mix(
        _ upper: [UInt16], _ lower: [UInt16], share: Int, row: Int, into out: UnsafeMutablePointer<UInt8>, count: Int
    ) {
        let (one, two) = (UInt32(65535 - share), UInt32(share))
        let start = UInt16(truncatingIfNeeded: row) &* 383
        upper.withUnsafeBufferPointer { upper in
            lower.withUnsafeBufferPointer { lower in
                for x in 0..<count {
                    let value =
                        UInt16(truncatingIfNeeded: (UInt32(upper[x]) &* one) >> 16)
                        &+ UInt16(truncatingIfNeeded: (UInt32(lower[x]) &* two) >> 16)
                    let slope = UInt16(truncatingIfNeeded: x) &* 4398 &+ start
                    let noise = (slope &* 53 &- slope >> 6) >> 8
                    out[x] = UInt8(truncatingIfNeeded: (value &+ noise) >> 8)
                }
            }
        }
    }

    private static func fixed(_ x: Double) -> Int { Int((x * 65536).rounded()) }
}
