// SPDX-License-Identifier: GPL-3.0-or-later

/// Brings the players together: who is in the band, on which instrument, and the mix.
struct Band {
    private let score: Score

    init(_ score: Score) { self.score = score }

    func tracks() -> [MIDIPiece.Track] {
        let drummer = Drummer(score)
        let tune = Tunesmith(score).notes()
        let bassRange = score.style.parts.first { $0.isBass }?.range ?? 31...50
        let basses = Bassist.keys(score, in: bassRange)
        var tracks: [MIDIPiece.Track] = []
        for part in score.style.parts {
            var dice = Dice(score.seed, "part \(part.name)")
            let instrument = dice.pick(part.sounds)
            let playing = dice.pick(part.playing)
            guard dice.chance(part.chance) else { continue }
            var notes: [MIDIPiece.Note]
            switch playing {
            case .bass, .lockedBass, .walkingBass:
                notes = Bassist(score, part, instrument, drummer: drummer).notes(playing)
            case .tune, .second, .counter:
                notes = Singer(score: score, part: part, instrument: instrument, tune: tune).notes(playing)
            default:
                notes = Comper(score, part, instrument, basses: basses).notes(playing)
            }
            if part.isBass { notes = notes.withoutCrossings }
            notes = notes.withoutOverlaps
            let players = tracks.count { !$0.isDrums }
            guard !notes.isEmpty, players < 15 else { continue }
            tracks.append(
                MIDIPiece.Track(
                    part.name, program: instrument.program, volume: UInt8(clamping: part.volume),
                    pan: Self.pan(part), reverb: UInt8(clamping: part.reverb),
                    chorus: UInt8(clamping: part.chorus), notes: notes,
                    controls: controls(part, instrument)))
        }
        if let drums = drummer?.track(), !drums.notes.isEmpty { tracks.append(drums) }
        return tracks
    }

    /// Where the part sits: half as far out again as its number says, which comes nearer to the width of recordings
    /// (orchestras: left and right correlate by 0.3). What is low stays where it is.
    private static func pan(_ part: Part) -> UInt8 {
        part.isBass ? UInt8(clamping: part.pan) : UInt8(min(max(64 + (part.pan - 64) * 3 / 2, 0), 127))
    }

    // MARK: Expression

    /// Swells over each phrase, ducking on each beat, and the last chord's dying away.
    private func controls(_ part: Part, _ instrument: Instrument) -> [MIDIPiece.Control] {
        var controls: [MIDIPiece.Control] = []
        func put(_ beat: Double, _ share: Double) {
            controls.append(.init(11, at: beat, UInt8(min(max(share, 0), 1) * 127)))
        }
        if part.pumps {
            for beat in 0..<(score.lastBar * score.grid.beatsPerBar) {
                let bar = beat / score.grid.beatsPerBar
                guard score.grid.energy(atBar: bar) > 0.6 else { continue }
                for (step, share) in [0.55, 0.68, 0.8, 0.9, 0.97, 1].enumerated() {
                    put(Double(beat) + Double(step) / 8, share)
                }
            }
        } else if part.swells {
            for phrase in score.phrases {
                let from = score.start(ofBar: phrase.lowerBound)
                let to = min(score.start(ofBar: phrase.upperBound), score.finalStart)
                guard to > from else { continue }
                let (_, section) = score.grid.section(atBar: phrase.lowerBound)
                // Builds only rise; other phrases rise to two thirds and come back.
                for step in 0..<16 {
                    let place = Double(step) / 16
                    let rise = section.kind == .build ? place : place < 0.66 ? place / 0.66 : (1 - place) / 0.34
                    put(from + (to - from) * place, 0.76 + 0.24 * rise)
                }
            }
        }
        if instrument.sustains {
            let length = score.end - score.finalStart
            for step in 0...14 {
                let place = Double(step) / 14
                put(score.finalStart + length * (0.1 + 0.66 * place), 1 - 0.92 * place * place)
            }
        }
        return controls.sorted { $0.time < $1.time }
    }
}

extension Part {
    /// Whether it plays the lowest line.
    var isBass: Bool {
        switch playing.first {
        case .bass, .lockedBass, .walkingBass: true
        default: false
        }
    }
}

extension [MIDIPiece.Note] {
    /// One note at a time: each ends before the next begins.
    var withoutCrossings: [MIDIPiece.Note] {
        var notes = inOrder
        for index in notes.indices.dropLast() where notes[index].end > notes[index + 1].start {
            notes[index].length = Swift.max(0.04, notes[index + 1].start - notes[index].start - 0.01)
        }
        return notes
    }
}
