// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Soft lights out of focus that rise slowly and glow by turns.
struct BokehPattern: MovingPattern {
    private static let fineness = 216

    private struct Light {
        let x: Int, y: Int, radius: Int, phase: Int, sway: Int, strength: Int, softness: Int, rises: Int
        let colour: FineColour
    }

    private let lights: [Light]
    private let height: Int
    private var field: SmallField
    private let ground: SmallField

    init(_ setup: PatternSetup) {
        let (width, height, dice, ramp) = (setup.width, setup.height, setup.dice, setup.ramp)
        self.height = height
        var field = SmallField(setup.canvas, fineness: Self.fineness)
        let places = field.places
        field.fill { column, row in
            let share = (places.x[column] * 32768 / width) + (places.y[row] * 32768 / height)
            return ramp[0].mixed(ramp[1], min(max(share, 0), 65536))
        }
        ground = field
        self.field = field
        // As dense on every shape of canvas.
        let count = 22 * max(width, height) / PatternSetup.unit
        lights = (0..<count).map { index in
            // Few large faint ones behind, more small bright ones before.
            let depth = dice.roll(1, index)
            let radius = 1600 + (((depth * depth) >> 16) * 8200) >> 16
            return Light(
                x: (dice.roll(2, index) * (width + 16000)) >> 16 - 8000,
                y: (dice.roll(3, index) * (height + 24000)) >> 16, radius: radius, phase: dice.phase(4, index),
                sway: dice.roll(5, index, in: 600...2600), strength: 30000 - (depth * 17000) >> 16,
                softness: dice.roll(6, index, in: 10...70), rises: dice.roll(8, index, in: 1...2),
                colour: ramp.from(2, dice.roll(7, index, in: 0...30)))
        }
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        field = ground
        let fineness = Self.fineness
        for light in lights {
            // Once or twice over the canvas and its margin in a loop.
            let span = height + 24000
            let way = (light.y - light.rises * ((phase * span) >> 20)) % span
            let cy = (way < 0 ? way + span : way) - 12000
            let cx = light.x + (light.sway * Wave.sin(light.phase + phase)) >> 15
            let glow = 40000 + (Wave.sin(light.phase + 3 * phase) * 25000) >> 15
            let strength = (light.strength * glow) >> 16
            let r = light.radius
            // The edge is a share of the radius wide, at least a sample and a half.
            let edge = max(r * light.softness / 100, 400)
            let outer = r + edge / 2
            // In 1/65536 of the edge's width and of the radius, by products.
            let perEdge = (1 << 32) / edge, perOuter = (19536 << 16) / outer
            let first = (x: ((cx - outer) * fineness) >> 16, y: ((cy - outer) * fineness) >> 16)
            let last = (x: ((cx + outer) * fineness) >> 16, y: ((cy + outer) * fineness) >> 16)
            guard last.x >= 0, last.y >= 0, first.x < field.columns, first.y < field.rows else { continue }
            for row in max(first.y, 0)...min(last.y, field.rows - 1) {
                let dy = field.place(row) - cy
                for column in max(first.x, 0)...min(last.x, field.columns - 1) {
                    let dx = field.place(column) - cx
                    let square = dx * dx + dy * dy
                    if square >= outer * outer { continue }
                    let distance = Int(Double(square).squareRoot())
                    var share = min(((outer - distance) * perEdge) >> 16, 65536)
                    // Brighter towards the rim, as out of a lens.
                    share = (share * (46000 + (distance * perOuter) >> 16)) >> 16
                    field.mix(row * field.columns + column, light.colour, (share * strength) >> 16)
                }
            }
        }
        field.draw(into: target)
    }
}
