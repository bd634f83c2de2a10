// SPDX-License-Identifier: GPL-3.0-or-later
import PixelKernels

/// How one axis of an output is sampled: for each output the first source sample and the weights of `taps` samples from
/// there on, in 1/16384, adding up to exactly 16384. Filled anew for every frame; memory is kept.
///
/// Positions are 32.32 fixed point and rounded to 1/256 of a sample. Where the source is finer than the output the filter is
/// stretched, so that nothing aliases; samples beyond the edges repeat the edge.
final class SampleAxis {
    static let phases = 256
    static let maxTaps = Int(PK_MAX_TAPS)
    /// The steepest reduction whose stretched filter fits into `maxTaps`.
    static let maxStep = Double(maxTaps) / (2 * LanczosWindow.reach)

    private(set) var count = 0
    private(set) var taps = 0
    private(set) var starts: UnsafeMutablePointer<Int32>
    private(set) var weights: UnsafeMutablePointer<Int16>
    private var capacity = 0
    private let phaseWeights: UnsafeMutablePointer<Int16>
    private var phaseStep = Int64.min
    private var key: (count: Int, source: Int, origin: Int64, step: Int64) = (-1, 0, 0, 0)

    init() {
        starts = .allocate(capacity: 1)
        weights = .allocate(capacity: 1)
        phaseWeights = .allocate(capacity: Self.phases * Self.maxTaps)
    }

    deinit {
        starts.deallocate()
        weights.deallocate()
        phaseWeights.deallocate()
    }

    /// Output `i` lies at source sample `origin + i · step`, both in 1/2^32 of a sample; `step` > 0, at most `maxStep`.
    /// A source narrower than the filter is sampled with fewer taps.
    func fill(count: Int, sourceCount: Int, origin: Int64, step: Int64) {
        precondition(count > 0 && sourceCount > 0 && step > 0, "an axis has samples")
        if key == (count, sourceCount, origin, step) { return }
        key = (count, sourceCount, origin, step)
        let stretch = max(1, Double(step) / 4_294_967_296)
        let wanted = min(Self.maxTaps, max(6, (Int((2 * LanczosWindow.reach * stretch).rounded(.up)) + 1) & ~1))
        let taps = min(wanted, sourceCount)
        reserve(count * taps, count)
        self.count = count
        self.taps = taps
        if phaseStep != step || phaseTaps != wanted { fillPhases(stretch: stretch, taps: wanted, step: step) }

        let lastStart = sourceCount - taps
        let lead = wanted / 2 - 1
        for i in 0..<count {
            let position = origin + Int64(i) * step + (1 << 23)
            let first = Int(position >> 32) - lead
            let phase = phaseWeights + Int((position >> 24) & 0xFF) * wanted
            let target = weights + i * taps
            if taps == wanted, first >= 0, first <= lastStart {
                starts[i] = Int32(truncatingIfNeeded: first)
                for j in 0..<taps { target[j] = phase[j] }
            } else {
                // Weights that fall outside go to the sample at the edge.
                let start = min(max(first, 0), lastStart)
                starts[i] = Int32(truncatingIfNeeded: start)
                for j in 0..<taps { target[j] = 0 }
                for j in 0..<wanted {
                    let sample = min(max(first + j, 0), sourceCount - 1)
                    target[sample - start] += phase[j]
                }
            }
        }
    }

    private var phaseTaps = 0

    private func reserve(_ weightCount: Int, _ startCount: Int) {
        let needed = max(weightCount, startCount)
        if needed <= capacity { return }
        starts.deallocate()
        weights.deallocate()
        starts = .allocate(capacity: needed)
        weights = .allocate(capacity: needed)
        capacity = needed
    }

    private func fillPhases(stretch: Double, taps: Int, step: Int64) {
        phaseStep = step
        phaseTaps = taps
        let scale = Double(LanczosWindow.resolution) / stretch
        let end = Double(3 * LanczosWindow.resolution)
        LanczosWindow.values.withUnsafeBufferPointer { table in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: taps) { values in
                for phase in 0..<Self.phases {
                    let centre = Double(phase) / Double(Self.phases) + Double(taps / 2 - 1)
                    var sum = 0.0
                    for j in 0..<taps {
                        let at = min(abs(Double(j) - centre) * scale, end)
                        let index = Int(at)
                        let low = table[index]
                        let value = low + (table[index + 1] - low) * (at - Double(index))
                        values[j] = value
                        sum += value
                    }
                    let target = phaseWeights + phase * taps
                    let unit = 16384 / sum
                    var rest = 16384
                    for j in 0..<taps {
                        let weight = Int((values[j] * unit).rounded(.toNearestOrEven))
                        target[j] = Int16(truncatingIfNeeded: weight)
                        rest -= weight
                    }
                    let middle = phase < Self.phases / 2 ? taps / 2 - 1 : taps / 2
                    target[middle] += Int16(truncatingIfNeeded: rest)
                }
            }
        }
    }
}
