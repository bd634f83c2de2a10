// SPDX-License-Identifier: GPL-3.0-or-later

/// Sine and distance in integers: the same on every machine.
enum Wave {
    /// A whole turn, in units of a phase.
    static let turn = 1 << 20
    /// What sine reaches.
    static let one = 1 << 15

    /// 1024 steps a turn and the first again. Taylor's series on a quarter turn; only products and sums of doubles, rounded.
    private static let table: [Int32] = (0...1024).map { step in
        let quarter = step % 512 <= 256 ? step % 512 : 512 - step % 512
        let x = Double(quarter) / 512 * 3.141592653589793
        let xx = x * x
        var term = x, sum = x
        for n in 1...8 {
            term = -term * xx / Double(2 * n * (2 * n + 1))
            sum += term
        }
        let value = Int32((sum * Double(one)).rounded())
        return step % 1024 < 512 ? value : -value
    }

    /// −`one`…`one`; straight between the steps of the table.
    @inline(__always) static func sin(_ phase: Int) -> Int {
        let place = phase & (turn - 1)
        let index = place >> 10, share = place & 1023
        return table.withUnsafeBufferPointer { table in
            let from = Int(table[index]), to = Int(table[index + 1])
            return from + ((to - from) * share) >> 10
        }
    }

    @inline(__always) static func cos(_ phase: Int) -> Int { sin(phase + turn / 4) }

    /// The largest whole number whose square is not above `x`.
    static func root(_ x: Int) -> Int {
        guard x > 0 else { return 0 }
        var guess = 1 << ((Int.bitWidth - x.leadingZeroBitCount + 1) / 2)
        while true {
            let next = (guess + x / guess) / 2
            if next >= guess { return guess }
            guess = next
        }
    }

    /// The direction of (x, y) as a phase, 0 along x, to a thousandth of a turn or better:
    /// atan(z) ≈ z·(π/4 + 0.273·(1 − z)) for 0 ≤ z ≤ 1 (Rajan et al. 2006).
    static func direction(_ x: Int, _ y: Int) -> Int {
        let (a, b) = (abs(x), abs(y))
        guard a + b > 0 else { return 0 }
        let z = (min(a, b) << 16) / max(a, b)
        // turn/8 and 0.273 / 2π of a turn, in 1/65536.
        let octant = (z * (turn / 8 + ((65536 - z) * 45_560) >> 16)) >> 16
        let quarter = a >= b ? octant : turn / 4 - octant
        let half = x >= 0 ? quarter : turn / 2 - quarter
        return y >= 0 ? half : turn - half
    }
}
