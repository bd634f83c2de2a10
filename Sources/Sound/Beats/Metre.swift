// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Which beats begin bars: the metre (three or four beats) whose bars are most alike and whose first beats carry the bass, the
/// accent and the change of harmony; after Goto 2001 and Davies and Plumbley 2006 ("A spectral difference approach to downbeat
/// extraction"), decided over the whole song by a path that may, at a cost, drop or add a beat.
struct Metre {
    let beatsInBar: Int
    /// Indices of beats.
    let downbeats: [Int]
    /// 0…1.
    let confidence: Double
    /// By how much first beats stand out before the next best ones, about 0…3.
    let lead: Double
    /// How much more alike beats a bar apart are than others.
    let likeness: Double

    init?(_ beats: [Double], _ features: SongFeatures, _ curve: OnsetCurve, low: OnsetCurve) {
        guard beats.count >= 8 else { return nil }
        let cues = Cues(beats, features, curve, low: low)
        var best: (score: Double, metre: Int, path: [Int], lead: Double)?
        var second = -Double.infinity
        for metre in [3, 4] {
            let found = Self.path(cues.accent, metre: metre)
            let score = found.score + 2.5 * cues.likeness(at: metre) + (metre == 4 ? 0.12 : 0)
            if score > best?.score ?? -.infinity {
                second = best?.score ?? second
                best = (score, metre, found.phases, found.lead)
            } else {
                second = max(second, score)
            }
        }
        guard let best else { return nil }
        beatsInBar = best.metre
        downbeats = best.path.indices.filter { best.path[$0] == 0 }
        lead = best.lead
        likeness = cues.likeness(at: best.metre)
        confidence = min(1, max(0, best.lead)) * min(1, 0.5 + max(0, best.score - second))
    }

    /// The best phase (0 = first of the bar) of each beat, the mean accent of its first beats, and by how much that leads before
    /// the next best phase.
    private static func path(_ accent: [Double], metre: Int) -> (phases: [Int], score: Double, lead: Double) {
        let jump = 6.0
        var score = [Double](repeating: 0, count: metre)
        var back: [[Int]] = []
        for (index, value) in accent.enumerated() {
            var next = [Double](repeating: 0, count: metre)
            var from = [Int](repeating: 0, count: metre)
            let most = score.indices.max { score[$0] < score[$1] } ?? 0
            for phase in 0..<metre {
                let before = (phase + metre - 1) % metre
                from[phase] = before
                next[phase] = score[before]
                if index > 0, score[most] - jump > next[phase] {
                    from[phase] = most
                    next[phase] = score[most] - jump
                }
                if phase == 0 { next[phase] += value }
            }
            score = next
            back.append(from)
        }
        var phase = score.indices.max { score[$0] < score[$1] } ?? 0
        var phases: [Int] = []
        for from in back.reversed() {
            phases.append(phase)
            phase = from[phase]
        }
        phases.reverse()
        var sums = [Double](repeating: 0, count: metre)
        var counts = [Double](repeating: 1e-9, count: metre)
        for (index, value) in accent.enumerated() {
            sums[phases[index]] += value
            counts[phases[index]] += 1
        }
        let means = zip(sums, counts).map { $0 / $1 }
        let others = means.dropFirst().max() ?? 0
        return (phases, means[0] - others, means[0] - others)
    }
}

/// What speaks for each beat to be the first of a bar.
private struct Cues {
    /// About 0 on average, 1 to 3 where much speaks for it.
    private(set) var accent: [Double]
    /// What sounds in each beat: twelve pitch classes and the bands' levels about their mean.
    private let sounds: [[Float]]

    init(_ beats: [Double], _ features: SongFeatures, _ curve: OnsetCurve, low: OnsetCurve) {
        let last = beats[beats.count - 1] - beats[beats.count - 2]
        let ends = beats.dropFirst() + [beats[beats.count - 1] + last]
        let spans = zip(beats, ends).map { $0..<max($1, $0 + 0.05) }
        let chroma = spans.map { features.mean(of: features.chroma, width: 12, in: $0) }
        let timbre = spans.map { features.mean(of: features.timbre, width: SongFeatures.bandCount, in: $0) }
        // Harmony of the two beats before against the two after.
        let harmony = beats.indices.map { index -> Double in
            guard index > 0, index + 1 < beats.count else { return 0 }
            let before = Self.sum(chroma[max(0, index - 2)...index - 1])
            let after = Self.sum(chroma[index...min(beats.count - 1, index + 1)])
            return 1 - Self.cosine(before, after)
        }
        let bass = beats.map { low.strongest(near: $0) }
        let all = beats.map { curve.strongest(near: $0) }
        accent = .init(repeating: 0, count: beats.count)
        for (values, weight) in [(harmony, 1.0), (bass, 0.6), (all, 0.3)] {
            for (index, value) in Self.standard(values).enumerated() { accent[index] += weight * value }
        }
        var means = [Float](repeating: 0, count: SongFeatures.bandCount)
        for row in timbre { for band in row.indices { means[band] += row[band] / Float(timbre.count) } }
        sounds = zip(chroma, timbre).map { tones, levels in
            tones + zip(levels, means).map { ($0 - $1) / 60 }
        }
    }

    /// How much more beats are like those `metre`, and twice as many, further on than like those that lie between.
    func likeness(at metre: Int) -> Double {
        func mean(_ lag: Int) -> Double {
            guard sounds.count > lag + 4 else { return 0 }
            return (0..<sounds.count - lag).reduce(0.0) { $0 + Self.cosine(sounds[$1], sounds[$1 + lag]) }
                / Double(sounds.count - lag)
        }
        let others = metre == 3 ? [4, 8] : [3, 6, 9]
        let own = metre == 3 ? [3, 6, 9] : [4, 8]
        let inside = own.reduce(0.0) { $0 + mean($1) } / Double(own.count)
        return inside - others.reduce(0.0) { $0 + mean($1) } / Double(others.count)
    }

    private static func standard(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count))).squareRoot()
        return values.map { spread > 1e-6 ? min(max(($0 - mean) / spread, -2.5), 2.5) : 0 }
    }

    private static func sum(_ rows: ArraySlice<[Float]>) -> [Float] {
        rows.reduce(into: [Float](repeating: 0, count: 12)) { sum, row in
            for index in row.indices { sum[index] += row[index] }
        }
    }

    static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        var (dot, aa, bb): (Float, Float, Float) = (0, 0, 0)
        for index in a.indices {
            dot += a[index] * b[index]
            aa += a[index] * a[index]
            bb += b[index] * b[index]
        }
        return aa > 0 && bb > 0 ? Double(dot / (aa * bb).squareRoot()) : aa == bb ? 1 : 0
    }
}
