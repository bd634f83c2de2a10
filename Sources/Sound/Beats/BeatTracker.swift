// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
internal import EditTime
public import Foundation

/// Finds a song's tempo, beats, bars and phrases, offline.
///
/// Onset strength is the flux of 47 Hz … 15 kHz in bands a sixth of an octave wide; tempi come of its autocorrelation; beats of
/// dynamic programming over it (Ellis 2007), one row for each tempo and one half way between, of which the likeliest is taken
/// (`Level`); bars and phrases of what sounds in them (`Metre`, `Phrases`). docs/decisions/017-beats-and-voices.md has what was weighed and measured.
public enum BeatTracker {
    /// Raised when the answers change; part of what they are kept under.
    public static let version = 3

    /// What is found in the song at `url`, in its own time; an empty grid where there is nothing to follow.
    ///
    /// The same song gives the same grid. Blocks; four minutes take about a second. Throws `MediaError` for what is no sound.
    public static func analyse(_ url: URL) throws -> BeatGrid { grid(of: try SongFeatures(of: url)) }

    /// Each answer to what the song's beats are that was weighed, the best first: its beats in seconds and what it was weighed by;
    /// for benchmarks.
    package static func levels(of url: URL) throws -> [(beats: [Double], marks: [(name: String, value: Double)])] {
        let features = try SongFeatures(of: url)
        let curve = OnsetCurve(features.flux)
        let low = OnsetCurve(features.lowFlux)
        return Level.all(TempoCurve(curve), features, curve, low: low).sorted { $0.score > $1.score }.map {
            ($0.beats, $0.marks)
        }
    }

    static let none = BeatGrid(beats: [], tempo: 0, confidence: 0)

    static func grid(of features: SongFeatures) -> BeatGrid {
        let curve = OnsetCurve(features.flux)
        guard features.seconds >= 2, curve.liveliness > 0.05 else { return none }
        let tempi = TempoCurve(curve)
        let low = OnsetCurve(features.lowFlux)
        guard let level = Level.best(of: Level.all(tempi, features, curve, low: low)) else { return none }
        let path = level.choice
        let (beats, hits) = BeatPath.straightened(path.beats, curve)
        guard beats.count >= 4 else { return none }
        let whole = covered(beats, features)
        let metre = Metre(whole, features, curve, low: low)
        let times = whole.map { MediaTime(seconds: max(0, $0)) }
        let bars = metre?.downbeats ?? []
        let phrases = Phrases(bars: bars.map { whole[$0] }, end: features.seconds, features)
        let gaps = zip(whole, whole.dropFirst()).map { $1 - $0 }.sorted()
        let period = gaps[gaps.count / 2]
        let regular = min(1, max(0, (path.salience - 0.1) / 0.2))
        let alive = min(1, max(0, (curve.liveliness - 0.05) / 0.15))
        return BeatGrid(
            beats: times, downbeats: bars.map { times[$0] }, phrases: phrases?.starts.map { times[bars[$0]] } ?? [],
            energies: phrases?.energies ?? [], tempo: 60 / period, confidence: regular * alive * min(1, hits / 0.7),
            isLevelUnsure: level.lead < 0.8)
    }

    /// `beats` on to where the song begins and ends to sound, evenly, without those in silence at its ends.
    private static func covered(_ beats: [Double], _ features: SongFeatures) -> [Double] {
        let loud = features.power.max() ?? 0
        let heard = features.power.indices.filter { features.power[$0] > loud * 1e-5 }
        let first = Double(heard.first ?? 0) / SongFeatures.rate - 0.05
        let last = Double(heard.last ?? 0) / SongFeatures.rate + 0.05
        var result = beats
        func gap(_ a: Int, _ b: Int) -> Double { (result[b] - result[a]) / Double(b - a) }
        let (opening, closing) = (gap(0, min(4, beats.count - 1)), gap(max(0, beats.count - 5), beats.count - 1))
        while let head = result.first, head - opening >= first { result.insert(head - opening, at: 0) }
        while let tail = result.last, tail + closing <= last { result.append(tail + closing) }
        result.removeAll { $0 < max(first, -0.02) || $0 > last }
        return result.count >= 4 ? result : beats
    }
}

/// One answer to what a beat is.
struct Level {
    var tempo: Double
    var beats: [Double]
    var salience: Double
    /// Lies half way between the beats that stand out most.
    var isOff: Bool
    /// Mean onset at beats, and half way between them.
    var on: Double
    var between: Double
    /// The same of the bass alone.
    var lowOn: Double
    var lowBetween: Double
    /// How much stronger every other beat is than the rest, as a share; and in the bass.
    var unlike: Double
    var lowUnlike: Double
    var metre: Metre?
    var score = 0.0

    struct Best {
        var choice: Level
        /// By how much it leads before the best of another tempo.
        var lead: Double
    }

    static func best(of levels: [Level]) -> Best? {
        let order = levels.sorted { $0.score > $1.score }
        guard let first = order.first else { return nil }
        let second = order.first { abs($0.tempo / first.tempo - 1) > 0.03 }
        return Best(choice: first, lead: second.map { first.score - $0.score } ?? .infinity)
    }

    /// Every tempo that the onsets may have, with its beats, and with those half way between.
    static func all(
        _ tempi: TempoCurve, _ features: SongFeatures, _ curve: OnsetCurve, low: OnsetCurve
    ) -> [Level] {
        var seen: [Double] = []
        return tempi.candidates(8).flatMap { state -> [Level] in
            let (path, salience) = tempi.path(near: state)
            let tempo = TempoCurve.tempo(path.sorted()[path.count / 2])
            if seen.contains(where: { abs($0 / tempo - 1) < 0.015 }) { return [] }
            seen.append(tempo)
            let beats = BeatPath(curve) { TempoCurve.period(along: path, at: $0) }.beats
            guard beats.count >= 4 else { return [] }
            let halves = zip(beats, beats.dropFirst()).map { ($0 + $1) / 2 }
            let plain = Level(beats, halves, tempo, salience, isOff: false, features, curve, low)
            let off = Level(
                halves, Array(beats.dropFirst().dropLast()), tempo, salience, isOff: true, features, curve, low)
            var both = [plain, off]
            both[0].weigh(against: off)
            both[1].weigh(against: plain)
            return both
        }
    }

    private init(
        _ beats: [Double], _ halves: [Double], _ tempo: Double, _ salience: Double, isOff: Bool,
        _ features: SongFeatures, _ curve: OnsetCurve, _ low: OnsetCurve
    ) {
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        func unlike(_ values: [Double]) -> Double {
            let even = mean(values.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
            let odd = mean(values.enumerated().filter { $0.offset % 2 == 1 }.map(\.element))
            return abs(even - odd) / max(even, odd, 1e-9)
        }
        (self.beats, self.tempo, self.salience, self.isOff) = (beats, tempo, salience, isOff)
        let at = beats.map { curve.strongest(near: $0) }
        let lowAt = beats.map { low.strongest(near: $0) }
        (on, lowOn) = (mean(at), mean(lowAt))
        between = mean(halves.map { curve.strongest(near: $0) })
        lowBetween = mean(halves.map { low.strongest(near: $0) })
        (self.unlike, lowUnlike) = (unlike(at), unlike(lowAt))
        metre = Metre(beats, features, curve, low: low)
    }

    /// How well this answers, as a logarithm: weights were fitted (conditional logit) to songs whose beats are known, and hold for
    /// kinds of song that were left out of the fit.
    private var worth: Double {
        let octaves = log2(tempo / 112)
        // Songs that are tapped slower or faster than this are mostly tapped at twice or half of it.
        let edge = max(0, log2(76 / tempo), log2(tempo / 163)) / 0.1
        // Too slow where as much begins between beats as at them, too fast where every other beat is empty.
        let fill = min(1, max(0, between / max(on, 1e-9) - 0.4) / 0.5)
        // Bass and chords say where bars begin.
        let bars = min(3, max(0, metre?.lead ?? 0))
        return 3.3 * log(max(salience, 0.01)) - 0.1 * octaves * octaves - 0.66 * edge * edge - 1.08 * fill
            - 1.7 * unlike + 2 * bars - (isOff ? 0.77 : 0) - (metre?.beatsInBar == 3 ? 1.57 : 0)
    }

    /// How much more bass there is at the beats than between them, where every beat has it: the kick of four on the floor.
    private var floor: Double {
        (lowOn - lowBetween) / max(lowOn + lowBetween, 1e-9) * (1 - lowUnlike)
    }

    /// Weighs one way of counting against that which counts half way between.
    private mutating func weigh(against other: Level) { score = worth - 7 * max(0, other.floor - floor) }

    var marks: [(name: String, value: Double)] {
        [
            ("tempo", tempo), ("off", isOff ? 1 : 0), ("salience", salience), ("on", on), ("between", between),
            ("lowOn", lowOn), ("lowBetween", lowBetween), ("unlike", unlike), ("lowUnlike", lowUnlike),
            ("bars", metre?.lead ?? 0), ("metre", Double(metre?.beatsInBar ?? 0)), ("likeness", metre?.likeness ?? 0),
            ("score", score),
        ]
    }
}
