// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

extension Coverage {
    /// Blurred by a Gaussian of `sigma` pixels, shifted down by `dy` whole pixels, and multiplied by `gain` (a spread: 1 = none).
    ///
    /// Wide blurs are made on a copy shrunk by 2, 4, 8 … and drawn up again, so that a wide one costs less than a narrow one.
    /// Integers throughout: the same bytes everywhere.
    func blurred(sigma: Double, dy: Int, gain: Double) -> Coverage {
        var factor = 1
        while factor < Self.grain, sigma / Double(factor) > 3 { factor *= 2 }
        let (w, h) = (width / factor, height / factor)
        // Shrinking by a box and growing by a tent blur too: variances of f²/12 and f²/6.
        let own = factor == 1 ? 0 : Double(factor * factor) / 4
        let kernel = Self.gaussian(max(sigma * sigma - own, 0).squareRoot() / Double(factor))
        var plane = shrunk(by: factor)
        if kernel.count > 1 {
            plane = Self.convolvedAcross(plane, w, h, kernel)
            plane = Self.convolvedDown(plane, w, h, kernel)
        }
        return grown(plane, by: factor, dy: dy, gain: gain)
    }

    /// Weights of just under 2^16 in all, odd in number, symmetric.
    private static func gaussian(_ sigma: Double) -> [UInt16] {
        guard sigma > 0.2 else { return [65535] }
        let reach = Int((sigma * 3).rounded(.up))
        let raw = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = raw.reduce(0, +)
        var weights = raw.map { UInt16(($0 / sum * 65535).rounded()) }
        let others = weights.enumerated().reduce(0) { $1.offset == reach ? $0 : $0 + Int($1.element) }
        weights[reach] = UInt16(65535 - others)
        return weights
    }

    /// Mean of blocks, in 1/256 of a step of coverage.
    private func shrunk(by factor: Int) -> [UInt16] {
        if factor == 1 { return values.map { UInt16($0) << 8 } }
        let (width, w, h) = (width, width / factor, height / factor)
        let shift = UInt32(factor.trailingZeroBitCount * 2)
        var result = [UInt16](repeating: 0, count: w * h)
        var columns = [UInt32](repeating: 0, count: width)
        values.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { out in
                columns.withUnsafeMutableBufferPointer { columns in
                    for y in 0..<h {
                        for x in 0..<width { columns[x] = 0 }
                        for j in 0..<factor {
                            let row = (y &* factor &+ j) &* width
                            for x in 0..<width { columns[x] = columns[x] &+ UInt32(source[row &+ x]) }
                        }
                        for x in 0..<w {
                            var sum: UInt32 = 0
                            for i in 0..<factor { sum = sum &+ columns[x &* factor &+ i] }
                            out[y &* w &+ x] = UInt16(truncatingIfNeeded: (sum &<< 8) &>> shift)
                        }
                    }
                }
            }
        }
        return result
    }

    /// sums[x] += source[x] · weight: the one hot loop, in a shape that becomes vector instructions.
    @inline(__always)
    private static func accumulate(
        _ sums: UnsafeMutablePointer<UInt32>, _ source: UnsafePointer<UInt16>, _ weight: UInt16, _ count: Int
    ) {
        for x in 0..<count { sums[x] = sums[x] &+ UInt32(source[x]) &* UInt32(weight) }
    }

    private static func convolvedAcross(_ plane: [UInt16], _ w: Int, _ h: Int, _ kernel: [UInt16]) -> [UInt16] {
        let reach = kernel.count / 2
        var result = [UInt16](repeating: 0, count: plane.count)
        var padded = [UInt16](repeating: 0, count: w + 2 * reach)
        var sums = [UInt32](repeating: 0, count: w)
        plane.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { out in
                padded.withUnsafeMutableBufferPointer { padded in
                    sums.withUnsafeMutableBufferPointer { sums in
                        guard let padded = padded.baseAddress, let sums = sums.baseAddress else { return }
                        for y in 0..<h {
                            let row = y &* w
                            var all: UInt16 = 0
                            for x in 0..<w {
                                padded[reach &+ x] = source[row &+ x]
                                all |= source[row &+ x]
                            }
                            if all == 0 { continue }
                            for x in 0..<w { sums[x] = 32768 }
                            for k in 0..<kernel.count { accumulate(sums, padded + k, kernel[k], w) }
                            for x in 0..<w { out[row &+ x] = UInt16(truncatingIfNeeded: sums[x] &>> 16) }
                        }
                    }
                }
            }
        }
        return result
    }

    private static func convolvedDown(_ plane: [UInt16], _ w: Int, _ h: Int, _ kernel: [UInt16]) -> [UInt16] {
        let reach = kernel.count / 2
        var result = [UInt16](repeating: 0, count: plane.count)
        var sums = [UInt32](repeating: 0, count: w)
        plane.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { out in
                sums.withUnsafeMutableBufferPointer { sums in
                    guard let source = source.baseAddress, let sums = sums.baseAddress else { return }
                    for y in 0..<h {
                        for x in 0..<w { sums[x] = 32768 }
                        for k in 0..<kernel.count {
                            let row = y &+ k &- reach
                            if row >= 0, row < h { accumulate(sums, source + row * w, kernel[k], w) }
                        }
                        for x in 0..<w { out[y &* w &+ x] = UInt16(truncatingIfNeeded: sums[x] &>> 16) }
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
        let half = UInt32(128) << UInt32(shift)
        var row = [UInt32](repeating: 0, count: w + 2)
        plane.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { out in
                row.withUnsafeMutableBufferPointer { row in
                    for y in 0..<height {
                        let at = 2 * (y - dy) + 1 - factor
                        let upper = at >> shift
                        if upper < -1 || upper > h - 1 { continue }
                        let share = UInt32(at & mask)
                        let (rowA, rowB) = (max(upper, 0) * w, min(upper + 1, h - 1) * w)
                        var any: UInt32 = 0
                        for x in 0..<w {
                            let sum =
                                UInt32(source[rowA &+ x]) &* (full &- share) &+ UInt32(source[rowB &+ x]) &* share
                            let value = ((sum &>> UInt32(shift)) &* gain) &>> 8
                            row[x &+ 1] = min(value, 65280)
                            any |= value
                        }
                        if any == 0 { continue }
                        (row[0], row[w + 1]) = (row[1], row[w])
                        let to = y &* width
                        if factor == 1 {
                            for x in 0..<width { out[to &+ x] = UInt8(truncatingIfNeeded: (row[x &+ 1] &+ 128) &>> 8) }
                            continue
                        }
                        // One small sample to the next, and the `factor` pixels between their centres.
                        let lead = factor / 2
                        for s in 0...w {
                            let (a, b) = (row[s], row[s &+ 1])
                            if a | b == 0 { continue }
                            var sum = a &* (full &- 1) &+ b &+ half
                            let start = s &* factor &- lead
                            for i in 0..<factor {
                                let x = start &+ i
                                if x >= 0, x < width {
                                    out[to &+ x] = UInt8(truncatingIfNeeded: sum &>> UInt32(shift &+ 8))
                                }
                                sum = sum &+ 2 &* b &- 2 &* a
                            }
                        }
                    }
                }
            }
        }
        return result
    }
}

extension Coverage {
    /// Sets this to what two layers cover together, each as dense as its opacity: 1 − (1 − a)(1 − b).
    mutating func formScreen(_ other: Coverage, opacity: Double) {
        let opacity = UInt32((opacity * 255).rounded())
        let count = min(values.count, other.values.count)
        values.withUnsafeMutableBufferPointer { out in
            other.values.withUnsafeBufferPointer { layer in
                for i in 0..<count {
                    let t = UInt32(layer[i]) &* opacity &+ 128
                    let b = (t &+ (t &>> 8)) &>> 8
                    let a = UInt32(out[i])
                    let u = (255 &- a) &* (255 &- b) &+ 128
                    out[i] = UInt8(truncatingIfNeeded: 255 &- ((u &+ (u &>> 8)) &>> 8))
                }
            }
        }
    }
}
