// SPDX-License-Identifier: GPL-3.0-or-later

extension LumaPlane {
    /// The mean of the best quarter of an 8 × 8 grid of tiles, each the variance of its Laplacian (4-neighbour kernel).
    ///
    /// The best tiles, not all: a portrait before a soft background is sharp.
    var sharpness: Double {
        let tiles = 8
        guard width >= 3 * tiles, height >= 3 * tiles else { return 0 }
        let variances = samples.withUnsafeBufferPointer { samples in
            (0..<tiles * tiles).map { tile -> Double in
                let (column, row) = (tile % tiles, tile / tiles)
                let left = max(1, column * width / tiles), right = min(width - 1, (column + 1) * width / tiles)
                let top = max(1, row * height / tiles), bottom = min(height - 1, (row + 1) * height / tiles)
                var sum = 0, squares = 0
                for y in top..<bottom {
                    for x in left..<right {
                        let i = y * width + x
                        let edge =
                            4 * Int(samples[i]) - Int(samples[i - 1]) - Int(samples[i + 1]) - Int(samples[i - width])
                            - Int(samples[i + width])
                        sum += edge
                        squares += edge * edge
                    }
                }
                let count = Double((right - left) * (bottom - top))
                let mean = Double(sum) / count
                return Double(squares) / count - mean * mean
            }
        }
        let best = variances.sorted(by: >).prefix(tiles * tiles / 4)
        return best.reduce(0, +) / Double(best.count)
    }
}
