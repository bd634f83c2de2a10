// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Shares a film's length out among its shots and finds the cuts between them, in whole milliseconds.
///
/// A shot's width runs from cut to cut, where a cut is the middle of the transition there. Widths always add up to the
/// film exactly, and each stays between its shot's least and most.
struct ShotLengths {
    /// One shot's claim on the film's time, in milliseconds.
    struct Claim: Hashable {
        var wanted: Double
        var least: Int64
        /// Nil = any length (a photo).
        var most: Int64?
    }

    /// `claims.count + 1` film times from 0 to the film's end, ascending.
    private(set) var cuts: [Int64] = [0]
    /// How many of the inner cuts fell on the grid.
    private(set) var onGrid = 0

    /// - Parameters:
    ///   - claims: at least one; the sum of `least` is at most `total`, the sum of `most` at least `total`.
    ///   - total: the film's length.
    ///   - grid: where cuts belong (beats), ascending; nil rounds to `round` instead.
    ///   - round: the nearest good place of a cut when there is no grid (a frame's beginning).
    init(_ claims: [Claim], total: Int64, grid: CutGrid?, round: (Double) -> Int64) {
        let widths = Self.widths(claims, total: Double(total))
        // What the shots after each one need at least and can fill at most.
        var leastAfter = [Int64](repeating: 0, count: claims.count + 1)
        var mostAfter = [Int64?](repeating: 0, count: claims.count + 1)
        for index in claims.indices.reversed() {
            leastAfter[index] = leastAfter[index + 1] + claims[index].least
            if let later = mostAfter[index + 1], let most = claims[index].most {
                mostAfter[index] = later + most
            } else {
                mostAfter[index] = nil
            }
        }
        var ideal = 0.0
        for index in claims.indices.dropLast() {
            ideal += widths[index]
            let here = cuts[index]
            let claim = claims[index]
            var low = here + claim.least
            if let later = mostAfter[index + 1] { low = max(low, total - later) }
            var high = total - leastAfter[index + 1]
            if let most = claim.most { high = min(high, here + most) }
            let place = grid?.best(
                near: ideal, from: low, through: high, leaving: claims.count - 2 - index,
                until: total - leastAfter[claims.count - 1])
            if let place {
                cuts.append(place)
                onGrid += 1
            } else {
                cuts.append(min(max(round(ideal), low), high))
            }
        }
        cuts.append(total)
    }

    /// Widths in proportion to what is wanted, each within its bounds, adding up to `total`: wanted · f, clamped, with
    /// the one factor f that makes the sum right (found by bisection; the sum grows with f).
    private static func widths(_ claims: [Claim], total: Double) -> [Double] {
        func width(_ claim: Claim, _ factor: Double) -> Double {
            let width = max(claim.wanted * factor, Double(claim.least))
            return claim.most.map { min(width, Double($0)) } ?? width
        }
        func sum(_ factor: Double) -> Double {
            var sum = 0.0
            for claim in claims { sum += width(claim, factor) }
            return sum
        }
        var low = 0.0
        var high = 1.0
        while sum(high) < total, high < 1e12 { high *= 2 }
        for _ in 0..<60 where high - low > 1e-9 * high {
            let middle = (low + high) / 2
            if sum(middle) < total { low = middle } else { high = middle }
        }
        return claims.map { width($0, high) }
    }
}
