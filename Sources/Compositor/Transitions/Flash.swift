// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A flashbulb: the first picture is overexposed in an instant, the second comes out of the glare quickly at first and then
/// settles. Highlights burn out before shadows do, as on film.
struct Flash: TransitionEffect {
    /// Where the light begins to rise and where it is at its brightest, as shares of the whole; one picture takes the
    /// other's place there.
    private let start = 0.1
    private let peak = 0.4

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let share = progress.share
        let light: Double
        if share < peak {
            light = Easing.smooth((share - start) / (peak - start))
        } else {
            let rest = (1 - share) / (1 - peak)
            light = rest * rest * rest * rest
        }
        let picture = share < peak ? from : to
        let glare = Int((256 * light).rounded())
        if glare <= 0 { return target.copyColours(of: picture) }
        expose(picture, glare: glare, into: target)
    }

    /// Exposure by `glare` of 256: luma is stretched up to two and a half times and lifted to white, colours pale.
    private func expose(_ picture: Picture, glare: Int, into target: Picture) {
        let gain = 256 + (384 * glare) >> 8, lift = 219 * glare
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { table in
            for level in 0..<256 {
                let exposed = 16 + ((max(level, 16) - 16) * gain + lift + 128) >> 8
                table[level] = UInt8(truncatingIfNeeded: glare >= 256 ? 235 : min(exposed, 235))
            }
            guard let levels = table.baseAddress else { return }
            for y in 0..<target.height {
                let (row, out) = (picture.y.row(y), target.mutableY.row(y))
                for x in 0..<target.width { out[x] = levels[Int(row[x])] }
            }
        }
        let colour = 256 - glare
        for (from, out) in [(picture.u, target.mutableU), (picture.v, target.mutableV)] {
            PlaneMath.scale(from, about: 128, share: colour, into: out)
        }
    }
}
