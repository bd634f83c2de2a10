// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import RenderPlanning
@testable import Sound
import TestMedia
import Testing

@Suite struct DuckingTests {
    private let curve = DuckingCurve(speech: [480_000..<576_000])
    private func gain(_ seconds: Double) -> Double { Decibels.of(Double(curve.gain(at: Int(seconds * 48_000)))) }

    @Test(arguments: [
        (0.0, 0.0), (9.849, 0.0), (9.925, -6.0), (10.0, -12.0), (11.0, -12.0), (12.24, -12.0), (12.5, -6.0),
        (12.76, 0.0),
        (60.0, 0.0),
    ])
    func musicIsDownBeforeTheFirstWordAndComesBackSlowly(time: Double, expected: Double) {
        #expect(abs(gain(time) - expected) < 0.05)
    }

    @Test func itBendsWithoutCorners() {
        var last = gain(9.8)
        var steepest = 0.0
        for step in 1...3_000 {
            let now = gain(9.8 + Double(step) / 1_000)
            steepest = max(steepest, abs(now - last))
            last = now
        }
        // 12 dB by a raised cosine over 150 ms: at most 0.126 dB a millisecond.
        #expect(steepest < 0.13)
    }

    @Test func pausesBetweenWordsAreBridgedAndLongOnesAreNot() {
        let words = DuckingCurve(speech: [100_000..<120_000, 0..<40_000, 150_000..<160_000, 400_000..<410_000])
        #expect(words.speech == [0..<40_000, 100_000..<160_000, 400_000..<410_000].merged(by: DuckingCurve.pause))
        #expect(DuckingCurve(speech: []).isFlat)
    }

    @Test func blocksAndSinglesAgree() {
        let block = StereoBlock(capacity: 1_000)
        for start in stride(from: 470_000, to: 620_000, by: 1_000) {
            block.left.update(repeating: 1, count: 1_000)
            curve.apply(to: block, at: start)
            for i in stride(from: 0, to: 1_000, by: 97) { #expect(block.left[i] == curve.gain(at: start + i)) }
        }
    }

    /// Words of a hummed voice (130 Hz with harmonics) with pauses, from `start`.
    private static func hum(_ start: Double, _ end: Double, length: Double) -> Signal {
        Signal(seconds: length) { t in
            guard t >= start, t < end else { return 0 }
            let word = (t - start).truncatingRemainder(dividingBy: 0.5)
            guard word < 0.35 else { return 0 }
            let shape = sin(.pi * word / 0.35)
            return 0.2 * shape * (1...8).reduce(0) { $0 + sin(2 * .pi * 130 * Double($1) * t) / Double($1) }
        }
    }

    /// Level of a 6 kHz tone over time.
    private static func music(_ signal: Signal, at time: Double) -> Double {
        let start = Int(time * 48_000)
        return Decibels.of(tone(6_000, in: signal.left[start..<start + 960]))
    }

    @Test(arguments: [SoundClip.Role.voice, .clip])
    func musicGoesDownUnderSpeech(role: SoundClip.Role) throws {
        let sources = ["song": Signal.sine(6_000, seconds: 10), "hum": Self.hum(1, 4, length: 10)]
        func mix(_ ducks: Bool) throws -> Signal {
            try MixOfSignals(
                SoundPlan(
                    duration: seconds(10),
                    clips: [.at(0, for: 10, "song") { $0.ducks = ducks }, .at(2, for: 8, "hum", role)]), sources
            ).played()
        }
        let (down, flat) = (try mix(true), try mix(false))
        func depth(_ t: Double) -> Double { Self.music(down, at: t) - Self.music(flat, at: t) }
        // The clip begins at 2 s, the voice in it at 3 s and ends near 6.85 s: the envelope counts, not the clip's range.
        #expect(abs(depth(1)) < 0.05)
        #expect(abs(depth(2.7)) < 0.05)
        for t in [3.1, 3.45, 4, 5, 5.8] { #expect(abs(depth(t) + 12) < 0.2, "at \(t)") }
        #expect(abs(depth(7.7)) < 0.05)
        #expect(abs(depth(9)) < 0.05)
    }

    @Test func soundsThatAreNoSpeechDoNotPushMusicDown() throws {
        let sources: [String: Signal] = [
            "wind": .noise(seconds: 8, amplitude: 0.3),
            "engine": Signal(seconds: 8) { 0.3 * sin(2 * .pi * 95 * $0) + 0.15 * sin(2 * .pi * 190 * $0) },
            "knocks": Signal(seconds: 8) {
                0.6 * sin(2 * .pi * 700 * $0) * exp(-30 * $0.truncatingRemainder(dividingBy: 0.8))
            },
        ]
        for (name, signal) in sources {
            let ears = SpeechActivity(kind: .clip)
            _ = signal.passed { ears.add($0) }
            #expect(ears.ranges().isEmpty, "\(name)")
        }
    }

    @Test func spokenWordsAreFoundInNoise() throws {
        let file = try TestMedia.ffmpeg(
            "talk.wav",
            [
                "-f", "lavfi", "-i", "flite=text='Look at that mama. Yes I see it. It is so big.':voice=kal", "-f",
                "lavfi", "-i",
                "anoisesrc=c=pink:d=10:a=0.05:seed=2", "-filter_complex",
                "[0]aresample=48000,volume=0.7,adelay=4000[a];[a][1]amix=normalize=0:duration=longest", "-ac", "2",
                "-c:a",
                "pcm_f32le",
            ])
        let ears = SpeechActivity(kind: .clip)
        let source = try FileSource(MediaFile(file), from: 0)
        let block = StereoBlock()
        while try source.next(into: block) { ears.add(block) }
        let ranges = ears.ranges()
        let first = try #require(ranges.first)
        let last = try #require(ranges.last)
        #expect(abs(Double(first.lowerBound) / 48_000 - 4.1) < 0.35)
        #expect(last.upperBound < 9 * 48_000)
        #expect(ranges.reduce(0) { $0 + $1.count } > 48_000 * 2)
    }
}

extension [Range<Int>] {
    /// What `DuckingCurve` should make of ascending ranges.
    fileprivate func merged(by pause: Int) -> [Range<Int>] {
        reduce(into: []) { result, range in
            if let last = result.last, range.lowerBound - last.upperBound <= pause {
                result[result.count - 1] = last.lowerBound..<range.upperBound
            } else {
                result.append(range)
            }
        }
    }
}
