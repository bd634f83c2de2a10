// SPDX-License-Identifier: GPL-3.0-or-later

/// How well beats that were found are those that are there (MIREX: within 70 ms, each counted once).
package struct BeatScore: Sendable {
    package var precision: Double
    package var recall: Double
    /// Mean distance of the matched beats, seconds; positive where they were found late.
    package var late: Double

    package var f: Double { precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0 }

    package init(found: [Double], truth: [Double], within tolerance: Double = 0.07) {
        var next = 0
        var hits = 0
        var sum = 0.0
        for beat in truth {
            while next < found.count, found[next] < beat - tolerance { next += 1 }
            if next < found.count, found[next] <= beat + tolerance {
                hits += 1
                sum += found[next] - beat
                next += 1
            }
        }
        precision = found.isEmpty ? 0 : Double(hits) / Double(found.count)
        recall = truth.isEmpty ? 0 : Double(hits) / Double(truth.count)
        late = hits > 0 ? sum / Double(hits) : 0
    }
}
