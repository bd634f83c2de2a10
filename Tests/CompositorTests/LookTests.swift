// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers
import Testing

@testable import Compositor

/// What a look may do to a picture: skin stays skin, greys of neutral looks stay grey, skies stay smooth.
@Suite struct LookTests {
    typealias Colour = SIMD3<Double>

    static let looks = Grade.Look.allCases.filter { $0 != .none }
    static func look(_ name: String) -> Grade.Look { Grade.Look(rawValue: name) ?? .none }
    /// Looks of one colour, and those that stand for other light altogether.
    static let unlikeSkin = Set(["black-and-white", "noir", "sepia", "night", "neon"].map(look))

    /// From the palest to the darkest, gamma-coded sRGB.
    static let skins: [Colour] = [
        [0.96, 0.84, 0.76], [0.94, 0.78, 0.69], [0.85, 0.65, 0.52], [0.78, 0.57, 0.45], [0.62, 0.42, 0.31],
        [0.45, 0.29, 0.21], [0.29, 0.19, 0.14],
    ]

    static func transform(_ look: Grade.Look) -> ColourTransform { ColourTransform(GradingTests.grade(look)) }

    @Test func everyLookHasARecipeOfItsOwn() {
        #expect(Set(LookRecipes.table.keys) == Set(Grade.Look.allCases))
        #expect(Set(LookRecipes.table.values.map { $0 }).count == Grade.Look.allCases.count)
        // No two of them give nearly the same: over a chart they differ by more than a just noticeable step.
        let chart =
            Self.skins + [
                [0.2, 0.4, 0.7], [0.6, 0.75, 0.9], [0.2, 0.45, 0.15], [0.7, 0.15, 0.12], [0.9, 0.8, 0.3],
                [0.1, 0.1, 0.1],
                [0.5, 0.5, 0.5], [0.9, 0.9, 0.9],
            ]
        let graded = Self.looks.map { look in (look, chart.map { Self.transform(look)($0) }) }
        for (index, one) in graded.enumerated() {
            for other in graded[(index + 1)...] {
                let differences = zip(one.1, other.1).map { a, b in
                    let d = a - b
                    return max(abs(d.x), abs(d.y), abs(d.z))
                }
                #expect((differences.max() ?? 0) > 0.04, "\(one.0.rawValue) and \(other.0.rawValue)")
            }
        }
    }

    /// Where neighbours among hues would change places, leaves and skin would fall into blotches: the turn dies away more
    /// slowly than hues follow one another (the steepest part of the fall is 1.5 times the mean).
    @Test(arguments: looks) func huesKeepTheirOrder(look: Grade.Look) {
        for step in LookRecipes.table[look] ?? [] {
            guard case .hues(_, let width, let turn, _, _) = step else { continue }
            #expect(1.5 * abs(turn) < 0.9 * width)
        }
    }

    /// Sine and cosine of the way from one hue to another, in the plane of colour differences.
    private func turn(from before: Colour, to after: Colour) -> (sine: Double, cosine: Double) {
        func chroma(_ colour: Colour) -> (blue: Double, red: Double) {
            let luma = ColourTransform.luma(colour)
            return ((colour.z - luma) / 1.8556, (colour.x - luma) / 1.5748)
        }
        let (a, b) = (chroma(before), chroma(after))
        let length = ((a.blue * a.blue + a.red * a.red) * (b.blue * b.blue + b.red * b.red)).squareRoot()
        return ((a.blue * b.red - a.red * b.blue) / length, (a.blue * b.blue + a.red * b.red) / length)
    }

    @Test(arguments: looks.filter { !unlikeSkin.contains($0) }) func skinKeepsItsHue(look: Grade.Look) {
        let transform = Self.transform(look)
        for skin in Self.skins {
            // 13 degrees: its sine is 0.225.
            let turn = turn(from: skin, to: transform(skin))
            #expect(turn.cosine > 0 && abs(turn.sine) < 0.225, "\(skin): \(turn)")
        }
    }

    @Test(
        arguments: [
            "vivid", "bright", "fresh", "portrait", "pastel", "matte", "bleach-bypass", "black-and-white", "noir",
        ].map(look)) func greysOfANeutralLookStayGrey(look: Grade.Look)
    {
        let transform = Self.transform(look)
        for step in 0...64 {
            let drawn = transform(Colour(repeating: Double(step) / 64))
            #expect(drawn.max() - drawn.min() < 7.0 / 255, "\(step)")
        }
    }

    /// A sky from deep to pale blue and one at sunset, as 8-bit pictures: neighbours that differ by a code value differ by a few
    /// at most afterwards, and what rose goes on rising.
    @Test(arguments: looks) func skiesStaySmooth(look: Grade.Look) {
        let skies: [(Colour, Colour)] = [
            ([0.25, 0.45, 0.78], [0.85, 0.90, 0.95]), ([0.16, 0.18, 0.42], [0.98, 0.62, 0.36]),
            ([0.05, 0.05, 0.06], [0.95, 0.95, 0.95]),
        ]
        let table = GradeTable(GradingTests.grade(look))
        for (top, low) in skies {
            let picture = Picture(width: 2, height: 1024)
            for row in 0..<1024 {
                let colour = (top + (low - top) * (Double(row) / 1023)) * 255
                let yuv = BT709.yuv(
                    r: UInt8(colour.x.rounded()), g: UInt8(colour.y.rounded()), b: UInt8(colour.z.rounded()))
                for x in 0..<2 { picture.mutableY.row(row)[x] = yuv.y }
                picture.mutableU.row(row / 2)[0] = yuv.u
                picture.mutableV.row(row / 2)[0] = yuv.v
            }
            let before = Picture(width: 2, height: 1024)
            before.copy(from: picture)
            table.apply(to: picture)
            for (from, to) in [(before.y, picture.y), (before.u, picture.u), (before.v, picture.v)] {
                for row in 1..<to.height {
                    let step = abs(Int(to.row(row)[0]) - Int(to.row(row - 1)[0]))
                    let given = abs(Int(from.row(row)[0]) - Int(from.row(row - 1)[0]))
                    #expect(step <= 3 + given, "row \(row): \(step)")
                }
            }
            // Nothing runs flat: over each eighth of the sky luma goes on.
            let luma = (0..<9).map { Int(picture.y.row(min(1023, $0 * 128))[0]) }
            #expect(zip(luma, luma.dropFirst()).allSatisfy { $0 < $1 }, "\(luma)")
        }
    }

    @Test func coloursRoundAHueTurnAndGreysKeepStill() {
        #expect(Hue.of([1, 0, 0]) == 0 && Hue.of([1, 1, 0]) == 1 && Hue.of([0, 1, 0]) == 2)
        #expect(Hue.of([0, 1, 1]) == 3 && Hue.of([0, 0, 1]) == 4 && Hue.of([1, 0, 1]) == 5)
        let green: Colour = [0.2, 0.6, 0.3]
        let turned = Hue.turned(green, by: -1)
        #expect(abs(Hue.of(turned) - (Hue.of(green) - 1)) < 1e-9)
        #expect(abs(ColourTransform.luma(turned) - ColourTransform.luma(green)) < 1e-9)
        #expect(abs(Hue.of(Hue.turned([0.9, 0.2, 0.3], by: -0.5)) - 5.357) < 0.01)
        let step = ColourTransform.Step.hues(at: 2, within: 1, turn: -1, saturation: 0.5, light: 0.2)
        for grey in [0.0, 0.3, 1.0] { #expect(step.applied(to: Colour(repeating: grey)) == Colour(repeating: grey)) }
        // A hue as far away as the step is wide is left alone; red lies beside magenta.
        let blue: Colour = [0.1, 0.2, 0.9]
        #expect(Hue.share(of: blue, at: 2, within: 1) == 0)
        #expect((step.applied(to: blue) - blue).max() < 1e-9)
        #expect(Hue.share(of: [1, 0, 0.1], at: 0, within: 0.5) > 0.8)
    }
}
