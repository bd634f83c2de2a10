// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

extension PlaneSampler {
    /// What the kernels compute, written plainly; every variant gives these bytes.
    static func reference(
        _ source: Plane, into target: MutablePlane, columns: SampleAxis, rows: SampleAxis, blend: Int = 256
    ) {
        func across(_ x: Int, _ row: Int) -> Int {
            var sum = 128
            for i in 0..<columns.taps {
                sum += Int(columns.weights[x * columns.taps + i]) * Int(source.row(row)[Int(columns.starts[x]) + i])
            }
            return min(max(sum >> 8, -32768), 32767)
        }
        guard blend > 0 else { return }
        for y in 0..<rows.count {
            for x in 0..<columns.count {
                var sum = 16
                for j in 0..<rows.taps {
                    sum += (Int(rows.weights[y * rows.taps + j]) * across(x, Int(rows.starts[y]) + j) + 16384) >> 15
                }
                var value = min(max(sum >> 5, 0), 255)
                if blend < 256 { value = (value * blend + Int(target.row(y)[x]) * (256 - blend) + 128) >> 8 }
                target.row(y)[x] = UInt8(value)
            }
        }
    }
}
