// SPDX-License-Identifier: GPL-3.0-or-later

/// A plane of 0…255 luma in an array, for looking at rather than showing.
struct LumaPlane {
    let width: Int
    let height: Int
    var samples: [UInt8]

    /// Rec. 709 luma, full range, of RGB.
    init(_ pixels: Pixels) {
        width = pixels.width
        height = pixels.height
        let step = pixels.channels
        let base = pixels.base
        samples = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
            for i in 0..<buffer.count {
                let p = base + i * step
                buffer[i] = UInt8(
                    truncatingIfNeeded: (54 * UInt32(p[0]) + 183 * UInt32(p[1]) + 19 * UInt32(p[2]) + 128) >> 8)
            }
            count = buffer.count
        }
    }

    var mean: Double {
        Double(samples.reduce(UInt64(0)) { $0 + UInt64($1) }) / Double(max(1, samples.count))
    }

    /// Means of a grid of cells that covers the plane; a cell is at least one sample.
    func cells(across: Int, down: Int) -> [Double] {
        samples.withUnsafeBufferPointer { samples in
            (0..<across * down).map { cell in
                let (column, row) = (cell % across, cell / across)
                let left = column * width / across, right = max(left + 1, (column + 1) * width / across)
                let top = row * height / down, bottom = max(top + 1, (row + 1) * height / down)
                var sum = 0
                for y in top..<min(bottom, height) {
                    for x in left..<min(right, width) { sum += Int(samples[y * width + x]) }
                }
                return Double(sum) / Double((bottom - top) * (right - left))
            }
        }
    }
}
