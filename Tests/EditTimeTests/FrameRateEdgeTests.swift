// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Testing

@Suite struct FrameRateEdgeTests {
    @Test(arguments: [
        FrameRate(1), FrameRate(24000, over: 1001), FrameRate(60), FrameRate(Int32.max), FrameRate(1, over: .max),
    ])
    func noTimeIsTooLongForAFrameNumber(rate: FrameRate) {
        #expect(rate.frame(at: MediaTime(ticks: .max)) > 0 || rate == FrameRate(1, over: .max))
        #expect(rate.frame(at: MediaTime(ticks: .min)) <= 0)
        #expect(rate.frame(at: .zero) == 0)
    }

    @Test func halfAFrameRoundsUp() {
        let rate = FrameRate(30)
        let half = MediaTime(ticks: rate.time(ofFrame: 1).ticks / 2)
        #expect(rate.frame(at: half) == 1)
        #expect(rate.frame(at: half - MediaTime(ticks: 1)) == 0)
        #expect(rate.frame(at: -half) == 0)
        #expect(rate.frame(at: -half - MediaTime(ticks: 1)) == -1)
    }

    @Test(arguments: [1, 7, 12.5, 23.976, 24, 25, 29.97, 30, 48, 50, 59.94, 60, 120] as [Double])
    func aFrameIsOnAtItsOwnTime(rate: Double) throws {
        let rate = try #require(FrameRate(framesPerSecond: rate))
        for frame in [0, 1, 2, 59, 1001, 123_457] { #expect(rate.frame(at: rate.time(ofFrame: frame)) == frame) }
    }

    @Test(arguments: [0, 0.5, -30, 241, .nan, .infinity] as [Double]) func ratesOutOfRangeAreNone(rate: Double) {
        #expect(FrameRate(framesPerSecond: rate) == nil)
    }

    @Test func ratesAreInLowestTerms() {
        #expect(FrameRate(60, over: 2) == FrameRate(30))
        #expect(FrameRate(50, over: 4).denominator == 2)
    }
}

@Suite struct MediaTimeArithmeticTests {
    @Test(arguments: [(1, 1, 90_000), (3003, 1, 90_000), (1, 1001, 30_000), (5, 1, 7)] as [(Int64, Int64, Int64)])
    func unitsOfATimeBaseAreRoundedToTheTick(count: Int64, numerator: Int64, denominator: Int64) {
        let exact = Double(count) * Double(numerator) / Double(denominator)
        #expect(abs(MediaTime(count, unit: numerator, over: denominator).seconds - exact) <= 0.5 / 705_600_000)
    }

    @Test func whatIsTooLongBecomesTheNearestEnd() {
        #expect(MediaTime(.max, unit: 1, over: 1).ticks == .max)
        #expect(MediaTime(.min, unit: 1, over: 1).ticks == .min)
        #expect(MediaTime(ticks: .max).scaled(by: 10).ticks == .max)
    }

    @Test(arguments: [(352_799, 0), (352_800, 1), (-352_800, -1), (-352_799, 0), (705_600, 1)] as [(Int64, Int64)])
    func ticksRoundToTheNearestMillisecond(ticks: Int64, milliseconds: Int64) {
        #expect(MediaTime(ticks: ticks).milliseconds == milliseconds)
    }

    @Test func rangesMeetAndIntersect() {
        let a = TimeRange(MediaTime(milliseconds: 0), until: MediaTime(milliseconds: 10))
        let b = TimeRange(MediaTime(milliseconds: 4), until: MediaTime(milliseconds: 20))
        #expect(a.intersection(b) == TimeRange(MediaTime(milliseconds: 4), until: MediaTime(milliseconds: 10)))
        #expect(a.overlaps(b) && b.overlaps(a) && !a.isEmpty)
    }
}
