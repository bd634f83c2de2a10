// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Hills of colour, one before the other, that roll along: each casts a soft shadow on the one behind and is lighter at its
/// crest.
struct WavesPattern: MovingPattern {
    private let setup: PatternSetup
    /// Of each hill, its crest column by column, in pixels by `fineness`.
    private var crests: [[Int16]]
    /// Steps a pixel: as many as sixteen bits hold.
    private let fineness: Int
    private let across: [Int]
    private static let hills = 5

    init(_ setup: PatternSetup) {
        self.setup = setup
        let width = setup.canvas.width
        crests = [[Int16]](repeating: [Int16](repeating: 0, count: width), count: Self.hills)
        fineness = max(setup.canvas.width, setup.canvas.height) <= 2000 ? 8 : 4
        across = (0..<width).map { (2 * $0 + 1) * PatternSetup.unit / (2 * setup.canvas.shortSide) }
    }

    mutating func draw(phase: Int, frame: Int, into target: Picture) {
        let (dice, height, short) = (setup.dice, setup.height, setup.canvas.shortSide)
        for hill in 0..<Self.hills where hill > 0 {
            let start = dice.phase(1, hill), turns = hill % 2 == 0 ? 1 : -1
            let base = height * (4 + 19 * hill) / 100
            let long = dice.roll(2, hill, in: 5...8), small = dice.roll(3, hill, in: 12...17)
            for column in across.indices {
                let x = across[column]
                let swell =
                    Wave.sin(x * long + start + turns * phase) * 4900 + Wave.sin(
                        x * small - 3 * start - 2 * turns * phase) * 1700
                let breath = Wave.sin(2 * phase + start * 7) * 900
                let place = ((base + (swell + breath) >> 15) * short * fineness) >> 16
                crests[hill][column] = Int16(clamping: place)
            }
        }
        for fine in FinePlane.all(of: target) { draw(fine) }
    }

    private func draw(_ fine: FinePlane) {
        let width = fine.plane.width
        let lines = fine.step == 1 ? crests : crests.map { crest in (0..<width).map { crest[$0 * 2] } }
        let spans = lines.map { (Int($0.min() ?? 0), Int($0.max() ?? 0)) }
        let reach = Reach(short: setup.canvas.shortSide, fineness: fineness, fine)
        let bodies = (0..<Self.hills).map { body($0, fine) }
        var line = [Int16](repeating: 0, count: width)
        line.withUnsafeMutableBufferPointer { line in
            guard let line = line.baseAddress else { return }
            for row in 0..<fine.plane.height {
                let y = (fine.y(row) * fineness) >> 8
                // Hills whose body covers the whole row hide all behind them.
                var first = 0
                for hill in 1..<Self.hills where spans[hill].1 + Int(reach.soft) < y { first = hill }
                if first == 0 { line.update(repeating: bodies[0].level, count: width) }
                for hill in max(first, 1)..<Self.hills where hill == first || spans[hill].0 - Int(reach.shade) < y {
                    lines[hill].withUnsafeBufferPointer { crest in
                        guard let crest = crest.baseAddress else { return }
                        Self.lay(bodies[hill], crest: crest, y: Int16(clamping: y), reach, over: line, count: width)
                    }
                }
                Self.put(line, row: row, into: fine.plane.row(row), count: width)
            }
        }
    }

    /// How far a shadow and a crest's light reach and how thick the edge is, in steps, and what makes 32767 of each.
    private struct Reach {
        let shade: Int16
        let light: Int16
        let soft: Int16
        let perShade: Int16
        let perLight: Int16
        let perSoft: Int16

        init(short: Int, fineness: Int, _ fine: FinePlane) {
            shade = Int16(clamping: max(short * fineness / 12, 1))
            light = Int16(clamping: max(short * fineness / 5, 1))
            soft = Int16(clamping: fineness * fine.step)
            // Shadows are of luma alone.
            perShade = fine.part == .luma ? Int16.max / shade : 0
            perLight = Int16.max / light
            perSoft = Int16.max / soft
        }
    }

    /// A hill's colour, twice what its crest is lighter by, and half what its foot is darker by; in 1/64 of a code value.
    private struct Body {
        let level: Int16
        let glow: Int16
        let dark: Int16
    }

    private func body(_ hill: Int, _ fine: FinePlane) -> Body {
        let colour = setup.ramp[hill], level = fine.level(colour)
        let glow = hill > 0 ? fine.level(colour.mixed(setup.ramp[hill - 1], 26000)) - level : 0
        return Body(
            level: Int16(clamping: level >> 2), glow: Int16(clamping: glow >> 1),
            dark: Int16(clamping: (fine.level(colour.scaled(44000)) - level) >> 3))
    }

    /// The upper half of a product: one instruction for eight of them.
    @inline(__always) private static func high(_ a: Int16, _ b: Int16) -> Int16 {
        Int16(truncatingIfNeeded: (Int32(a) &* Int32(b)) >> 16)
    }

    private static func lay(
        _ body: Body, crest: UnsafePointer<Int16>, y: Int16, _ reach: Reach, over line: UnsafeMutablePointer<Int16>,
        count: Int
    ) {
        let black: Int16 = 16 << 6
        for x in 0..<count {
            let depth = y &- crest[x]
            // What lies behind darkens towards the edge, by up to a quarter.
            let near = max(min(depth &+ reach.shade, reach.shade), 0) &* reach.perShade
            let behind = line[x] &- high(line[x] &- black, high(near, near))
            // Light at the crest, darker towards the foot.
            let lit = (reach.light &- min(max(depth, 0), reach.light)) &* reach.perLight
            let own = body.level &+ high(body.glow, lit) &+ high(body.dark, Int16.max &- lit)
            let cover = min(max(depth &+ reach.soft >> 1, 0), reach.soft) &* reach.perSoft
            let mixed = behind &+ high((own &- behind) << 1, cover)
            // Below the edge it is the hill alone.
            line[x] = depth > reach.soft ? own : mixed
        }
    }

    private static func put(
        _ line: UnsafePointer<Int16>, row: Int, into out: UnsafeMutablePointer<UInt8>, count: Int
    ) {
        let start = UInt16(truncatingIfNeeded: row) &* 383
        for x in 0..<count {
            let slope = UInt16(truncatingIfNeeded: x) &* 4398 &+ start
            let noise = (slope &* 53 &- slope >> 6) >> 8
            out[x] = UInt8(truncatingIfNeeded: (UInt16(bitPattern: line[x]) << 2 &+ noise) >> 8)
        }
    }
}
