// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Curtains of light in a dark sky: bright along a wandering lower edge, fading upwards in rays.
struct AuroraPattern: MovingPattern {
    private let setup: PatternSetup
    private let across: [Int]
    private let down: [Int]
    private var field: SmallField

    init(_ setup: PatternSetup) {
        self.setup = setup
        field = SmallField(setup.canvas, fineness: 112)
        (across, down) = field.places
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let (ramp, dice, height) = (setup.ramp, setup.dice, setup.height)
        let sky = ramp[0], high = sky.scaled(30000)
        for row in 0..<field.rows {
            // A little lighter towards the horizon.
            let share = min(max(down[row] * 65536 / height, 0), 65536)
            let ground = high.mixed(sky.scaled(110_000), share)
            for column in 0..<field.columns {
                let index = row * field.columns + column
                field.y[index] = UInt16(clamping: ground.y)
                field.u[index] = UInt16(clamping: ground.u)
                field.v[index] = UInt16(clamping: ground.v)
            }
        }
        for curtain in 0..<3 {
            let low = ramp.from(1, curtain), top = ramp.from(1, curtain + 1)
            let start = dice.phase(1, curtain), turns = curtain == 1 ? -1 : 1
            let base = height * [82, 64, 50][curtain] / 100
            let reach = height * [52, 46, 40][curtain] / 100
            let most = [40000, 46000, 34000][curtain]
            for column in 0..<field.columns {
                let x = across[column]
                // One wave a width and a half, and a smaller one.
                let bend = Wave.sin(x * 7 + start + turns * phase), fold = Wave.sin(x * 17 - 2 * phase + start * 3)
                let edge = base + (bend * height) >> 18 + (fold * height) >> 20
                let fine = Wave.sin(x * 61 + bend * 12 + turns * 3 * phase + start)
                let finer = Wave.sin(x * 149 + fold * 9 - 4 * phase)
                let slow = Wave.sin(x * 5 - turns * 2 * phase + start * 5)
                let ray = 34000 + (fine * 5 + finer * 3 + slow * 10) / 19
                let strength = (most * min(max(ray, 6000), 65536)) >> 16
                for row in 0..<field.rows {
                    let above = edge - down[row]
                    var share: Int
                    if above < 0 {
                        share = 65536 + above * 65536 / 5200
                        if share <= 0 { continue }
                        share = (share * share) >> 16
                    } else {
                        share = 65536 - above * 65536 / reach
                        if share <= 0 { continue }
                        share = (share * share) >> 16
                    }
                    let tint = min(max(above * 65536 / reach, 0), 65536)
                    field.mix(row * field.columns + column, low.mixed(top, tint), (share * strength) >> 16)
                }
            }
        }
        field.draw(into: target)
    }
}
