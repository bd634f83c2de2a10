// SPDX-License-Identifier: GPL-3.0-or-later

/// Curves of movement over 0…1, made of additions and multiplications only so that every machine draws the same.
enum Easing {
    /// 3x² − 2x³: leaves and arrives gently.
    static func smooth(_ x: Double) -> Double {
        let x = min(max(x, 0), 1)
        return x * x * (3 - 2 * x)
    }

    /// 6x⁵ − 15x⁴ + 10x³: as `smooth`, with more patience at both ends.
    static func smoother(_ x: Double) -> Double {
        let x = min(max(x, 0), 1)
        return x * x * x * (x * (6 * x - 15) + 10)
    }

    /// Fast first, then settles.
    static func outCubic(_ x: Double) -> Double {
        let rest = 1 - min(max(x, 0), 1)
        return 1 - rest * rest * rest
    }

    static func inCubic(_ x: Double) -> Double {
        let x = min(max(x, 0), 1)
        return x * x * x
    }

    /// Arrives a little beyond (about 3 %) and comes back.
    static func outBack(_ x: Double) -> Double {
        let rest = min(max(x, 0), 1) - 1
        let overshoot = 0.9
        return 1 + rest * rest * ((overshoot + 1) * rest + overshoot)
    }
}
