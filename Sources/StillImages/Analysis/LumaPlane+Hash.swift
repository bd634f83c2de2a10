// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

extension LumaPlane {
    /// The 64 lowest frequencies but the mean, each bit whether it is above their median (the "pHash" of Zauner 2010, chapter 3.2.1).
    var perceptualHash: UInt64 {
        let side = 32, kept = 8
        let cells = self.cells(across: side, down: side)
        // cosines[k][n] of the discrete cosine transform, k = 1…8 so that brightness does not matter.
        let cosines = (0...kept).map { k in
            (0..<side).map { cos(Double.pi * Double(k) * (Double($0) + 0.5) / Double(side)) }
        }
        let rows = (0..<side).map { y in
            (0...kept).map { k in (0..<side).reduce(0.0) { $0 + cells[y * side + $1] * cosines[k][$1] } }
        }
        var values = [Double]()
        for v in 0..<kept {
            for u in 0..<kept {
                // Row and column 0 without the corner, which is the mean: its place takes the next frequency.
                let (across, down) = u == 0 && v == 0 ? (kept, 0) : (u, v)
                values.append((0..<side).reduce(0.0) { $0 + rows[$1][across] * cosines[down][$1] })
            }
        }
        let median = values.sorted()[values.count / 2]
        return values.reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) }
    }
}
