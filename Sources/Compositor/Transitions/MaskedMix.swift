// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// Mixes two pictures by a mask that is computed row by row.
enum MaskedMix {
    /// The centres of one row's samples, in half pixels of luma from the canvas's top left.
    struct Row {
        let y: Int
        let firstX: Int
        let stepX: Int
        let count: Int

        @inline(__always) func x(_ index: Int) -> Int { firstX + index * stepX }
    }

    /// `fill` writes the share of `to` at each sample of a row, 0…256.
    static func draw(
        from: Picture, to: Picture, into target: Picture, tools: TransitionTools,
        fill: (Row, UnsafeMutablePointer<UInt16>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: target.width) { buffer in
            guard let shares = buffer.baseAddress else { return }
            for y in 0..<target.height {
                fill(Row(y: 2 * y + 1, firstX: 1, stepX: 2, count: target.width), shares)
                PlaneMath.mixRow(from.y.row(y), to.y.row(y), shares, target.mutableY.row(y), target.width)
            }
            for y in 0..<target.layout.chromaHeight {
                let width = target.layout.chromaWidth
                fill(Row(y: 4 * y + 2, firstX: 1, stepX: 4, count: width), shares)
                PlaneMath.mixRow(from.u.row(y), to.u.row(y), shares, target.mutableU.row(y), width)
                PlaneMath.mixRow(from.v.row(y), to.v.row(y), shares, target.mutableV.row(y), width)
            }
        }
    }

    /// A soft edge: 0 at −`width` and beyond, 256 at `width` and beyond, straight between.
    struct Edge {
        private let width: Int32
        private let factor: Int32

        /// `width` 1 … 16 million.
        init(width: Double) {
            self.width = Int32(min(max(width, 1), 16_000_000))
            factor = Int32((8_388_608 / Double(self.width) * 256).rounded())
        }

        @inline(__always) func share(_ distance: Int32) -> UInt16 {
            let near = min(max(distance, -width), width)
            let share = 128 + (Int64(near) * Int64(factor)) >> 24
            return UInt16(truncatingIfNeeded: min(max(share, 0), 256))
        }
    }
}
