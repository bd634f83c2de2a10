// SPDX-License-Identifier: GPL-3.0-or-later

/// Plays single lines: the tune, a second voice under it, a line against it.
struct Singer {
    let score: Score
    let part: Part
    let instrument: Instrument
    let tune: [TuneNote]

    private var range: ClosedRange<Int> { part.range.clamped(to: instrument.range) }

    private func hand() -> Hand { Hand(score, part.name, late: part.late, force: part.force) }

    private func isOn(_ beat: Double) -> Bool {
        let bar = min(Int(beat / score.beatsPerBar + 0.001), score.lastBar)
        return score.plays(part, in: score.grid.section(atBar: bar).section)
    }

    func notes(_ playing: Playing) -> [MIDIPiece.Note] {
        switch playing {
        case .tune(let octave): sing(octave)
        case .second: second()
        case .counter: counter()
        default: []
        }
    }

    private func sing(_ octave: Int) -> [MIDIPiece.Note] {
        var hand = hand()
        let heard = tune.filter { isOn($0.start) }
        // The whole line moves by octaves into the instrument's range, never single notes.
        let keys = heard.map(\.key)
        var shift = 12 * octave
        if let low = keys.min(), let high = keys.max() {
            while high + shift > range.upperBound,
                low + shift - 12 >= range.lowerBound || high + shift > instrument.range.upperBound
            { shift -= 12 }
            while low + shift < range.lowerBound, high + shift + 12 <= instrument.range.upperBound { shift += 12 }
        }
        return heard.enumerated().map { index, note in
            var length = note.length * (instrument.sustains ? 0.97 : 1)
            if index + 1 < heard.count, heard[index + 1].key == note.key { length = min(length, note.length * 0.9) }
            return hand.note(clamped(note.key + shift), at: note.start, for: length, force: note.force)
        }.withoutOverlaps
    }

    private func clamped(_ key: Int) -> Int {
        var key = key
        while key > instrument.range.upperBound { key -= 12 }
        while key < instrument.range.lowerBound { key += 12 }
        return key
    }

    /// Thirds under the tune, sixths where a third is no tone of the scale.
    private func second() -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        for note in tune where isOn(note.start) && note.length >= 0.5 {
            let chord = score.chart.chord(at: note.start)
            let scale = Set(
                score.style.isPentatonic
                    ? score.mode.pentatonic.map(score.pitchClass) : chord.scale(in: score.mode).map(score.pitchClass))
            let tones = Set(chord.tones.map(score.pitchClass))
            let below = [3, 4, 5, 8, 9].map { note.key - $0 }
            let wanted = note.length >= 1 ? tones : scale
            guard let key = below.first(where: { wanted.contains(($0 + 120) % 12) }), range.contains(key) else {
                continue
            }
            notes.append(hand.note(key, at: note.start, for: note.length * 0.94, force: note.force * 0.8))
        }
        return notes.withoutOverlaps
    }

    /// Guide tones (thirds and sevenths) from chord to chord by the shortest way, against the tune's direction where both are as
    /// near; a passing note where a third is left to fill.
    private func counter() -> [MIDIPiece.Note] {
        var hand = hand()
        var notes: [MIDIPiece.Note] = []
        var last: Int?
        let spans = score.chart.spans
        for (index, span) in spans.enumerated() where isOn(span.start) {
            let key = guide(span, after: last)
            let isLast = span.start >= score.finalStart - 0.01
            let length = isLast ? (score.end - score.finalStart) * 0.66 : span.length
            if let last, last == key, !isLast, var tied = notes.last, tied.length < 1.5 * score.beatsPerBar,
                abs(tied.end - span.start) < 0.3
            {
                tied.length += span.length
                notes[notes.count - 1] = tied
                continue
            }
            var passing: Int?
            if index + 1 < spans.count, !isLast, span.length >= 3, isOn(spans[index + 1].start) {
                let next = guide(spans[index + 1], after: key)
                let scale = Set(span.chord.scale(in: score.mode).map(score.pitchClass))
                if (3...5).contains(abs(next - key)) {
                    let between = (min(key, next) + 1..<max(key, next)).filter { scale.contains($0 % 12) }
                    passing = next > key ? between.last : between.first
                }
            }
            notes.append(
                hand.note(key, at: span.start, for: (passing == nil ? length : length - 1) * 0.98, force: 0.62))
            if let passing { notes.append(hand.note(passing, at: span.end - 1, for: 0.96, force: 0.56)) }
            last = key
        }
        return notes.withoutOverlaps
    }

    private func guide(_ span: ChordChart.Span, after last: Int?) -> Int {
        let sung = tune.last { $0.start <= span.start + 0.01 }
        let guides = span.chord.guides + span.chord.tones
        var best = (cost: Double.infinity, key: range.lowerBound)
        let middle = (range.lowerBound + range.upperBound) / 2
        for key in range {
            guard let place = guides.firstIndex(where: { score.pitchClass($0) == key % 12 }) else { continue }
            var cost = Double(abs(key - (last ?? middle))) * 0.6 + Double(abs(key - middle)) * 0.12
            cost += place < span.chord.guides.count ? 0 : 1.2
            if let sung, sung.key % 12 == key % 12 { cost += 2 }
            if let sung, abs(sung.key - key) < 3 { cost += 2 }
            if cost < best.cost { best = (cost, key) }
        }
        return best.key
    }
}
