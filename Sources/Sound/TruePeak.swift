// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Peaks between the samples: the signal sampled four times as densely, as ITU-R BS.1770-4 annex 2 asks.
///
/// Sixteen taps a phase of a Kaiser-windowed sinc (β 7), within 0.1 dB up to 18 kHz.
struct TruePeakFilter: Sendable {
    static let taps = 16
    /// Samples before the point between `reach − 1` and `reach` of a window of `taps`.
    static let reach = taps / 2
    /// No interpolated value exceeds this many times the largest sample near it.
    static let bound: Float = 2.4

    /// Coefficients of the three points a quarter, a half and three quarters of the way.
    private let phases: [[Float]]

    init() {
        phases = (1...3).map { phase in
            let raw = (0..<Self.taps).map { tap -> Double in
                let x = Double(tap - Self.reach + 1) - Double(phase) / 4
                let window = Self.kaiser(x / Double(Self.reach))
                return (x == 0 ? 1 : sin(.pi * x) / (.pi * x)) * window
            }
            let sum = raw.reduce(0, +)
            return raw.map { Float($0 / sum) }
        }
    }

    private static func kaiser(_ x: Double) -> Double {
        func bessel(_ x: Double) -> Double {
            var (sum, term) = (1.0, 1.0)
            for k in 1...30 {
                term *= (x / 2 / Double(k)) * (x / 2 / Double(k))
                sum += term
            }
            return sum
        }
        return bessel(7 * max(0, 1 - x * x).squareRoot()) / bessel(7)
    }

    /// Writes to `result[i]` the largest magnitude of the three points between `window[i + reach − 1]` and `window[i + reach]`.
    ///
    /// `window` holds `count + taps − 1` samples, and `result` room for `count` rounded up to a multiple of 8;
    /// `window` is readable as far as that needs.
    func between(_ window: UnsafePointer<Float>, count: Int, into result: UnsafeMutablePointer<Float>) {
        phases[0].withUnsafeBufferPointer { a in
            phases[1].withUnsafeBufferPointer { b in
                phases[2].withUnsafeBufferPointer { c in
                    let source = UnsafeRawPointer(window)
                    var i = 0
                    while i < count {
                        var (p, q, r) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
                        for tap in 0..<Self.taps {
                            let x = source.loadUnaligned(fromByteOffset: 4 * (i + tap), as: SIMD8<Float>.self)
                            p += x * a[tap]
                            q += x * b[tap]
                            r += x * c[tap]
                        }
                        // Not pointwiseMax: the generic function is called, not inlined.
                        p.replace(with: -p, where: p .< 0)
                        q.replace(with: -q, where: q .< 0)
                        r.replace(with: -r, where: r .< 0)
                        p.replace(with: q, where: p .< q)
                        p.replace(with: r, where: p .< r)
                        UnsafeMutableRawPointer(result + i).storeBytes(of: p, as: SIMD8<Float>.self)
                        i += 8
                    }
                }
            }
        }
    }
}

/// The highest true peak of a sound that goes by in blocks.
final class TruePeakMeter {
    private let filter = TruePeakFilter()
    private let window: UnsafeMutablePointer<Float>
    private let between: UnsafeMutablePointer<Float>
    private let history: StereoBlock
    private static let room = FilmSound.blockFrames + TruePeakFilter.taps + 8
    /// Linear, 1 = full scale.
    private(set) var peak: Float = 0

    init() {
        window = .allocate(capacity: Self.room)
        window.initialize(repeating: 0, count: Self.room)
        between = .allocate(capacity: Self.room)
        between.initialize(repeating: 0, count: Self.room)
        history = StereoBlock(capacity: TruePeakFilter.taps - 1)
    }

    deinit {
        window.deallocate()
        between.deallocate()
    }

    /// In dBTP; minus infinity for silence.
    var decibels: Double { Decibels.of(Double(peak)) }

    /// Returns the peak of this block, or 0 where it is neither above all before nor above full scale's half.
    @discardableResult
    func add(_ block: StereoBlock) -> Float {
        let before = TruePeakFilter.taps - 1
        let loudest = max(block.peak, history.peak) * TruePeakFilter.bound
        let isHot = loudest > min(peak, 0.5)
        var highest: Float = 0
        for (samples, old) in [(block.left, history.left), (block.right, history.right)] {
            window.update(from: old, count: before)
            (window + before).update(from: samples, count: block.count)
            if isHot {
                filter.between(window, count: block.count, into: between)
                for i in 0..<block.count { highest = max(highest, max(between[i], abs(samples[i]))) }
            }
            old.update(from: window + block.count, count: before)
        }
        peak = max(peak, highest)
        return highest
    }
}
