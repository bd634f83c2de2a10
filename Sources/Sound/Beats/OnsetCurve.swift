// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// How strongly something begins, a hundred times a second: the spectral flux over its surroundings, in units of how much it
/// usually moves there.
struct OnsetCurve {
    /// 0 and up; about 1 to 4 at beats of music.
    private(set) var strength: [Float]
    /// The same, smoothed over 20 ms: what is correlated.
    private(set) var smooth: [Float]
    /// How far flux stands out of its mean in the song, in dB a band: what hardly moves has no beat.
    let liveliness: Double

    init(_ flux: [Float]) {
        let count = flux.count
        // A mean over 0.8 s taken away, then a scale over 8 s.
        let mean = Self.box(flux, radius: 40)
        var risen = [Float](repeating: 0, count: count)
        for index in 0..<count { risen[index] = max(0, flux[index] - mean[index]) }
        let squares = risen.map { $0 * $0 }
        let whole = (squares.reduce(0, +) / Float(max(1, count))).squareRoot()
        liveliness = Double(whole)
        let local = Self.box(squares, radius: 400)
        strength = risen
        for index in 0..<count {
            strength[index] = min(12, risen[index] / max(local[index].squareRoot(), 0.3 * whole, 0.02))
        }
        smooth = Self.gaussian(strength, radius: 2)
    }

    /// Mean over `radius` values on either side, fewer at the ends.
    static func box(_ values: [Float], radius: Int) -> [Float] {
        let count = values.count
        var sums = [Double](repeating: 0, count: count + 1)
        for index in 0..<count { sums[index + 1] = sums[index] + Double(values[index]) }
        return (0..<count).map { index in
            let (low, high) = (max(0, index - radius), min(count, index + radius + 1))
            return Float((sums[high] - sums[low]) / Double(high - low))
        }
    }

    private static func gaussian(_ values: [Float], radius: Int) -> [Float] {
        let reach = 3 * radius
        var weights = (-reach...reach).map { Float(exp(-0.5 * pow(Double($0) / Double(radius), 2))) }
        let sum = weights.reduce(0, +)
        for index in weights.indices { weights[index] /= sum }
        return values.indices.map { index in
            var value: Float = 0
            for offset in max(-reach, -index)...min(reach, values.count - 1 - index) {
                value += values[index + offset] * weights[offset + reach]
            }
            return value
        }
    }

    /// The strongest value within `radius` frames of `seconds`.
    func strongest(near seconds: Double, radius: Int = 3) -> Double {
        let middle = Int((seconds * SongFeatures.rate).rounded())
        let (low, high) = (max(0, middle - radius), min(strength.count - 1, middle + radius))
        guard low <= high else { return 0 }
        return Double(strength[low...high].max() ?? 0)
    }
}
