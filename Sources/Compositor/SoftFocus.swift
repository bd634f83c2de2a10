// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// Blurs a plane where it lies: three box blurs each way come close to a Gaussian. Works in 16 bits, so that what was made
/// from bytes keeps eight bits of fraction until it is rounded.
struct SoftFocus {
    private var a: [UInt16] = []
    private var b: [UInt16] = []

    /// `radius` of each box in samples (the Gaussian's deviation is about as large), from 1. Then the distance from `black`
    /// is taken `share`/256 times, and rounding is by noise instead of in steps, which leaves no bands in skies.
    mutating func apply(to plane: MutablePlane, radius: Int, black: Int = 0, share: Int = 256, noise: UInt32) {
        let (width, height) = (plane.width, plane.height)
        blur(plane.readable, radius: radius)
        a.withUnsafeBufferPointer { a in
            for y in 0..<height {
                let row = plane.row(y)
                for x in 0..<width {
                    let value = (black << 16) + (Int(a[y * width + x]) - (black << 8)) * share
                    let dither = Int(Noise.hash(UInt32(x), UInt32(y), noise) >> 16)
                    row[x] = UInt8(truncatingIfNeeded: (value + dither) >> 16)
                }
            }
        }
    }

    /// As `apply`, into `samples` (row by row, in 1/256 of a code value) and without rounding to whole ones.
    mutating func blur(_ plane: Plane, radius: Int, black: Int, share: Int, into samples: inout [UInt16]) {
        blur(plane, radius: radius)
        let count = plane.width * plane.height
        if samples.count != count { samples = [UInt16](repeating: 0, count: count) }
        for i in 0..<count {
            samples[i] = UInt16(
                truncatingIfNeeded: (black << 8) + ((Int(a[i]) - (black << 8)) * share + 128) >> 8)
        }
    }

    /// Leaves the blurred plane in `a`.
    private mutating func blur(_ plane: Plane, radius: Int) {
        let (width, height) = (plane.width, plane.height)
        let count = width * height
        if a.count < count {
            a = [UInt16](repeating: 0, count: count)
            b = a
        }
        a.withUnsafeMutableBufferPointer { first in
            b.withUnsafeMutableBufferPointer { second in
                guard let a = first.baseAddress, let b = second.baseAddress else { return }
                for y in 0..<height {
                    let row = plane.row(y)
                    for x in 0..<width { a[y * width + x] = UInt16(row[x]) << 8 }
                }
                for _ in 0..<3 {
                    for y in 0..<height {
                        Self.across(a + y * width, into: b + y * width, count: width, radius: radius)
                    }
                    Self.down(b, into: a, width: width, height: height, radius: radius)
                }
            }
        }
    }

    /// Means of `2 · radius + 1` neighbours along a row; the ends repeat.
    private static func across(
        _ from: UnsafePointer<UInt16>, into to: UnsafeMutablePointer<UInt16>, count: Int, radius: Int
    ) {
        let size = UInt32(2 * radius + 1)
        let factor = (UInt32(1) << 16 + size / 2) / size
        var sum = UInt32(from[0]) * UInt32(radius)
        for i in 0...radius { sum += UInt32(from[min(i, count - 1)]) }
        for i in 0..<count {
            to[i] = UInt16(truncatingIfNeeded: min(65535, (UInt64(sum) * UInt64(factor) + 32768) >> 16))
            sum += UInt32(from[min(i + radius + 1, count - 1)])
            sum -= UInt32(from[max(i - radius, 0)])
        }
    }

    /// The same along columns, a whole row of sums at a time.
    private static func down(
        _ from: UnsafePointer<UInt16>, into to: UnsafeMutablePointer<UInt16>, width: Int, height: Int, radius: Int
    ) {
        let size = UInt32(2 * radius + 1)
        let factor = (UInt32(1) << 16 + size / 2) / size
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: width) { buffer in
            guard let sums = buffer.baseAddress else { return }
            for x in 0..<width { sums[x] = UInt32(from[x]) * UInt32(radius) }
            for i in 0...radius {
                let row = from + min(i, height - 1) * width
                for x in 0..<width { sums[x] &+= UInt32(row[x]) }
            }
            for y in 0..<height {
                let row = to + y * width
                let coming = from + min(y + radius + 1, height - 1) * width, leaving = from + max(y - radius, 0) * width
                for x in 0..<width {
                    row[x] = UInt16(truncatingIfNeeded: min(65535, (UInt64(sums[x]) * UInt64(factor) + 32768) >> 16))
                    sums[x] = sums[x] &+ UInt32(coming[x]) &- UInt32(leaving[x])
                }
            }
        }
    }
}
