// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Slow clouds of pads over a drone, single tones far apart.
    static let ambient = MusicStyle(
        "ambient", tempo: 72, 50...78, keys: [0, 2, 3, 5, 7, 9],
        harmony: [
            HarmonyRow(
                mode: .lydian, verses: ["Imaj9 II/1", "Imaj9 iii7 Imaj9 vi9", "Iadd9 II/1 vi7 Imaj7"],
                choruses: ["IVmaj7 II/1 Imaj9 vi9", "vi9 II Imaj9 iii7"],
                cadences: ["II/1", "iii7"], finals: ["Imaj9", "Iadd9"], waits: ["II/1", "vi9"]),
            HarmonyRow(
                mode: .major, verses: ["Iadd9 IVmaj9", "Imaj9 vi9 IVmaj9 Imaj9", "Iadd9 V/1 IV/1 I"],
                choruses: ["IVmaj9 I/3 ii9 V9sus4", "vi9 IVmaj9 Iadd9 V9sus4"],
                cadences: ["IVmaj9", "V9sus4", "IV/1"], finals: ["Iadd9", "Imaj9"], waits: ["V9sus4", "ii9"]),
            HarmonyRow(
                mode: .minor, verses: ["i9 bVImaj9", "iadd9 bVII/1 bVI/1 i", "i9 v7 bVImaj9 bVII"],
                choruses: ["bVImaj9 bIII i9 v7", "iv9 bVImaj9 i9 bVII"],
                cadences: ["bVImaj9", "iv9", "bVII/1"], finals: ["i9", "iadd9"], waits: ["v7", "bVII"]),
        ],
        parts: [
            Part(
                name: "Drone", sounds: [.warmPad, .slowStrings, .bowedGlass], playing: [.drone], range: 36...62,
                voices: 3, volume: 74, pan: 60, reverb: 84, chorus: 40, swells: true),
            Part(
                name: "Pad", sounds: [.warmPad, .haloPad, .sweepPad, .spaceVoice], playing: [.held], range: 52...79,
                voices: 4, volume: 88, pan: 44, reverb: 96, chorus: 56, swells: true),
            Part(
                name: "Choir", sounds: [.voices, .choir, .slowStrings, .bowedGlass], playing: [.held], range: 55...79,
                voices: 3, energy: 0.4...1, volume: 66, pan: 84, reverb: 100, chorus: 30, chance: 0.8,
                swells: true),
            Part(
                name: "Drops", sounds: [.celesta, .harp, .crystal, .kalimba, .piano, .vibraphone],
                playing: [
                    .broken("..*.....*....*..|....*.....*.....", rings: true),
                    .broken("*-----*---*-----|..*-----*-----*-", rings: true),
                    .broken("0---1---2---3---|2---1-------*---", rings: true),
                ],
                range: 64...96, voices: 4, volume: 70, pan: 96, reverb: 104, chorus: 20, force: 0.85),
            Part(
                name: "Arpeggio", sounds: [.piano, .harp, .rhodes],
                playing: [
                    .broken("B-----0---1---2-|----3---2-------", rings: true), .broken("B---0---1---2---", rings: true),
                ], range: 38...74,
                voices: 3, energy: 0.32...1, volume: 70, pan: 36, reverb: 92, chance: 0.8, force: 0.85),
            Part(
                name: "Tune", sounds: [.flute, .clarinet, .piano, .shakuhachi, .vibraphone, .softLead],
                playing: [.tune(octave: 0)], range: 58...86, sections: [.verse, .chorus, .breakdown],
                volume: 78, pan: 70, reverb: 104, force: 0.9, swells: true),
            Part(
                name: "Line", sounds: [.cello, .horn, .slowStrings], playing: [.counter], range: 45...64,
                sections: [.chorus], volume: 58, pan: 30, reverb: 92, chance: 0.7, swells: true),
        ],
        tune: TuneTaste(
            verse: ["x-------x-------", "....x-------x---", "x-----------....", "..x-----x-------"],
            chorus: ["x-----x---x-----", "x-------x---x---", "....x---x-------", "x---x-----------"],
            cadence: ["x---------------", "x-----x---------"], range: 62...82, leaps: 0.6, isPentatonic: true,
            sections: [.verse, .chorus, .breakdown], ornaments: 0.15),
        energies: [.intro: 0.3, .verse: 0.42, .build: 0.5, .chorus: 0.62, .breakdown: 0.34, .ending: 0.36],
        looseness: 22, dynamics: 0.1)
}
