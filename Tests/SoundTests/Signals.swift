// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import RenderPlanning
@testable import Sound

/// Sounds made of formulas, and mixes of them, for tests.
struct Signal {
    var left: [Float]
    var right: [Float]
    var count: Int { left.count }

    init(left: [Float], right: [Float]) {
        self.left = left
        self.right = right
    }

    /// The same in both channels; `formula` takes seconds.
    init(seconds: Double, _ formula: (Double) -> Double) {
        left = (0..<Int(seconds * 48_000)).map { Float(formula(Double($0) / 48_000)) }
        right = left
    }

    static func sine(_ frequency: Double, seconds: Double, amplitude: Double = 0.25) -> Signal {
        Signal(seconds: seconds) { amplitude * sin(2 * .pi * frequency * $0) }
    }

    static func silence(seconds: Double) -> Signal { Signal(seconds: seconds) { _ in 0 } }

    /// White noise of a fixed seed, the channels unlike.
    static func noise(seconds: Double, amplitude: Double = 0.2, seed: UInt64 = 1) -> Signal {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> Float {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Float((Double(state >> 11) / Double(UInt64(1) << 53) * 2 - 1) * amplitude)
        }
        let count = Int(seconds * 48_000)
        var (left, right): ([Float], [Float]) = ([], [])
        for _ in 0..<count {
            left.append(next())
            right.append(next())
        }
        return Signal(left: left, right: right)
    }

    /// Something like music: chords that decay, with a beat.
    static func song(seconds: Double, amplitude: Double = 0.3) -> Signal {
        Signal(seconds: seconds) { t in
            let bar = Int(t / 2)
            let root = [220.0, 174.6, 261.6, 196.0][bar % 4]
            let decay = exp(-t.truncatingRemainder(dividingBy: 0.5) * 3)
            let chord = [1.0, 1.25, 1.5].reduce(0) { $0 + sin(2 * .pi * root * $1 * t) } / 3
            return amplitude * (chord * (0.5 + 0.5 * decay) + 0.5 * decay * sin(2 * .pi * 60 * t))
        }
    }

    subscript(range: Range<Int>) -> Signal { Signal(left: Array(left[range]), right: Array(right[range])) }

    func level(_ range: Range<Double>) -> Double {
        let part = left[Int(range.lowerBound * 48_000)..<min(left.count, Int(range.upperBound * 48_000))]
        let power = part.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, part.count))
        return 10 * log10(power + 1e-20)
    }

    var peak: Float { max(left.map(abs).max() ?? 0, right.map(abs).max() ?? 0) }
}

/// Plays a `Signal` in blocks of an odd size.
final class SignalSource: SampleSource {
    let signal: Signal
    var position: Int
    let step: Int

    init(_ signal: Signal, at frame: Int = 0, step: Int = 1_000) {
        self.signal = signal
        self.step = step
        position = min(frame, signal.count)
    }

    func next(into block: StereoBlock) -> Bool {
        let count = min(step, signal.count - position, block.capacity)
        guard count > 0 else { return false }
        for i in 0..<count {
            block.left[i] = signal.left[position + i]
            block.right[i] = signal.right[position + i]
        }
        block.count = count
        position += count
        return true
    }
}

func seconds(_ value: Double) -> MediaTime { MediaTime(seconds: value) }

extension SoundClip {
    /// A clip by seconds.
    static func at(
        _ start: Double, for length: Double, _ source: String, _ role: Role = .music,
        change: (inout SoundClip) -> Void = { _ in }
    ) -> SoundClip {
        var clip = SoundClip(
            source: source, role: role, range: TimeRange(start: seconds(start), duration: seconds(length)))
        change(&clip)
        return clip
    }
}

/// A mix of signals that never saw a codec.
struct MixOfSignals {
    let mix: FilmMix
    let set: Double
    let reference: Double

    init(_ plan: SoundPlan, _ sources: [String: Signal]) throws {
        mix = try FilmMix(plan: plan, scratch: FileManager.default.temporaryDirectory) { false }
        try mix.takeIn { source, frame in sources[source].map { SignalSource($0, at: frame) } }
        (set, reference) = try mix.premix()
    }

    /// The mix at `gain` dB under no ceiling that matters.
    func played(gain: Double = 0, ceiling: Double = 60) throws -> Signal {
        var result = Signal(left: [], right: [])
        _ = try mix.master(gain: gain, ceiling: ceiling) { block in
            result.left += UnsafeBufferPointer(start: block.left, count: block.count)
            result.right += UnsafeBufferPointer(start: block.right, count: block.count)
        }
        return result
    }
}
