// SPDX-License-Identifier: GPL-3.0-or-later

/// A point or a length in time, exact: whole ticks of 1/705 600 000 s.
///
/// Every usual frame rate (23.976 … 60, as 1001ths too), audio rate (8 … 192 kHz) and the millisecond of the draft is a
/// whole number of ticks, so sums never drift. Range ±414 years. The tick is Facebook's "flick" (github.com/facebook/Flicks).
public struct MediaTime: Hashable, Comparable, Sendable {
    public static let ticksPerSecond: Int64 = 705_600_000
    public static let ticksPerMillisecond: Int64 = 705_600

    public let ticks: Int64

    public init(ticks: Int64) { self.ticks = ticks }

    public init(milliseconds: Int64) { ticks = milliseconds * Self.ticksPerMillisecond }

    /// The nearest tick to `seconds`; not a number and beyond the range become zero and the nearest end.
    public init(seconds: Double) {
        let exact = (seconds * Double(Self.ticksPerSecond)).rounded()
        if exact.isNaN {
            ticks = 0
        } else if exact >= Double(Int64.max) {
            ticks = .max
        } else if exact <= Double(Int64.min) {
            ticks = .min
        } else {
            ticks = Int64(exact)
        }
    }

    /// `count` units of `numerator`/`denominator` seconds each, rounded to the nearest tick (a libav time base).
    public init(_ count: Int64, unit numerator: Int64, over denominator: Int64) {
        let (perUnit, overflow) = Self.ticksPerSecond.multipliedReportingOverflow(by: numerator)
        if !overflow, perUnit % denominator == 0 {
            let (exact, tooLong) = count.multipliedReportingOverflow(by: perUnit / denominator)
            self.init(ticks: tooLong ? (count < 0 ? .min : .max) : exact)
        } else {
            self.init(seconds: Double(count) * Double(numerator) / Double(denominator))
        }
    }

    public static let zero = MediaTime(ticks: 0)

    /// The nearest whole millisecond, halves away from zero: the draft's unit.
    public var milliseconds: Int64 { roundedDivision(ticks, Self.ticksPerMillisecond) }

    public var seconds: Double { Double(ticks) / Double(Self.ticksPerSecond) }

    /// This time on the draft's millisecond grid.
    public var wholeMilliseconds: MediaTime { MediaTime(milliseconds: milliseconds) }

    public static func < (a: MediaTime, b: MediaTime) -> Bool { a.ticks < b.ticks }
    public static func + (a: MediaTime, b: MediaTime) -> MediaTime { MediaTime(ticks: a.ticks + b.ticks) }
    public static func - (a: MediaTime, b: MediaTime) -> MediaTime { MediaTime(ticks: a.ticks - b.ticks) }
    public static prefix func - (a: MediaTime) -> MediaTime { MediaTime(ticks: -a.ticks) }
    public static func * (a: MediaTime, n: Int) -> MediaTime { MediaTime(ticks: a.ticks * Int64(n)) }
    public static func / (a: MediaTime, n: Int) -> MediaTime { MediaTime(ticks: a.ticks / Int64(n)) }
    public static func += (a: inout MediaTime, b: MediaTime) { a = a + b }
    public static func -= (a: inout MediaTime, b: MediaTime) { a = a - b }

    /// This time multiplied by a factor, to the nearest tick.
    public func scaled(by factor: Double) -> MediaTime { MediaTime(seconds: seconds * factor) }
}

extension MediaTime: CustomStringConvertible {
    /// Seconds with up to three decimals: `3.4s`.
    public var description: String {
        let ms = milliseconds
        let sign = ms < 0 ? "-" : ""
        let whole = abs(ms) / 1000
        var rest = String(abs(ms) % 1000)
        if rest == "0" { return "\(sign)\(whole)s" }
        rest = String(repeating: "0", count: 3 - rest.count) + rest
        while rest.hasSuffix("0") { rest.removeLast() }
        return "\(sign)\(whole).\(rest)s"
    }
}

/// `a / b` rounded to nearest, halves away from zero; `b` > 0.
func roundedDivision(_ a: Int64, _ b: Int64) -> Int64 {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    if 2 * abs(remainder) >= b { return quotient + (a < 0 ? -1 : 1) }
    return quotient
}

extension MediaTime: Codable {
    /// Coded as its ticks: exact, and the same bytes for the same time.
    public init(from decoder: any Decoder) throws {
        ticks = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(ticks)
    }
}
