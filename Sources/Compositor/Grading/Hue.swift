// SPDX-License-Identifier: GPL-3.0-or-later

/// The circle of hues as a hexagon (A. R. Smith, “Color Gamut Transform Pairs”, 1978): 0 red, 1 yellow, 2 green, 3 cyan, 4 blue,
/// 5 magenta, 6 red again. Colours are gamma-coded sRGB 0…1; no sines, so the same on every machine.
enum Hue {
    typealias Colour = SIMD3<Double>

    /// 0 ..< 6; 0 of a grey.
    static func of(_ colour: Colour) -> Double {
        let most = colour.max(), spread = most - colour.min()
        guard spread > 0 else { return 0 }
        if colour.x == most {
            let hue = (colour.y - colour.z) / spread
            return hue < 0 ? hue + 6 : hue
        }
        return colour.y == most ? 2 + (colour.z - colour.x) / spread : 4 + (colour.x - colour.y) / spread
    }

    /// How much of a step that is meant for `hue` a colour takes: 1 at it, smoothly to 0 `width` away from it, and to 0 as a
    /// colour nears grey, so that greys keep still and no edge appears.
    static func share(of colour: Colour, at hue: Double, within width: Double) -> Double {
        let way = abs(of(colour) - hue)
        let near = Easing.smooth(1 - min(way, 6 - way) / width)
        return near * min(1, 4 * (colour.max() - colour.min()))
    }

    /// The colour with another hue, as bright as it was.
    static func turned(_ colour: Colour, by turn: Double) -> Colour {
        let most = colour.max(), spread = most - colour.min()
        let hue = of(colour) + turn
        func channel(_ offset: Double) -> Double {
            let place = (offset + hue + 6).truncatingRemainder(dividingBy: 6)
            return most - spread * min(max(min(place, 4 - place), 0), 1)
        }
        let turned = Colour(channel(5), channel(3), channel(1))
        let before = ColourTransform.luma(colour), after = ColourTransform.luma(turned)
        return after > 0 ? turned * (before / after) : turned
    }
}
