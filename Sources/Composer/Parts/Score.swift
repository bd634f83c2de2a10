// SPDX-License-Identifier: GPL-3.0-or-later

/// What every player reads: form, chords, the tune; and how hard and how exactly to play.
struct Score {
    let style: MusicStyle
    let seed: UInt64
    let grid: MusicGrid
    let chart: ChordChart
    let mode: Mode
    /// Pitch class.
    let tonic: Int
    let phrases: [Range<Int>]
    /// Beats; the ringing of the last chord included.
    let end: Double

    var lastBar: Int { grid.bars - 1 }
    var finalStart: Double { Double(lastBar * grid.beatsPerBar) }
    var beatsPerBar: Double { Double(grid.beatsPerBar) }
    var steps: Int { style.stepsPerBar }

    func start(ofBar bar: Int) -> Double { Double(bar * grid.beatsPerBar) }
    func beats(milliseconds: Double) -> Double { milliseconds / 60_000 * grid.tempo }

    /// Pitch class of a tone given above the tonic.
    func pitchClass(_ tone: Int) -> Int { (tone + tonic) % 12 }

    func plays(_ part: Part, in section: MusicGrid.Section) -> Bool {
        if let sections = part.sections, !sections.contains(section.kind) { return false }
        return part.energy.contains(section.energy)
    }

    /// Bars in which `part` plays. The last bar belongs to all who play in the section before it or in the ending.
    func bars(of part: Part) -> [Int] {
        var bars: [Int] = []
        for section in grid.sections where plays(part, in: section) { bars += Array(section.bars) }
        if bars.contains(lastBar - 1), !bars.contains(lastBar) { bars.append(lastBar) }
        return bars
    }

    /// Bars in a row.
    func stretches(of part: Part) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for bar in bars(of: part) {
            if let last = result.last, last.upperBound == bar {
                result[result.count - 1] = last.lowerBound..<bar + 1
            } else {
                result.append(bar..<bar + 1)
            }
        }
        return result
    }

    /// The key of `pitchClass` in `range` nearest to `near`.
    static func key(_ pitchClass: Int, near: Int, in range: ClosedRange<Int>) -> Int {
        var best = near
        var distance = Int.max
        for key in range where key % 12 == pitchClass && abs(key - near) < distance {
            best = key
            distance = abs(key - near)
        }
        return distance == .max ? min(max(near, range.lowerBound), range.upperBound) : best
    }
}

/// A player's hand: no two strokes the same, always the same ones.
struct Hand {
    private var dice: Dice
    private let score: Score
    private let late: Double
    private let force: Double
    private let looseness: Double

    init(_ score: Score, _ part: String, late: Double = 0, force: Double = 1, looseness: Double = 1) {
        dice = Dice(score.seed, "hand \(part)")
        self.score = score
        self.late = score.beats(milliseconds: late)
        self.force = force
        self.looseness = score.beats(milliseconds: score.style.looseness) * looseness
    }

    /// A note as it is played: `beat` and `length` as written, `force` 0 … 1.
    ///
    /// Swung, a little early or late, harder on a stroke for the film's turn and where the section has more energy; inside the piece.
    mutating func note(_ key: Int, at beat: Double, for length: Double, force: Double, exact: Bool = false)
        -> MIDIPiece.Note
    {
        let swing = score.style.swing
        let miss = exact ? 0 : looseness * dice.spread() + late
        let start = max(0, swing.played(beat) + (beat <= 0 ? abs(miss) / 2 : miss))
        let end = min(swing.played(beat + length) + (exact ? 0 : miss), score.end - 0.02)
        let bar = min(Int(beat / score.beatsPerBar), score.lastBar)
        let energy = score.grid.energy(atBar: max(0, bar))
        var velocity = 127 * force * self.force * (0.6 + 0.36 * energy)
        velocity *= 1 + score.style.dynamics * dice.spread()
        if score.grid.accentBeats.contains(where: { abs(Double($0) - beat) < 0.01 }) { velocity *= 1.2 }
        return .init(
            UInt8(clamping: key), at: min(start, score.end - 0.1), for: max(0.04, end - start),
            velocity: UInt8(min(max(velocity.rounded(), 8), 127)))
    }

    mutating func chance(_ probability: Double) -> Bool { dice.chance(probability) }
    mutating func below(_ count: Int) -> Int { dice.below(count) }
    mutating func force(_ letter: Character) -> Double? { letterForce(letter, &dice) }
}
