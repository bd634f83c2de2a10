// SPDX-License-Identifier: GPL-3.0-or-later
public import ColourTables
public import EditModel
public import PixelBuffers

/// A grade's colours as one table from BT.709 limited-range Y'CbCr to the same, applied to pictures in integers.
///
/// Nodes lie 8 code values apart (33 along each axis); between them luma is interpolated first, into full curves, and chroma
/// over triangles while drawing. Made once for a prepared photo or for a chunk's clip (about 5 ms), read by any thread.
public final class GradeTable: Sendable {
    /// Part of a prepared photo's identity: another number wherever a grade gives other bytes than before.
    public static let version = 1

    static let side = 33
    /// Curves of 256 luma values at [u node][v node], in 1/64 of a code value.
    private let luma: [UInt16]
    /// The same of U and V, interleaved.
    private let chroma: [UInt16]

    /// The colours of `grade` (without vignette and grain), then of `cube`.
    public init(_ grade: Grade, cube: CubeTable? = nil) {
        let transform = ColourTransform(grade, cube: cube)
        let side = Self.side
        var luma = [UInt16](repeating: 0, count: side * side * 256)
        var chroma = [UInt16](repeating: 0, count: side * side * 512)
        var column = [SIMD3<Double>](repeating: .zero, count: side)
        for u in 0..<side {
            for v in 0..<side {
                for y in 0..<side { column[y] = Self.graded(Double(y * 8), Double(u * 8), Double(v * 8), transform) }
                let base = (u * side + v) * 256
                for y in 0..<256 {
                    let share = Double(y & 7) / 8
                    let value = (column[y >> 3] * (1 - share) + column[(y >> 3) + 1] * share) * 64
                    luma[base + y] = UInt16(value.x.rounded())
                    chroma[2 * (base + y)] = UInt16(value.y.rounded())
                    chroma[2 * (base + y) + 1] = UInt16(value.z.rounded())
                }
            }
        }
        self.luma = luma
        self.chroma = chroma
    }

    /// One colour of code values through the transform, as code values.
    private static func graded(_ y: Double, _ u: Double, _ v: Double, _ transform: ColourTransform) -> SIMD3<Double> {
        let luma = (y - 16) / 219, blue = (u - 128) / 224, red = (v - 128) / 224
        let colour = transform(
            SIMD3(luma + 1.5748 * red, luma - 0.187324 * blue - 0.468124 * red, luma + 1.8556 * blue))
        let bright = ColourTransform.luma(colour)
        return SIMD3(
            16 + 219 * bright, 128 + 224 * (colour.z - bright) / 1.8556, 128 + 224 * (colour.x - bright) / 1.5748)
    }

    /// Grades a picture where it lies. Alpha pictures are premultiplied and must not be graded.
    public func apply(to picture: Picture) { apply(picture, into: picture) }

    /// Grades a picture into one of the same layout.
    public func apply(_ source: Picture, into target: Picture) {
        precondition(source.layout == target.layout, "graded pictures keep their layout")
        luma.withUnsafeBufferPointer { luma in
            chroma.withUnsafeBufferPointer { chroma in
                guard let lumaBase = luma.baseAddress, let chromaBase = chroma.baseAddress else { return }
                for row in 0..<source.layout.chromaHeight {
                    Self.grade(source, target, row, lumaBase, chromaBase)
                }
            }
        }
    }

    /// Three nodes round a chroma value and their weights in 1/8.
    private struct Triangle {
        var first: Int
        var second: Int
        var third: Int
        var weights: (UInt32, UInt32, UInt32)

        @inline(__always) init(_ u: UInt8, _ v: UInt8) {
            let side = GradeTable.side
            let (shareU, shareV) = (UInt32(u & 7), UInt32(v & 7))
            first = (Int(u >> 3) * side + Int(v >> 3)) * 256
            third = first + (side + 1) * 256
            if shareU >= shareV {
                second = first + side * 256
                weights = (8 - shareU, shareU - shareV, shareV)
            } else {
                second = first + 256
                weights = (8 - shareV, shareV - shareU, shareU)
            }
        }
    }

    /// One row of chroma and the two of luma beside it.
    private static func grade(
        _ source: Picture, _ target: Picture, _ row: Int, _ luma: UnsafePointer<UInt16>, _ chroma: UnsafePointer<UInt16>
    ) {
        let (upper, lower) = (2 * row, min(2 * row + 1, source.height - 1))
        let (fromUpper, fromLower) = (source.y.row(upper), source.y.row(lower))
        let (toUpper, toLower) = (target.mutableY.row(upper), target.mutableY.row(lower))
        let (blue, red) = (source.u.row(row), source.v.row(row))
        let (toBlue, toRed) = (target.mutableU.row(row), target.mutableV.row(row))
        let last = source.width - 1
        for x in 0..<source.layout.chromaWidth {
            let triangle = Triangle(blue[x], red[x])
            let (a, b, c) = (luma + triangle.first, luma + triangle.second, luma + triangle.third)
            let (one, two, three) = triangle.weights
            @inline(__always) func graded(_ y: UInt8) -> UInt8 {
                let at = Int(y)
                let sum = UInt32(a[at]) &* one &+ UInt32(b[at]) &* two &+ UInt32(c[at]) &* three
                return UInt8(truncatingIfNeeded: (sum &+ 256) >> 9)
            }
            let (left, right) = (2 * x, min(2 * x + 1, last))
            let (p, q, r, s) = (fromUpper[left], fromUpper[right], fromLower[left], fromLower[right])
            toUpper[left] = graded(p)
            toUpper[right] = graded(q)
            if lower != upper {
                toLower[left] = graded(r)
                toLower[right] = graded(s)
            }
            let mean = Int((UInt32(p) + UInt32(q) + UInt32(r) + UInt32(s) + 2) >> 2)
            let (d, e, f) = (
                chroma + 2 * (triangle.first + mean), chroma + 2 * (triangle.second + mean),
                chroma + 2 * (triangle.third + mean)
            )
            let u = UInt32(d[0]) &* one &+ UInt32(e[0]) &* two &+ UInt32(f[0]) &* three
            let v = UInt32(d[1]) &* one &+ UInt32(e[1]) &* two &+ UInt32(f[1]) &* three
            toBlue[x] = UInt8(truncatingIfNeeded: (u &+ 256) >> 9)
            toRed[x] = UInt8(truncatingIfNeeded: (v &+ 256) >> 9)
        }
    }
}
