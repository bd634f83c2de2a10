// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// A sheet of paper: its fibres in relief under a light that goes round slowly.
struct PaperPattern: MovingPattern {
    private let setup: PatternSetup
    private let across: [Int]
    private let down: [Int]
    private var field: SmallField
    /// How the sheet rises to the right and downwards.
    private let rises: GrainTile
    private let falls: GrainTile

    init(_ setup: PatternSetup) {
        self.setup = setup
        field = SmallField(setup.canvas, fineness: 54)
        (across, down) = field.places
        let isLarge = setup.canvas.shortSide >= 700
        let height = GrainTile(
            isLarge ? [(32, 380), (8, 250), (4, 200), (2, 110)] : [(16, 300), (4, 220), (2, 160), (1, 60)],
            seed: setup.dice.seed)
        rises = height.slope(across: 1, down: 0)
        falls = height.slope(across: 0, down: 1)
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let (width, height, ramp, dice) = (setup.width, setup.height, setup.ramp, setup.dice)
        let angle = dice.phase(1) + phase
        let x = width / 2 + (width * 2 / 5 * Wave.cos(angle)) >> 15
        let y = height / 2 + (height * 2 / 5 * Wave.sin(angle)) >> 15
        let (across, down) = (across, down)
        let reach = (width * width + height * height) >> 16
        field.fill { column, row in
            let dx = across[column] - x, dy = down[row] - y
            let far = ((dx * dx + dy * dy) >> 16) * 65536 / reach
            // Folds that nobody sees and everybody feels.
            let bend = Wave.sin(across[column] * 9 + down[row] * 5) + Wave.sin(down[row] * 11 - across[column] * 4)
            return ramp[0].mixed(ramp[1], min(max(far * 3 / 2 + bend / 14, 0), 65536))
        }
        field.draw(into: target)
        rises.add(to: target.mutableY, x: 0, y: 0, strength: (15 * Wave.cos(angle)) >> 15)
        falls.add(to: target.mutableY, x: 0, y: 0, strength: (15 * Wave.sin(angle)) >> 15)
    }
}
