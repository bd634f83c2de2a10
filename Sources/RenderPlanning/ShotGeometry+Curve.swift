// SPDX-License-Identifier: GPL-3.0-or-later

/// Powers by series of additions and multiplications: the same bits on every machine, which libm does not promise.
enum ExactCurve {
    /// `base` to the power of `exponent`, for base 1…2 and exponent 0…1; error below 1e-14.
    static func power(_ base: Double, _ exponent: Double) -> Double {
        if exponent <= 0 || base == 1 { return 1 }
        if exponent >= 1 { return base }
        return exponential(exponent * logarithm(base))
    }

    /// ln x = 2 (y + y³/3 + y⁵/5 + …) with y = (x − 1)/(x + 1) ≤ 1/3.
    static func logarithm(_ x: Double) -> Double {
        let y = (x - 1) / (x + 1)
        let square = y * y
        var power = y
        var sum = 0.0
        for n in 0..<18 {
            sum += power / Double(2 * n + 1)
            power *= square
        }
        return 2 * sum
    }

    /// Taylor's series, for 0 ≤ x ≤ 0.7.
    static func exponential(_ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        for n in 1...18 {
            term = term * x / Double(n)
            sum += term
        }
        return sum
    }
}
