// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// Draws a picture turned clockwise about its middle and enlarged, as large as the canvas it is drawn on; beyond its edges lie
/// mirror images of it. Between samples it is interpolated straight, in integers.
struct TurnedPicture {
    /// Source pixels for a step to the right and a step down on the canvas, in 1/65536.
    private let across: (x: Int, y: Int)
    private let down: (x: Int, y: Int)

    /// `angle` in half turns, `zoom` above 0.
    init(angle: Double, zoom: Double) {
        let sine = LanczosWindow.sineOfHalfTurns(angle) / zoom
        let cosine = LanczosWindow.sineOfHalfTurns(angle + 0.5) / zoom
        across = (Int((cosine * 65536).rounded()), Int((-sine * 65536).rounded()))
        down = (-across.y, across.x)
    }

    /// `picture` is of the target's size; `blend` is the share of the new samples in 1/256.
    func draw(_ picture: Picture, into target: Picture, blend: Int = 256) {
        precondition(picture.width == target.width && picture.height == target.height, "it turns about one middle")
        // Middles in half pixels, the units in which sample centres are whole.
        let middle = (x: target.width, y: target.height)
        draw(picture.y, into: target.mutableY, middle, step: (1, 1), first: (1, 1), blend)
        draw(picture.u, into: target.mutableU, middle, step: (2, 2), first: (1, 2), blend)
        draw(picture.v, into: target.mutableV, middle, step: (2, 2), first: (1, 2), blend)
    }

    /// A plane whose samples lie `step` pixels apart, the first one `first` half pixels from the corner.
    private func draw(
        _ source: Plane, into target: MutablePlane, _ middle: (x: Int, y: Int), step: (x: Int, y: Int),
        first: (x: Int, y: Int), _ blend: Int
    ) {
        let shift = step.x == 2 ? 1 : 0
        let stepX = across.x, stepY = across.y
        for row in 0..<target.height {
            let dy = 2 * step.y * row + first.y - middle.y
            let dx = first.x - middle.x
            // In 1/131072 pixels from the corner, then in 1/65536 samples from the first one.
            let placeX = dx * across.x + dy * down.x + middle.x << 16 - first.x << 16
            let placeY = dx * across.y + dy * down.y + middle.y << 16 - first.y << 16
            var x = placeX >> (1 + shift), y = placeY >> (1 + shift)
            let out = target.row(row)
            for column in 0..<target.width {
                let value = sample(source, x, y)
                out[column] =
                    blend >= 256
                    ? UInt8(truncatingIfNeeded: value)
                    : UInt8(truncatingIfNeeded: (value * blend + Int(out[column]) * (256 - blend) + 128) >> 8)
                x += stepX
                y += stepY
            }
        }
    }

    /// The sample at a place in 1/65536 from the first one's centre.
    @inline(__always) private func sample(_ source: Plane, _ x: Int, _ y: Int) -> Int {
        let (column, row) = (x >> 16, y >> 16)
        let (right, below) = ((x >> 8) & 255, (y >> 8) & 255)
        var left: (Int, Int), rows: (Int, Int)
        if column >= 0, column < source.width - 1 {
            left = (column, column + 1)
        } else {
            left = (PlaneMath.mirrored(column, source.width), PlaneMath.mirrored(column + 1, source.width))
        }
        if row >= 0, row < source.height - 1 {
            rows = (row, row + 1)
        } else {
            rows = (PlaneMath.mirrored(row, source.height), PlaneMath.mirrored(row + 1, source.height))
        }
        let (upper, lower) = (source.row(rows.0), source.row(rows.1))
        let top = Int(upper[left.0]) * (256 - right) + Int(upper[left.1]) * right
        let bottom = Int(lower[left.0]) * (256 - right) + Int(lower[left.1]) * right
        return (top * (256 - below) + bottom * below + 32768) >> 16
    }
}
