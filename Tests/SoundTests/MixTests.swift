// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import RenderPlanning
import Testing
@testable import Sound

/// What is heard where, before any codec.
@Suite struct MixTests {
    /// An effect as loud as it is played: levels are left alone below the target.
    private func plan(_ clips: [SoundClip], seconds length: Double = 4, loudness: Double = 0) -> SoundPlan {
        SoundPlan(duration: seconds(length), clips: clips, loudness: loudness)
    }

    @Test func aClickLiesOnItsSample() throws {
        var click = Signal.silence(seconds: 2)
        click.left[10_000] = 0.5
        let mix = try MixOfSignals(
            plan([.at(1.25, for: 2, "click", .effect) { $0.sourceStart = MediaTime(seconds: 0.1) }]), ["click": click])
        let heard = try mix.played()
        #expect(heard.count == 4 * 48_000)
        #expect(heard.left.firstIndex { abs($0) > 0.1 } == 60_000 + 10_000 - 4_800)
        #expect(heard.left[60_000 + 10_000 - 4_800] == 0.5)
        #expect(heard.left.filter { $0 != 0 }.count == 1)
        #expect(heard.right.allSatisfy { $0 == 0 })
    }

    @Test func fadesRiseAndFallWithoutCorners() throws {
        let clip = SoundClip.at(0.5, for: 3, "level", .effect) {
            $0.fadeIn = seconds(0.5)
            $0.fadeOut = seconds(1)
        }
        // A constant is taken for an offset; a slow square wave is not.
        let wave = Signal(seconds: 4) { 0.5 * (Int($0 * 480) % 2 == 0 ? 1 : -1) }
        let heard = try MixOfSignals(plan([clip]), ["level": wave]).played()
        func amplitude(_ t: Double) -> Double { Double(abs(heard.left[Int(t * 48_000)])) / 0.5 }
        #expect(heard.left[..<24_000].allSatisfy { $0 == 0 })
        #expect(amplitude(0.5) < 1e-4)
        #expect(abs(amplitude(0.625) - 0.146) < 0.002)
        #expect(abs(amplitude(0.75) - 0.5) < 0.002)
        #expect(abs(amplitude(1.0) - 1) < 1e-3)
        #expect(amplitude(2) == 1)
        #expect(abs(amplitude(3.0) - 0.5) < 0.002)
        #expect(amplitude(3.4999) < 1e-4)
        #expect(heard.left[168_000...].allSatisfy { $0 == 0 })
    }

    @Test func neighboursCrossWithEqualPower() throws {
        let sources = ["a": Signal.noise(seconds: 3, seed: 1), "b": Signal.noise(seconds: 3, seed: 2)]
        let clips: [SoundClip] = [
            .at(0, for: 2, "a", .effect) { $0.fadeOut = seconds(1) },
            .at(1, for: 3, "b", .effect) { $0.fadeIn = seconds(1) },
        ]
        let heard = try MixOfSignals(plan(clips), sources).played()
        let alone = heard.level(0.2..<0.9)
        for start in stride(from: 1.0, to: 2.0, by: 0.1) {
            #expect(abs(heard.level(start..<start + 0.1) - alone) < 0.4, "at \(start) s")
        }
    }

    @Test func aSplitClipSoundsAsIfWhole() throws {
        let sources = ["n": Signal.noise(seconds: 4)]
        let whole = try MixOfSignals(plan([.at(0, for: 4, "n", .clip)]), sources).played()
        let parts = try MixOfSignals(
            plan([.at(0, for: 1.5, "n", .clip), .at(1.5, for: 2.5, "n", .clip) { $0.sourceStart = seconds(1.5) }]),
            sources
        ).played()
        #expect(whole.left == parts.left)
    }

    @Test func aCutInsideASoundDoesNotClick() throws {
        let tone = Signal(seconds: 4) { 0.5 * cos(2 * .pi * 100 * $0) }
        let heard = try MixOfSignals(
            plan([.at(1, for: 1, "t", .effect) { $0.sourceStart = seconds(0.5) }]), ["t": tone]
        ).played()
        let step = zip(heard.left, heard.left.dropFirst()).map { abs($0 - $1) }.max() ?? 1
        #expect(step < 0.5 * 2 * .pi * 100 / 48_000 * 1.6)
    }

    @Test(arguments: [nil, 1.5] as [Double?])
    func loopsGoOnWithoutAStep(loopEnd: Double?) throws {
        // 2.1 s of a tone whose end does not fit its beginning.
        let tone = Signal(seconds: 2.1) { 0.5 * cos(2 * .pi * 110.3 * $0) }
        let clip = SoundClip.at(0, for: 8, "t", .effect) {
            $0.loops = true
            $0.loopEnd = loopEnd.map { seconds($0) }
            $0.sourceStart = seconds(0.2)
        }
        let heard = try MixOfSignals(plan([clip], seconds: 8), ["t": tone]).played()
        let step = zip(heard.left, heard.left.dropFirst()).map { abs($0 - $1) }.max() ?? 1
        #expect(step < 0.5 * 2 * .pi * 110.3 / 48_000 * 1.6)
        for start in stride(from: 0.1, to: 7.8, by: 0.05) {
            #expect(heard.level(start..<start + 0.05) > -17, "at \(start) s")
        }
    }

    @Test func aLoopOnABarRepeatsExactly() throws {
        let noise = Signal.noise(seconds: 5)
        let clip = SoundClip.at(0, for: 6, "n", .effect) {
            $0.loops = true
            $0.loopEnd = seconds(2)
        }
        let heard = try MixOfSignals(plan([clip], seconds: 6), ["n": noise]).played()
        let seam = Loop.longestSeam
        #expect(heard.left[(96_000 + seam)..<192_000] == heard.left[seam..<96_000])
        #expect(Array(heard.left[..<96_000]) == Array(noise.left[..<96_000]))
    }

    @Test func aLoopThatFitsItselfIsNotTouched() throws {
        let tone = Signal.sine(100, seconds: 1)
        let clip = SoundClip.at(0, for: 3, "t", .effect) { $0.loops = true }
        let heard = try MixOfSignals(plan([clip], seconds: 3), ["t": tone]).played()
        #expect(Array(heard.left[48_000..<96_000]) == tone.left)
    }

    @Test func backwardsIsTheSameSamplesFromTheEnd() throws {
        let noise = Signal.noise(seconds: 3)
        let clip = SoundClip.at(0, for: 1, "n", .effect) {
            $0.sourceStart = seconds(1)
            $0.reverse = true
        }
        let heard = try MixOfSignals(plan([clip], seconds: 1), ["n": noise]).played()
        #expect(Array(heard.left[1000..<47_000]) == Array(noise.left[49_000..<95_000].reversed()))
    }

    @Test(arguments: [0.5, 1.5, 2.0])
    func speedKeepsThePitch(speed: Double) throws {
        let tone = Signal.sine(440, seconds: 6)
        let clip = SoundClip.at(0, for: 2, "t", .effect) { $0.speed = speed }
        let heard = try MixOfSignals(plan([clip], seconds: 2), ["t": tone]).played()
        let middle = heard.left[24_000..<72_000]
        let crossings = zip(middle, middle.dropFirst()).filter { $0 <= 0 && $1 > 0 }.count
        #expect(abs(crossings - 440) <= 2)
        #expect(abs(heard.level(0.5..<1.5) - tone.level(0.5..<1.5)) < 0.5)
    }

    @Test func speedPlaysAllOfTheSource() throws {
        // A tone that begins at 3 s of the source begins at 1.5 s of the film.
        let late = Signal(seconds: 5) { $0 < 3 ? 0 : 0.4 * sin(2 * .pi * 600 * $0) }
        let clip = SoundClip.at(0, for: 2.5, "t", .effect) { $0.speed = 2 }
        let heard = try MixOfSignals(plan([clip], seconds: 3), ["t": late]).played()
        #expect(heard.level(0.2..<1.4) < -50)
        #expect(heard.level(1.55..<2.4) > -15)
        #expect(heard.level(2.6..<3) < -60)
    }

    @Test func theFilmFadesAsAWhole() throws {
        var plan = plan([.at(0, for: 4, "n", .effect), .at(1, for: 3, "n", .effect)])
        plan.fadeIn = seconds(1)
        plan.fadeOut = seconds(1)
        let heard = try MixOfSignals(plan, ["n": Signal.noise(seconds: 4)]).played()
        #expect(abs(heard.left[0]) < 1e-6)
        #expect(abs(heard.left[191_999]) < 1e-6)
        #expect(heard.level(3.4..<3.6) - heard.level(2..<2.9) < -4)
    }

    @Test func volumeScalesAndZeroIsSilent() throws {
        let tone = Signal.sine(500, seconds: 2)
        let half = try MixOfSignals(plan([.at(0, for: 2, "t", .effect) { $0.volume = 0.5 }]), ["t": tone]).played()
        #expect(abs(half.level(0..<2) - tone.level(0..<2) + 6.02) < 0.01)
        let none = try MixOfSignals(plan([.at(0, for: 2, "t", .effect) { $0.volume = 0 }]), ["t": tone]).played()
        #expect(none.left.allSatisfy { $0 == 0 })
    }

    @Test func whatIsMissingIsSilenceAndIsSaid() throws {
        let mix = try MixOfSignals(plan([.at(0, for: 2, "gone", .music)]), [:])
        let heard = try mix.played()
        #expect(heard.peak == 0)
        #expect(mix.mix.report.warnings == [.missing(source: "gone")])
        #expect(mix.set == -.infinity)
    }

    @Test func damagedSamplesAndOffsetsAreMended() throws {
        var signal = Signal.sine(300, seconds: 3)
        for i in signal.left.indices { signal.left[i] += 0.3 }
        signal.left[5_000] = .nan
        signal.left[6_000] = .infinity
        signal.right[7_000] = 1e30
        let mix = try MixOfSignals(plan([.at(0, for: 3, "s", .effect)], seconds: 3), ["s": signal])
        let heard = try mix.played()
        let areNumbers = heard.left.allSatisfy { $0.isFinite }
        #expect(areNumbers)
        #expect(heard.peak <= 8.5)
        let mean = heard.left[10_000...].reduce(0.0) { $0 + Double($1) } / Double(heard.count - 10_000)
        #expect(abs(mean) < 0.001)
        #expect(mix.mix.report.warnings == [.mended(source: "s", samples: 3)])
    }

    @Test func theSameMixTwiceIsTheSameSamples() throws {
        let clips: [SoundClip] = [
            .at(0, for: 4, "song") { $0.ducks = true },
            .at(1, for: 2, "noise", .clip) { $0.speed = 1.3 },
        ]
        let sources = ["song": Signal.song(seconds: 6), "noise": Signal.noise(seconds: 5)]
        let first = try MixOfSignals(plan(clips, loudness: -14), sources).played(gain: 9, ceiling: -1)
        let second = try MixOfSignals(plan(clips, loudness: -14), sources).played(gain: 9, ceiling: -1)
        #expect(first.left == second.left && first.right == second.right)
    }
}
