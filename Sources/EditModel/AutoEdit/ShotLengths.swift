// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Shares a film's length out among its shots and finds the cuts between them, in whole milliseconds.
///
/// A shot's width runs from cut to cut, where a cut is the middle of the transition there. Widths always add up to the
/// film exactly, and each stays between its shot's least and most.
struct ShotLengths {
    /// One shot's claim on the film's time, in milliseconds.
    struct Claim: Hashable {
        var wanted: Double
        var least: Int64
        /// Nil = any length (a photo).
        var most: Int64?
    }

    /// `claims.count + 1` film times from 0 to the film's end, ascending.
    private(set) var cuts: [Int64] = [0]
    /// How many of the inner cuts fell on the grid.
    private(set) var onGrid = 0

    /// - Parameters:
    ///   - claims: at least one; the sum of `least` is at most `total`, the sum of `most` at least `total`.
    ///   - total: the film's length.
    ///   - grid: where cuts belong (beats), ascending; nil rounds to `round` instead.
    ///   - round: the nearest good place of a cut when there is no grid (a frame's beginning).
    init(_ claims: [Claim], total: Int64, grid: CutGrid?, round: (Double) -> Int64) {
        let widths = Self.widths(claims, total: Double(total))
        // What the shots after each one need at least and can fill at most.
        var leastAfter = [Int64](repeating: 0, count: claims.count + 1)
        var mostAfter = [Int64?](repeating: 0, count: claims.count + 1)
        for index in claims.indices.reversed() {
            leastAfter[index] = leastAfter[index + 1] + claims[index].least
            if let later = mostAfter[index + 1], let most = claims[index].most {
                mostAfter[index] = later + most
            } else {
                mostAfter[index] = nil
            }
        }
        var ideal = 0.0
        for index in claims.indices.dropLast() {
            ideal += widths[index]
            let here = cuts[index]
            let claim = claims[index]
            var low = here + claim.least
            if let later = mostAfter[index + 1] { low = max(low, total - later) }
            var high = total - leastAfter[index + 1]
            if let most = claim.most { high = min(high, here + most) }
            if let beat = grid?.nearest(to: ideal, from: low, through: high) {
                cuts.append(beat)
                onGrid += 1
            } else {
                cuts.append(min(max(round(ideal), low), high))
            }
        }
        cuts.append(total)
    }

    /// Widths in proportion to what is wanted, each within its bounds, adding up to `total`: wanted · f, clamped, with
    /// the one factor f that makes the sum right (found by bisection; the sum grows with f).
    private static func widths(_ claims: [Claim], total: Double) -> [Double] {
        func width(_ claim: Claim, _ factor: Double) -> Double {
            let width = max(claim.wanted * factor, Double(claim.least))
            return claim.most.map { min(width, Double($0)) } ?? width
        }
        func sum(_ factor: Double) -> Double {
            var sum = 0.0
            for claim in claims { sum += width(claim, factor) }
            return sum
        }
        var low = 0.0
        var high = 1.0
        while sum(high) < total, high < 1e12 { high *= 2 }
        for _ in 0..<60 where high - low > 1e-9 * high {
            let middle = (low + high) / 2
            if sum(middle) < total { low = middle } else { high = middle }
        }
        return claims.map { width($0, high) }
    }
}

/// Good places for cuts in a film: a song's beats as they fall in film time, in whole milliseconds.
struct CutGrid {
    /// Ascending, without repeats.
    private(set) var beats: [Int64]
    private var downbeats: Set<Int64>
    /// Milliseconds from beat to beat, the usual (median) one.
    private(set) var interval: Double

    /// The beats of `song` played from its start, again and again from its loop point, up to `end`.
    /// Nil where there are fewer than two beats in the song.
    init?(_ song: BeatGrid, songLength: Int64?, until end: Int64) {
        let times = song.beats.map(\.milliseconds).filter { $0 >= 0 }
        guard let first = times.first, let last = times.last, times.count > 1, last > first else { return nil }
        let down = Set(song.downbeats.map(\.milliseconds))
        let loop = song.downbeats.last?.milliseconds ?? songLength ?? last
        let period = max(loop, 1)
        var beats: [Int64] = []
        var downbeats: Set<Int64> = []
        var offset: Int64 = 0
        // The loop point is the next round's beginning: its own beat counts once.
        let round = times.filter { $0 < period }
        let final = (songLength ?? last) >= end
        if final || round.isEmpty {
            beats = times
            downbeats = down
        } else {
            while offset < end {
                for time in round {
                    beats.append(time + offset)
                    if down.contains(time) { downbeats.insert(time + offset) }
                }
                offset += period
            }
        }
        beats = beats.filter { $0 <= end }
        var unique: [Int64] = []
        for beat in beats where unique.last.map({ $0 < beat }) ?? true { unique.append(beat) }
        self.beats = unique
        self.downbeats = downbeats
        let gaps = zip(times.dropFirst(), times).map { $0 - $1 }.filter { $0 > 0 }.sorted()
        interval = gaps.isEmpty ? 500 : Double(gaps[gaps.count / 2])
    }

    /// Whether any bar line is known.
    var hasBars: Bool { !downbeats.isEmpty }

    /// Beats in a bar: the usual count from bar line to bar line; 4 where none is known.
    var beatsInBar: Int {
        let bars = downbeats.sorted()
        let gaps = zip(bars.dropFirst(), bars).map { Double($0 - $1) / interval }.sorted()
        guard !gaps.isEmpty else { return 4 }
        return max(1, Int(gaps[gaps.count / 2].rounded()))
    }

    /// Halves the grid until cuts may follow each other after `shortest` milliseconds, at most three times.
    mutating func refine(for shortest: Double) {
        var rounds = 0
        while interval > shortest * 1.05, rounds < 3 {
            beats = zip(beats, beats.dropFirst()).flatMap { [$0, ($0 + $1) / 2] } + beats.suffix(1)
            interval /= 2
            rounds += 1
        }
    }

    /// The beat nearest to `time` within the bounds; a bar line wins over a beat that is not much nearer.
    func nearest(to time: Double, from low: Int64, through high: Int64) -> Int64? {
        guard low <= high else { return nil }
        var index = lowerBound(max(low, Int64(max(0, time - 2 * interval - 1))))
        var best: (cost: Double, beat: Int64)?
        while index < beats.count, beats[index] <= high {
            let beat = beats[index]
            let distance = abs(Double(beat) - time)
            let cost = distance - (downbeats.contains(beat) ? 0.6 * interval : 0)
            if best.map({ cost < $0.cost }) ?? true { best = (cost, beat) }
            if Double(beat) > time + 2 * interval, best != nil { break }
            index += 1
        }
        // Within the bounds there may only be beats well before the time.
        if best == nil, let before = last(through: high), before >= low { return before }
        return best?.beat
    }

    /// The bar line nearest to `time`, or the beat where no bar line is known.
    func barLine(nearestTo time: Int64, from low: Int64, through high: Int64) -> Int64? {
        let lines = (hasBars ? downbeats.sorted() : beats).filter { $0 >= low && $0 <= high }
        return lines.min { (abs($0 - time), $0) < (abs($1 - time), $1) }
    }

    private func lowerBound(_ time: Int64) -> Int {
        var (low, high) = (0, beats.count)
        while low < high {
            let middle = (low + high) / 2
            if beats[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func last(through time: Int64) -> Int64? {
        let index = lowerBound(time + 1)
        return index > 0 ? beats[index - 1] : nil
    }
}
