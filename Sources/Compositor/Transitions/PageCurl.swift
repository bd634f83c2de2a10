// SPDX-License-Identifier: GPL-3.0-or-later

/// The shape of a page that rolls back over a cylinder, seen from above, across the roll: a table over the distance from the
/// line where the page leaves the table, in quarters of a pixel.
///
/// ```
///            flap ─────────╮  roof
///   ───────── page ────────┴──╯  side ─────── what lies below
///                          0  r
/// ```
/// Left of the line the page lies flat; the flap lies over it. Between the line and the radius two layers of the roll are seen
/// through each other's place: the side that rises, and the roof that comes back.
struct PageCurl {
    static let quarters = 4
    let radius: Int
    /// By distance 0 … radius, in quarters of a pixel: how much further along the page the rising side is, and the roof,
    /// in 1/256 of a pixel.
    let side: [Int32]
    let roof: [Int32]
    /// Light on them, 0…256.
    let sideLight: [Int32]
    let roofLight: [Int32]

    init(radius: Int) {
        self.radius = radius
        let count = radius * Self.quarters
        var side: [Int32] = []
        var roof: [Int32] = []
        var sideLight: [Int32] = []
        var roofLight: [Int32] = []
        for index in 0...count {
            let x = Double(index) / Double(count)
            let angle = Self.arcSine(x)
            let reach = Double(radius)
            side.append(Int32((256 * reach * (angle - x)).rounded()))
            roof.append(Int32((256 * reach * (Double.pi - angle - x)).rounded()))
            // How upright the paper stands there: 1 where it lies flat, 0 at the outermost line.
            let flat = (1 - x * x).squareRoot()
            sideLight.append(Int32((256 * (0.5 + 0.5 * flat)).rounded()))
            // A soft gleam a little inside of the outermost line.
            let gleam = max(0, 1 - abs(x - 0.62) / 0.3)
            roofLight.append(Int32((256 * (0.58 + 0.38 * flat + 0.07 * gleam * gleam * (3 - 2 * gleam))).rounded()))
        }
        (self.side, self.roof, self.sideLight, self.roofLight) = (side, roof, sideLight, roofLight)
    }

    /// For 0 ≤ x ≤ 1, by additions, multiplications and square roots alone: the same bits on every machine.
    static func arcSine(_ x: Double) -> Double {
        if x > 0.5 { return Double.pi / 2 - 2 * arcSine((max(0, 1 - x) / 2).squareRoot()) }
        // x + 1/2 · x³/3 + 1·3/(2·4) · x⁵/5 + …
        let square = x * x
        var power = x
        var sum = x
        for n in 1...24 {
            power *= square * Double(2 * n - 1) / Double(2 * n)
            sum += power / Double(2 * n + 1)
        }
        return sum
    }
}
