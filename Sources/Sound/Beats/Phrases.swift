// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Phrases of a song: groups of bars, mostly four or eight, that begin where the song becomes something else.
///
/// Novelty is Foote's (2000): how alike the bars before a bar line are to each other, and those after it, less how alike the
/// ones are to the others. Boundaries come of dynamic programming over bars that wants novelty at them and even lengths between.
struct Phrases {
    /// Indices of bars, ascending, the first bar among them.
    let starts: [Int]
    /// 0…1 for each: level and onsets beside the fullest phrase.
    let energies: [Double]

    /// - Parameters: `bars`: where bars begin, seconds; `end`: where the song ends.
    init?(bars: [Double], end: Double, _ features: SongFeatures) {
        guard bars.count >= 2 else { return nil }
        let spans = zip(bars, bars.dropFirst() + [max(end, bars[bars.count - 1] + 0.1)]).map { $0..<max($1, $0 + 0.1) }
        let novelty = Self.novelty(of: spans.map { Self.sound(in: $0, features) })
        starts = Self.divide(novelty)
        energies = Self.energies(of: starts, spans, features)
    }

    private static func sound(in span: Range<Double>, _ features: SongFeatures) -> [Float] {
        let tones = features.mean(of: features.chroma, width: 12, in: span)
        let levels = features.mean(of: features.timbre, width: SongFeatures.bandCount, in: span)
        let rise = mean(features.flux, in: span)
        return tones.map { $0 * 0.7 } + levels.map { ($0 + 60) / 60 } + [Float(rise)]
    }

    private static func mean(_ values: [Float], in span: Range<Double>) -> Double {
        let low = min(max(0, Int(span.lowerBound * SongFeatures.rate)), values.count)
        let high = min(max(low, Int(span.upperBound * SongFeatures.rate)), values.count)
        return high > low ? Double(values[low..<high].reduce(0, +)) / Double(high - low) : 0
    }

    /// At each bar line, in units of how much novelty varies in the song.
    private static func novelty(of bars: [[Float]]) -> [Double] {
        func distance(_ a: Int, _ b: Int) -> Double {
            Double(zip(bars[a], bars[b]).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }).squareRoot()
        }
        let count = bars.count
        let plain = (0..<count).map { bar -> Double in
            let before = max(0, bar - 4)..<bar
            let after = bar..<min(count, bar + 4)
            guard !before.isEmpty else { return 0 }
            func within(_ range: Range<Int>) -> Double {
                var (sum, pairs) = (0.0, 0.0)
                for a in range {
                    for b in range where b > a {
                        sum += distance(a, b)
                        pairs += 1
                    }
                }
                return pairs > 0 ? sum / pairs : 0
            }
            var across = 0.0
            for a in before { for b in after { across += distance(a, b) } }
            return across / Double(before.count * after.count) - (within(before) + within(after)) / 2
        }
        let mean = plain.reduce(0, +) / Double(count)
        let spread = (plain.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
        return plain.map { spread > 1e-4 ? ($0 - mean) / spread : 0 }
    }

    /// What a phrase of so many bars costs.
    private static func cost(_ bars: Int) -> Double {
        switch bars {
        case 4: 0
        case 8: 0.3
        case 2, 6, 12, 16: 1.2
        default: 1.8
        }
    }

    private static func divide(_ novelty: [Double]) -> [Int] {
        let count = novelty.count
        var best = [Double](repeating: .infinity, count: count + 1)
        var from = [Int](repeating: 0, count: count + 1)
        best[0] = 0
        for end in 1...count {
            for start in max(0, end - 16)..<end where best[start] < .infinity {
                // The first phrase and the last may be what the song's ends leave of one.
                let length = cost(end - start) * (start == 0 || end == count ? 0.5 : 1)
                let gain = start > 0 ? 0.8 * min(max(novelty[start], -1.5), 3) : 0
                let value = best[start] + length - gain
                if value < best[end] {
                    best[end] = value
                    from[end] = start
                }
            }
        }
        var starts: [Int] = []
        var place = count
        while place > 0 {
            place = from[place]
            starts.append(place)
        }
        return starts.reversed()
    }

    private static func energies(of starts: [Int], _ spans: [Range<Double>], _ features: SongFeatures) -> [Double] {
        let ends = starts.dropFirst() + [spans.count]
        let phrases = zip(starts, ends).map { spans[$0].lowerBound..<spans[$1 - 1].upperBound }
        let levels = phrases.map { mean(features.power, in: $0).squareRoot() }
        let rises = phrases.map { mean(features.flux, in: $0) }
        let (loudest, liveliest) = (max(levels.max() ?? 0, 1e-9), max(rises.max() ?? 0, 1e-9))
        return zip(levels, rises).map { (0.6 * $0 / loudest + 0.4 * $1 / liveliest) }
            .map { ($0 * 1000).rounded() / 1000 }
    }
}
