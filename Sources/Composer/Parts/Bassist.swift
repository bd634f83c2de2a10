// SPDX-License-Identifier: GPL-3.0-or-later

/// Plays the low line: roots under every chord, with the kick, and steps that lead from one to the next.
struct Bassist {
    let score: Score
    let part: Part
    let range: ClosedRange<Int>
    let drummer: Drummer?
    /// Bass key of each span of the chart.
    let keys: [Int]

    init(_ score: Score, _ part: Part, _ instrument: Instrument, drummer: Drummer?) {
        self.score = score
        self.part = part
        self.drummer = drummer
        range = part.range.clamped(to: instrument.range)
        keys = Self.keys(score, in: range)
    }

    /// The bass notes of all chords: near each other, and near the lower third of the range.
    static func keys(_ score: Score, in range: ClosedRange<Int>) -> [Int] {
        let home = range.lowerBound + (range.upperBound - range.lowerBound) / 3
        var last = home
        return score.chart.spans.map { span in
            let wanted = (last * 2 + home) / 3
            last = Score.key(score.pitchClass(span.chord.bass), near: wanted, in: range)
            return last
        }
    }

    func notes(_ playing: Playing) -> [MIDIPiece.Note] {
        var hand = Hand(score, part.name, late: part.late, force: part.force, looseness: 0.6)
        var notes: [MIDIPiece.Note] = []
        let bars = score.bars(of: part)
        for bar in bars {
            if bar == score.lastBar {
                // The last root lies under everybody.
                let root = score.pitchClass(score.chart.chord(at: score.finalStart).bass)
                let key = Score.key(root, near: range.lowerBound + 3, in: range)
                notes.append(
                    hand.note(key, at: score.finalStart, for: (score.end - score.finalStart) * 0.8, force: 0.85))
                continue
            }
            switch playing {
            case .walkingBass: walk(bar, &hand, &notes)
            case .bass(let row):
                let first = score.grid.section(atBar: bar).section.bars.lowerBound
                play(Steps(row).bar(bar - first, steps: score.steps), bar, &hand, &notes)
            case .lockedBass(let row):
                let first = score.grid.section(atBar: bar).section.bars.lowerBound
                play(locked(Steps(row).bar(bar - first, steps: score.steps), bar), bar, &hand, &notes)
            default: break
            }
        }
        return notes
    }

    /// The kick's strokes as roots, with the row's own between them.
    private func locked(_ row: [Steps.Stroke], _ bar: Int) -> [Steps.Stroke] {
        var letters: [Int: Character] = [:]
        for kick in drummer?.kicks(inBar: bar) ?? [0] { letters[kick] = "R" }
        for stroke in row { letters[stroke.start] = stroke.letter }
        letters[0] = letters[0] ?? "R"
        let starts = letters.keys.sorted()
        return starts.enumerated().compactMap { index, start in
            guard let letter = letters[start] else { return nil }
            let next = index + 1 < starts.count ? starts[index + 1] : score.steps
            return Steps.Stroke(start: start, length: min(next - start, 6), letter: letter)
        }
    }

    private func play(
        _ strokes: [Steps.Stroke], _ bar: Int, _ hand: inout Hand, _ notes: inout [MIDIPiece.Note]
    ) {
        var strokes = strokes
        // A chord that comes in while nothing is struck is struck.
        for span in score.chart.spans where span.start > score.start(ofBar: bar) {
            guard span.start < score.start(ofBar: bar + 1) else { break }
            let step = Int((span.start - score.start(ofBar: bar)) * 4)
            if let index = strokes.firstIndex(where: { $0.start == step }) {
                strokes[index].letter = "R"
            } else if let index = strokes.lastIndex(where: { $0.start < step }) {
                let rest = max(2, strokes[index].length - (step - strokes[index].start))
                strokes[index].length = min(strokes[index].length, step - strokes[index].start)
                let next = index + 1 < strokes.count ? strokes[index + 1].start : score.steps
                strokes.insert(.init(start: step, length: min(rest, next - step), letter: "R"), at: index + 1)
            }
        }
        for stroke in strokes {
            let beat = score.start(ofBar: bar) + Double(stroke.start) / 4
            let index = score.chart.index(at: beat)
            guard let (key, force) = key(stroke.letter, index, &hand) else { continue }
            let accent = stroke.start == 0 ? 0.1 : stroke.start % 4 == 0 ? 0.03 : -0.04
            notes.append(hand.note(key, at: beat, for: Double(stroke.length) / 4 * 0.94, force: force + accent))
        }
    }

    private func key(_ letter: Character, _ index: Int, _ hand: inout Hand) -> (Int, Double)? {
        let chord = score.chart.spans[index].chord
        let root = keys[index]
        func tone(_ interval: Int?) -> Int {
            guard let interval else { return root }
            let pitchClass = score.pitchClass((chord.root + interval) % 12)
            return Score.key(pitchClass, near: root + 5, in: range)
        }
        switch letter {
        case "R": return (root, 0.8)
        case "r": return (root, 0.55)
        case "g": return (root, 0.36)
        case "?": return hand.chance(0.5) ? (root, 0.6) : nil
        case "5": return (tone(chord.intervals.first { (6...8).contains($0) }), 0.7)
        case "3": return (tone(chord.intervals.first { $0 == 3 || $0 == 4 }), 0.68)
        case "7": return (tone(chord.intervals.first { (9...11).contains($0) } ?? 7), 0.66)
        case "8": return (root + 12 <= range.upperBound ? root + 12 : root, 0.72)
        case "a":
            let next = keys[min(index + 1, keys.count - 1)]
            return (approach(to: next, from: root), 0.66)
        default: return (root, 0.75)
        }
    }

    /// The step before `next`, from the side the line comes from; a whole step where a half step is not in the key.
    private func approach(to next: Int, from root: Int) -> Int {
        let scale = Set(score.mode.scale.map(score.pitchClass))
        let down = next > root || next == root
        let steps = down ? [next - 1, next - 2] : [next + 1, next + 2]
        let step = steps.first { scale.contains(($0 + 120) % 12) } ?? steps[0]
        return range.contains(step) ? step : next
    }

    /// Quarters: root, a tone of the chord or the scale, the fifth or third, a half step to the next root (Berklee's walking line).
    private func walk(_ bar: Int, _ hand: inout Hand, _ notes: inout [MIDIPiece.Note]) {
        let start = score.start(ofBar: bar)
        let count = score.grid.beatsPerBar
        var last = keys[score.chart.index(at: start)]
        for beat in 0..<count {
            let time = start + Double(beat)
            let index = score.chart.index(at: time)
            let span = score.chart.spans[index]
            let isFirst = abs(span.start - time) < 0.01
            let left = span.end - time
            let next = keys[min(index + 1, keys.count - 1)]
            let key: Int
            if isFirst {
                key = keys[index]
            } else if left <= 1 {
                let above = next + 1
                let below = next - 1
                let near = last >= next ? above : below
                key = range.contains(near) && near != last ? near : range.contains(above) ? above : below
            } else {
                let tones = span.chord.tones.dropFirst().prefix(3).map { score.pitchClass($0) }
                let direction = hand.chance(0.6) == (next >= last) ? 4 : -4
                let choices = tones.map { Score.key($0, near: last + direction, in: range) }.filter { $0 != last }
                key = choices.isEmpty ? last : choices[hand.below(choices.count)]
            }
            notes.append(hand.note(key, at: time, for: 0.92, force: beat % 2 == 0 ? 0.74 : 0.8))
            // Now and then a skipped eighth before the next beat.
            if beat == 3 || beat == 1, hand.chance(0.14) {
                notes.append(hand.note(key, at: time + 0.5, for: 0.3, force: 0.45))
                notes[notes.count - 2].length = 0.45
            }
            last = key
        }
    }
}
