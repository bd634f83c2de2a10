// SPDX-License-Identifier: GPL-3.0-or-later

/// Plays chords: held, struck, strummed, broken.
struct Comper {
    let score: Score
    let part: Part
    let instrument: Instrument
    /// Keys of each span of the chart, ascending.
    let voicings: [[Int]]
    /// Bass key of each span.
    let basses: [Int]

    init(_ score: Score, _ part: Part, _ instrument: Instrument, basses: [Int]) {
        self.score = score
        self.part = part
        self.instrument = instrument
        self.basses = basses
        let range = part.range.clamped(to: instrument.range)
        voicings = VoiceLeader(
            voices: part.voices, register: range, tonic: score.tonic,
            allowsParallels: instrument == .distortion || instrument == .overdrive
        ).voicings(of: score.chart.spans.map(\.chord), basses: basses)
    }

    private var range: ClosedRange<Int> { part.range.clamped(to: instrument.range) }
    private var finalLength: Double { (score.end - score.finalStart) * (instrument.sustains ? 0.66 : 0.84) }
    private var finalVoicing: [Int] { voicings[score.chart.index(at: score.finalStart)] }

    private func hand() -> Hand { Hand(score, part.name, late: part.late, force: part.force) }

    func notes(_ playing: Playing) -> [MIDIPiece.Note] {
        switch playing {
        case .held: held()
        case .struck(let row): struck(Steps(row))
        case .strummed(let row): strummed(Steps(row))
        case .broken(let row, let rings): broken(Steps(row), rings: rings)
        case .drone: drone()
        case .strokes(let row): strokes(Steps(row))
        case .run: run()
        case .riser(let beats): riser(beats)
        default: []
        }
    }

    /// The stroke that everything ends with: quickly rolled, then left to ring.
    private func last(_ hand: inout Hand, roll: Double, force: Double = 0.72) -> [MIDIPiece.Note] {
        finalVoicing.enumerated().map { index, key in
            let at = score.finalStart + roll * Double(index)
            return hand.note(key, at: at, for: finalLength - roll * Double(index), force: force)
        }
    }

    private func held() -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        for stretch in score.stretches(of: part) {
            let from = score.start(ofBar: stretch.lowerBound)
            let to =
                stretch.upperBound > score.lastBar
                ? score.finalStart + finalLength : score.start(ofBar: stretch.upperBound)
            // A voice that keeps its key goes on, for two bars at most.
            var sounding: [(key: Int, start: Double)] = []
            for (index, span) in score.chart.spans.enumerated() where span.end > from + 0.01 && span.start < to - 0.01 {
                let start = max(span.start, from)
                let isFinal = span.start >= score.finalStart - 0.01
                for voice in sounding
                where isFinal || !voicings[index].contains(voice.key) || start - voice.start >= 2 * score.beatsPerBar {
                    notes.append(hand.note(voice.key, at: voice.start, for: start - voice.start + 0.06, force: 0.6))
                }
                sounding.removeAll {
                    isFinal || !voicings[index].contains($0.key) || start - $0.start >= 2 * score.beatsPerBar
                }
                for key in voicings[index] where !sounding.contains(where: { $0.key == key }) {
                    sounding.append((key, start))
                }
            }
            for voice in sounding {
                notes.append(hand.note(voice.key, at: voice.start, for: to - voice.start, force: 0.6))
            }
        }
        return notes
    }

    private func struck(_ row: Steps) -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        for bar in score.bars(of: part) {
            if bar == score.lastBar {
                notes += last(&hand, roll: 0.03)
                continue
            }
            let first = score.grid.section(atBar: bar).section.bars.lowerBound
            for stroke in row.bar(bar - first, steps: score.steps) {
                guard let force = hand.force(stroke.letter) else { continue }
                let beat = score.start(ofBar: bar) + Double(stroke.start) / 4
                for (voice, key) in voicings[score.chart.index(at: beat)].enumerated() {
                    // The top is heard, the middle fills.
                    let weight = voice == part.voices - 1 ? 0.84 : 0.74
                    notes.append(
                        hand.note(
                            key, at: beat + 0.012 * Double(voice), for: Double(stroke.length) / 4 * 0.92,
                            force: force * weight))
                }
            }
        }
        return notes
    }

    private func strummed(_ row: Steps) -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        let spread = score.beats(milliseconds: 13)
        for bar in score.bars(of: part) {
            if bar == score.lastBar {
                notes += last(&hand, roll: score.beats(milliseconds: 38), force: 0.76)
                continue
            }
            let first = score.grid.section(atBar: bar).section.bars.lowerBound
            for stroke in row.bar(bar - first, steps: score.steps) {
                let beat = score.start(ofBar: bar) + Double(stroke.start) / 4
                let voicing = voicings[score.chart.index(at: beat)]
                let isDown = stroke.letter == "D" || stroke.letter == "d"
                let isHard = stroke.letter.isUppercase
                // Upstrokes catch the upper strings.
                let strings = isDown ? voicing : Array(voicing.suffix(max(2, voicing.count - 2)).reversed())
                for (string, key) in strings.enumerated() {
                    let weight = isHard ? 0.8 : 0.58
                    notes.append(
                        hand.note(
                            key, at: beat + spread * Double(string), for: Double(stroke.length) / 4 * 1.02,
                            force: weight - 0.025 * Double(string)))
                }
            }
        }
        return notes.withoutOverlaps
    }

    private func broken(_ row: Steps, rings: Bool) -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        for bar in score.bars(of: part) {
            if bar == score.lastBar {
                let low = Score.key(
                    basses[score.chart.index(at: score.finalStart)] % 12, near: range.lowerBound + 3, in: range)
                var ending = last(&hand, roll: min(0.25, finalLength / 12), force: 0.6)
                if row.strokes.contains(where: { $0.letter == "B" }), low < (finalVoicing.first ?? 0) {
                    ending.append(hand.note(low, at: score.finalStart, for: finalLength, force: 0.7))
                }
                notes += ending
                continue
            }
            let first = score.grid.section(atBar: bar).section.bars.lowerBound
            let strokes = row.bar(bar - first, steps: score.steps)
            for (index, stroke) in strokes.enumerated() {
                let beat = score.start(ofBar: bar) + Double(stroke.start) / 4
                let spanIndex = score.chart.index(at: beat)
                let span = score.chart.spans[spanIndex]
                guard let key = key(stroke.letter, spanIndex, &hand) else { continue }
                var length = Double(stroke.length) / 4 * 0.96
                if rings {
                    let again = strokes.dropFirst(index + 1).first { $0.letter == stroke.letter }
                    let until = min(span.end, again.map { score.start(ofBar: bar) + Double($0.start) / 4 } ?? span.end)
                    length = max(length, min(until, score.start(ofBar: bar + 1)) - beat)
                }
                let accent = stroke.start == 0 ? 0.74 : stroke.start % 4 == 0 ? 0.62 : 0.52
                notes.append(hand.note(key, at: beat, for: length, force: stroke.letter == "B" ? 0.72 : accent))
            }
        }
        return notes.withoutOverlaps
    }

    private func key(_ letter: Character, _ span: Int, _ hand: inout Hand) -> Int? {
        let voicing = voicings[span]
        switch letter {
        case "B":
            return Score.key(
                basses[span] % 12, near: range.lowerBound + 3,
                in: range.lowerBound...max(range.lowerBound + 11, (voicing.first ?? 60) - 1))
        case "b":
            let chord = score.chart.spans[span].chord
            let fifth = chord.intervals.first { (6...8).contains($0) } ?? 7
            let pitchClass = score.pitchClass((chord.root + fifth) % 12)
            return Score.key(pitchClass, near: range.lowerBound + 6, in: range)
        case "*": return hand.chance(0.5) ? voicing[hand.below(voicing.count)] : nil
        default:
            guard let number = letter.wholeNumberValue, !voicing.isEmpty else { return nil }
            let key = voicing[number % voicing.count] + 12 * (number / voicing.count)
            return range.contains(key) ? key : key - 12
        }
    }

    private func drone() -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        let low = Score.key(score.tonic, near: range.lowerBound + 2, in: range)
        for stretch in score.stretches(of: part) {
            for phrase in score.phrases where phrase.overlaps(stretch) {
                let bars = phrase.clamped(to: stretch)
                let from = score.start(ofBar: bars.lowerBound)
                let isLast = bars.upperBound > score.lastBar
                let to = isLast ? score.finalStart + finalLength : score.start(ofBar: bars.upperBound)
                for (index, key) in [low, low + 7, low + 12].prefix(part.voices).enumerated() where range.contains(key)
                {
                    notes.append(hand.note(key, at: from, for: to - from - 0.05, force: index == 0 ? 0.6 : 0.48))
                }
            }
        }
        return notes
    }

    private func strokes(_ row: Steps) -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        for bar in score.bars(of: part) {
            if bar == score.lastBar {
                let key = Score.key(basses[score.chart.index(at: score.finalStart)] % 12, near: 46, in: range)
                notes.append(hand.note(key, at: score.finalStart, for: finalLength, force: 0.85))
                continue
            }
            let first = score.grid.section(atBar: bar).section.bars.lowerBound
            for stroke in row.bar(bar - first, steps: score.steps) {
                guard let force = hand.force(stroke.letter) else { continue }
                let beat = score.start(ofBar: bar) + Double(stroke.start) / 4
                let key = Score.key(basses[score.chart.index(at: beat)] % 12, near: 45, in: range)
                notes.append(hand.note(key, at: beat, for: Double(stroke.length) / 4, force: force))
            }
        }
        return notes
    }

    /// Up the scale through the last beat before each outbreak.
    private func run() -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        for section in score.grid.sections where section.kind == .chorus && section.bars.lowerBound > 0 {
            let goal = score.start(ofBar: section.bars.lowerBound)
            let scale = Set(score.mode.pentatonic.map(score.pitchClass))
            let keys = range.filter { scale.contains($0 % 12) }.suffix(8)
            for (index, key) in keys.enumerated() {
                let at = goal - Double(keys.count - index) * 0.125
                notes.append(hand.note(key, at: at, for: 0.5, force: 0.4 + 0.04 * Double(index)))
            }
        }
        return notes
    }

    private func riser(_ beats: Double) -> [MIDIPiece.Note] {
        var hand = hand()
        return score.grid.sections.filter { $0.kind == .chorus && $0.bars.lowerBound > 0 }.map { section in
            let goal = score.start(ofBar: section.bars.lowerBound)
            return hand.note(60, at: max(0, goal - beats), for: min(goal, beats) + 0.2, force: 0.8, exact: true)
        }
    }
}
