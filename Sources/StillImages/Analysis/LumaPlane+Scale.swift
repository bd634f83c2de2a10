// SPDX-License-Identifier: GPL-3.0-or-later

extension LumaPlane {
    init(width: Int, height: Int, samples: [UInt8]) {
        self.width = width
        self.height = height
        self.samples = samples
    }

    /// Half the size, each sample the mean of four.
    func halved() -> LumaPlane {
        let (w, h) = (max(1, width / 2), max(1, height / 2))
        let half = samples.withUnsafeBufferPointer { samples in
            [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
                for y in 0..<h {
                    let upper = 2 * y * width, lower = min(2 * y + 1, height - 1) * width
                    for x in 0..<w {
                        let (left, right) = (2 * x, min(2 * x + 1, width - 1))
                        let sum =
                            UInt32(samples[upper + left]) + UInt32(samples[upper + right])
                            + UInt32(samples[lower + left]) + UInt32(samples[lower + right])
                        out[y * w + x] = UInt8(truncatingIfNeeded: (sum + 2) >> 2)
                    }
                }
                count = w * h
            }
        }
        return LumaPlane(width: w, height: h, samples: half)
    }

    /// Another size, bilinearly; meant for less than a halving.
    func resampled(width w: Int, height h: Int) -> LumaPlane {
        guard w != width || h != height else { return self }
        // 16 fractional bits of place, 7 of weight.
        let stepX = (width << 16) / w, stepY = (height << 16) / h
        let out = samples.withUnsafeBufferPointer { samples in
            [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
                for y in 0..<h {
                    let py = max(0, min(y * stepY + stepY / 2 - 32768, (height - 1) << 16))
                    let (y0, fy) = (py >> 16, UInt32(py & 0xFFFF) >> 9)
                    let upper = y0 * width, lower = min(y0 + 1, height - 1) * width
                    for x in 0..<w {
                        let px = max(0, min(x * stepX + stepX / 2 - 32768, (width - 1) << 16))
                        let (x0, fx) = (px >> 16, UInt32(px & 0xFFFF) >> 9)
                        let x1 = min(x0 + 1, width - 1)
                        let top = UInt32(samples[upper + x0]) * (128 - fx) + UInt32(samples[upper + x1]) * fx
                        let bottom = UInt32(samples[lower + x0]) * (128 - fx) + UInt32(samples[lower + x1]) * fx
                        out[y * w + x] = UInt8(truncatingIfNeeded: (top * (128 - fy) + bottom * fy + 8192) >> 14)
                    }
                }
                count = w * h
            }
        }
        return LumaPlane(width: w, height: h, samples: out)
    }
}
