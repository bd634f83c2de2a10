// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Testing

@Suite struct MediaTimeTests {
    @Test(
        arguments: [
            (24, 1), (25, 1), (30, 1), (50, 1), (60, 1), (24000, 1001), (30000, 1001), (60000, 1001),
        ] as [(Int32, Int32)])
    func aFrameOfEveryUsualRateIsAWholeNumberOfTicks(numerator: Int32, denominator: Int32) {
        let rate = FrameRate(numerator, over: denominator)
        for index in [0, 1, 2, 899, 100_000] {
            #expect(rate.frame(at: rate.time(ofFrame: index)) == index)
        }
        #expect(rate.time(ofFrame: Int(numerator)) == MediaTime(milliseconds: Int64(denominator) * 1000))
    }

    @Test(arguments: [8000, 11025, 22050, 44100, 48000, 96000, 192_000] as [Int64])
    func aSampleOfEveryUsualRateIsAWholeNumberOfTicks(rate: Int64) {
        #expect(MediaTime(rate, unit: 1, over: rate) == MediaTime(milliseconds: 1000))
        #expect(MediaTime.ticksPerSecond % rate == 0)
    }

    @Test(
        arguments: [(0, "0s"), (3400, "3.4s"), (-1050, "-1.05s"), (12, "0.012s"), (60000, "60s")] as [(Int64, String)])
    func timesReadAsSeconds(milliseconds: Int64, text: String) {
        #expect(MediaTime(milliseconds: milliseconds).description == text)
    }

    @Test func nonsenseSecondsAreTamed() {
        #expect(MediaTime(seconds: .nan) == .zero)
        #expect(MediaTime(seconds: .infinity).ticks == .max)
        #expect(MediaTime(seconds: -1e300).ticks == .min)
    }

    @Test(arguments: [(0, 0), (16, 0), (17, 1), (50, 2), (1000, 30), (-17, -1)] as [(Int64, Int)])
    func anEdgeFallsOnTheNearestFrame(milliseconds: Int64, frame: Int) {
        #expect(FrameRate(30).frame(at: MediaTime(milliseconds: milliseconds)) == frame)
    }

    @Test(
        arguments: [(29.97, 30000, 1001), (23.976, 24000, 1001), (25, 25, 1), (12.5, 25, 2)] as [(Double, Int32, Int32)]
    )
    func decimalRatesAreRecognised(decimal: Double, numerator: Int32, denominator: Int32) {
        #expect(FrameRate(framesPerSecond: decimal) == FrameRate(numerator, over: denominator))
    }

    @Test func rangesAreHalfOpen() {
        let a = TimeRange(start: .zero, duration: MediaTime(milliseconds: 100))
        let b = TimeRange(start: MediaTime(milliseconds: 100), duration: MediaTime(milliseconds: 50))
        #expect(!a.overlaps(b))
        #expect(a.intersection(b) == nil)
        #expect(!a.contains(a.end))
    }
}
