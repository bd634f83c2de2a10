// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// How a song's tempo may run: autocorrelations of its onsets in windows of twelve seconds, and the smoothest way through them
/// near a tempo (Ellis 2007, with a path as Percival and Tzanetakis 2014 argue for instead of one global value).
struct TempoCurve {
    /// Steps of a hundredth of the natural logarithm, 40 to 240 beats a minute.
    static let slowest = 40.0
    static let states = 180
    static let window = 1200
    static let step = 256

    static func tempo(_ state: Int) -> Double { slowest * exp(Double(state) / 100) }
    static func period(_ state: Int) -> Double { 60 * SongFeatures.rate / tempo(state) }

    /// Salience of each state in each window, about 0…1.
    private(set) var salience: [[Float]] = []
    /// Mean over the windows, each counting as much as it is salient.
    private(set) var mean: [Float] = .init(repeating: 0, count: TempoCurve.states)

    init(_ curve: OnsetCurve) {
        let onsets = curve.smooth
        var start = 0
        repeat {
            let end = min(onsets.count, start + Self.window)
            salience.append(Self.salience(of: onsets[max(0, min(start, end - Self.window))..<end]))
            start += Self.step
        } while start + Self.window / 2 < onsets.count
        var weight: Float = 1e-6
        for row in salience {
            let most = row.max() ?? 0
            weight += most
            for state in row.indices { mean[state] += row[state] * most }
        }
        for state in mean.indices { mean[state] /= weight }
    }

    /// A tempo is salient where onsets come again after one, two, three and four of its beats.
    private static func salience(of part: ArraySlice<Float>) -> [Float] {
        let average = part.reduce(0, +) / Float(max(1, part.count))
        let values = part.map { $0 - average }
        let lags = min(values.count - 1, Int(4 * period(0)) + 2)
        guard lags > 30 else { return .init(repeating: 0, count: states) }
        let energy = values.reduce(0) { $0 + $1 * $1 }
        guard energy > 0 else { return .init(repeating: 0, count: states) }
        var correlation = [Float](repeating: 0, count: lags + 1)
        for lag in 10...lags {
            var sum: Float = 0
            for index in lag..<values.count { sum += values[index] * values[index - lag] }
            correlation[lag] = sum / energy * Float(values.count) / Float(max(values.count / 4, values.count - lag))
        }
        func at(_ lag: Double) -> Float {
            let low = Int(lag)
            guard low + 1 < correlation.count else { return 0 }
            let part = Float(lag - Double(low))
            return correlation[low] * (1 - part) + correlation[low + 1] * part
        }
        return (0..<states).map { state in
            let period = period(state)
            return max(0, (at(period) + 0.7 * at(2 * period) + 0.4 * at(3 * period) + 0.6 * at(4 * period)) / 2.7)
        }
    }

    /// Peaks of the mean, the most salient first, at most `most`.
    func candidates(_ most: Int) -> [Int] {
        mean.indices.filter { state in
            let (low, high) = (max(0, state - 3), min(mean.count - 1, state + 3))
            return mean[state] > 0.02 && mean[state] == mean[low...high].max()
        }.sorted { mean[$0] > mean[$1] }.prefix(most).map { $0 }
    }

    /// The state nearest to that of `tempo`.
    static func state(of tempo: Double) -> Int {
        min(max(Int((100 * log(tempo / slowest)).rounded()), 0), states - 1)
    }

    /// The way near `state` through all windows that is most salient, where a change costs: a state a window; and how salient
    /// it is on average.
    func path(near state: Int) -> (states: [Int], salience: Double) {
        let radius = 16
        let low = max(0, state - radius)
        let high = min(Self.states - 1, state + radius)
        let width = high - low + 1
        var score = (0..<width).map { Double(salience[0][low + $0]) }
        var back: [[Int]] = []
        for row in salience.dropFirst() {
            var next = [Double](repeating: 0, count: width)
            var from = [Int](repeating: 0, count: width)
            for to in 0..<width {
                var best = -Double.infinity
                for origin in max(0, to - 4)...min(width - 1, to + 4) {
                    let jump = Double(origin - to)
                    let value = score[origin] - 0.012 * jump * jump
                    if value > best {
                        best = value
                        from[to] = origin
                    }
                }
                next[to] = best + Double(row[low + to])
            }
            score = next
            back.append(from)
        }
        var place = score.indices.max { score[$0] < score[$1] } ?? 0
        let total = score[place]
        var states = [low + place]
        for from in back.reversed() {
            place = from[place]
            states.append(low + place)
        }
        return (states.reversed(), total / Double(salience.count))
    }

    /// The period in frames at frame `index` along `path`.
    static func period(along path: [Int], at index: Int) -> Double {
        let place = (Double(index) - Double(window) / 2) / Double(step)
        let low = min(max(0, Int(place.rounded(.down))), path.count - 1)
        let high = min(low + 1, path.count - 1)
        let part = min(max(0, place - Double(low)), 1)
        return period(path[low]) * (1 - part) + period(path[high]) * part
    }
}
