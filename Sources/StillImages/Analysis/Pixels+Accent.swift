// SPDX-License-Identifier: GPL-3.0-or-later

extension Pixels {
    /// The colour that stands out: the heaviest of 4 096 bins, each pixel weighing by how colourful and how bright it is.
    func accent() -> PhotoAnalysis.RGBColour {
        var bins = [(weight: Int, red: Int, green: Int, blue: Int)](repeating: (0, 0, 0, 0), count: 4096)
        // Every other pixel both ways is plenty.
        for y in stride(from: 0, to: height, by: 2) {
            for x in stride(from: 0, to: width, by: 2) {
                let p = row(y) + x * channels
                let (r, g, b) = (Int(p[0]), Int(p[1]), Int(p[2]))
                let weight = 8 + (max(r, g, b) - min(r, g, b))
                let bin = (r >> 4) << 8 | (g >> 4) << 4 | b >> 4
                bins[bin].weight += weight
                bins[bin].red += weight * r
                bins[bin].green += weight * g
                bins[bin].blue += weight * b
            }
        }
        guard let best = bins.max(by: { $0.weight < $1.weight }), best.weight > 0 else {
            return PhotoAnalysis.RGBColour(red: 0, green: 0, blue: 0)
        }
        return PhotoAnalysis.RGBColour(
            red: UInt8(clamping: best.red / best.weight), green: UInt8(clamping: best.green / best.weight),
            blue: UInt8(clamping: best.blue / best.weight))
    }
}
