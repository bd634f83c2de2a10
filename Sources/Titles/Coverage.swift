// SPDX-License-Identifier: GPL-3.0-or-later
import CPango
import Glibc

/// How much of each pixel a shape covers: 8 bits, 0 none … 255 all. Sides are multiples of 16, rows packed.
struct Coverage {
    static let grain = 16

    let width: Int
    let height: Int
    var values: [UInt8]

    init(width: Int, height: Int) {
        self.width = (width + Self.grain - 1) / Self.grain * Self.grain
        self.height = (height + Self.grain - 1) / Self.grain * Self.grain
        values = [UInt8](repeating: 0, count: self.width * self.height)
    }

    /// Lets Cairo draw into it. Nil when Cairo has no memory.
    mutating func draw(_ body: (OpaquePointer) -> Void) -> Bool {
        let (width, height) = (width, height)
        return values.withUnsafeMutableBufferPointer { buffer in
            guard
                let surface = cairo_image_surface_create_for_data(
                    buffer.baseAddress, CAIRO_FORMAT_A8, Int32(width), Int32(height), Int32(width)),
                let cairo = cairo_create(surface)
            else { return false }
            defer {
                cairo_destroy(cairo)
                cairo_surface_finish(surface)
                cairo_surface_destroy(surface)
            }
            cairo_set_antialias(cairo, CAIRO_ANTIALIAS_BEST)
            cairo_set_tolerance(cairo, 0.05)
            cairo_set_source_rgba(cairo, 1, 1, 1, 1)
            body(cairo)
            cairo_surface_flush(surface)
            return cairo_status(cairo) == CAIRO_STATUS_SUCCESS
        }
    }
}

extension Coverage {
    /// Blurred by a Gaussian of `sigma` pixels, shifted down by `dy` whole pixels, and multiplied by `gain` (a spread: 1 = none).
    ///
    /// Wide blurs are made on a copy shrunk by 2, 4, 8 or 16 and drawn up again, so that every one costs about the same.
    /// Integers throughout: the same bytes everywhere.
    func blurred(sigma: Double, dy: Int, gain: Double) -> Coverage {
        var factor = 1
        while factor < Self.grain, sigma / Double(factor) > 3 { factor *= 2 }
        var plane = shrunk(by: factor)
        let (w, h) = (width / factor, height / factor)
        let kernel = Self.gaussian(sigma / Double(factor))
        plane = Self.convolvedDown(Self.convolvedAcross(plane, w, h, kernel), w, h, kernel)
        return grown(plane, by: factor, dy: dy, gain: gain)
    }

    /// Weights of 2^16 in all, odd in number.
    private static func gaussian(_ sigma: Double) -> [UInt32] {
        guard sigma > 0.05 else { return [65536] }
        let reach = Int((sigma * 3).rounded(.up))
        let raw = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = raw.reduce(0, +)
        var weights = raw.map { UInt32(($0 / sum * 65536).rounded()) }
        let total = weights.reduce(0, +)
        weights[reach] = weights[reach] &+ 65536 &- total
        return weights
    }

    /// Mean of blocks, in 1/256 of a step of coverage.
    private func shrunk(by factor: Int) -> [UInt16] {
        if factor == 1 { return values.map { UInt16($0) << 8 } }
        let (w, h) = (width / factor, height / factor)
        let shift = UInt32(factor.trailingZeroBitCount * 2)
        var result = [UInt16](repeating: 0, count: w * h)
        values.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { out in
                for y in 0..<h {
                    for x in 0..<w {
                        var sum: UInt32 = 0
                        for j in 0..<factor {
                            let row = (y * factor + j) * width + x * factor
                            for i in 0..<factor { sum &+= UInt32(source[row + i]) }
                        }
                        out[y * w + x] = UInt16(truncatingIfNeeded: (sum << 8) >> shift)
                    }
                }
            }
        }
        return result
    }

    private static func convolvedAcross(_ plane: [UInt16], _ w: Int, _ h: Int, _ kernel: [UInt32]) -> [UInt16] {
        let reach = kernel.count / 2
        guard reach > 0 else { return plane }
        var result = plane
        var padded = [UInt16](repeating: 0, count: w + 2 * reach)
        var sums = [UInt32](repeating: 0, count: w)
        plane.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { out in
                padded.withUnsafeMutableBufferPointer { padded in
                    sums.withUnsafeMutableBufferPointer { sums in
                        for y in 0..<h {
                            var isEmpty: UInt16 = 0
                            for x in 0..<w {
                                padded[reach + x] = source[y * w + x]
                                isEmpty |= source[y * w + x]
                            }
                            if isEmpty == 0 { continue }
                            for x in 0..<w { sums[x] = 32768 }
                            for k in 0..<kernel.count {
                                let weight = kernel[k]
                                for x in 0..<w { sums[x] &+= UInt32(padded[x + k]) &* weight }
                            }
                            for x in 0..<w { out[y * w + x] = UInt16(truncatingIfNeeded: sums[x] >> 16) }
                        }
                    }
                }
            }
        }
        return result
    }

    private static func convolvedDown(_ plane: [UInt16], _ w: Int, _ h: Int, _ kernel: [UInt32]) -> [UInt16] {
        let reach = kernel.count / 2
        guard reach > 0 else { return plane }
        var result = plane
        var sums = [UInt32](repeating: 0, count: w)
        plane.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { out in
                sums.withUnsafeMutableBufferPointer { sums in
                    for y in 0..<h {
                        for x in 0..<w { sums[x] = 32768 }
                        for k in 0..<kernel.count {
                            let row = y + k - reach
                            guard row >= 0, row < h else { continue }
                            let weight = kernel[k]
                            for x in 0..<w { sums[x] &+= UInt32(source[row * w + x]) &* weight }
                        }
                        for x in 0..<w { out[y * w + x] = UInt16(truncatingIfNeeded: sums[x] >> 16) }
                    }
                }
            }
        }
        return result
    }

    /// Bilinear, sample centres aligned; the shift and the gain are applied on the way.
    private func grown(_ plane: [UInt16], by factor: Int, dy: Int, gain: Double) -> Coverage {
        var result = Coverage(width: width, height: height)
        let (width, height) = (width, height)
        let (w, h) = (width / factor, height / factor)
        let gain = UInt32((min(max(gain, 0), 16) * 256).rounded())
        // Positions are in halves of a large pixel: 2 · factor of them to a small one.
        let shift = factor.trailingZeroBitCount + 1
        let (mask, full) = ((1 << shift) - 1, UInt32(1 << shift))
        var row = [UInt32](repeating: 0, count: w + 2)
        plane.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { out in
                row.withUnsafeMutableBufferPointer { row in
                    for y in 0..<height {
                        let at = 2 * (y - dy) + 1 - factor
                        let upper = at >> shift
                        if upper < -1 || upper > h - 1 { continue }
                        let share = UInt32(at & mask)
                        let rowA = max(upper, 0) * w
                        let rowB = min(upper + 1, h - 1) * w
                        for x in 0..<w {
                            let sum = UInt32(source[rowA + x]) &* (full &- share) &+ UInt32(source[rowB + x]) &* share
                            row[x + 1] = ((sum >> UInt32(shift)) &* gain) >> 8
                        }
                        row[0] = row[1]
                        row[w + 1] = row[w]
                        for x in 0..<width {
                            let position = 2 * x + 1 - factor
                            let left = (position >> shift) + 1
                            let portion = UInt32(position & mask)
                            let sum = row[left] &* (full &- portion) &+ row[left + 1] &* portion
                            out[y * width + x] = UInt8(
                                truncatingIfNeeded: min(((sum >> UInt32(shift)) &+ 128) >> 8, 255))
                        }
                    }
                }
            }
        }
        return result
    }
}
