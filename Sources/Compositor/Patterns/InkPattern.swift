// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Ink that swirls in water: a place is pushed aside by waves of ever smaller size, each by where the last one left it, and
/// takes its colour from where it ends.
struct InkPattern: MovingPattern {
    private let setup: PatternSetup
    private let across: [Int]
    private let down: [Int]
    private var field: SmallField

    init(_ setup: PatternSetup) {
        self.setup = setup
        field = SmallField(setup.canvas, fineness: 180)
        (across, down) = field.places
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let (ramp, dice) = (setup.ramp, setup.dice)
        let starts = (0..<6).map { dice.phase(1, $0) }
        let (across, down) = (across, down)
        let (lumas, blues, reds) = (ramp.y, ramp.u, ramp.v)
        for row in 0..<field.rows {
            for column in 0..<field.columns {
                // In phases: ten waves to sixteen short sides.
                var x = across[column] * 8 + starts[0], y = down[row] * 8 + starts[1]
                x += Wave.sin(y + starts[2] + phase) * 7
                y += Wave.sin(x + starts[3] - phase) * 7
                x += Wave.sin(2 * y + starts[4] - phase) * 4
                y += Wave.sin(2 * x + starts[5] + 2 * phase) * 4
                x += Wave.sin(3 * y - phase) * 2
                y += Wave.sin(3 * x + phase) * 2
                let value = 32768 + (Wave.sin(x + y / 2) * 5 + Wave.sin(2 * y - x / 2 + phase) * 3) / 8
                let index = row * field.columns + column
                let step = min(max(value, 0), 65535) >> 6
                field.y[index] = lumas[step]
                field.u[index] = blues[step]
                field.v[index] = reds[step]
            }
        }
        // Where it is folded finer than the field it would show the field's lattice.
        field.soften()
        field.draw(into: target)
    }
}
