// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Keeps the true peak under a ceiling without being heard: the gain bends down 4 ms before a peak, stays down for 10 ms,
/// and comes back slowly.
///
/// ```
/// peaks (×4)  ──▏────▏▏─────      what each sample needs: ceiling / peak, at most 1
/// lowest over −10 … +4 ms         then rising by 1/e each 120 ms
/// mean over 4 ms                  a curve without corners that is never above what is needed
/// ```
/// Sound comes out `delay` frames late; push `delay` frames of silence behind the last to get it all.
final class Limiter {
    private static let ahead = 192
    private static let hold = 480
    private static let release = exp(-1 / (0.12 * Double(FilmSound.rate)))
    /// Frames between what goes in and the same frame coming out.
    static let delay = TruePeakFilter.reach + ahead
    private static let need = FilmSound.blockFrames + TruePeakFilter.taps + 8

    /// A stretch that comes out lower than it must: where a codec is known to add to the peaks.
    struct Relief: Hashable {
        /// Frames of the sound.
        var range: Range<Int>
        /// Gain beside what the ceiling asks for, at most 1.
        var factor: Float
    }

    private let ceiling: Float
    /// Ascending, not overlapping.
    private let reliefs: [Relief]
    private var nextRelief = 0
    private var framesIn = 0
    private let filter = TruePeakFilter()
    /// The last `taps − 1` samples in, then the block.
    private let window = StereoBlock(capacity: Limiter.need)
    private let between: UnsafeMutablePointer<Float>
    private let peaks: UnsafeMutablePointer<Float>
    private let gains: UnsafeMutablePointer<Float>
    /// Samples that have gone in and not come out.
    private let line = StereoBlock(capacity: FilmSound.blockFrames + Limiter.delay)
    /// The peak of the interval that ends the last block, and the largest of the samples kept from it.
    private var lastBetween: Float = 0
    private var tailPeak: Float = 0
    private var lowest: SlidingMinimum
    private var gain = 1.0
    private var mean: SlidingMean
    /// Frames since anything was above the ceiling; beyond `quiet` all state is back at 1.
    private var sinceLoud = Int.max / 2
    private static let quiet = ahead + hold + 4 * FilmSound.rate

    /// The deepest gain so far, linear; 1 when nothing was limited.
    private(set) var deepest: Float = 1
    /// Frames that came out lower by more than 0.1 dB.
    private(set) var limitedFrames = 0

    /// `ceiling`: linear true peak that is not passed. `reliefs`: in any order; where they overlap the lower one counts.
    init(ceiling: Float, reliefs: [Relief] = []) {
        self.ceiling = ceiling
        self.reliefs = Self.flattened(reliefs)
        lowest = SlidingMinimum(length: Self.ahead + Self.hold + 1)
        mean = SlidingMean(length: Self.ahead + 1)
        between = .allocate(capacity: Self.need)
        between.initialize(repeating: 0, count: Self.need)
        peaks = .allocate(capacity: Self.need)
        peaks.initialize(repeating: 0, count: Self.need)
        gains = .allocate(capacity: Self.need)
        gains.initialize(repeating: 1, count: Self.need)
    }

    deinit {
        between.deallocate()
        peaks.deallocate()
        gains.deallocate()
    }

    /// Takes `block` in and gives as many frames back in its place, `delay` frames older.
    func process(_ block: StereoBlock) {
        let count = block.count
        let before = TruePeakFilter.taps - 1
        (window.left + before).update(from: block.left, count: count)
        (window.right + before).update(from: block.right, count: count)
        (line.left + Self.delay).update(from: block.left, count: count)
        (line.right + Self.delay).update(from: block.right, count: count)

        let loudest = max(block.peak, tailPeak) * TruePeakFilter.bound
        while nextRelief < reliefs.count, reliefs[nextRelief].range.upperBound <= framesIn - TruePeakFilter.reach {
            nextRelief += 1
        }
        let isRelieved = nextRelief < reliefs.count && reliefs[nextRelief].range.lowerBound < framesIn + count
        var isOver = false
        if loudest > ceiling || isRelieved {
            isOver = measure(count) > ceiling
            if isRelieved { isOver = relieve(count) || isOver }
        } else {
            lastBetween = 0
            peaks.update(repeating: 0, count: count)
        }
        window.left.update(from: window.left + count, count: before)
        window.right.update(from: window.right + count, count: before)
        tailPeak = 0
        for i in 0..<before { tailPeak = max(tailPeak, max(abs(window.left[i]), abs(window.right[i]))) }

        framesIn += count
        if isOver || sinceLoud <= Self.quiet { shape(count) } else { gains.update(repeating: 1, count: count) }
        emit(into: block)
    }

    /// Fills `peaks` with the largest magnitude at or beside each sample and returns the largest of all.
    ///
    /// `peaks[i]` is of the sample `reach` before frame `i` of the block.
    private func measure(_ count: Int) -> Float {
        let middle = TruePeakFilter.reach - 1
        var carry: Float = 0
        for buffer in [window.left, window.right] {
            // between[i] lies after window[i + middle], which is the sample that peaks[i] stands for.
            filter.between(buffer, count: count, into: between)
            if buffer == window.left {
                for i in 0..<count { peaks[i] = max(between[i], abs(buffer[i + middle])) }
            } else {
                for i in 0..<count { peaks[i] = max(peaks[i], max(between[i], abs(buffer[i + middle]))) }
            }
            carry = max(carry, between[count - 1])
        }
        // The interval before a sample counts for it too.
        var previous = lastBetween
        var highest = previous
        for i in 0..<count {
            let own = peaks[i]
            highest = max(highest, own)
            peaks[i] = max(own, previous)
            previous = own
        }
        lastBetween = carry
        return highest
    }

    /// Raises `peaks` where there is to be relief, which comes to the same; whether any is now above the ceiling.
    private func relieve(_ count: Int) -> Bool {
        let start = framesIn - TruePeakFilter.reach
        var highest: Float = 0
        for relief in reliefs[nextRelief...] {
            if relief.range.lowerBound >= start + count { break }
            for frame in relief.range.clamped(to: start..<start + count) {
                peaks[frame - start] = max(peaks[frame - start], ceiling) / relief.factor
                highest = max(highest, peaks[frame - start])
            }
        }
        return highest > ceiling
    }

    private static func flattened(_ reliefs: [Relief]) -> [Relief] {
        let edges = Set(reliefs.flatMap { [$0.range.lowerBound, $0.range.upperBound] }).sorted()
        return zip(edges, edges.dropFirst()).compactMap { start, end in
            let factor = reliefs.filter { $0.range.lowerBound <= start && end <= $0.range.upperBound }.map(\.factor)
                .min()
            return factor.map { Relief(range: start..<end, factor: $0) }
        }
    }

    /// Turns `peaks` into `gains`.
    private func shape(_ count: Int) {
        for i in 0..<count {
            let peak = peaks[i]
            var needed: Float = 1
            if peak > ceiling {
                needed = ceiling / peak
                sinceLoud = 0
            } else {
                sinceLoud += 1
            }
            let floor = Double(lowest.push(needed))
            gain = floor < gain ? floor : floor + (gain - floor) * Self.release
            gains[i] = Float(mean.push(gain))
        }
        if sinceLoud > Self.quiet {
            gain = 1
            mean.reset(to: 1)
            lowest.reset()
        }
    }

    /// Puts the oldest frames of the line into `block`, under `gains`, and moves the line up.
    private func emit(into block: StereoBlock) {
        let count = block.count
        block.left.update(from: line.left, count: count)
        block.right.update(from: line.right, count: count)
        line.left.update(from: line.left + count, count: Self.delay)
        line.right.update(from: line.right + count, count: Self.delay)
        for i in 0..<count where gains[i] < 1 {
            block.left[i] *= gains[i]
            block.right[i] *= gains[i]
            deepest = min(deepest, gains[i])
            if gains[i] < 0.9886 { limitedFrames += 1 }
        }
    }
}

/// The lowest of the last `length` values, in amortised constant time (a monotone queue in a ring).
struct SlidingMinimum {
    private let length: Int
    private var values: [Float]
    private var places: [Int]
    private var head = 0
    private var size = 0
    private var clock = 0

    init(length: Int) {
        self.length = length
        values = .init(repeating: 0, count: length + 1)
        places = .init(repeating: 0, count: length + 1)
    }

    mutating func reset() { size = 0 }

    mutating func push(_ value: Float) -> Float {
        let room = values.count
        while size > 0, values[(head + size - 1) % room] >= value { size -= 1 }
        let slot = (head + size) % room
        values[slot] = value
        places[slot] = clock
        size += 1
        if places[head] <= clock - length {
            head = (head + 1) % room
            size -= 1
        }
        clock += 1
        return values[head]
    }
}

/// The mean of the last `length` values, all 1 at first.
///
/// Sums are of integers (2⁻⁴⁰ steps), so that nothing drifts however long the film.
struct SlidingMean {
    private var values: [Int64]
    private var sum: Int64
    private var next = 0
    private static let one = Int64(1) << 40

    init(length: Int) {
        values = .init(repeating: Self.one, count: length)
        sum = Self.one * Int64(length)
    }

    mutating func reset(to value: Double) {
        let step = Int64(value * Double(Self.one))
        for i in values.indices { values[i] = step }
        sum = step * Int64(values.count)
    }

    mutating func push(_ value: Double) -> Double {
        let step = Int64(value * Double(Self.one))
        sum += step - values[next]
        values[next] = step
        next = next + 1 == values.count ? 0 : next + 1
        return Double(sum) / Double(Self.one * Int64(values.count))
    }
}
