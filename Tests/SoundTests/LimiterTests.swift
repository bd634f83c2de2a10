// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
@testable import Sound
import Testing

extension Signal {
    /// Goes through `process` in blocks of `size`.
    func passed(blocks size: Int = 1_000, _ process: (StereoBlock) -> Void) -> Signal {
        var result = Signal(left: [], right: [])
        let block = StereoBlock()
        for start in stride(from: 0, to: count, by: size) {
            block.count = min(size, count - start)
            for i in 0..<block.count {
                block.left[i] = left[start + i]
                block.right[i] = right[start + i]
            }
            process(block)
            result.left += UnsafeBufferPointer(start: block.left, count: block.count)
            result.right += UnsafeBufferPointer(start: block.right, count: block.count)
        }
        return result
    }

    func scaled(_ gain: Float) -> Signal { Signal(left: left.map { $0 * gain }, right: right.map { $0 * gain }) }

    /// As loud between its samples as a filter far longer than ours sees it (sinc of 256 taps, eight points a sample).
    func exactTruePeak(_ range: Range<Int>) -> Double {
        var peak = 0.0
        for i in range {
            for phase in 0..<8 {
                var sum = 0.0
                for tap in -128..<128 where left.indices.contains(i + tap) {
                    let x = Double(tap) - Double(phase) / 8
                    let sinc = x == 0 ? 1 : sin(.pi * x) / (.pi * x)
                    sum += Double(left[i + tap]) * sinc * (0.5 + 0.5 * cos(.pi * x / 129))
                }
                peak = max(peak, abs(sum))
            }
        }
        return peak
    }
}

@Suite struct LimiterTests {
    private static let ceiling = Float(Decibels.gain(-1))

    @Test func aPeakBetweenTheSamplesIsSeen() {
        // A quarter of the sample rate, 45° off: samples at 0.707 of a sine of amplitude 1.
        let meter = TruePeakMeter()
        let sine = Signal(seconds: 0.2) { sin(2 * .pi * 12_000 * $0 + .pi / 4) }
        _ = sine.passed { meter.add($0) }
        #expect(abs(meter.decibels) < 0.15)
    }

    @Test(arguments: [500.0, 5_000, 11_000, 17_000])
    func truePeaksAgreeWithAnExactFilter(frequency: Double) {
        let sine = Signal(seconds: 0.1) { 0.7 * sin(2 * .pi * frequency * $0 + 0.3) * min(1, 20 * $0, 20 * (0.1 - $0)) }
        let meter = TruePeakMeter()
        _ = sine.passed { meter.add($0) }
        #expect(abs(meter.decibels - Decibels.of(sine.exactTruePeak(2_000..<2_800))) < 0.15)
    }

    @Test func whatIsUnderTheCeilingPassesUntouched() {
        let quiet = Signal.noise(seconds: 1, amplitude: 0.3)
        let limiter = Limiter(ceiling: Self.ceiling)
        let out = quiet.passed { limiter.process($0) }
        #expect(Array(out.left[Limiter.delay...]) == Array(quiet.left[..<(quiet.count - Limiter.delay)]))
        #expect(out.left[..<Limiter.delay].allSatisfy { $0 == 0 })
        #expect(limiter.deepest == 1 && limiter.limitedFrames == 0)
    }

    @Test(arguments: [64, 1_000, 4_096])
    func nothingPassesTheCeiling(block: Int) {
        let loud: [Signal] = [
            .noise(seconds: 1, amplitude: 2), .sine(997, seconds: 1, amplitude: 3),
            .sine(50, seconds: 1, amplitude: 1.5),
            Signal(seconds: 1) { exp(-80 * $0.truncatingRemainder(dividingBy: 0.13)) * 4 * sin(2 * .pi * 3_000 * $0) },
            Signal(seconds: 1) { Int($0 * 10) % 2 == 0 ? 0.1 * sin(2 * .pi * 440 * $0) : 2 * sin(2 * .pi * 440 * $0) },
        ]
        for (index, signal) in loud.enumerated() {
            let limiter = Limiter(ceiling: Self.ceiling)
            let meter = TruePeakMeter()
            let out = signal.passed(blocks: block) { limiter.process($0) }
            _ = out.passed { meter.add($0) }
            // White noise has all its peaks at the edge of the band, where four points a sample see less.
            #expect(meter.decibels <= (index == 0 ? -0.6 : -0.95), "signal \(index)")
            #expect(limiter.limitedFrames > 0)
        }
    }

    @Test func theGainHasNoCorners() {
        // One loud burst in a steady tone: what the limiter does to the tone is slow and complete.
        let signal = Signal(seconds: 2) { t in (t > 0.9 && t < 0.95 ? 2.5 : 0.5) * sin(2 * .pi * 2_000 * t) }
        let limiter = Limiter(ceiling: Self.ceiling)
        let out = signal.passed { limiter.process($0) }
        var last: Float = 1
        for i in stride(from: 480, to: signal.count - Limiter.delay, by: 1) where abs(signal.left[i]) > 0.2 {
            let gain = out.left[i + Limiter.delay] / signal.left[i]
            #expect(abs(gain - last) < 0.02)
            last = gain
        }
        func gain(_ t: Double) -> Float {
            let place = Int(t * 48_000) / 24 * 24 + 6
            return out.left[place + Limiter.delay] / signal.left[place]
        }
        #expect(gain(0.89) == 1)
        #expect(abs(gain(0.92) - Self.ceiling / 2.5) < 0.01)
        #expect(gain(0.99) < 0.7)
        #expect(gain(1.6) > 0.99)
    }

    @Test func aReliefLowersItsStretchOnly() {
        let tone = Signal.sine(1_000, seconds: 2, amplitude: 0.5)
        let limiter = Limiter(ceiling: Self.ceiling, reliefs: [.init(range: 48_000..<50_000, factor: 0.8)])
        let out = tone.passed { limiter.process($0) }[Limiter.delay..<tone.count]
        #expect(Array(out.left[..<47_000]) == Array(tone.left[..<47_000]))
        let inside = out.left[48_000..<50_000].map(abs).max() ?? 0
        #expect(abs(inside - 0.4) < 0.002)
        #expect(out.left[80_000...].map(abs).max() ?? 0 > 0.499)
    }

    @Test func reliefsThatOverlapTakeTheLowerOne() {
        let tone = Signal.sine(1_000, seconds: 1, amplitude: 0.5)
        let limiter = Limiter(
            ceiling: Self.ceiling,
            reliefs: [.init(range: 10_000..<20_000, factor: 0.9), .init(range: 12_000..<14_000, factor: 0.6)])
        let out = tone.passed { limiter.process($0) }[Limiter.delay..<tone.count]
        #expect(abs((out.left[12_500..<13_500].map(abs).max() ?? 0) - 0.3) < 0.002)
        #expect(abs((out.left[10_100..<11_000].map(abs).max() ?? 0) - 0.45) < 0.002)
    }

    @Test func slidingMinimumAndMeanAreExact() {
        let values = Signal.noise(seconds: 0.02, amplitude: 1, seed: 9).left
        var minimum = SlidingMinimum(length: 7)
        var mean = SlidingMean(length: 7)
        for i in values.indices {
            let window = values[max(0, i - 6)...i]
            #expect(minimum.push(values[i]) == window.min())
            let padding = Double(7 - window.count)
            let expected = (window.reduce(0.0) { $0 + Double($1) } + padding) / 7
            #expect(abs(mean.push(Double(values[i])) - expected) < 1e-9)
        }
    }
}

@Suite struct LoudnessTests {
    @Test(
        arguments: [
            ("tone", -23.0), ("noise", nil), ("song", nil), ("half silent", nil), ("short", nil),
            ("silence", -Double.infinity),
        ] as [(String, Double?)])
    func theQuickMeasureAgreesWithTheLibrary(name: String, known: Double?) throws {
        let signal: Signal =
            switch name {
            // EBU Tech 3341, case 1: 1 kHz at −23 dBFS in both channels is −23 LUFS.
            case "tone": .sine(1_000, seconds: 4, amplitude: Decibels.gain(-23))
            case "noise": .noise(seconds: 3)
            case "song": .song(seconds: 8)
            case "half silent": Signal(seconds: 6) { $0 < 3 ? 0.0001 : 0.2 * sin(2 * .pi * 700 * $0) }
            case "short": .sine(500, seconds: 0.3)
            default: .silence(seconds: 2)
            }
        let library = try LoudnessMeter()
        var quick = QuickLoudness()
        _ = signal.passed {
            library.add($0)
            quick.add($0)
        }
        if let known { #expect(abs(library.integrated - known) < 0.05 || library.integrated == known) }
        #expect(abs(quick.integrated - library.integrated) < 0.02 || quick.integrated == library.integrated)
    }

    @Test func theRangeIsMeasured() throws {
        // EBU Tech 3342, case 1: 20 s at −20, 20 s at −30 LUFS: 10 LU.
        let meter = try LoudnessMeter(range: true)
        _ = Signal(seconds: 40) { Decibels.gain($0 < 20 ? -20 : -30) * sin(2 * .pi * 1_000 * $0) }.passed {
            meter.add($0)
        }
        #expect(abs(meter.loudnessRange - 10) < 0.5)
    }
}
