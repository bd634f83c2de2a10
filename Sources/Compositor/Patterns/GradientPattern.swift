// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Colours that flow into each other: each has a centre that goes round slowly, and a place takes most of its colour from the
/// centres near it (weights by the inverse fourth power of the distance, Shepard 1968).
struct GradientPattern: MovingPattern {
    private struct Centre {
        let x: Int, y: Int, reachX: Int, reachY: Int, phase: Int, turns: Int
        let colour: FineColour
    }

    private let centres: [Centre]
    private let across: [Int]
    private let down: [Int]
    private var field: SmallField

    init(_ setup: PatternSetup) {
        field = SmallField(setup.canvas, fineness: 72)
        (across, down) = field.places
        let (width, height, dice) = (setup.width, setup.height, setup.dice)
        let count = max(6, setup.ramp.colours.count)
        let start = dice.phase(1)
        centres = (0..<count).map { index in
            // Round an ellipse, so that no corner is without.
            let angle = start + index * Wave.turn / count
            let x = width / 2 + (width * 2 / 5 * Wave.cos(angle)) >> 15
            let y = height / 2 + (height * 2 / 5 * Wave.sin(angle)) >> 15
            return Centre(
                x: x, y: y, reachX: width * dice.roll(2, index, in: 14...26) / 100,
                reachY: height * dice.roll(3, index, in: 14...26) / 100, phase: dice.phase(4, index),
                turns: dice.roll(5, index, in: 0...1) * 4 - 2, colour: setup.ramp[index])
        }
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let now = centres.map { centre in
            let angle = centre.phase + centre.turns * phase
            return (
                x: centre.x + (centre.reachX * Wave.cos(angle)) >> 15,
                y: centre.y + (centre.reachY * Wave.sin(angle + phase)) >> 15, colour: centre.colour
            )
        }
        let (across, down) = (across, down)
        field.fill { column, row in
            let (x, y) = (across[column], down[row])
            var (sum, luma, blue, red) = (0, 0, 0, 0)
            for centre in now {
                let dx = x - centre.x, dy = y - centre.y
                // A fifth of the short side is near.
                let distance = (dx * dx + dy * dy) >> 16 + 2600
                let weight = (1 << 42) / (distance * distance)
                sum += weight
                luma += weight * centre.colour.y
                blue += weight * centre.colour.u
                red += weight * centre.colour.v
            }
            sum = max(sum, 1)
            return FineColour(y: luma / sum, u: blue / sum, v: red / sum)
        }
        field.draw(into: target)
    }
}
