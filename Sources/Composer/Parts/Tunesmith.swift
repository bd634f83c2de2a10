// SPDX-License-Identifier: GPL-3.0-or-later

/// A note of the tune, before anybody plays it.
struct TuneNote: Hashable {
    /// In beats.
    var start: Double
    var length: Double
    var key: Int
    var force: Double
    var section: SectionKind
}

/// Writes the tune: two motifs a piece, stated, answered, varied and brought home (the sentence and the period of classical form;
/// Caplin, *Analyzing Classical Form*).
///
/// A motif is a rhythm and the scale steps between its notes. Each bar of a phrase wants one of its shapes at some height; the
/// notes are then the cheapest path through the scale (Viterbi) that keeps the shape, has chord tones on strong beats, moves by
/// step for the most part and resolves what rubs.
struct Tunesmith {
    struct Motif {
        var rhythm: Steps
        /// Scale steps from each note to the next: one fewer than notes.
        var steps: [Int]
    }

    let score: Score
    let taste: TuneTaste
    private let verse: Motif
    private let chorus: Motif
    private let answer: Motif
    private let cadence: Steps
    private let heights: [[Int]]
    private let plans: [[Bar]]
    private let goals: [Bool]

    /// What a bar of a phrase is.
    private enum Bar { case statement, sequence, answer, variation, fragment, cadence }

    init(_ score: Score) {
        self.score = score
        taste = score.style.tune
        var dice = Dice(score.seed, "tune")
        verse = Self.motif(taste.verse, taste.leaps, &dice)
        chorus = Self.motif(taste.chorus, taste.leaps, &dice)
        answer = Self.motif(taste.verse, taste.leaps, &dice)
        cadence = Steps(dice.pick(taste.cadence))
        heights = (0..<2).map { _ in
            dice.pick([[0, 1, 2, 0], [0, -1, 1, 0], [0, 2, 1, -1], [0, 1, 3, 0], [1, 0, 2, -1]])
        }
        let shapes: [[Bar]] = [
            [.statement, .sequence, .fragment, .cadence], [.statement, .answer, .sequence, .cadence],
            [.statement, .answer, .variation, .cadence], [.statement, .sequence, .answer, .cadence],
        ]
        plans = (0..<2).map { _ in dice.pick(shapes) }
        goals = (0..<4).map { _ in dice.chance(0.5) }
    }

    private static func motif(_ rhythms: [String], _ leaps: Double, _ dice: inout Dice) -> Motif {
        let rhythm = Steps(dice.pick(rhythms))
        let count = max(0, rhythm.strokes.count - 1)
        // A shape with at most one leap: it is what one remembers.
        let leapAt = dice.chance(leaps + 0.25) ? dice.below(max(1, count)) : -1
        let rises = dice.chance(0.55)
        var direction = rises ? 1 : -1
        var steps: [Int] = []
        let turn = max(1, count * (2 + dice.below(3)) / 5)
        for index in 0..<count {
            if index == turn { direction = -direction }
            if index == leapAt {
                steps.append(direction * (2 + dice.below(leaps > 0.5 ? 4 : 3)))
                // What leapt comes back by step.
                direction = -direction
            } else {
                steps.append(dice.chance(0.16) ? 0 : dice.chance(0.16) ? -direction : direction)
            }
        }
        return Motif(rhythm: rhythm, steps: steps)
    }

    /// A note that is wanted: when, how long, where in the scale, how it moves there.
    private struct Wish {
        var start: Double
        var length: Double
        /// In semitones.
        var height: Double
        var step: Int?
        /// Sixteenths from the bar line.
        var place: Int
        /// Pitch classes that alone will do.
        var goal: Set<Int>?
    }

    func notes() -> [TuneNote] {
        var notes: [TuneNote] = []
        var last: Int?
        var seen: [SectionKind: Int] = [:]
        for section in score.grid.sections {
            let time = seen[section.kind, default: 0]
            seen[section.kind] = time + 1
            guard taste.sections.contains(section.kind) else {
                last = nil
                continue
            }
            let phrases = score.phrases.filter { section.bars.contains($0.lowerBound) }
            for (number, phrase) in phrases.enumerated() {
                let wishes = wishes(phrase, section, number: number, ofMany: phrases.count, time: time)
                let line = realise(wishes, after: last)
                last = line.last ?? last
                for (wish, key) in zip(wishes, line) {
                    let metre = wish.place == 0 ? 0.1 : wish.place % 8 == 0 ? 0.06 : wish.place % 4 == 0 ? 0.02 : -0.05
                    let height = Double(key - taste.range.lowerBound) / Double(max(1, taste.range.count))
                    notes.append(
                        TuneNote(
                            start: wish.start, length: wish.length, key: key,
                            force: min(1, 0.66 + metre + 0.16 * height), section: section.kind))
                }
            }
        }
        return notes
    }

    private func wishes(
        _ phrase: Range<Int>, _ section: MusicGrid.Section, number: Int, ofMany count: Int, time: Int
    ) -> [Wish] {
        let isChorus = section.kind == .chorus || section.kind == .ending
        let motif = isChorus ? chorus : verse
        let which = isChorus ? 1 : 0
        let span = Double(taste.range.count)
        var middle = Double(taste.range.lowerBound) + span * (isChorus ? 0.6 : 0.38)
        if section.kind == .breakdown || section.kind == .intro { middle -= 2 }
        var dice = Dice(score.seed, "ornaments \(section.kind.rawValue) \(time) \(number)")
        let holdsFinal = phrase.contains(score.lastBar)
        let bars = Array(phrase)
        var kinds: [Bar]
        switch bars.count {
        case 1: kinds = [.cadence]
        case 2: kinds = [.statement, .cadence]
        case 3: kinds = [.statement, .variation, .cadence]
        case 5: kinds = [.statement, .answer, .sequence, .variation, .cadence]
        default: kinds = plans[which]
        }
        if holdsFinal, bars.count == 2 { kinds = [.variation, .cadence] }
        let closes = holdsFinal || number % 2 == 1 || number == count - 1 && section.kind == .chorus
        var wishes: [Wish] = []
        for (index, bar) in bars.enumerated() {
            if bar == score.lastBar {
                // Home, and left to ring.
                wishes.append(
                    Wish(
                        start: score.finalStart, length: (score.end - score.finalStart) * 0.7, height: middle,
                        step: nil,
                        place: 0, goal: [score.tonic]))
                continue
            }
            let kind = kinds[min(index, kinds.count - 1)]
            let height = middle + Double(heights[which][min(index, 3)]) * 1.8
            var shape = self.shape(kind, motif)
            if time > 0, kind != .cadence, dice.chance(taste.ornaments) { shape = ornamented(shape, &dice) }
            var place =
                height - shape.steps.reduce(into: (sum: 0.0, low: 0.0)) { state, step in
                    state.sum += Double(step)
                    state.low += state.sum
                }.low / Double(max(1, shape.rhythm.strokes.count)) * 1.7
            let steps = shape.rhythm.strokes
            for (note, stroke) in steps.enumerated() {
                let step = note == 0 ? nil : shape.steps[min(note - 1, shape.steps.count - 1)]
                place += Double(step ?? 0) * 1.7
                var wish = Wish(
                    start: score.start(ofBar: bar) + Double(stroke.start) / 4, length: Double(stroke.length) / 4,
                    height: place, step: step, place: stroke.start, goal: nil)
                if kind == .cadence, note == steps.count - 1, index == bars.count - 1 {
                    let chord = score.chart.chord(at: wish.start)
                    let tones = Set(chord.tones.map(score.pitchClass))
                    if closes, tones.contains(score.tonic) {
                        wish.goal = [score.tonic]
                    } else {
                        let open = tones.subtracting([score.tonic])
                        wish.goal = open.isEmpty ? tones : open
                    }
                    wish.height = closes ? middle - 1 : middle + (goals[number % 4] ? 3 : -1)
                    // A breath before the next phrase.
                    wish.length = min(wish.length, max(0.5, wish.length - 0.25))
                }
                wishes.append(wish)
            }
        }
        return wishes
    }

    private func shape(_ kind: Bar, _ motif: Motif) -> Motif {
        switch kind {
        case .statement, .sequence: return motif
        case .answer: return answer
        case .variation:
            // The same rhythm, turned over from its middle.
            let half = motif.steps.count / 2
            return Motif(
                rhythm: motif.rhythm,
                steps: motif.steps.enumerated().map { $0.offset < half ? $0.element : -$0.element })
        case .fragment:
            // Its first half, twice: things get closer together before the cadence.
            let half = score.steps / 2
            let head = motif.rhythm.strokes.filter { $0.start < half }
            guard head.count > 1 else { return motif }
            let text = (0..<2).map { _ in
                (0..<half).map { position -> Character in
                    head.contains { $0.start == position }
                        ? "x" : head.contains { position > $0.start && position < $0.start + $0.length } ? "-" : "."
                }
            }.flatMap(\.self)
            let steps = Array(motif.steps.prefix(head.count - 1))
            return Motif(rhythm: Steps(String(text)), steps: steps + [steps.reduce(0, +) > 0 ? -1 : 1] + steps)
        case .cadence:
            let count = max(0, cadence.strokes.count - 1)
            return Motif(rhythm: cadence, steps: (0..<count).map { $0 % 3 == 2 ? 1 : -1 })
        }
    }

    /// A long note becomes two: itself and the one above, as singers do the second time.
    private func ornamented(_ shape: Motif, _ dice: inout Dice) -> Motif {
        let long = shape.rhythm.strokes.indices.filter { shape.rhythm.strokes[$0].length >= 4 }
        guard !long.isEmpty else { return shape }
        let index = dice.pick(long)
        var letters = [Character](repeating: ".", count: shape.rhythm.count)
        for (number, stroke) in shape.rhythm.strokes.enumerated() {
            for place in stroke.start..<min(letters.count, stroke.start + stroke.length) { letters[place] = "-" }
            letters[stroke.start] = "x"
            if number == index { letters[stroke.start + stroke.length - 2] = "x" }
        }
        var steps = shape.steps
        steps.insert(1, at: min(index, steps.count))
        if index + 1 < steps.count { steps[index + 1] -= 1 }
        return Motif(rhythm: Steps(String(letters)), steps: steps)
    }

    // MARK: Realisation

    private func realise(_ wishes: [Wish], after last: Int?) -> [Int] {
        guard !wishes.isEmpty else { return [] }
        var columns: [[(key: Int, cost: Double)]] = []
        for wish in wishes { columns.append(candidates(wish)) }
        var costs = columns[0].map { candidate in
            candidate.cost + (last.map { Self.leapCost(candidate.key - $0) * 0.5 } ?? 0)
        }
        var from: [[Int]] = [[]]
        for index in 1..<max(1, wishes.count) {
            let chord = tones(at: wishes[index - 1].start)
            let scale = scale(at: wishes[index].start)
            var next: [Double] = []
            var back: [Int] = []
            for candidate in columns[index] {
                var best = (cost: Double.infinity, from: 0)
                for (before, earlier) in columns[index - 1].enumerated() {
                    let move = candidate.key - earlier.key
                    var cost = costs[before] + Self.leapCost(move)
                    if let step = wishes[index].step {
                        cost += 0.55 * Double(abs(Self.scaleSteps(earlier.key, candidate.key, scale) - step))
                    } else if move == 0 {
                        cost += 0.4
                    }
                    // What rubs moves on by step.
                    if !chord.contains(earlier.key % 12), abs(move) > 2 { cost += 2.2 }
                    if cost < best.cost { best = (cost, before) }
                }
                next.append(best.cost + candidate.cost)
                back.append(best.from)
            }
            costs = next
            from.append(back)
        }
        var at = costs.indices.min { costs[$0] < costs[$1] } ?? 0
        var line: [Int] = []
        for index in wishes.indices.reversed() {
            line.append(columns[index][at].key)
            if index > 0 { at = from[index][at] }
        }
        return line.reversed()
    }

    private func tones(at beat: Double) -> Set<Int> { Set(score.chart.chord(at: beat).tones.map(score.pitchClass)) }

    private func scale(at beat: Double) -> Set<Int> {
        let chord = score.chart.chord(at: beat)
        if score.style.isPentatonic { return Set(score.mode.pentatonic.map(score.pitchClass)) }
        let scale = chord.scale(in: score.mode)
        if taste.isPentatonic {
            // The five tones, and the chord's own where it borrows.
            let five = scale.filter { tone in
                score.mode.pentatonic.contains(tone) || chord.tones.prefix(3).contains(tone)
            }
            return Set(five.map(score.pitchClass))
        }
        return Set(scale.map(score.pitchClass))
    }

    private func candidates(_ wish: Wish) -> [(key: Int, cost: Double)] {
        let chord = score.chart.chord(at: wish.start)
        let tones = tones(at: wish.start)
        let triad = Set(chord.tones.prefix(3).map(score.pitchClass))
        let scale = scale(at: wish.start).union(wish.goal ?? [])
        let isLong = wish.length >= 1
        let isStrong = wish.place % 8 == 0
        var found: [(Int, Double)] = []
        for key in taste.range where scale.contains(key % 12) {
            let off = abs(Double(key) - wish.height)
            guard off <= 11 else { continue }
            var cost = 0.3 * off
            let pitchClass = key % 12
            if let goal = wish.goal, !goal.contains(pitchClass) { cost += 30 }
            if !tones.contains(pitchClass) {
                cost += isStrong || isLong ? 2.6 : wish.place % 4 == 0 ? 1.2 : 0.2
                // A half step over a chord tone grates when it stays.
                if tones.contains((pitchClass + 11) % 12) { cost += isLong ? 3 : 0.8 }
            } else if !triad.contains(pitchClass) {
                cost += isLong ? 0.4 : 0.1
            }
            found.append((key, cost))
        }
        if found.isEmpty {
            let key = Score.key(wish.goal?.min() ?? score.tonic, near: Int(wish.height), in: taste.range)
            return [(key, 0)]
        }
        return found
    }

    /// How a melody likes an interval (after Huron, *Sweet Anticipation*: steps are the rule, leaps the event).
    private static func leapCost(_ semitones: Int) -> Double {
        switch abs(semitones) {
        case 0: 0.45
        case 1, 2: 0
        case 3, 4: 0.35
        case 5: 0.8
        case 7: 1.1
        case 8, 9: 1.9
        case 12: 1.7
        case 6, 10, 11: 4
        default: 6
        }
    }

    private static func scaleSteps(_ from: Int, _ to: Int, _ scale: Set<Int>) -> Int {
        if from == to { return 0 }
        let count = (min(from, to) + 1...max(from, to)).count { scale.contains($0 % 12) }
        return to > from ? count : -count
    }
}
