// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// A picture drawn small, in 1/256 of a code value, and enlarged smoothly: what has no edges is drawn so.
struct SmallField {
    let columns: Int
    let rows: Int
    /// Samples a short side.
    private let fineness: Int
    private let canvas: PixelSize
    var y: [UInt16]
    var u: [UInt16]
    var v: [UInt16]
    private let planes = (SoftPlane(), SoftPlane(), SoftPlane())

    /// `fineness`: samples along the short side of the canvas.
    init(_ canvas: PixelSize, fineness: Int) {
        self.canvas = canvas
        self.fineness = fineness
        columns = (canvas.width * fineness + canvas.shortSide - 1) / canvas.shortSide + 1
        rows = (canvas.height * fineness + canvas.shortSide - 1) / canvas.shortSide + 1
        y = [UInt16](repeating: 0, count: columns * rows)
        u = y
        v = y
    }

    /// Where a column's or a row's samples lie, in units (`PatternSetup.unit`).
    func place(_ index: Int) -> Int { (2 * index + 1) * PatternSetup.unit / (2 * fineness) }

    var places: (x: [Int], y: [Int]) { ((0..<columns).map(place), (0..<rows).map(place)) }

    /// Sets every sample; `colour` is told the column and the row.
    mutating func fill(_ colour: (Int, Int) -> FineColour) {
        for row in 0..<rows {
            for column in 0..<columns {
                let c = colour(column, row)
                let index = row * columns + column
                y[index] = UInt16(clamping: c.y)
                u[index] = UInt16(clamping: c.u)
                v[index] = UInt16(clamping: c.v)
            }
        }
    }

    /// Mixes a colour into the sample at `index`; `share` of 65536.
    @inline(__always) mutating func mix(_ index: Int, _ colour: FineColour, _ share: Int) {
        let (a, b, c) = (Int(y[index]), Int(u[index]), Int(v[index]))
        y[index] = UInt16(truncatingIfNeeded: a + ((colour.y - a) * share) >> 16)
        u[index] = UInt16(truncatingIfNeeded: b + ((colour.u - b) * share) >> 16)
        v[index] = UInt16(truncatingIfNeeded: c + ((colour.v - c) * share) >> 16)
    }

    /// Each sample with its neighbours, by 1 2 1 across and down.
    mutating func soften() {
        Self.soften(&y, columns, rows)
        Self.soften(&u, columns, rows)
        Self.soften(&v, columns, rows)
    }

    private static func soften(_ samples: inout [UInt16], _ columns: Int, _ rows: Int) {
        guard columns > 2, rows > 2 else { return }
        samples.withUnsafeMutableBufferPointer { samples in
            guard let base = samples.baseAddress else { return }
            for row in 0..<rows {
                let line = base + row * columns
                var before = UInt32(line[0])
                for x in 0..<columns {
                    let here = UInt32(line[x]), after = UInt32(line[min(x + 1, columns - 1)])
                    line[x] = UInt16(truncatingIfNeeded: (before + 2 * here + after + 2) >> 2)
                    before = here
                }
            }
            var above = Array(samples[..<columns])
            for row in 0..<rows {
                let line = base + row * columns, below = base + min(row + 1, rows - 1) * columns
                for x in 0..<columns {
                    let here = line[x]
                    let sum = UInt32(above[x]) + 2 * UInt32(here) + UInt32(below[x])
                    line[x] = UInt16(truncatingIfNeeded: (sum + 2) >> 2)
                    above[x] = here
                }
            }
        }
    }

    /// Enlarges it over all colours of `target`, a picture of the canvas.
    func draw(into target: Picture) {
        let scale = Double(fineness) / Double(canvas.shortSide)
        let luma = SoftPlane.Axis(origin: 0.5 * scale - 0.5, step: scale)
        // Chroma lies on the left one of two luma samples, and between an upper and a lower one.
        let across = SoftPlane.Axis(origin: 0.5 * scale - 0.5, step: 2 * scale)
        let down = SoftPlane.Axis(origin: scale - 0.5, step: 2 * scale)
        planes.0.take(y, width: columns, height: rows)
        planes.1.take(u, width: columns, height: rows)
        planes.2.take(v, width: columns, height: rows)
        planes.0.draw(into: target.mutableY, across: luma, down: luma)
        planes.1.draw(into: target.mutableU, across: across, down: down)
        planes.2.draw(into: target.mutableV, across: across, down: down)
    }
}
