// SPDX-License-Identifier: GPL-3.0-or-later

/// Plays the groove: lighter and fuller with the section's energy, a fill where a phrase ends, a crash where a section begins.
struct Drummer {
    let score: Score
    let taste: DrumTaste
    let groove: DrumTaste.Groove
    let kit: UInt8
    private let extras: DrumTaste.Rows
    private let fills: [DrumTaste.Rows]

    init?(_ score: Score) {
        guard let taste = score.style.drums else { return nil }
        self.score = score
        self.taste = taste
        var dice = Dice(score.seed, "drums")
        groove = dice.pick(taste.grooves)
        kit = dice.pick(taste.kits)
        extras = taste.extras.isEmpty || dice.chance(0.35) ? [] : dice.pick(taste.extras)
        // Two fills a piece: the small one and the other.
        let first = dice.below(max(1, taste.fills.count))
        let second = (first + 1 + dice.below(max(1, taste.fills.count - 1))) % max(1, taste.fills.count)
        fills = taste.fills.isEmpty ? [] : [taste.fills[first], taste.fills[second]]
    }

    func isOn(_ section: MusicGrid.Section) -> Bool { section.energy >= taste.from }

    private func rows(_ section: MusicGrid.Section) -> DrumTaste.Rows {
        section.energy < 0.62 ? groove.light : section.energy < 0.93 ? groove.full : groove.peak
    }

    /// Sixteenths of `bar` on which the kick falls.
    func kicks(inBar bar: Int) -> [Int] {
        let (_, section) = score.grid.section(atBar: bar)
        let rows = isOn(section) ? rows(section) : groove.light
        return rows.filter { $0.0 == .kick }.flatMap {
            Steps($0.1).bar(bar - section.bars.lowerBound, steps: score.steps).filter { $0.letter != "?" }.map(\.start)
        }
    }

    func track() -> MIDIPiece.Track {
        var hand = Hand(score, "drums", looseness: 0.45)
        var behind = Hand(score, "drums behind", late: taste.late, looseness: 0.6)
        var notes: [MIDIPiece.Note] = []
        func hit(_ drum: Drum, _ beat: Double, _ force: Double) {
            let length = drum == .crash || drum == .crash2 || drum == .openHat || drum == .gong ? 1.5 : 0.2
            if drum == .kick {
                notes.append(hand.note(Int(drum.rawValue), at: beat, for: length, force: force))
            } else {
                notes.append(behind.note(Int(drum.rawValue), at: beat, for: length, force: force))
            }
        }
        for (index, section) in score.grid.sections.enumerated() where isOn(section) {
            let rows = (rows(section) + extras).map { ($0.0, Steps($0.1)) }
            for bar in section.bars where bar < score.lastBar {
                let start = score.start(ofBar: bar)
                let fill = fill(in: bar, section, isLast: index == score.grid.sections.count - 1)
                let fillStart = fill.map { $0.flatMap { Steps($0.1).strokes.map(\.start) }.min() ?? 0 } ?? score.steps
                // The hats rise and fall over the phrase.
                for (drum, steps) in rows {
                    for stroke in steps.bar(bar - section.bars.lowerBound, steps: score.steps) {
                        guard stroke.start < fillStart || drum == .kick && stroke.start == 0 else { continue }
                        guard let force = hand.force(stroke.letter) else { continue }
                        hit(drum, start + Double(stroke.start) / 4, force)
                    }
                }
                for (drum, text) in fill ?? [] {
                    for stroke in Steps(text).strokes where stroke.start < score.steps {
                        guard let force = hand.force(stroke.letter) else { continue }
                        hit(drum, start + Double(stroke.start) / 4, force)
                    }
                }
                if section.kind == .build, let roll = taste.roll {
                    self.roll(roll, bar, section, &notes, &hand)
                }
            }
            // A crash opens what is louder than what was before.
            let before = index == 0 ? nil : score.grid.sections[index - 1]
            if let crash = taste.crash, before.map({ $0.energy < section.energy - 0.05 }) ?? false,
                section.energy > 0.6,
                section.bars.lowerBound < score.lastBar
            {
                hit(crash, score.start(ofBar: section.bars.lowerBound), 0.8)
            }
        }
        for beat in score.grid.accentBeats where Double(beat) < score.finalStart {
            hit(.kick, Double(beat), 0.95)
            hit(taste.crash ?? .crash, Double(beat), 0.85)
        }
        // The last stroke.
        if let ending = score.grid.sections.last, isOn(ending) || score.grid.sections.dropLast().last.map(isOn) ?? false
        {
            hit(.kick, score.finalStart, 0.85)
            if let crash = taste.crash { hit(crash, score.finalStart, 0.7) }
        }
        return .init(
            "Drums", program: kit, isDrums: true, volume: UInt8(taste.volume), reverb: UInt8(taste.reverb),
            notes: notes.withoutDoubles)
    }

    /// The fill of a bar that ends a phrase; a section's last one is the larger.
    private func fill(in bar: Int, _ section: MusicGrid.Section, isLast: Bool) -> DrumTaste.Rows? {
        guard fills.count == 2, section.bars.count > 1 || isLast else { return nil }
        if bar == section.bars.upperBound - 1 || isLast && bar == score.lastBar - 1 {
            return section.kind == .build && taste.roll != nil ? nil : fills[0]
        }
        let ends = score.phrases.contains { $0.upperBound - 1 == bar }
        return ends && (bar / 4) % 2 == 1 ? fills[1] : nil
    }

    /// Eighths, then sixteenths, louder and louder.
    private func roll(
        _ drum: Drum, _ bar: Int, _ section: MusicGrid.Section, _ notes: inout [MIDIPiece.Note], _ hand: inout Hand
    ) {
        let left = section.bars.upperBound - bar
        guard left <= 2 else { return }
        let step = left == 2 ? 2 : 1
        for position in stride(from: 0, to: score.steps, by: step) {
            let progress = (Double(2 - left) + Double(position) / Double(score.steps)) / 2
            notes.append(
                hand.note(
                    Int(drum.rawValue), at: score.start(ofBar: bar) + Double(position) / 4, for: 0.2,
                    force: 0.3 + 0.55 * progress))
        }
    }
}

extension [MIDIPiece.Note] {
    /// Strokes of one key that fall together are one stroke: the harder one.
    var withoutDoubles: [MIDIPiece.Note] {
        var result: [MIDIPiece.Note] = []
        for note in sorted(by: { ($0.key, $0.start, $1.velocity) < ($1.key, $1.start, $0.velocity) }) {
            if let last = result.last, last.key == note.key, note.start - last.start < 0.06 {
                if note.velocity > last.velocity { result[result.count - 1].velocity = note.velocity }
                continue
            }
            result.append(note)
        }
        return result.inOrder
    }

    var inOrder: [MIDIPiece.Note] { sorted { ($0.start, $0.key, $0.velocity) < ($1.start, $1.key, $1.velocity) } }

    /// No note of a key begins while the same key still sounds: the earlier one ends first.
    var withoutOverlaps: [MIDIPiece.Note] {
        var result: [MIDIPiece.Note] = []
        for note in sorted(by: { ($0.key, $0.start, $0.velocity) < ($1.key, $1.start, $1.velocity) }) {
            if let last = result.last, last.key == note.key, last.end > note.start - 0.01 {
                if note.start - last.start < 0.06 {
                    result[result.count - 1].length = Swift.max(last.end, note.end) - last.start
                    continue
                }
                result[result.count - 1].length = note.start - last.start - 0.015
            }
            result.append(note)
        }
        return result.inOrder
    }
}
