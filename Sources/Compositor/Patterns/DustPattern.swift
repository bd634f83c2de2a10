// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Specks of dust that float in a soft light, the near ones out of focus.
struct DustPattern: MovingPattern {
    private struct Speck {
        let x: Int, y: Int, radius: Int, phase: Int, across: Int, up: Int, strength: Int
        let colour: FineColour
    }

    private static let margin = 6000
    private let setup: PatternSetup
    private let specks: [Speck]
    private var field: SmallField
    private let across: [Int]
    private let down: [Int]

    init(_ setup: PatternSetup) {
        self.setup = setup
        field = SmallField(setup.canvas, fineness: 54)
        (across, down) = field.places
        let (width, height, dice, ramp) = (setup.width, setup.height, setup.dice, setup.ramp)
        let count = 120 * max(width, height) / PatternSetup.unit
        specks = (0..<count).map { index in
            let kind = dice.roll(1, index)
            // Most are fine and in focus, some larger and soft, a few near and very soft.
            let radius: Int, strength: Int
            switch kind {
            case ..<46000:
                (radius, strength) = (dice.roll(2, index, in: 150...300), dice.roll(3, index, in: 40000...65536))
            case ..<61000:
                (radius, strength) = (dice.roll(2, index, in: 380...800), dice.roll(3, index, in: 20000...40000))
            default: (radius, strength) = (dice.roll(2, index, in: 1500...3600), dice.roll(3, index, in: 6000...13000))
            }
            return Speck(
                x: (dice.roll(4, index) * (width + 2 * Self.margin)) >> 16,
                y: (dice.roll(5, index) * (height + 2 * Self.margin)) >> 16, radius: radius,
                phase: dice.phase(6, index), across: dice.roll(7, index, in: -1...1),
                up: dice.roll(8, index, in: 0...1),
                strength: strength, colour: ramp.from(2, index))
        }
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let (width, height, ramp, dice) = (setup.width, setup.height, setup.ramp, setup.dice)
        let angle = dice.phase(20) + phase
        let x = width / 2 + (width / 5 * Wave.cos(angle)) >> 15,
            y = height * 2 / 5 + (height / 6 * Wave.sin(angle)) >> 15
        let (across, down) = (across, down)
        let reach = (width * width + height * height) >> 17
        field.fill { column, row in
            let dx = across[column] - x, dy = down[row] - y
            let light = max(65536 - ((dx * dx + dy * dy) >> 16) * 65536 / reach, 0)
            return ramp[0].mixed(ramp[1], (light * light) >> 16)
        }
        field.draw(into: target)
        let places = specks.map { place(of: $0, phase) }
        for fine in FinePlane.all(of: target) {
            for (speck, place) in zip(specks, places) {
                let twinkle = 46000 + (Wave.sin(speck.phase + 4 * phase) * 19500) >> 15
                fine.glow(
                    x: place.x, y: place.y, radius: max((speck.radius * setup.canvas.shortSide) >> 8, 220),
                    level: fine.level(speck.colour), share: (speck.strength * twinkle) >> 16)
            }
        }
    }

    /// Where it is, in 1/256 pixels: across the canvas and its margin a whole number of times in a loop, swaying.
    private func place(of speck: Speck, _ phase: Int) -> (x: Int, y: Int) {
        let wide = setup.width + 2 * Self.margin, high = setup.height + 2 * Self.margin
        func around(_ place: Int, _ span: Int) -> Int { (place % span + span) % span - Self.margin }
        let x = around(speck.x + speck.across * ((phase * wide) >> 20), wide)
        let y = around(speck.y - speck.up * ((phase * high) >> 20), high)
        let swayX = (Wave.sin(speck.phase + phase) * 2600) >> 15,
            swayY = (Wave.sin(speck.phase * 3 - 2 * phase) * 1500) >> 15
        let short = setup.canvas.shortSide
        return (((x + swayX) * short) >> 8, ((y + swayY) * short) >> 8)
    }
}

extension FinePlane {
    /// Mixes in a round glow, brightest in its middle: (1 − d²/r²)² of `share`. Lengths in 1/256 pixels.
    func glow(x: Int, y: Int, radius: Int, level: Int, share: Int) {
        // A sample of chroma is two pixels wide: what is smaller spreads.
        let r = max(radius, 300 * step), thin = radius >= r ? share : share * radius / r * radius / r
        let square = r * r
        for row in rows(about: y, r) {
            let line = plane.row(row), dy = self.y(row) - y
            for column in columns(about: x, r) {
                let dx = self.x(column) - x
                let rest = square - dx * dx - dy * dy
                if rest <= 0 { continue }
                let near = Int((Int64(rest) << 16) / Int64(square))
                let mix = (((near * near) >> 16) * thin) >> 16
                let old = Int(line[column]) << 8
                let value = old + ((level - old) * mix) >> 16
                line[column] = UInt8(truncatingIfNeeded: (value + Int(ditherNoise(column, row))) >> 8)
            }
        }
    }
}
