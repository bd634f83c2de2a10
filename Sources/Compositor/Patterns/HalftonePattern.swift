// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Printed dots in staggered rows that swell and shrink as slow waves go through them; small in the middle, where a title stands.
struct HalftonePattern: MovingPattern {
    private let setup: PatternSetup
    /// Pixels from dot to dot, a multiple of four.
    private let cell: Int
    /// Of each sample of a cell its distance from the middle, in 1/16 pixels, for luma and chroma.
    private let tiles: [[Int32]]

    init(_ setup: PatternSetup) {
        self.setup = setup
        cell = max(setup.canvas.shortSide / 20 / 4 * 4, 8)
        let cell = cell
        tiles = [1, 2].map { step in
            (0..<(cell / step) * (cell / step)).map { index in
                let side = cell / step
                // Twice the place, so that the middles of samples are whole numbers; chroma lies to the left.
                let dx = (index % side) * step * 2 + 1 - cell
                let dy = (index / side) * step * 2 + step - cell
                return Int32(truncatingIfNeeded: Wave.root((dx * dx + dy * dy) * 64))
            }
        }
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let (width, height) = (setup.canvas.width, setup.canvas.height)
        target.mutableY.fill(setup.ramp[0].bytes.y)
        target.mutableU.fill(setup.ramp[0].bytes.u)
        target.mutableV.fill(setup.ramp[0].bytes.v)
        let planes = FinePlane.all(of: target)
        let across = width / cell + 2, down = height / cell + 1
        for row in 0..<down {
            for column in 0..<across {
                let x = column * cell - (row % 2 == 0 ? 0 : cell / 2), y = row * cell
                let place = (
                    x: (x + cell / 2) * PatternSetup.unit / setup.canvas.shortSide,
                    y: (y + cell / 2) * PatternSetup.unit / setup.canvas.shortSide
                )
                let (radius, tint) = dot(place.x, place.y, phase)
                if radius <= 8 { continue }
                let colour = setup.ramp.from(1, 0).mixed(setup.ramp.from(1, 1), tint)
                for fine in planes { fill(fine, x, y, Int32(truncatingIfNeeded: radius), colour) }
            }
        }
    }

    /// Radius in 1/16 pixels, and how far between its two colours a dot is.
    private func dot(_ x: Int, _ y: Int, _ phase: Int) -> (Int, Int) {
        let dice = setup.dice
        let wave =
            Wave.sin(x * 9 + y * 5 + dice.phase(1) + phase) + Wave.sin(y * 11 - x * 4 + dice.phase(2) - 2 * phase)
            + Wave.sin((x + y) * 6 + dice.phase(3) - phase)
        // 0 in the middle of the canvas, 65536 at its corners.
        let dx = (2 * x - setup.width) * 65536 / setup.width, dy = (2 * y - setup.height) * 65536 / setup.height
        let far = min((dx * dx + dy * dy) >> 17, 65536)
        let size = min(max(far + wave / 4 + 3000, 0), 65536)
        let tint = min(max(32768 + (dx - dy) / 4 + wave / 8, 0), 65536)
        // Up to nearly touching.
        return ((size * cell * 16 * 46 / 100) >> 16, tint)
    }

    private func fill(_ fine: FinePlane, _ x: Int, _ y: Int, _ radius: Int32, _ colour: FineColour) {
        let side = cell / fine.step
        let (left, top) = (x / fine.step, y / fine.step)
        let level = Int32(fine.byte(colour)), shift = Int32(fine.step == 1 ? 4 : 5), soft = Int32(1) << shift
        let columns = max(-left, 0)..<min(side, fine.plane.width - left)
        guard columns.lowerBound < columns.upperBound else { return }
        tiles[fine.step - 1].withUnsafeBufferPointer { tile in
            for row in 0..<side where top + row < fine.plane.height {
                let out = fine.plane.row(top + row) + left
                for column in columns {
                    let cover = min(max(radius &- tile[row &* side &+ column] &+ soft >> 1, 0), soft)
                    let old = Int32(out[column])
                    out[column] = UInt8(truncatingIfNeeded: old &+ ((level &- old) &* cover &+ soft >> 1) >> shift)
                }
            }
        }
    }
}
