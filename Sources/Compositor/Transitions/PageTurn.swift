// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// The first picture is a page that is turned from the lower right: it rolls up, shows its pale back with the picture
/// shining through, and lets go of the second picture, on which its shadow lies.
struct PageTurn: TransitionEffect {
    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let fold = Fold(width: target.width, height: target.height, way: Easing.smooth(progress.share))
        fold.draw(from.y, to.y, into: target.mutableY, step: 1, first: (1, 1), black: 16, paper: 226)
        fold.draw(from.u, to.u, into: target.mutableU, step: 2, first: (1, 2), black: 128, paper: 128)
        fold.draw(from.v, to.v, into: target.mutableV, step: 2, first: (1, 2), black: 128, paper: 128)
    }
}

/// Where the roll stands in one frame. Distances are in 1/256 of a pixel; "along" is at right angles to the roll, growing
/// towards the corner that is lifted.
private struct Fold {
    private let width: Int
    private let height: Int
    private let curl: PageCurl
    /// The direction along, in 1/65536.
    private let normal: (x: Int, y: Int)
    /// Where the page leaves the table.
    private let line: Int
    /// The furthest corner of the page.
    private let furthest: Int
    private let shadow: Int

    init(width: Int, height: Int, way: Double) {
        self.width = width
        self.height = height
        let shorter = min(width, height)
        curl = PageCurl(radius: max(4, shorter * 11 / 100))
        shadow = 256 * max(4, shorter * 9 / 100)
        // From well aslant to nearly upright.
        let slant = (0.2 - 0.17 * way)
        let cosine = LanczosWindow.sineOfHalfTurns(slant + 0.5), sine = LanczosWindow.sineOfHalfTurns(slant)
        normal = (Int((cosine * 65536).rounded()), Int((sine * 65536).rounded()))
        let end = cosine * Double(width) + sine * Double(height)
        furthest = Int((end * 256).rounded())
        // At the end the roll and its shadow are past the far corner.
        let past = Double(curl.radius) + Double(shadow) / 256
        line = Int(((end - (end + past) * way) * 256).rounded())
    }

    func draw(
        _ page: Plane, _ below: Plane, into target: MutablePlane, step: Int, first: (x: Int, y: Int), black: Int,
        paper: Int
    ) {
        let radius = 256 * curl.radius
        // Left of this not even the flap's shadow falls; right of that lies only what was below.
        let flapReach = furthest - line - (radius * 201) >> 6
        let plainLeft = line - max(0, flapReach) - shadow
        let plainRight = line + radius + shadow + 256
        for row in 0..<target.height {
            // In half pixels, then 1/256.
            let y = (2 * step * row + first.y) * 128
            let out = target.row(row), under = below.row(row), over = page.row(row)
            for column in 0..<target.width {
                let x = (2 * step * column + first.x) * 128
                let along = (x * normal.x + y * normal.y) >> 16
                if along < plainLeft {
                    out[column] = over[column]
                } else if along > plainRight {
                    out[column] = under[column]
                } else {
                    out[column] = UInt8(
                        truncatingIfNeeded: sample(
                            page, x: x, y: y, along: along - line, below: Int(under[column]), step: step, first: first,
                            black: black, paper: paper))
                }
            }
        }
    }

    /// One sample, from the lowest layer to the highest: what was below, the page, the flap.
    @inline(__always) private func sample(
        _ page: Plane, x: Int, y: Int, along: Int, below: Int, step: Int, first: (x: Int, y: Int), black: Int,
        paper: Int
    ) -> Int {
        let radius = 256 * curl.radius
        var value = black + ((below - black) * shade(along - radius, strength: 150)) >> 8
        if along >= radius + 128 { return value }
        // The outline of the roll, smoothed over a pixel.
        let outline = min(256, max(0, radius + 128 - along))
        let place = min(max(along, 0), radius) >> 6
        let side = along <= 0 ? 0 : Int(curl.side[place])
        let roof = along <= 0 ? (radius * 201) >> 6 - 2 * along : Int(curl.roof[place])

        let (sideX, sideY) = (x + (side * normal.x) >> 16, y + (side * normal.y) >> 16)
        let (roofX, roofY) = (x + (roof * normal.x) >> 16, y + (roof * normal.y) >> 16)
        let roofCover = (inside(roofX, roofY) * outline) >> 8
        if roofCover < 256 {
            let cover = along <= 0 ? 256 : (inside(sideX, sideY) * outline) >> 8
            if cover > 0 {
                var light = along <= 0 ? 256 : Int(curl.sideLight[place])
                // The flap's shadow on the page beside it.
                light = (light * shade(outside(roofX, roofY), strength: 110)) >> 8
                let colour = black + ((read(page, sideX, sideY, step, first) - black) * light) >> 8
                value += ((colour - value) * cover + 128) >> 8
            }
        }
        if roofCover > 0 {
            let light = along <= 0 ? 246 : Int(curl.roofLight[place])
            let back = paper + ((read(page, roofX, roofY, step, first) - paper) * 56) >> 8
            let colour = black + ((back - black) * light) >> 8
            value += ((colour - value) * roofCover + 128) >> 8
        }
        return min(max(value, 16), 240)
    }

    /// Light left where a shadow falls off over its width, 256 beyond.
    @inline(__always) private func shade(_ distance: Int, strength: Int) -> Int {
        if distance >= shadow { return 256 }
        let near = 256 - 256 * max(0, distance) / shadow
        return 256 - (strength * near * near) >> 16
    }

    /// How much of a pixel there lies on the page, 0…256.
    @inline(__always) private func inside(_ x: Int, _ y: Int) -> Int {
        let least = min(min(x, 256 * width - x), min(y, 256 * height - y))
        return min(max(least + 128, 0), 256)
    }

    /// How far from the page that is; 0 on it.
    @inline(__always) private func outside(_ x: Int, _ y: Int) -> Int {
        max(0, max(max(-x, x - 256 * width), max(-y, y - 256 * height)))
    }

    /// The page's sample at a place of the canvas, straight between its four neighbours.
    @inline(__always) private func read(
        _ page: Plane, _ x: Int, _ y: Int, _ step: Int, _ first: (x: Int, y: Int)
    ) -> Int {
        let shift = step == 2 ? 1 : 0
        let (column, row) = ((x - 128 * first.x) >> shift, (y - 128 * first.y) >> shift)
        let left = min(max(column >> 8, 0), page.width - 1), right = min(left + 1, page.width - 1)
        let top = min(max(row >> 8, 0), page.height - 1), bottom = min(top + 1, page.height - 1)
        let (across, down) = (column & 255, row & 255)
        let (upper, lower) = (page.row(top), page.row(bottom))
        let one = Int(upper[left]) * (256 - across) + Int(upper[right]) * across
        let two = Int(lower[left]) * (256 - across) + Int(lower[right]) * across
        return (one * (256 - down) + two * down + 32768) >> 16
    }
}
