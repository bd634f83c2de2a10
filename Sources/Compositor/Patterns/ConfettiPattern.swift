// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Bits of coloured paper that fall and tumble; fewer and softer towards the middle, where a title stands.
struct ConfettiPattern: MovingPattern {
    private struct Bit {
        let x: Int, y: Int, width: Int, height: Int, phase: Int, falls: Int, spin: Int, sway: Int, strength: Int
        let colour: FineColour
    }

    private static let margin = 5000
    private let setup: PatternSetup
    private let bits: [Bit]
    private let ground: SmallField

    init(_ setup: PatternSetup) {
        self.setup = setup
        let (width, height, dice, ramp) = (setup.width, setup.height, setup.dice, setup.ramp)
        var field = SmallField(setup.canvas, fineness: 54)
        let places = field.places
        field.fill { column, row in
            let dx = places.x[column] - width / 2, dy = places.y[row] - height / 2
            let far = ((dx * dx + dy * dy) >> 16) * 65536 / ((width * width + height * height) >> 18)
            return ramp[0].mixed(ramp[1], min(far, 65536))
        }
        ground = field
        let count = 58 * max(width, height) / PatternSetup.unit
        bits = (0..<count).map { index in
            let near = dice.roll(1, index)
            let size = 1700 + (near * 2100) >> 16
            return Bit(
                x: (dice.roll(2, index) * (width + 2 * Self.margin)) >> 16 - Self.margin,
                y: (dice.roll(3, index) * (height + 2 * Self.margin)) >> 16, width: size,
                height: size * dice.roll(4, index, in: 40...70) / 100, phase: dice.phase(5, index),
                falls: near > 40000 ? 4 : 3,
                spin: dice.roll(6, index, in: 3...6) * (dice.roll(7, index) < 32768 ? 1 : -1),
                sway: dice.roll(8, index, in: 700...2400), strength: 42000 + (near * 23000) >> 16,
                colour: ramp.from(2, dice.roll(9, index, in: 0...999)))
        }
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        ground.draw(into: target)
        let high = setup.height + 2 * Self.margin, short = setup.canvas.shortSide
        let planes = FinePlane.all(of: target)
        for bit in bits {
            let y = (bit.y + bit.falls * ((phase * high) >> 20)) % high - Self.margin
            let x = bit.x + (bit.sway * Wave.sin(bit.phase + 3 * phase)) >> 15
            // Tumbling shows the back, which is darker.
            let flip = Wave.cos(bit.phase * 3 + 2 * bit.spin * phase)
            let tall = max((bit.height * abs(flip)) >> 15, bit.height / 8)
            let colour = flip < 0 ? bit.colour.scaled(50000) : bit.colour
            let turn = bit.phase + bit.spin * phase
            for fine in planes {
                fine.leaf(
                    x: (x * short) >> 8, y: (y * short) >> 8, halfWidth: (bit.width * short) >> 9,
                    halfHeight: (tall * short) >> 9, turn: turn, level: fine.level(colour), share: bit.strength)
            }
        }
    }
}

extension FinePlane {
    /// Mixes in a turned rectangle with soft edges. Lengths in 1/256 pixels, `turn` a phase, `share` of 65536.
    func leaf(x: Int, y: Int, halfWidth: Int, halfHeight: Int, turn: Int, level: Int, share: Int) {
        let (cos, sin) = (Wave.cos(turn), Wave.sin(turn))
        let soft = 320 * step
        let reach = Wave.root(halfWidth * halfWidth + halfHeight * halfHeight) + soft
        for row in rows(about: y, reach) {
            let line = plane.row(row), dy = self.y(row) - y
            for column in columns(about: x, reach) {
                let dx = self.x(column) - x
                let along = abs(dx * cos + dy * sin) >> 15, up = abs(dy * cos - dx * sin) >> 15
                let wide = min(max(halfWidth - along + soft / 2, 0), soft)
                let tall = min(max(halfHeight - up + soft / 2, 0), soft)
                if wide == 0 || tall == 0 { continue }
                let cover = wide * tall * share / (soft * soft)
                let old = Int(line[column]) << 8
                line[column] = UInt8(truncatingIfNeeded: (old + ((level - old) * cover) >> 16 + 128) >> 8)
            }
        }
    }
}
