// SPDX-License-Identifier: GPL-3.0-or-later

/// Frames a second as an exact fraction, for instance 30/1 or 30000/1001.
public struct FrameRate: Hashable, Sendable, Codable {
    public let numerator: Int32
    public let denominator: Int32

    /// Both at least 1; kept in lowest terms.
    public init(_ numerator: Int32, over denominator: Int32 = 1) {
        precondition(numerator > 0 && denominator > 0, "a frame rate is a positive fraction")
        var (a, b) = (numerator, denominator)
        while b != 0 { (a, b) = (b, a % b) }
        self.numerator = numerator / a
        self.denominator = denominator / a
    }

    /// The rate that a decimal number most likely means: whole, a 1001th (23.976, 29.97, 59.94), or thousandths.
    /// Nil outside 1 … 240.
    public init?(framesPerSecond: Double) {
        guard framesPerSecond >= 1, framesPerSecond <= 240 else { return nil }
        let whole = framesPerSecond.rounded()
        if abs(framesPerSecond - whole) < 0.001 {
            self.init(Int32(whole))
        } else if abs(framesPerSecond - whole * 1000 / 1001) < 0.005 {
            self.init(Int32(whole) * 1000, over: 1001)
        } else {
            self.init(Int32((framesPerSecond * 1000).rounded()), over: 1000)
        }
    }

    public var framesPerSecond: Double { Double(numerator) / Double(denominator) }

    /// The frame that an edge at `time` falls on: round(time · fps), halves up.
    public func frame(at time: MediaTime) -> Int {
        // 128 bits hold the product of any time and any rate.
        let product = Int128(time.ticks) * Int128(numerator)
        let divisor = Int128(MediaTime.ticksPerSecond) * Int128(denominator)
        let (quotient, remainder) = (2 * product + divisor).quotientAndRemainder(dividingBy: 2 * divisor)
        return Int(clamping: remainder < 0 ? quotient - 1 : quotient)
    }

    /// When frame `index` begins, to the nearest tick (exact for the usual rates).
    public func time(ofFrame index: Int) -> MediaTime {
        MediaTime(Int64(index), unit: Int64(denominator), over: Int64(numerator))
    }
}
