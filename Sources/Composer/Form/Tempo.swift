// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// The tempo with which whole bars fill a length.
struct Tempo: Hashable {
    /// Beats a minute.
    var beatsPerMinute: Double
    /// At least 1.
    var bars: Int

    /// The tempo nearest to the wanted one with which a whole number of bars fits `seconds` exactly, inside `range` where one
    /// is. Where the film has a turn, a tempo that brings a bar line to it is worth a few percent.
    ///
    /// A tempo that was asked for is kept within 2 %: where no whole number of bars fits so, the bars are those that go in, and
    /// the last chord rings for what is left.
    init(
        wanted: Double, isAsked: Bool, range: ClosedRange<Double>, beatsPerBar: Int, seconds: Double,
        turn: Double? = nil
    ) {
        let beats = Double(beatsPerBar)
        let ideal = seconds * wanted / 60 / beats
        let nearest = max(1, Int(ideal.rounded()))
        if isAsked {
            let fitted = Double(nearest) * beats * 60 / seconds
            // A bar alone is stretched rather than cut.
            if abs(fitted / wanted - 1) <= 0.02 || ideal < 1 {
                self.init(beatsPerMinute: fitted, bars: nearest)
            } else {
                self.init(beatsPerMinute: wanted, bars: max(1, Int(ideal.rounded(.down))))
            }
            return
        }
        var best = (cost: Double.infinity, bars: nearest)
        for bars in max(1, nearest - 6)...nearest + 6 {
            let tempo = Double(bars) * beats * 60 / seconds
            var cost = abs(tempo / wanted - 1)
            if tempo < range.lowerBound || tempo > range.upperBound { cost += 0.5 + 4 * cost }
            // Phrases of four bars, and pairs, feel whole.
            cost += bars % 4 == 0 ? 0 : bars % 2 == 0 ? 0.01 : 0.025
            if let turn {
                let place = turn / seconds * Double(bars)
                cost += 0.4 * abs(place - place.rounded()) * 60 * beats / tempo / 2
            }
            if cost < best.cost { best = (cost, bars) }
        }
        self.init(beatsPerMinute: Double(best.bars) * beats * 60 / seconds, bars: best.bars)
    }

    private init(beatsPerMinute: Double, bars: Int) {
        self.beatsPerMinute = beatsPerMinute
        self.bars = bars
    }
}
