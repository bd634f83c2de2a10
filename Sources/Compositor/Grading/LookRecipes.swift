// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

/// What each look of `LookCatalog` is made of: one row a look, its steps in order.
enum LookRecipes {
    static let table: [Grade.Look: [ColourTransform.Step]] = {
        var table: [Grade.Look: [ColourTransform.Step]] = [:]
        for (name, steps) in rows { if let look = Grade.Look(rawValue: name) { table[look] = steps } }
        return table
    }()

    private static let rows: [(String, [ColourTransform.Step])] = [
        ("none", []),
        (
            "warm",
            [
                .temperature(0.34),
                .contrast(0.10),
                .vibrance(0.10),
                .tones(shadow: [0.01, 0.002, -0.006], light: [0.012, 0.004, -0.018]),
            ]
        ),
        (
            "cool",
            [
                .temperature(-0.32),
                .contrast(0.12),
                .vibrance(-0.04),
                .tones(shadow: [-0.006, 0.002, 0.016], light: [-0.006, 0.002, 0.008]),
            ]
        ),
        (
            "vivid",
            [
                .contrast(0.26),
                .vibrance(0.42),
                .brightness(0.03),
            ]
        ),
        (
            "bright",
            [
                .brightness(0.34),
                .contrast(0.14),
                .vibrance(0.12),
            ]
        ),
        (
            "fresh",
            [
                .brightness(0.24),
                .contrast(-0.06),
                .temperature(-0.05),
                .hues(at: 1.60, within: 1.20, turn: 0.20, saturation: 0.08, light: 0),
                .hues(at: 3.60, within: 1.40, turn: -0.18, saturation: 0.08, light: 0),
                .vibrance(0.16),
                .tones(shadow: [0.00, 0.01, 0.012], light: [-0.003, 0.004, 0.002]),
                .range(black: [0.035, 0.043, 0.045], white: [0.995, 1.00, 0.995]),
            ]
        ),
        (
            "portrait",
            [
                .brightness(0.16),
                .contrast(0.06),
                .hues(at: 0.45, within: 0.55, turn: -0.04, saturation: -0.06, light: 0.04),
                .hues(at: 2.00, within: 1.00, turn: 0, saturation: -0.18, light: 0),
                .temperature(0.05),
                .tones(shadow: [0.01, 0.004, 0.004], light: [0.004, 0.002, 0.00]),
            ]
        ),
        (
            "pastel",
            [
                .brightness(0.30),
                .contrast(-0.22),
                .saturation(-0.06),
                .vibrance(0.14),
                .tones(shadow: [0.018, 0.012, 0.018], light: [0.01, 0.002, 0.004]),
                .range(black: [0.06, 0.056, 0.066], white: [1.00, 0.992, 0.988]),
            ]
        ),
        (
            "matte",
            [
                .contrast(0.34),
                .brightness(-0.05),
                .saturation(-0.10),
                .range(black: [0.085, 0.085, 0.09], white: [0.935, 0.93, 0.92]),
            ]
        ),
        (
            "film",
            [
                .contrast(0.20),
                .temperature(0.06),
                .vibrance(0.10),
                .hues(at: 2.00, within: 1.30, turn: -0.12, saturation: -0.12, light: -0.03),
                .hues(at: 4.00, within: 1.30, turn: -0.14, saturation: -0.06, light: -0.03),
                .tones(shadow: [-0.012, 0.006, 0.01], light: [0.016, 0.008, -0.014]),
                .range(black: [0.026, 0.028, 0.03], white: [0.985, 0.972, 0.945]),
            ]
        ),
        (
            "golden-hour",
            [
                .temperature(0.28),
                .brightness(0.06),
                .contrast(0.12),
                .hues(at: 1.00, within: 1.10, turn: -0.14, saturation: 0.00, light: 0),
                .tones(shadow: [0.014, 0.002, -0.008], light: [0.036, 0.012, -0.034]),
                .range(black: [0.018, 0.01, 0.006], white: [1.00, 0.985, 0.955]),
            ]
        ),
        (
            "dusk",
            [
                .brightness(-0.04),
                .contrast(0.12),
                .hues(at: 4.00, within: 1.20, turn: 0.16, saturation: 0.02, light: 0),
                .tones(shadow: [0.008, -0.005, 0.011], light: [0.036, -0.002, -0.002]),
                .range(black: [0.02, 0.016, 0.025], white: [1.00, 0.97, 0.962]),
            ]
        ),
        (
            "cinematic",
            [
                .contrast(0.24),
                .brightness(-0.05),
                .saturation(-0.08),
                .vibrance(0.10),
                .tones(shadow: [-0.044, 0.008, 0.04], light: [0.052, 0.012, -0.05]),
                .range(black: [0.012, 0.016, 0.022], white: [0.99, 0.98, 0.965]),
            ]
        ),
        (
            "teal-orange",
            [
                .contrast(0.18),
                .hues(at: 2.20, within: 1.20, turn: 0.55, saturation: -0.22, light: -0.05),
                .hues(at: 4.20, within: 1.30, turn: -0.62, saturation: 0.06, light: 0),
                .hues(at: 0.90, within: 0.60, turn: -0.14, saturation: 0.06, light: 0),
                .tones(shadow: [-0.046, 0.01, 0.034], light: [0.03, 0.008, -0.024]),
            ]
        ),
        (
            "moody",
            [
                .brightness(-0.16),
                .contrast(0.18),
                .saturation(-0.16),
                .hues(at: 2.00, within: 1.20, turn: -0.20, saturation: -0.40, light: -0.10),
                .hues(at: 4.00, within: 1.20, turn: -0.12, saturation: -0.30, light: -0.06),
                .tones(shadow: [-0.012, 0.004, 0.008], light: [0.01, 0.002, -0.01]),
                .range(black: [0.04, 0.042, 0.044], white: [0.95, 0.94, 0.925]),
            ]
        ),
        (
            "autumn",
            [
                .temperature(0.14),
                .contrast(0.12),
                .hues(at: 1.90, within: 1.60, turn: -0.86, saturation: 0.06, light: -0.02),
                .hues(at: 1.00, within: 0.80, turn: -0.20, saturation: 0.10, light: 0),
                .vibrance(0.12),
                .tones(shadow: [0.008, 0.00, -0.006], light: [0.016, 0.004, -0.018]),
            ]
        ),
        (
            "night",
            [
                .brightness(-0.46),
                .saturation(-0.36),
                .temperature(-0.58),
                .contrast(0.12),
                .tones(shadow: [-0.014, 0.00, 0.032], light: [-0.02, 0.00, 0.03]),
                .range(black: [0.016, 0.022, 0.04], white: [0.89, 0.925, 1.00]),
            ]
        ),
        (
            "neon",
            [
                .contrast(0.22),
                .brightness(-0.06),
                .hues(at: 4.00, within: 1.40, turn: -0.40, saturation: 0.22, light: 0),
                .hues(at: 0.00, within: 1.50, turn: -0.22, saturation: 0.12, light: 0),
                .hues(at: 2.00, within: 1.40, turn: 0.60, saturation: 0.00, light: 0),
                .tones(shadow: [0.006, -0.026, 0.064], light: [0.034, -0.03, 0.03]),
                .range(black: [0.02, 0.008, 0.045], white: [1.00, 0.97, 1.00]),
            ]
        ),
        (
            "hong-kong",
            [
                .contrast(0.18),
                .temperature(0.06),
                .hues(at: 0.00, within: 0.70, turn: 0, saturation: 0.14, light: -0.03),
                .hues(at: 4.00, within: 1.30, turn: -0.30, saturation: -0.20, light: 0),
                .tones(shadow: [-0.014, 0.016, 0.006], light: [0.026, 0.01, -0.024]),
                .range(black: [0.034, 0.042, 0.036], white: [0.985, 0.955, 0.90]),
            ]
        ),
        (
            "vintage",
            [
                .saturation(-0.24),
                .contrast(0.08),
                .temperature(0.20),
                .range(black: [0.075, 0.062, 0.07], white: [0.985, 0.955, 0.885]),
                .tones(shadow: [-0.006, 0.008, 0.014], light: [0.018, 0.008, -0.016]),
            ]
        ),
        (
            "fade",
            [
                .contrast(-0.10),
                .saturation(-0.20),
                .range(black: [0.105, 0.108, 0.118], white: [0.965, 0.955, 0.945]),
                .temperature(0.05),
            ]
        ),
        (
            "bleach-bypass",
            [
                .saturation(-0.56),
                .contrast(0.52),
                .tones(shadow: [-0.004, 0.002, 0.006], light: [0.006, 0.004, -0.002]),
            ]
        ),
        (
            "black-and-white",
            [
                .grey(red: 0.36, green: 0.50, blue: 0.14),
                .contrast(0.26),
            ]
        ),
        (
            "noir",
            [
                .grey(red: 0.48, green: 0.44, blue: 0.08),
                .contrast(0.70),
                .brightness(-0.10),
            ]
        ),
        (
            "sepia",
            [
                .grey(red: 0.34, green: 0.53, blue: 0.13),
                .contrast(0.14),
                .tint([1.00, 0.85, 0.66]),
                .range(black: [0.034, 0.024, 0.016], white: [1.00, 0.98, 0.94]),
            ]
        ),
    ]
}
