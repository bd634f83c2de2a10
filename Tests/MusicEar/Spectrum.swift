// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Powers of a sound's frequencies, window by window (radix-2 FFT, Cooley & Tukey 1965; Hann window).
struct Spectrum {
    let size: Int
    private let window: [Double]
    private let cosines: [Double]
    private let sines: [Double]

    init(size: Int) {
        self.size = size
        window = (0..<size).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(size)) }
        cosines = (0..<size / 2).map { cos(2 * .pi * Double($0) / Double(size)) }
        sines = (0..<size / 2).map { -sin(2 * .pi * Double($0) / Double(size)) }
    }

    /// Power of each of `size / 2` bins of the window that begins at `start`.
    func powers(_ samples: [Float], at start: Int) -> [Double] {
        var re = [Double](repeating: 0, count: size)
        var im = re
        let bits = size.trailingZeroBitCount
        for i in 0..<size where start + i < samples.count {
            var reversed = 0
            for bit in 0..<bits where i >> bit & 1 == 1 { reversed |= 1 << (bits - 1 - bit) }
            re[reversed] = Double(samples[start + i]) * window[i]
        }
        var half = 1
        while half < size {
            let stride = size / (2 * half)
            for base in Swift.stride(from: 0, to: size, by: 2 * half) {
                for k in 0..<half {
                    let (c, s) = (cosines[k * stride], sines[k * stride])
                    let (a, b) = (base + k, base + k + half)
                    let (x, y) = (re[b] * c - im[b] * s, re[b] * s + im[b] * c)
                    (re[b], im[b]) = (re[a] - x, im[a] - y)
                    (re[a], im[a]) = (re[a] + x, im[a] + y)
                }
            }
            half *= 2
        }
        return (0..<size / 2).map { re[$0] * re[$0] + im[$0] * im[$0] }
    }
}
