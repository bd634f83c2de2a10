// SPDX-License-Identifier: GPL-3.0-or-later

extension Picture {
    /// Takes over all samples of a picture of the same layout.
    public func copy(from other: Picture) {
        precondition(layout == other.layout, "pictures of one layout are copied")
        mutableY.copy(from: other.y)
        mutableU.copy(from: other.u)
        mutableV.copy(from: other.v)
        if let alpha = mutableAlpha, let from = other.alpha { alpha.copy(from: from) }
    }

    /// Makes every sample this colour; alpha, where there is one, becomes `alpha`.
    public func fill(_ colour: (y: UInt8, u: UInt8, v: UInt8), alpha: UInt8 = 255) {
        mutableY.fill(colour.y)
        mutableU.fill(colour.u)
        mutableV.fill(colour.v)
        mutableAlpha?.fill(alpha)
    }
}

extension MutablePlane {
    /// Takes over the samples of a plane of at least this size.
    public func copy(from other: Plane) {
        for y in 0..<height { row(y).update(from: other.row(y), count: width) }
    }

    public func fill(_ sample: UInt8) {
        for y in 0..<height { row(y).update(repeating: sample, count: width) }
    }

    /// The part of the plane that begins at (x, y).
    @inlinable public func part(x: Int, y: Int, width: Int, height: Int) -> MutablePlane {
        MutablePlane(base: row(y) + x, stride: stride, width: width, height: height)
    }
}

extension Plane {
    /// The part of the plane that begins at (x, y).
    @inlinable public func part(x: Int, y: Int, width: Int, height: Int) -> Plane {
        Plane(base: row(y) + x, stride: stride, width: width, height: height)
    }
}
