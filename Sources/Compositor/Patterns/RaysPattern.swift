// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Beams of light out of a corner beyond the canvas, that open, close and turn slowly.
struct RaysPattern: MovingPattern {
    private let setup: PatternSetup
    private var field: SmallField
    private let ground: SmallField
    /// Of each place: the beam it lies in (1/4096 of a turn) and how bright beams are there (of 65536).
    private let beams: [Int32]
    private let strengths: [Int32]

    init(_ setup: PatternSetup) {
        self.setup = setup
        var field = SmallField(setup.canvas, fineness: 135)
        let places = field.places
        let (width, height, dice, ramp) = (setup.width, setup.height, setup.dice, setup.ramp)
        // Above the canvas, left or right of its middle.
        let isLeft = dice.roll(1) < 32768
        let x = isLeft ? width * 12 / 100 : width * 88 / 100
        let y = -PatternSetup.unit * 35 / 100
        let reach = Wave.root(width * width + (height - y) * (height - y))
        var beams: [Int32] = [], strengths: [Int32] = []
        for row in 0..<field.rows {
            for column in 0..<field.columns {
                let dx = places.x[column] - x, dy = places.y[row] - y
                beams.append(Int32(truncatingIfNeeded: Wave.direction(dx, dy)))
                let far = Wave.root(dx * dx + dy * dy) * 65536 / reach
                let share = max(65536 - far, 0)
                strengths.append(Int32(truncatingIfNeeded: (share * share) >> 16))
            }
        }
        self.beams = beams
        self.strengths = strengths
        let columns = field.columns
        field.fill { column, row in
            let near = Int(strengths[row * columns + column])
            return ramp[0].mixed(ramp[1], min(near * 3 / 2, 65536))
        }
        ground = field
        self.field = field
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let start = setup.dice.phase(2), light = setup.ramp.from(2, 0)
        // How bright each direction is.
        let profile = (0..<4096).map { step -> Int in
            let angle = step << 8
            let wide = Wave.sin(angle * 9 + start + phase), middle = Wave.sin(angle * 17 - start * 3 - 2 * phase)
            let narrow = Wave.sin(angle * 41 + start * 5 + 3 * phase), fine = Wave.sin(angle * 67 - 4 * phase)
            let sum = 32768 + (wide * 9 + middle * 8 + narrow * 5 + fine * 3) / 13
            let share = min(max(sum, 0), 65536)
            return (share * share) >> 16
        }
        field = ground
        for index in beams.indices {
            let place = Int(beams[index]), step = place >> 8, part = place & 255
            let bright = profile[step & 4095] * (256 - part) + profile[(step + 1) & 4095] * part
            let share = ((bright >> 8) * Int(strengths[index])) >> 16
            field.mix(index, light, (share * 50000) >> 16)
        }
        field.draw(into: target)
    }
}
