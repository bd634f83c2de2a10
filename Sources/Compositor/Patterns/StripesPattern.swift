// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Slanting stripes that move along: two broad bands by turns and a fine bright line between, lighter towards the top.
struct StripesPattern: MovingPattern {
    private let setup: PatternSetup
    private let isRising: Bool
    private var line: [UInt16] = []

    init(_ setup: PatternSetup) {
        self.setup = setup
        isRising = setup.dice.roll(1) < 32768
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        for fine in FinePlane.all(of: target) { draw(fine, phase) }
    }

    private mutating func draw(_ fine: FinePlane, _ phase: Int) {
        let plane = fine.plane, ramp = setup.ramp, short = setup.canvas.shortSide
        // A pair of bands, in 1/256 pixels across the canvas; six pairs pass in a loop.
        let pair = short * 256 * 44 / 100
        let shift = (phase * 6 * pair) >> 20 + (setup.dice.roll(2) * pair) >> 16
        let first = fine.level(ramp[0]), second = fine.level(ramp[1]), bright = fine.level(ramp[2])
        let thin = max(short * 256 / 150, 160)
        let edge = 384 * fine.step
        /// How much of a sample lies between two places of the pair.
        func cover(_ place: Int, _ from: Int, _ to: Int) -> Int {
            let inside = min(place - from, to - place) + edge / 2
            return min(max(inside * 65536 / edge, 0), 65536)
        }
        let count = plane.width + plane.height
        if line.count < count { line = [UInt16](repeating: 0, count: count) }
        for index in 0..<count {
            let place = (fine.x(index) + shift) % pair
            let band = max(cover(place, pair / 2, pair), cover(place + pair, pair / 2, pair))
            var level = first + ((second - first) * band) >> 16
            let stroke = max(
                cover(place, pair / 2, pair / 2 + thin),
                max(cover(place, pair, pair + thin), cover(place + pair, pair, pair + thin)))
            level += ((bright - level) * (place < pair / 4 || place > pair * 3 / 4 ? 0 : stroke)) >> 16
            line[index] = UInt16(clamping: level)
        }
        for row in 0..<plane.height {
            let out = plane.row(row)
            let start = isRising ? row : plane.height - 1 - row
            // The light from above: a quarter darker at the foot.
            let light = fine.part == .luma ? UInt16(24 + (plane.height - row) * 8 / plane.height) : 0
            line.withUnsafeBufferPointer { line in
                guard let from = line.baseAddress.map({ $0 + start }) else { return }
                Self.put(from, light: light, row: row, into: out, count: plane.width)
            }
        }
    }

    /// One row; `light` of 32 brighter or darker, 0 for chroma.
    private static func put(
        _ from: UnsafePointer<UInt16>, light: UInt16, row: Int, into out: UnsafeMutablePointer<UInt8>, count: Int
    ) {
        let start = UInt16(truncatingIfNeeded: row) &* 383
        let (factor, base): (UInt16, UInt16) = light == 0 ? (32, 0) : (light, 4096)
        for x in 0..<count {
            let value = (from[x] &- base) >> 5 &* factor &+ base
            let slope = UInt16(truncatingIfNeeded: x) &* 4398 &+ start
            out[x] = UInt8(truncatingIfNeeded: (value &+ (slope &* 53 &- slope >> 6) >> 8) >> 8)
        }
    }
}
