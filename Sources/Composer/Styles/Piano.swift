// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// A piano alone: broken chords in the left hand, a song in the right, strings far behind in some.
    static let piano = MusicStyle(
        "piano", tempo: 80, 58...96, keys: [0, 2, 3, 5, 7, 8, 9, 10],
        harmony: [
            HarmonyRow(
                mode: .major,
                verses: ["I V/3 vi iii7 IV I/3 ii7 V", "I vi IV V7sus4,V", "Iadd9 I/3 IVadd9 V", "vi IV I/3 V/3"],
                choruses: [
                    "IV V iii7 vi IV I/3 ii7 V7sus4", "IVadd9 V/7 I/3 vi ii7 I/3 IV V", "I V/3 vi7 IVmaj7",
                    "IV iv I/5 VI7",
                ],
                cadences: ["ii7,V7", "IV,iv", "V7sus4,V7"], finals: ["I", "Iadd9"], waits: ["V7sus4", "V"]),
            HarmonyRow(
                mode: .minor,
                verses: ["i bVI bIII bVII", "i i/7 bVImaj7 V", "i v/3 bVI iv7", "i bVII/3 bIII bVImaj7"],
                choruses: ["bVI bVII i bIII iv i/3 iih7 V7", "iv7 bVII bIIImaj7 bVI", "bVImaj7 bVII v7 i"],
                cadences: ["iv,V7", "iih7,V7", "bVI,bVII"], finals: ["i", "iadd9", "I"], waits: ["V7sus4,V7", "V"]),
        ],
        parts: [
            Part(
                name: "Left hand", sounds: [.piano],
                playing: [
                    .broken("B-0-1-2-1-0-1-2-", rings: true), .broken("B---0---1---2---", rings: true),
                    .broken("B-0-2-1-3-1-2-0-", rings: true), .broken("B-b-0-1-2---1---", rings: true),
                ], range: 36...66, voices: 3, volume: 92, pan: 56, reverb: 58),
            Part(
                name: "Right hand", sounds: [.piano], playing: [.tune(octave: 0)], range: 60...91, volume: 100, pan: 72,
                reverb: 58, force: 1.08),
            Part(
                name: "Inner voice", sounds: [.piano], playing: [.second], range: 55...80, sections: [.chorus],
                volume: 88, pan: 68, reverb: 58, force: 0.85),
            Part(
                name: "Intro", sounds: [.piano],
                playing: [.broken("........3---2---", rings: true), .broken("....3-----..2---", rings: true)],
                range: 60...86, voices: 4, sections: [.intro, .breakdown], volume: 84, pan: 76, reverb: 66, force: 0.85),
            Part(
                name: "Strings", sounds: [.slowStrings, .strings], playing: [.held], range: 48...74, voices: 3,
                energy: 0.62...1, volume: 54, pan: 44, reverb: 78, chance: 0.7, swells: true),
            Part(
                name: "Cello", sounds: [.cello, .viola], playing: [.counter], range: 45...66,
                sections: [.chorus, .ending],
                volume: 66, pan: 36, reverb: 70, chance: 0.6, swells: true),
        ],
        tune: TuneTaste(
            verse: [
                "x-----x-x---x---", "x---x---x-----x-", "..x-x-x-x-------", "x---x-x-x---x---", "x-------x-x-x---",
            ],
            chorus: ["x---x-x-x---x-x-", "x-x-x---x---x---", "x-----x-x-x-x---", "x---x---x-x-x-x-"],
            cadence: ["x---x---x-------", "x-x-x---x-------", "x-----x-x-------", "x---------......"], range: 64...86,
            leaps: 0.5,
            sections: [.verse, .build, .chorus, .ending], ornaments: 0.4),
        energies: [.intro: 0.34, .verse: 0.5, .build: 0.6, .chorus: 0.74, .breakdown: 0.36, .ending: 0.42],
        looseness: 11, dynamics: 0.1)
}
