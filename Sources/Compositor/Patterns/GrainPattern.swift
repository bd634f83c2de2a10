// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Quiet dark colours with a soft light that wanders, under the grain of film.
struct GrainPattern: MovingPattern {
    private let setup: PatternSetup
    private let across: [Int]
    private let down: [Int]
    private var field: SmallField
    private let tile: GrainTile

    init(_ setup: PatternSetup) {
        self.setup = setup
        field = SmallField(setup.canvas, fineness: 54)
        (across, down) = field.places
        let isLarge = setup.canvas.shortSide >= 700
        tile = GrainTile(isLarge ? [(2, 150), (1, 120)] : [(1, 170)], seed: setup.dice.seed)
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let (width, height, ramp, dice) = (setup.width, setup.height, setup.ramp, setup.dice)
        let angle = dice.phase(1) + phase
        let x = width / 2 + (width * 3 / 10 * Wave.cos(angle)) >> 15
        let y = height / 2 + (height * 3 / 10 * Wave.sin(2 * angle)) >> 15
        let (across, down) = (across, down)
        let reach = (width * width + height * height) >> 16
        field.fill { column, row in
            let dx = across[column] - x, dy = down[row] - y
            let far = ((dx * dx + dy * dy) >> 16) * 65536 / reach
            // Light in the middle, the ground round it, dark in the corners.
            let light = max(65536 - far * 3, 0)
            let lit = ramp[0].mixed(ramp[1], (light * light) >> 16)
            return lit.mixed(ramp[2], min(far * 5 / 4, 65536))
        }
        field.draw(into: target)
        // Twenty-four pictures a second are told apart, whatever the film's rate: as many as a reel would show.
        let hash = Noise.hash(UInt32(truncatingIfNeeded: phase * 576 / Wave.turn), dice.seed, 5)
        tile.add(to: target.mutableY, x: Int(hash & 511), y: Int(hash >> 16 & 511), strength: 13)
    }
}
