// SPDX-License-Identifier: GPL-3.0-or-later
internal import EditTime
internal import Foundation

/// The one format sound has inside Kinora: 48 kHz, stereo, 32-bit float, full scale ±1.
enum FilmSound {
    static let rate = 48_000
    static let ticksPerFrame = MediaTime.ticksPerSecond / Int64(rate)
    /// Frames mixed in one go.
    static let blockFrames = 4096

    /// The sample that lies nearest to `time`.
    static func frame(at time: MediaTime) -> Int {
        let half = time.ticks < 0 ? -ticksPerFrame / 2 : ticksPerFrame / 2
        return Int((time.ticks + half) / ticksPerFrame)
    }

    static func time(ofFrame frame: Int) -> MediaTime { MediaTime(ticks: Int64(frame) * ticksPerFrame) }

    static func frames(_ seconds: Double) -> Int { Int((seconds * Double(rate)).rounded()) }
}

/// A stretch of stereo samples, left and right apart: what passes between the stages of a mix.
///
/// Owned by one mix on one thread.
final class StereoBlock {
    let capacity: Int
    let left: UnsafeMutablePointer<Float>
    let right: UnsafeMutablePointer<Float>
    /// Frames in use, from the front.
    var count: Int

    /// Silence of `capacity` frames; `count` is `capacity`.
    init(capacity: Int = FilmSound.blockFrames) {
        self.capacity = capacity
        count = capacity
        left = .allocate(capacity: capacity)
        right = .allocate(capacity: capacity)
        left.initialize(repeating: 0, count: capacity)
        right.initialize(repeating: 0, count: capacity)
    }

    deinit {
        left.deallocate()
        right.deallocate()
    }

    func silence() {
        left.update(repeating: 0, count: capacity)
        right.update(repeating: 0, count: capacity)
    }

    /// Takes `frames` frames of interleaved samples.
    func load(interleaved: UnsafePointer<Float>, frames: Int) {
        precondition(frames <= capacity)
        for i in 0..<frames {
            left[i] = interleaved[2 * i]
            right[i] = interleaved[2 * i + 1]
        }
        count = frames
    }

    /// Writes `count` frames as left, right, left, …
    func interleave(into target: UnsafeMutablePointer<Float>) {
        for i in 0..<count {
            target[2 * i] = left[i]
            target[2 * i + 1] = right[i]
        }
    }

    func copy(from other: StereoBlock) {
        precondition(other.count <= capacity)
        left.update(from: other.left, count: other.count)
        right.update(from: other.right, count: other.count)
        count = other.count
    }

    /// Multiplies all samples in use by `gain`.
    func scale(by gain: Float) {
        if gain == 1 { return }
        for i in 0..<count {
            left[i] *= gain
            right[i] *= gain
        }
    }

    /// The largest magnitude of any sample in use.
    var peak: Float {
        var a: Float = 0
        var b: Float = 0
        for i in 0..<count {
            a = max(a, abs(left[i]))
            b = max(b, abs(right[i]))
        }
        return max(a, b)
    }
}

/// Amplitude ratios as decibels and back.
enum Decibels {
    static func gain(_ decibels: Double) -> Double { pow(10, decibels / 20) }
    /// Minus infinity for zero.
    static func of(_ amplitude: Double) -> Double { amplitude > 0 ? 20 * log10(amplitude) : -.infinity }
}
