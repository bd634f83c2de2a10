// SPDX-License-Identifier: GPL-3.0-or-later
package import Composer

extension TestSong {
    /// The song as notes. A drifting tempo is written as notes off the beats of a steady one.
    package var piece: MIDIPiece {
        var dice = Dice(seed &* 31 &+ UInt64(tempo * 10))
        var writer = Writer(song: self)
        let progressions: [[UInt8]] = [[0, 9, 5, 7], [0, 7, 9, 5], [9, 5, 0, 7], [0, 5, 9, 7], [2, 7, 0, 9]]
        let verse = dice.pick(progressions)
        let chorus = dice.pick(progressions)
        let key = UInt8(55 + Int(dice.next() * 7))
        for bar in 0..<bars {
            let isChorus = bar / 8 % 2 == 1
            let step = (isChorus ? chorus : verse)[bar % 4]
            writer.write(kind, bar: bar, root: key + step, minor: step == 9 || step == 2, loud: isChorus, &dice)
        }
        return MIDIPiece(
            title: description, tempo: tempo, beatsPerBar: beatsPerBar, bars: bars + 1, tracks: writer.tracks)
    }
}

/// Collects notes by instrument.
private struct Writer {
    let song: TestSong
    var drums: [MIDIPiece.Note] = []
    var bass: [MIDIPiece.Note] = []
    var keys: [MIDIPiece.Note] = []
    var strings: [MIDIPiece.Note] = []

    init(song: TestSong) { self.song = song }

    var tracks: [MIDIPiece.Track] {
        [
            .init("Drums", program: 0, isDrums: true, volume: 110, notes: drums),
            .init("Bass", program: 33, volume: 95, notes: bass), .init("Piano", program: 0, volume: 100, notes: keys),
            .init("Strings", program: 48, volume: 90, notes: strings),
        ].filter { !$0.notes.isEmpty }
    }

    /// A note at a beat of the song, as hands play: some milliseconds early or late.
    private func note(
        _ key: UInt8, _ beat: Double, _ length: Double, _ velocity: Double, _ dice: inout Dice
    ) -> MIDIPiece.Note {
        let late = (dice.next() - 0.5) * 0.016
        let start = (song.time(ofBeat: beat) + max(0, late)) * song.tempo / 60
        let force = min(max(velocity + (dice.next() - 0.5) * 16, 20), 127)
        return .init(key, at: start, for: length, velocity: UInt8(force))
    }

    private mutating func drum(_ key: UInt8, _ beats: [Double], _ velocity: Double, _ bar: Int, _ dice: inout Dice) {
        for beat in beats {
            drums.append(note(key, Double(bar * song.beatsPerBar) + beat, 0.2, velocity, &dice))
        }
    }

    mutating func write(
        _ kind: TestSong.Kind, bar: Int, root: UInt8, minor: Bool, loud: Bool, _ dice: inout Dice
    ) {
        let chord = [root, root + (minor ? 3 : 4), root + 7]
        let start = Double(bar * song.beatsPerBar)
        let low = root - 24
        switch kind {
        case .clicks: break
        case .rock, .drifting:
            drum(36, bar % 4 == 3 ? [0, 2, 2.5] : [0, 2], 110, bar, &dice)
            drum(38, [1, 3], 108, bar, &dice)
            drum(loud ? 46 : 42, [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5], 70, bar, &dice)
            if bar % 8 == 0 { drum(49, [0], 110, bar, &dice) }
            for beat in [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5] { bass.append(note(low, start + beat, 0.45, 90, &dice)) }
            for key in chord {
                keys.append(note(key, start, 2, 80, &dice))
                keys.append(note(key, start + 2, 2, 70, &dice))
            }
        case .house:
            drum(36, [0, 1, 2, 3], 115, bar, &dice)
            drum(39, [1, 3], 90, bar, &dice)
            drum(46, [0.5, 1.5, 2.5, 3.5], 85, bar, &dice)
            for beat in [0.5, 1.5, 2.5, 3.5] { bass.append(note(low, start + beat, 0.4, 90, &dice)) }
            for beat in [0, 0.75, 1.5, 2.5, 3.25] {
                for key in chord { keys.append(note(key, start + beat, 0.4, 75, &dice)) }
            }
        case .hipHop:
            drum(36, dice.next() < 0.5 ? [0, 1.75, 2.5] : [0, 0.75, 2.5], 112, bar, &dice)
            drum(38, [1, 3], 112, bar, &dice)
            drum(42, [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5], 60, bar, &dice)
            bass.append(note(low, start, 1.4, 95, &dice))
            bass.append(note(low, start + 2.5, 1, 85, &dice))
            for key in chord { keys.append(note(key, start, 3.5, 65, &dice)) }
        case .swing:
            // Ride: one, two-and-a, three, four-and-a, on triplets; a walking bass; comping off the beat.
            drum(51, [0, 1, 1.667, 2, 3, 3.667], 85, bar, &dice)
            drum(44, [1, 3], 80, bar, &dice)
            for (beat, key) in [low, low + (minor ? 3 : 4), low + 7, low + 9].enumerated() {
                bass.append(note(key, start + Double(beat), 0.9, 95, &dice))
            }
            for beat in dice.next() < 0.5 ? [0, 1.667] : [0.667, 2] {
                for key in chord { keys.append(note(key, start + beat, 0.5, 70, &dice)) }
            }
        case .waltz:
            bass.append(note(low + 12, start, 1, 95, &dice))
            for beat in [1.0, 2] { for key in chord { keys.append(note(key, start + beat, 0.6, 62, &dice)) } }
            keys.append(note(chord[bar % 3] + 12, start, bar % 2 == 0 ? 2 : 1, 88, &dice))
            if bar % 2 == 1 { keys.append(note(chord[(bar + 1) % 3] + 12, start + 1, 1, 76, &dice)) }
        case .chords:
            for beat in 0..<4 {
                for key in chord { keys.append(note(key, start + Double(beat), 0.9, beat == 0 ? 92 : 74, &dice)) }
            }
            keys.append(note(low + 12, start, 3.8, 85, &dice))
        case .arpeggios:
            let order = [0, 1, 2, 1, 0, 1, 2, 1]
            for (index, voice) in order.enumerated() {
                keys.append(
                    note(chord[voice], start + Double(index) / 2, 0.6, index % 2 == 0 ? 82 : 66, &dice))
            }
            keys.append(note(low + 12, start, 3.8, 85, &dice))
            keys.append(note(chord[dice.next() < 0.5 ? 2 : 1] + 12, start + (loud ? 1 : 2), 2, 84, &dice))
        case .pads:
            for key in chord { strings.append(note(key, start, 3.9, 80, &dice)) }
            strings.append(note(low + 12, start, 3.9, 80, &dice))
            for beat in 0..<4 {
                keys.append(note(chord[dice.next() < 0.5 ? 0 : 2] + 12, start + Double(beat), 0.9, 74, &dice))
            }
        }
    }
}
