// SPDX-License-Identifier: GPL-3.0-or-later

/// The shapes in which pictures arrive: one row a transition. Names of FFmpeg's xfade are aliases in `TransitionCatalog`.
enum ArrivalShapes {
    static let rows: [ArrivalShape] =
        corners + diagonals + smooth + doors + slices + winds + others

    /// A corner of the second picture grows over the canvas; named after where the first one leaves to.
    private static let corners = [
        ArrivalShape("wipe-top-left", softness: 0.06) { 1 - max($0.x, $0.y) },
        ArrivalShape("wipe-top-right", softness: 0.06) { 1 - max(1 - $0.x, $0.y) },
        ArrivalShape("wipe-bottom-left", softness: 0.06) { 1 - max($0.x, 1 - $0.y) },
        ArrivalShape("wipe-bottom-right", softness: 0.06) { 1 - max(1 - $0.x, 1 - $0.y) },
    ]

    /// A slanting edge, on its way to a corner.
    private static let diagonals = [
        ArrivalShape("diagonal-top-left", softness: 0.12) { 1 - ($0.x + $0.y) / 2 },
        ArrivalShape("diagonal-top-right", softness: 0.12) { 1 - (1 - $0.x + $0.y) / 2 },
        ArrivalShape("diagonal-bottom-left", softness: 0.12) { 1 - ($0.x + 1 - $0.y) / 2 },
        ArrivalShape("diagonal-bottom-right", softness: 0.12) { 1 - (1 - $0.x + 1 - $0.y) / 2 },
    ]

    /// A wipe as soft as half the canvas.
    private static let smooth = [
        ArrivalShape("smooth-left", softness: 0.6) { 1 - $0.x },
        ArrivalShape("smooth-right", softness: 0.6) { $0.x },
        ArrivalShape("smooth-up", softness: 0.6) { 1 - $0.y },
        ArrivalShape("smooth-down", softness: 0.6) { $0.y },
    ]

    /// Two edges that part or meet in the middle.
    private static let doors = [
        ArrivalShape("vertical-open", softness: 0.08) { abs(2 * $0.x - 1) },
        ArrivalShape("vertical-close", softness: 0.08) { 1 - abs(2 * $0.x - 1) },
        ArrivalShape("horizontal-open", softness: 0.08) { abs(2 * $0.y - 1) },
        ArrivalShape("horizontal-close", softness: 0.08) { 1 - abs(2 * $0.y - 1) },
    ]

    /// Ten blinds that open one after the other.
    private static let slices = [
        ArrivalShape("slices-left", softness: 0.04) { blinds(1 - $0.x) },
        ArrivalShape("slices-right", softness: 0.04) { blinds($0.x) },
        ArrivalShape("slices-up", softness: 0.04) { blinds(1 - $0.y) },
        ArrivalShape("slices-down", softness: 0.04) { blinds($0.y) },
    ]

    private static func blinds(_ along: Double) -> Double {
        let blind = (along * 10).rounded(.down)
        return 0.6 * blind / 9 + 0.4 * (along * 10 - blind)
    }

    /// Streaks of uneven length, as if it were blown.
    private static let winds = [
        ArrivalShape("wind-left", softness: 0.18) { streaks(1 - $0.x, $0.row, $0.height, of: $0.width) },
        ArrivalShape("wind-right", softness: 0.18) { streaks($0.x, $0.row, $0.height, of: $0.width) },
        ArrivalShape("wind-up", softness: 0.18) { streaks(1 - $0.y, $0.column, $0.width, of: $0.height) },
        ArrivalShape("wind-down", softness: 0.18) { streaks($0.y, $0.column, $0.width, of: $0.height) },
    ]

    /// Lines a few samples thick, each with a head start of its own; thicker bundles of them go together.
    private static func streaks(_ along: Double, _ line: Int, _ lines: Int, of length: Int) -> Double {
        let thin = max(1, min(lines, length) / 270), bundle = thin * 14
        func noise(_ index: Int, _ seed: UInt32) -> Double {
            Double(Noise.hash(UInt32(index), seed, 77)) / 4_294_967_295
        }
        let part = Double(line % bundle) / Double(bundle)
        let broad = noise(line / bundle, 1) * (1 - part) + noise(line / bundle + 1, 1) * part
        return 0.68 * along + 0.2 * broad + 0.12 * noise(line / thin, 2)
    }

    private static let others = [
        // xfade's own dissolve: grain by grain.
        ArrivalShape("grain-dissolve", softness: 0.12) { $0.grain(max(1, $0.shorter / 360), seed: 31) },
        // Tiles that turn up here and there.
        ArrivalShape("mosaic", softness: 0.22) { $0.grain(max(2, $0.shorter / 9), seed: 5) },
        ArrivalShape("circle-open", softness: 0.07) { circle.arrival($0) },
        ArrivalShape("circle-close", softness: 0.07) { 1 - circle.arrival($0) },
        // The hand of a clock, from twelve.
        ArrivalShape("radial", softness: 0.03) { place in
            let (x, y) = place.fromMiddle
            return clock(x, y)
        },
        ArrivalShape("rectangle-open", softness: 0.05) { max(abs(2 * $0.x - 1), abs(2 * $0.y - 1)) },
        ArrivalShape("rectangle-close", softness: 0.05) { 1 - max(abs(2 * $0.x - 1), abs(2 * $0.y - 1)) },
        heart,
    ]

    /// Concentric circles that reach the corners last.
    static let circle = ArrivalShape("circle", softness: 0.07) { place in
        let (x, y) = place.fromMiddle
        let ratio = Double(max(place.width, place.height)) / Double(place.shorter)
        return ((x * x + y * y) / (1 + ratio * ratio)).squareRoot()
    }

    /// The angle from twelve o'clock, clockwise, in turns 0…1: the arctangent of Abramowitz and Stegun 4.4.49, right to
    /// 0.00002 of a turn, out of additions and multiplications.
    private static func clock(_ x: Double, _ y: Double) -> Double {
        let (across, up) = (abs(x), abs(y))
        let ratio = min(across, up) / max(across, up, 1e-9)
        let square = ratio * ratio
        let series =
            0.9998660 + square * (-0.3302995 + square * (0.1801410 + square * (-0.0851330 + square * 0.0208351)))
        // From the nearer axis, then from the upright one.
        var turn = ratio * series / (2 * Double.pi)
        if across > up { turn = 0.25 - turn }
        if y > 0 { turn = 0.5 - turn }
        return x < 0 ? 1 - turn : turn
    }

    static let rectangle = ArrivalShape("rectangle", softness: 0.05) {
        max(abs(2 * $0.x - 1), abs(2 * $0.y - 1))
    }

    /// A heart that grows: half a square and two half circles, the same shape at every size.
    static let heart = ArrivalShape("heart-open", softness: 0.03) { place in
        let (x, y) = place.fromMiddle
        // A heart's outline as a norm: the disc, drawn out where it dips and comes to its point.
        let side = abs(x), height = -y - 0.1 + 0.75 * side.squareRoot() * -1
        let reach = (side * side * 1.15 + height * height).squareRoot()
        let ratio = Double(max(place.width, place.height)) / Double(place.shorter)
        return reach / (1.2 + 1.15 * ratio)
    }
}
