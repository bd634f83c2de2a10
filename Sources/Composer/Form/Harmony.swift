// SPDX-License-Identifier: GPL-3.0-or-later

/// What a style's harmony is made of, in one mode. Progressions are read by `Chord.bars`.
struct HarmonyRow: Sendable {
    var mode: Mode
    /// Four or eight bars that come back.
    var verses: [String]
    var choruses: [String]
    /// The bar before the last chord.
    var cadences: [String]
    /// Last chords.
    var finals: [String]
    /// What a build waits on.
    var waits: [String]
}

/// Chords of the whole piece, bar by bar.
struct ChordChart: Sendable {
    struct Span: Hashable, Sendable {
        /// In beats.
        var start: Double
        var length: Double
        var chord: Chord

        var end: Double { start + length }
    }

    /// In order, without gaps, to the piece's end.
    let spans: [Span]
    /// Names of the progressions that were chosen.
    let choice: String

    func index(at beat: Double) -> Int {
        var (low, high) = (0, spans.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if spans[middle].start <= beat + 0.001 { low = middle } else { high = middle - 1 }
        }
        return low
    }

    func chord(at beat: Double) -> Chord { spans[index(at: beat)].chord }

    init(row: HarmonyRow, seed: UInt64, grid: MusicGrid, end: Double) {
        var dice = Dice(seed, "harmony")
        let verse = dice.pick(row.verses)
        let chorus = dice.pick(row.choruses)
        let cadence = dice.pick(row.cadences)
        let final = dice.pick(row.finals)
        let wait = dice.pick(row.waits)
        choice = "\(verse) | \(chorus) | \(cadence) \(final)"
        let verseBars = Chord.bars(verse)
        let chorusBars = Chord.bars(chorus)
        let waitBars = Chord.bars(wait)
        let cadenceBars = Chord.bars(cadence)

        var bars: [[Chord]] = []
        for (index, section) in grid.sections.enumerated() {
            let count = section.bars.count
            var chords: [[Chord]]
            switch section.kind {
            case .intro, .verse, .breakdown: chords = Self.cycle(verseBars, count)
            case .chorus: chords = Self.cycle(chorusBars, count)
            case .build:
                // The progression goes on and stops on what leads out of it.
                chords = Self.cycle(verseBars.count > 4 ? Array(verseBars.dropFirst(4)) : verseBars, count)
                for (back, bar) in waitBars.reversed().enumerated() where back < max(1, count / 2) {
                    chords[count - 1 - back] = bar
                }
            case .ending:
                let before = grid.sections.indices.contains(index - 1) && grid.sections[index - 1].kind == .chorus
                chords = Self.cycle(before ? chorusBars : verseBars, count)
                chords[count - 1] = [Chord(final)].compactMap(\.self)
            }
            bars += chords
        }
        // The bar before the last is the cadence, also where the ending is one bar long.
        let last = bars.count - 1
        for (back, bar) in cadenceBars.reversed().enumerated() where last - 1 - back >= max(0, last - 2) {
            bars[last - 1 - back] = bar
        }
        let beats = Double(grid.beatsPerBar)
        var spans: [Span] = []
        for (bar, chords) in bars.enumerated() {
            // Two chords in three beats are a half note and a quarter.
            let step =
                chords.count == 2 && grid.beatsPerBar == 3
                ? [2.0, 1.0] : chords.map { _ in beats / Double(chords.count) }
            var start = Double(bar) * beats
            for (chord, length) in zip(chords, step) {
                spans.append(Span(start: start, length: length, chord: chord))
                start += length
            }
        }
        if let index = spans.indices.last { spans[index].length = end - spans[index].start }
        self.spans = spans
    }

    private static func cycle(_ bars: [[Chord]], _ count: Int) -> [[Chord]] {
        (0..<max(0, count)).map { bars[$0 % bars.count] }
    }
}
