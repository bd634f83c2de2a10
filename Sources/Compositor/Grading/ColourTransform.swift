// SPDX-License-Identifier: GPL-3.0-or-later
import ColourTables
import EditModel

/// What a grade does to one colour, in gamma-coded sRGB 0…1, by additions, multiplications and divisions only (the same on
/// every machine).
///
/// The looks are made of a few photographic steps that neither crush blacks nor burn skies: white balance that keeps
/// brightness, an S-curve that ends at black and white, vibrance that leaves saturated colours (and so skin) alone, tones for
/// shadows and highlights, lifted blacks.
struct ColourTransform {
    typealias Colour = SIMD3<Double>

    private let steps: [Step]
    private let cube: CubeTable?

    init(_ grade: Grade, cube: CubeTable? = nil) {
        var steps = LookRecipes.table[grade.look] ?? []
        if grade.temperature != 0 { steps.append(.temperature(0.9 * Self.unit(grade.temperature))) }
        if grade.brightness != 0 { steps.append(.brightness(Self.unit(grade.brightness))) }
        if grade.contrast != 0 { steps.append(.contrast(Self.unit(grade.contrast))) }
        if grade.saturation != 0 { steps.append(.saturation(Self.unit(grade.saturation))) }
        self.steps = steps
        self.cube = cube
    }

    private static func unit(_ x: Double) -> Double { x.isFinite ? min(max(x, -1), 1) : 0 }

    func callAsFunction(_ colour: Colour) -> Colour {
        var colour = colour.clamped(lowerBound: .zero, upperBound: .one)
        for step in steps { colour = step.applied(to: colour) }
        return cube?.applied(to: colour) ?? colour
    }

    /// One step; amounts −1…1 unless said.
    enum Step: Hashable, Sendable {
        /// Warmer (> 0) or cooler; brightness stays.
        case temperature(Double)
        case brightness(Double)
        case contrast(Double)
        case saturation(Double)
        /// Saturation that goes to muted colours first.
        case vibrance(Double)
        /// Added to dark and to light parts.
        case tones(shadow: Colour, light: Colour)
        /// Coloured light on everything; brightness stays.
        case tint(Colour)
        /// What black and white become.
        case range(black: Colour, white: Colour)
        /// Colours round a hue, 0 red … 2 green … 4 blue … under 6, fading out `within` to either side of it and towards grey:
        /// turned on the circle of hues (brightness stays), then more or less saturated, then lighter or darker.
        case hues(at: Double, within: Double, turn: Double, saturation: Double, light: Double)
        /// A panchromatic film with these sensitivities.
        case grey(red: Double, green: Double, blue: Double)

        func applied(to colour: Colour) -> Colour {
            let changed: Colour
            switch self {
            case .temperature(let amount):
                let gains = Colour(1 + 0.20 * amount, 1 + 0.025 * amount, 1 - 0.26 * amount)
                let before = ColourTransform.luma(colour), tinted = colour * gains
                let after = ColourTransform.luma(tinted)
                // Brightness is kept, and white stays nearly white: the strongest lights are tinted less.
                let kept = after > 0 ? tinted * (before / after) : tinted
                let light = before * before * before * before
                changed = kept + (colour - kept) * (0.45 * light)
            case .brightness(let amount):
                // Schlick's bias: a gamma without powers; ends stay. b = 0.5 leaves all as it is.
                let b = 0.5 + 0.28 * amount
                let slope = 1 / b - 2
                changed = colour / (Colour(repeating: 1) + slope * (Colour(repeating: 1) - colour))
            case .contrast(let amount) where amount > 0:
                // Towards the smooth step about a middle a little below the half, so that faces do not go dark.
                let curve = Colour(
                    ColourTransform.curve(colour.x), ColourTransform.curve(colour.y), ColourTransform.curve(colour.z))
                changed = colour + (curve - colour) * amount
            case .contrast(let amount):
                changed = colour + (Colour(repeating: 0.46) - colour) * (-0.55 * amount)
            case .saturation(let amount):
                let grey = Colour(repeating: ColourTransform.luma(colour))
                changed = grey + (colour - grey) * (1 + amount)
            case .vibrance(let amount):
                let grey = Colour(repeating: ColourTransform.luma(colour))
                let most = colour.max(), least = colour.min()
                let saturation = most > 0 ? (most - least) / most : 0
                // Skin lies at red > green > blue; it is spared half.
                let skin = colour.x > colour.y && colour.y > colour.z ? 0.6 : 1.0
                changed = grey + (colour - grey) * (1 + amount * skin * (1 - saturation))
            case .tones(let shadow, let light):
                let luma = ColourTransform.luma(colour)
                let dark = (1 - luma) * (1 - luma) * min(1, luma * 8), bright = luma * luma * min(1, (1 - luma) * 6)
                changed = colour + shadow * (dark * 1.6) + light * (bright * 1.6)
            case .tint(let light):
                let tinted = colour * light / ColourTransform.luma(light)
                let luma = ColourTransform.luma(colour)
                changed = tinted + (colour - tinted) * (0.4 * luma * luma * luma)
            case .range(let black, let white):
                changed = black + colour * (white - black)
            case .hues(let hue, let width, let turn, let saturation, let light):
                let share = Hue.share(of: colour, at: hue, within: width)
                let turned = turn == 0 ? colour : Hue.turned(colour, by: turn * share)
                let grey = Colour(repeating: ColourTransform.luma(turned))
                changed = (grey + (turned - grey) * (1 + saturation * share)) * (1 + light * share)
            case .grey(let red, let green, let blue):
                changed = Colour(repeating: red * colour.x + green * colour.y + blue * colour.z)
            }
            return changed.clamped(lowerBound: .zero, upperBound: .one)
        }
    }

    /// BT.709.
    static func luma(_ colour: Colour) -> Double { 0.2126 * colour.x + 0.7152 * colour.y + 0.0722 * colour.z }

    /// An S through (0, 0), (0.46, 0.46) and (1, 1), level at neither end so that shadows keep their drawing.
    private static func curve(_ x: Double) -> Double {
        let middle = 0.46
        func half(_ t: Double) -> Double { t * (0.35 + t * (1.3 - 0.65 * t)) }
        return x < middle ? middle * half(x / middle) : 1 - (1 - middle) * half((1 - x) / (1 - middle))
    }
}
