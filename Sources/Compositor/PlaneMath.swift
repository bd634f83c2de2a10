// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// Plain loops over samples, in a shape that the compiler turns into vector code.
enum PlaneMath {
    /// An index beyond either end, thrown back as by mirrors there: … 1 0 | 0 1 … n−1 | n−1 n−2 …
    @inline(__always) static func mirrored(_ index: Int, _ count: Int) -> Int {
        let place = index % (2 * count)
        let around = place < 0 ? place + 2 * count : place
        return around < count ? around : 2 * count - 1 - around
    }

    /// target = (a · (256 − share) + b · share + 128) / 256.
    static func mix(_ a: Plane, _ b: Plane, share: Int, into target: MutablePlane) {
        let (one, other) = (UInt16(256 - share), UInt16(share))
        for y in 0..<target.height {
            let (from, to, out) = (a.row(y), b.row(y), target.row(y))
            for x in 0..<target.width {
                out[x] = UInt8(truncatingIfNeeded: (UInt16(from[x]) &* one &+ UInt16(to[x]) &* other &+ 128) >> 8)
            }
        }
    }

    /// As `mix`, with a share of its own for each column.
    static func mix(_ a: Plane, _ b: Plane, shares: UnsafePointer<UInt16>, into target: MutablePlane) {
        for y in 0..<target.height { mixRow(a.row(y), b.row(y), shares, target.row(y), target.width) }
    }

    /// One row, a share (0…256) for each sample.
    @inline(__always) static func mixRow(
        _ from: UnsafePointer<UInt8>, _ to: UnsafePointer<UInt8>, _ shares: UnsafePointer<UInt16>,
        _ out: UnsafeMutablePointer<UInt8>, _ width: Int
    ) {
        for x in 0..<width {
            let share = shares[x]
            out[x] = UInt8(
                truncatingIfNeeded: (UInt16(from[x]) &* (256 &- share) &+ UInt16(to[x]) &* share &+ 128) >> 8)
        }
    }

    /// target = sample towards `level`: (sample · share + level · (256 − share) + 128) / 256.
    static func scale(_ source: Plane, about level: UInt8, share: Int, into target: MutablePlane) {
        let factor = UInt16(share), rest = UInt16(level) &* UInt16(256 - share) &+ 128
        for y in 0..<target.height {
            let (from, out) = (source.row(y), target.row(y))
            for x in 0..<target.width { out[x] = UInt8(truncatingIfNeeded: (UInt16(from[x]) &* factor &+ rest) >> 8) }
        }
    }
}

extension Picture {
    /// The three planes of colour.
    var colourPlanes: [(plane: Plane, mutable: MutablePlane, black: UInt8)] {
        [(y, mutableY, 16), (u, mutableU, 128), (v, mutableV, 128)]
    }

    /// Mixes two pictures of this size: all of `a` at share 0, all of `b` at 256.
    func mix(_ a: Picture, _ b: Picture, share: Int) {
        if share <= 0 { return copyColours(of: a) }
        if share >= 256 { return copyColours(of: b) }
        PlaneMath.mix(a.y, b.y, share: share, into: mutableY)
        PlaneMath.mix(a.u, b.u, share: share, into: mutableU)
        PlaneMath.mix(a.v, b.v, share: share, into: mutableV)
    }

    /// Mixes a picture of this size with one colour: all colour at share 0.
    func mix(_ source: Picture, with colour: (y: UInt8, u: UInt8, v: UInt8), share: Int) {
        if share >= 256 { return copyColours(of: source) }
        PlaneMath.scale(source.y, about: colour.y, share: share, into: mutableY)
        PlaneMath.scale(source.u, about: colour.u, share: share, into: mutableU)
        PlaneMath.scale(source.v, about: colour.v, share: share, into: mutableV)
    }

    func copyColours(of other: Picture) {
        if other === self { return }
        mutableY.copy(from: other.y)
        mutableU.copy(from: other.u)
        mutableV.copy(from: other.v)
    }
}
