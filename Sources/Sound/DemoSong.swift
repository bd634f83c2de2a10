// SPDX-License-Identifier: GPL-3.0-or-later
public import Composer

/// "Long Afternoon": the song of `kinora demo`, 52 seconds in D major, written for this program.
///
/// Guitar alone, then a tune on the piano over bass and brushes, a chorus with strings, and home. Twenty bars of 4/4 at 92; the last
/// chord rings out in the last bar.
public enum DemoSong {
    public static let piece = MIDIPiece(
        title: "Long Afternoon", tempo: 92, bars: 20,
        tracks: [
            .init("Guitar", program: 25, volume: 120, pan: 40, reverb: 50, notes: guitar),
            .init("Piano", program: 0, volume: 106, pan: 70, reverb: 55, notes: melody),
            .init("Electric piano", program: 4, volume: 64, pan: 84, reverb: 45, chorus: 40, notes: comping),
            .init("Strings", program: 49, volume: 74, pan: 58, reverb: 70, notes: strings),
            .init("Bass", program: 33, volume: 88, pan: 64, reverb: 12, notes: bass),
            .init("Drums", program: 40, isDrums: true, volume: 108, pan: 64, reverb: 40, notes: drums),
        ])

    /// Bass note and the chord over it, from the middle of the keyboard, a bar each.
    private static let chords: [(root: UInt8, keys: [UInt8])] = [
        (38, [57, 62, 64, 66]), (43, [59, 62, 66, 69]),
        // Verse
        (38, [57, 62, 64, 66]), (37, [57, 61, 64, 69]), (35, [59, 62, 66, 69]), (43, [59, 62, 67, 69]),
        (42, [57, 62, 66, 69]), (43, [59, 62, 67, 71]), (40, [59, 62, 64, 67]), (45, [57, 61, 64, 69]),
        // Chorus
        (43, [59, 62, 66, 67]), (45, [57, 61, 64, 69]), (42, [57, 61, 64, 66]), (35, [59, 62, 66, 69]),
        (40, [59, 62, 64, 67]), (45, [57, 62, 64, 67]), (38, [57, 62, 64, 66]),
        // Home
        (43, [59, 62, 66, 69]), (45, [57, 62, 64, 67]), (38, [57, 62, 64, 66]),
    ]

    /// The tune: bar, beat in it, length, key.
    private static let tune: [(bar: Int, beat: Double, length: Double, key: UInt8)] = [
        (2, 0, 1.5, 78), (2, 1.5, 0.5, 76), (2, 2, 1, 74), (2, 3, 1, 69),
        (3, 0, 1.5, 76), (3, 1.5, 0.5, 74), (3, 2, 1, 73), (3, 3, 1, 76),
        (4, 0, 1.5, 74), (4, 1.5, 0.5, 73), (4, 2, 1, 71), (4, 3, 1, 78),
        (5, 0, 2.5, 71), (5, 3, 0.5, 74), (5, 3.5, 0.5, 76),
        (6, 0, 1.5, 78), (6, 1.5, 0.5, 79), (6, 2, 1, 81), (6, 3, 1, 78),
        (7, 0, 1.5, 83), (7, 1.5, 0.5, 81), (7, 2, 1, 79), (7, 3, 1, 74),
        (8, 0, 1, 79), (8, 1, 1, 78), (8, 2, 1.5, 76), (8, 3.5, 0.5, 74),
        (9, 0, 2.5, 76), (9, 3, 0.5, 81), (9, 3.5, 0.5, 81),
        (10, 0, 1.5, 83), (10, 1.5, 0.5, 81), (10, 2, 1, 79), (10, 3, 0.5, 74), (10, 3.5, 0.5, 79),
        (11, 0, 1.5, 81), (11, 1.5, 0.5, 79), (11, 2, 1, 76), (11, 3, 0.5, 73), (11, 3.5, 0.5, 76),
        (12, 0, 1, 78), (12, 1, 1, 81), (12, 2, 1.5, 85), (12, 3.5, 0.5, 81),
        (13, 0, 2, 83), (13, 2, 1, 78), (13, 3, 0.5, 81), (13, 3.5, 0.5, 83),
        (14, 0, 1.5, 79), (14, 1.5, 0.5, 78), (14, 2, 1, 76), (14, 3, 1, 83),
        (15, 0, 1.5, 81), (15, 1.5, 0.5, 79), (15, 2, 1, 76), (15, 3, 0.5, 78), (15, 3.5, 0.5, 79),
        (16, 0, 3, 78), (16, 3, 0.5, 74), (16, 3.5, 0.5, 76),
        (17, 0, 1.5, 78), (17, 1.5, 0.5, 74), (17, 2, 2, 71),
        (18, 0, 1.5, 76), (18, 1.5, 0.5, 74), (18, 2, 1, 73), (18, 3, 1, 69),
        (19, 0, 3.7, 74),
    ]

    private static let lastBar = 19
    private static let chorus = 10...16

    /// Fingers are not machines: a few milliseconds and a little force, always the same.
    private struct Hand {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        private mutating func spread() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state >> 11) / Double(UInt64(1) << 53) * 2 - 1
        }

        mutating func note(_ key: UInt8, at beat: Double, for length: Double, velocity: Double) -> MIDIPiece.Note {
            let late = 0.010 * spread()
            return .init(
                key, at: max(0, beat + late), for: length, velocity: UInt8(min(max(velocity + 5 * spread(), 1), 127)))
        }
    }

    private static var melody: [MIDIPiece.Note] {
        var hand = Hand(1)
        var notes: [MIDIPiece.Note] = []
        for note in tune {
            let start = Double(note.bar * 4) + note.beat
            let isChorus = chorus.contains(note.bar)
            let accent = note.beat == 0 ? 8.0 : note.beat.truncatingRemainder(dividingBy: 1) == 0 ? 3 : -3
            notes.append(
                hand.note(note.key, at: start, for: note.length * 0.98, velocity: (isChorus ? 88 : 76) + accent))
            // A lower octave carries the chorus.
            if isChorus, note.length >= 1 {
                notes.append(hand.note(note.key - 12, at: start, for: note.length * 0.96, velocity: 62))
            }
        }
        notes.append(hand.note(62, at: Double(lastBar * 4), for: 3.7, velocity: 58))
        return notes
    }

    private static var guitar: [MIDIPiece.Note] {
        var hand = Hand(2)
        var notes: [MIDIPiece.Note] = []
        for (bar, chord) in chords.enumerated() {
            let start = Double(bar * 4)
            if bar == lastBar {
                // Strummed, and left to ring.
                for (string, key) in ([chord.root + 12] + chord.keys + [74]).enumerated() {
                    notes.append(hand.note(key, at: start + 0.035 * Double(string), for: 3.8, velocity: 78))
                }
                continue
            }
            let keys = [chord.root + 12, chord.keys[1], chord.keys[2], chord.keys[3]]
            let pattern = bar % 2 == 0 ? [0, 1, 2, 3, 2, 1, 3, 2] : [0, 2, 1, 3, 2, 3, 1, 2]
            for (eighth, string) in pattern.enumerated() {
                let force = eighth == 0 ? 82.0 : eighth == 4 ? 74 : 64
                notes.append(
                    hand.note(
                        keys[string], at: start + Double(eighth) / 2, for: 1.4, velocity: force + (bar < 2 ? 22 : 0)))
            }
        }
        return notes
    }

    private static var comping: [MIDIPiece.Note] {
        var hand = Hand(3)
        var notes: [MIDIPiece.Note] = []
        for (bar, chord) in chords.enumerated() where bar >= 2 {
            let start = Double(bar * 4)
            let hits: [(Double, Double)] =
                bar == lastBar ? [(0, 3.7)] : chorus.contains(bar) ? [(0, 1.4), (1.5, 2.4)] : [(0, 3.8)]
            for (beat, length) in hits {
                for key in chord.keys {
                    notes.append(hand.note(key, at: start + beat, for: length, velocity: beat == 0 ? 62 : 54))
                }
            }
        }
        return notes
    }

    private static var strings: [MIDIPiece.Note] {
        var hand = Hand(4)
        var notes: [MIDIPiece.Note] = []
        for (bar, chord) in chords.enumerated() where bar >= 6 {
            let length = bar == lastBar ? 3.6 : 4.05
            let keys = chorus.contains(bar) ? chord.keys.suffix(3) + [chord.keys[1] + 12] : Array(chord.keys.suffix(2))
            for key in keys {
                notes.append(hand.note(key, at: Double(bar * 4), for: length, velocity: chorus.contains(bar) ? 68 : 52))
            }
        }
        return notes
    }

    private static var bass: [MIDIPiece.Note] {
        var hand = Hand(5)
        var notes: [MIDIPiece.Note] = []
        for (bar, chord) in chords.enumerated() where bar >= 2 {
            let start = Double(bar * 4)
            if bar == lastBar {
                notes.append(hand.note(chord.root, at: start, for: 3.7, velocity: 84))
                continue
            }
            // The second bass note: the chord's fifth, which over C♯ and F♯ in the verse is not the bass note's own.
            let fifth: UInt8 =
                bar == 3 ? 40 : bar == 6 ? 45 : chord.root + 7 > 48 ? chord.root - 5 : chord.root + 7
            let next = chords[bar + 1].root
            notes.append(hand.note(chord.root, at: start, for: 1.4, velocity: 88))
            notes.append(hand.note(chord.root, at: start + 1.5, for: 0.45, velocity: 70))
            notes.append(hand.note(fifth, at: start + 2, for: 1.3, velocity: 80))
            // Steps towards the next root.
            let step: UInt8 = next > fifth ? next - 2 : next + 2
            notes.append(hand.note(chorus.contains(bar) ? step : fifth, at: start + 3.5, for: 0.45, velocity: 68))
        }
        return notes
    }

    private static var drums: [MIDIPiece.Note] {
        let (kick, stick, snare, hat, ride, crash, lowTom, midTom):
            (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) =
                (36, 37, 38, 42, 51, 49, 45, 47)
        var hand = Hand(6)
        var notes: [MIDIPiece.Note] = []
        for bar in 2..<lastBar {
            let start = Double(bar * 4)
            func hit(_ key: UInt8, _ beat: Double, _ force: Double) {
                notes.append(hand.note(key, at: start + beat, for: 0.25, velocity: force))
            }
            let isChorus = chorus.contains(bar)
            let isFill = bar == 9 || bar == 16
            for eighth in 0..<8 where !(isFill && eighth >= 6) {
                hit(isChorus ? ride : hat, Double(eighth) / 2, eighth % 2 == 0 ? 78 : 60)
            }
            hit(kick, 0, 62)
            hit(kick, bar % 2 == 0 ? 2 : 2.5, 54)
            if isChorus { hit(kick, 1.5, 44) }
            hit(isChorus ? snare : stick, 1, isChorus ? 76 : 62)
            if !isFill { hit(isChorus ? snare : stick, 3, isChorus ? 80 : 66) }
            if isFill {
                for (index, key) in [snare, snare, midTom, lowTom].enumerated() {
                    hit(key, 3 + Double(index) / 4, 62 + 6 * Double(index))
                }
            }
            if bar == chorus.lowerBound || bar == chorus.upperBound + 1 { hit(crash, 0, 72) }
        }
        notes.append(hand.note(kick, at: Double(lastBar * 4), for: 0.5, velocity: 58))
        notes.append(hand.note(crash, at: Double(lastBar * 4), for: 3.5, velocity: 58))
        return notes
    }
}
