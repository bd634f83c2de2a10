// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a photo has colours that skin can have, of any complexion and in most light: more red than blue.
///
/// It spares the cascade the sky, the sea and the meadow, where it would only lose time or be mistaken.
struct WarmthMap {
    private static let side = 128

    fileprivate let width: Int
    fileprivate let height: Int
    /// Counts of warm cells above and to the left.
    fileprivate let sums: [Int32]

    /// nil for a photo without colours, where colour tells nothing.
    init?(_ pixels: Pixels) {
        let step = max(1, max(pixels.width, pixels.height) / Self.side)
        width = max(1, pixels.width / step)
        height = max(1, pixels.height / step)
        var sums = [Int32](repeating: 0, count: (width + 1) * (height + 1))
        var colour = 0
        for y in 0..<height {
            var row: Int32 = 0
            for x in 0..<width {
                let p = pixels.row(y * step) + x * step * pixels.channels
                let (r, g, b) = (Int(p[0]), Int(p[1]), Int(p[2]))
                colour += max(r, g, b) - min(r, g, b)
                if r > b + 4 && r * 20 > g * 19 { row += 1 }
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
            }
        }
        guard colour > 8 * width * height else { return nil }
        self.sums = sums
    }
}

/// The windows of one size that are warm enough to hold a face.
struct LikelyWindows {
    /// Share of a window that must be warm, in hundredths.
    private static let leastShare = 35

    private let map: WarmthMap
    /// Cells at which a window at each place begins and ends.
    private let columns: [(Int32, Int32)]
    private let rows: [(Int32, Int32)]

    /// - Parameters:
    ///   - width, height: of the plane on which the windows lie, which covers the same photo.
    ///   - side: of the windows.
    init(_ map: WarmthMap, width: Int, height: Int, side: Int) {
        self.map = map
        func spans(_ count: Int, _ cells: Int) -> [(Int32, Int32)] {
            (0...max(0, count - side)).map { start in
                let first = min(start * cells / count, cells - 1)
                return (Int32(first), Int32(min(cells, max(first + 1, (start + side) * cells / count))))
            }
        }
        columns = spans(width, map.width)
        rows = spans(height, map.height)
    }

    func contains(_ x: Int, _ y: Int) -> Bool {
        let (left, right) = columns[x], (top, bottom) = rows[y]
        let stride = map.width + 1
        let (upper, lower) = (Int(top) * stride, Int(bottom) * stride)
        let warm =
            map.sums[lower + Int(right)] - map.sums[upper + Int(right)] - map.sums[lower + Int(left)]
            + map.sums[upper + Int(left)]
        return 100 * Int(warm) >= Self.leastShare * Int((right - left) * (bottom - top))
    }
}
