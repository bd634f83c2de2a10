// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// The beats of one tempo: the chain of onsets that is both strong and even, found by dynamic programming (Ellis 2007, "Beat
/// Tracking by Dynamic Programming"), then laid where the onsets really are.
struct BeatPath {
    /// In seconds, ascending.
    private(set) var beats: [Double] = []
    /// What every beat gained in onsets, on average.
    private(set) var strength = 0.0

    /// How much unevenness costs: strengths a squared natural logarithm of the ratio of gaps.
    private static let tightness = 300.0

    init(_ curve: OnsetCurve, periods: (Int) -> Double) {
        let onsets = curve.smooth
        let count = onsets.count
        guard count > 20 else { return }
        var score = [Double](repeating: 0, count: count)
        var back = [Int](repeating: -1, count: count)
        // Costs of gaps about one period, made anew when it has changed.
        var known = -1.0
        var (least, costs): (Int, [Double]) = (1, [])
        for index in 0..<count {
            let period = periods(index)
            if abs(period - known) > 0.02 {
                known = period
                least = max(2, Int(period * 0.75))
                costs = (least...max(least, Int(period * 1.33) + 1)).map {
                    let ratio = log(Double($0) / period)
                    return Self.tightness * ratio * ratio
                }
            }
            var best = 0.0
            for (offset, cost) in costs.enumerated() {
                let before = index - least - offset
                guard before >= 0 else { break }
                let value = score[before] - cost
                if value > best {
                    best = value
                    back[index] = before
                }
            }
            score[index] = best + Double(onsets[index])
        }
        let last = periods(count - 1)
        let tail = max(0, count - 1 - Int(last * 1.2))
        guard var place = (tail..<count).max(by: { score[$0] < score[$1] }) else { return }
        var frames: [Int] = []
        while place >= 0 {
            frames.append(place)
            place = back[place]
        }
        frames.reverse()
        strength = frames.reduce(0) { $0 + Double(onsets[$1]) } / Double(frames.count)
        beats = frames.map { Self.refined($0, in: onsets) / SongFeatures.rate }
    }

    /// The top of the parabola through the largest of the values about `frame`.
    private static func refined(_ frame: Int, in onsets: [Float]) -> Double {
        var top = frame
        for near in max(1, frame - 2)...max(1, min(onsets.count - 2, frame + 2)) where onsets[near] > onsets[top] {
            top = near
        }
        guard top > 0, top + 1 < onsets.count, onsets[top] > 0 else { return Double(frame) }
        let (a, b, c) = (Double(onsets[top - 1]), Double(onsets[top]), Double(onsets[top + 1]))
        let bend = a - 2 * b + c
        guard bend < 0, b >= a, b >= c else { return Double(frame) }
        return Double(top) + 0.5 * (a - c) / bend
    }
}

extension BeatPath {
    /// The beats on a line where they lie on one, else each drawn to the line through its neighbours; strong onsets count more.
    ///
    /// - Returns: beats, and the share of them that had an onset within 50 ms of where they now are.
    static func straightened(_ beats: [Double], _ curve: OnsetCurve) -> (beats: [Double], hits: Double) {
        guard beats.count >= 6 else { return (beats, 0) }
        let weights = beats.map { 0.05 + min(4, curve.strongest(near: $0, radius: 2)) }
        func line(_ range: Range<Int>) -> (offset: Double, slope: Double) {
            var (sum, x, y, xx, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for index in range {
                let (weight, number) = (weights[index], Double(index))
                sum += weight
                x += weight * number
                y += weight * beats[index]
                xx += weight * number * number
                xy += weight * number * beats[index]
            }
            let slope = (xy - x * y / sum) / max(xx - x * x / sum, 1e-9)
            return (y / sum - slope * x / sum, slope)
        }
        let whole = line(0..<beats.count)
        let missed = beats.indices.map { abs(beats[$0] - whole.offset - whole.slope * Double($0)) }
        let weight = weights.reduce(0, +)
        let near = zip(missed, weights).reduce(0) { $0 + ($1.0 < 0.03 ? $1.1 : 0) } / weight
        let far = missed.max() ?? 1
        var result: [Double]
        if near > 0.8, far < 0.12 {
            result = beats.indices.map { whole.offset + whole.slope * Double($0) }
        } else {
            result = beats.indices.map { index in
                let part = line(max(0, index - 4)..<min(beats.count, index + 5))
                let place = part.offset + part.slope * Double(index)
                return abs(place - beats[index]) < 0.04 ? place : (place + beats[index]) / 2
            }
            for index in result.indices.dropFirst() { result[index] = max(result[index], result[index - 1] + 0.05) }
        }
        let hits = zip(beats, result).count { abs($0 - $1) < 0.05 && curve.strongest(near: $1, radius: 4) > 0.7 }
        return (result, Double(hits) / Double(beats.count))
    }
}
