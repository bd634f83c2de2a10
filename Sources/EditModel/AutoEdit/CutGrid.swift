// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Good places for cuts in a film: a song's beats as they fall in film time, in whole milliseconds.
struct CutGrid {
    /// What begins at a place; a stronger place wins over one that is not much nearer.
    enum Strength: Int8, Comparable {
        case betweenBeats, beat, halfBar, bar, phrase
        /// A phrase in which much more goes on than in the one before.
        case drop

        static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }

        /// By how much of a beat a place may lie further off and still win over a plain beat.
        var bonus: Double {
            switch self {
            case .betweenBeats: return -0.3
            case .beat: return 0
            case .halfBar: return 0.45
            case .bar: return 0.75
            case .phrase: return 1
            case .drop: return 1.75
            }
        }
    }

    struct Place: Hashable {
        var time: Int64
        var strength: Strength
    }

    /// Ascending, each time once.
    private(set) var places: [Place] = []
    /// Milliseconds from beat to beat, the usual (median) one.
    let interval: Double
    /// The usual count of beats in a bar; 4 where no bar line is known.
    let beatsInBar: Int
    /// Whether any bar line is known.
    let hasBars: Bool
    /// Beats that a shot lasts on average.
    private var pace = 4.0
    /// How much goes on from each of these film times on, 0…1; ascending, empty where nobody knows.
    private var energies: [(time: Int64, energy: Double)] = []
    /// By so much more a phrase is a drop.
    private static let drop = 0.2

    /// The beats of `song` played from its start, again and again from its loop point, up to `end`.
    /// Nil where there are fewer than two beats in the song.
    ///
    /// - Parameter songLength: nil where unknown; a song that is long enough is not looped.
    init?(_ song: BeatGrid, songLength: Int64?, until end: Int64) {
        let bars = Set(song.downbeats.map(\.milliseconds))
        let phrases = song.energies.count == song.phrases.count ? song.phrases.map(\.milliseconds) : []
        let drops = zip(phrases, song.energies).dropFirst().enumerated()
            .filter { $0.element.1 - song.energies[$0.offset] >= Self.drop }.map(\.element.0)
        let (phraseTimes, dropTimes) = (Set(phrases.dropFirst()), Set(drops))
        var times: [Int64] = []
        for beat in song.beats.map(\.milliseconds) where beat >= 0 && beat > times.last ?? -1 { times.append(beat) }
        guard times.count > 1, let last = times.last else { return nil }
        let gaps = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
        interval = Double(gaps[gaps.count / 2])
        let barIndices = times.indices.filter { bars.contains(times[$0]) }
        let lengths = zip(barIndices.dropFirst(), barIndices).map { $0 - $1 }.sorted()
        beatsInBar = lengths.isEmpty ? 4 : lengths[lengths.count / 2]
        hasBars = !barIndices.isEmpty

        var sinceBar: Int?
        let once = times.map { time -> Place in
            sinceBar = bars.contains(time) ? 0 : sinceBar.map { $0 + 1 }
            switch sinceBar {
            case 0?:
                let isPhrase = phraseTimes.contains(time)
                return Place(
                    time: time, strength: dropTimes.contains(time) ? .drop : isPhrase ? .phrase : .bar)
            case let count? where count * 2 == beatsInBar: return Place(time: time, strength: .halfBar)
            default: return Place(time: time, strength: .beat)
            }
        }
        var offset: Int64 = 0
        if (songLength ?? last) < end {
            // The loop point is the next round's beginning: its own beat counts once.
            let period = max(song.loopEnd(after: .zero)?.milliseconds ?? songLength ?? last, 1)
            let round = once.prefix { $0.time < period }
            while !round.isEmpty, offset + period < end {
                for place in round { append(place.time + offset, place.strength) }
                for (phrase, energy) in zip(phrases, song.energies) where phrase < period {
                    energies.append((phrase + offset, energy))
                }
                offset += period
            }
        }
        for place in once where place.time + offset <= end { append(place.time + offset, place.strength) }
        for (phrase, energy) in zip(phrases, song.energies) where phrase + offset <= end {
            energies.append((phrase + offset, energy))
        }
    }

    private mutating func append(_ time: Int64, _ strength: Strength) {
        if time > places.last?.time ?? -1 { places.append(Place(time: time, strength: strength)) }
    }

    /// When the song's first bar begins, or its first beat.
    var firstBar: Int64 { (places.first { $0.strength >= .bar } ?? places.first)?.time ?? 0 }

    /// Makes ready for `count` cuts between `low` and `high`: halves the grid, at most three times, until it has so
    /// many places.
    mutating func refine(for count: Int, between low: Int64, and high: Int64) {
        pace = Double(max(0, high - low)) / Double(max(1, count)) / interval
        for _ in 0..<3 where firstIndex(from: high) - firstIndex(from: low) < count {
            let old = places
            places = []
            for (index, place) in old.enumerated() {
                append(place.time, place.strength)
                if index + 1 < old.count { append((place.time + old[index + 1].time) / 2, .betweenBeats) }
            }
        }
    }

    /// The place near `time` within the bounds that is best to cut on; nil where there is none in them.
    ///
    /// - Parameters: `leaving`: places to leave for later cuts, up to `end`, where there are so many.
    func best(near time: Double, from low: Int64, through high: Int64, leaving later: Int, until end: Int64) -> Int64? {
        var high = high
        let lastForThis = firstIndex(from: end + 1) - 1 - later
        if places.indices.contains(lastForThis), places[lastForThis].time >= low {
            high = min(high, places[lastForThis].time)
        }
        guard low <= high else { return nil }
        var best: (cost: Double, time: Int64)?
        let middle = firstIndex(from: Int64(min(max(time, Double(low)), Double(high))))
        for index in max(0, middle - 4)..<min(places.count, middle + 4) {
            let place = places[index]
            guard place.time >= low, place.time <= high else { continue }
            let cost = abs(Double(place.time) - time) / interval - bonus(of: place)
            if best.map({ cost < $0.cost }) ?? true { best = (cost, place.time) }
        }
        return best?.time
    }

    /// Where shots last about a beat every beat is taken, and bar lines pull no cut away from its own.
    private func bonus(of place: Place) -> Double {
        let bonus = place.strength.bonus
        return bonus > 0 ? bonus * min(1, max(0, pace - 1)) : bonus
    }

    /// The bar line nearest to `time`, or the beat where no bar line is known.
    func barLine(nearestTo time: Int64, from low: Int64, through high: Int64) -> Int64? {
        guard low <= high else { return nil }
        var best: Int64?
        for place in places[firstIndex(from: low)...] {
            guard place.time <= high else { break }
            guard !hasBars || place.strength >= .bar else { continue }
            if best.map({ abs(place.time - time) < abs($0 - time) }) ?? true { best = place.time }
        }
        return best
    }

    /// How many beats a photo stands: near `wanted` milliseconds, whole bars rather than parts of one.
    func beats(near wanted: Double) -> Int {
        let bar = beatsInBar
        var best = (cost: Double.infinity, beats: 1)
        var choices: [(beats: Int, cost: Double)] = [1, 2, 4, 8, 16].map { (bar * $0, 0) }
        choices += [(bar + bar / 2, 0.2), (max(1, bar / 2), 0.1), (1, 0.2)]
        for choice in choices {
            let time = interval * Double(choice.beats)
            let cost = max(time / wanted, wanted / time) - 1 + choice.cost
            if cost < best.cost { best = (cost, choice.beats) }
        }
        return best.beats
    }

    /// The beats that the opening photo stands where others stand `beats`: a quarter longer at least, up to the next
    /// place as strong as theirs.
    func openingBeats(others beats: Int) -> Int {
        let half = beatsInBar % 2 == 0 ? beatsInBar / 2 : beatsInBar
        let step = beats % beatsInBar == 0 ? beatsInBar : beats % half == 0 ? half : 1
        return (beats * 5 / 4 + step) / step * step
    }

    /// How much longer than usual shots stand about film time `time`: up to a half in quiet parts, down to three quarters in full
    /// ones; 1 where nobody knows, and where all parts are alike.
    func calm(at time: Int64) -> Double {
        guard let least = energies.map(\.energy).min(), let most = energies.map(\.energy).max(), most - least >= 0.1
        else { return 1 }
        let energy = (energies.last { $0.time <= time } ?? energies[0]).energy
        let share = (energy - least) / (most - least)
        let reach = min(1, (most - least) / 0.4)
        return 1 + reach * (0.5 - 0.75 * share)
    }

    /// Where the song breaks out, before `end`.
    func drops(until end: Int64) -> [Int64] { places.filter { $0.strength == .drop && $0.time < end }.map(\.time) }

    /// Index of the first place at or after `time`; `places.count` if there is none.
    private func firstIndex(from time: Int64) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
