// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// A picked steel guitar, then a second one strumming, a small band round them.
    static let acoustic = MusicStyle(
        "acoustic", tempo: 100, 80...118, keys: [0, 2, 4, 7, 9],
        harmony: [
            HarmonyRow(
                mode: .major,
                verses: [
                    "I V/3 vi7 IV", "Iadd9 IVadd9 Iadd9 IVadd9 vi7 IVadd9 Iadd9 V7sus4", "I iii vi7 IV",
                    "I Vsus4 IVadd9 IVadd9",
                ],
                choruses: ["IVadd9 V7sus4 vi7 I/3", "I V vi7 IVadd9", "vi7 IV I/3 V", "IV I/3 ii7 V", "I bVII IV I"],
                cadences: ["IV,V7sus4", "ii7,V", "IV,iv"], finals: ["I", "Iadd9"], waits: ["V7sus4", "ii7 V7sus4"]),
            HarmonyRow(
                mode: .mixolydian, verses: ["I bVII IV I", "I v IV I"], choruses: ["IV bVII I I", "bVII IV I I/3"],
                cadences: ["IV,bVII", "bVII,V"],
                finals: ["I"], waits: ["bVII", "IV V"]),
            HarmonyRow(
                mode: .minor, verses: ["i bVII bVI bVII", "i bIII bVII iv", "iadd9 bVImaj7 bIII bVII"],
                choruses: ["bVI bVII i bIII", "bIII bVII iv bVI"],
                cadences: ["bVI,bVII", "iv,V"], finals: ["i", "iadd9"], waits: ["bVII", "V7sus4"]),
        ],
        drums: DrumTaste(
            kits: [0, 40],
            grooves: [
                .init(
                    light: [(.shaker, "x.o.x.o.x.o.x.o.")],
                    full: [(.kick, "X.....o.X......."), (.stick, "....x.......x..."), (.shaker, "xgogxgogxgogxgog")],
                    peak: [
                        (.kick, "X.....x.X..x...."), (.snare, "....x..g....x..."), (.shaker, "xgogxgogxgogxgog"),
                        (.tambourine, "....x.......x..."),
                    ]),
                .init(
                    light: [(.tambourine, "....o.......o...")],
                    full: [
                        (.kick, "X.......X......."), (.clap, "....o.......o..."), (.tambourine, "..o...o...o...o."),
                    ],
                    peak: [
                        (.kick, "X...o...X...o..."), (.clap, "....x.......x..."), (.tambourine, "x.o.X.o.x.o.X.o."),
                        (.snare, "....o..g....o.g."),
                    ]),
            ],
            fills: [[(.snare, "............g.ox")], [(.lowTom, "............o.xx")], [(.clap, "............x.x.")]],
            from: 0.5, crash: .splash, volume: 84, reverb: 34),
        parts: [
            Part(
                name: "Picked guitar", sounds: [.steelGuitar, .nylonGuitar],
                playing: [
                    .broken("B-1-b-2-B-3-b-2-", rings: true), .broken("B-2-1-3-b-2-1-2-", rings: true),
                    .broken("B--12-3-b--12-3-", rings: true),
                    .broken("B-1-2-3-2-1-3-2-", rings: true),
                ], range: 40...72, voices: 4, volume: 100, pan: 40, reverb: 42),
            Part(
                name: "Strummed guitar", sounds: [.steelGuitar, .nylonGuitar],
                playing: [.strummed("D---D-U-.-U-D-U-"), .strummed("D---d-u-d-u-D-u-"), .strummed("D--ud-u-D--ud-u-")],
                range: 43...74, voices: 5,
                energy: 0.5...1, volume: 74, pan: 92, reverb: 36),
            Part(
                name: "Bass", sounds: [.uprightBass, .fingerBass],
                playing: [.bass("R-----R-5-----a-"), .lockedBass("..............a."), .bass("R-------5---..a-")],
                range: 29...50, energy: 0.48...1, volume: 96, reverb: 16),
            Part(
                name: "Tune", sounds: [.nylonGuitar, .harmonica, .whistle, .flute, .kalimba, .glockenspiel],
                playing: [.tune(octave: 0)], range: 60...86,
                volume: 92, pan: 70, reverb: 50),
            Part(
                name: "Second", sounds: [.voices, .flute, .clarinet], playing: [.second], range: 52...79,
                sections: [.chorus], volume: 56, pan: 52, reverb: 56,
                chance: 0.6),
            Part(
                name: "Pad", sounds: [.slowStrings, .accordion, .warmPad], playing: [.held], range: 52...74, voices: 3,
                energy: 0.62...1, volume: 50, pan: 60,
                reverb: 66, swells: true),
            Part(
                name: "Line", sounds: [.cello, .viola], playing: [.counter], range: 45...67, sections: [.chorus],
                volume: 62, pan: 80, reverb: 60, chance: 0.7,
                swells: true),
        ],
        tune: TuneTaste(
            verse: ["x---x-x-x---....", "..x-x-x-x-x-x---", "x-x---x-x---....", "x--x--x-x-x-x---"],
            chorus: ["x---x-x-x-x-x---", "x-x-x---x---x-x-", "x--x--x-x---x---", "x-----x-x-x-x---"],
            cadence: ["x-x-x-----......", "x---x-----------", "x--x--x---------"], range: 62...83, leaps: 0.4,
            isPentatonic: true),
        energies: [.intro: 0.34, .verse: 0.52, .build: 0.6, .chorus: 0.8, .breakdown: 0.36, .ending: 0.6],
        looseness: 10, dynamics: 0.1)

    /// Fiddle and banjo over a country two-beat.
    static let folk = MusicStyle(
        "folk", tempo: 106, 94...134, keys: [0, 2, 4, 7, 9],
        harmony: [
            HarmonyRow(
                mode: .major,
                verses: ["I I IV I I I V V", "I IV I V", "I V IV I", "I vi IV V"],
                choruses: ["IV I V I", "IV IV I I IV IV V V", "I IV I,V I"],
                cadences: ["IV,V", "V7", "ii,V7"], finals: ["I"], waits: ["V", "V7"]),
            HarmonyRow(
                mode: .dorian, verses: ["i i bVII bVII", "i bVII i bVII", "i IV i bVII"],
                choruses: ["bIII bVII i i", "bIII bVII IV i"],
                cadences: ["bVII", "bVII,v"], finals: ["i"], waits: ["bVII"]),
        ],
        drums: DrumTaste(
            kits: [40, 0],
            grooves: [
                .init(
                    light: [(.snare, "..o...o...o...o."), (.kick, "x.......x.......")],
                    full: [(.kick, "X...o...X...o..."), (.snare, "..x.g.x...x.g.x.")],
                    peak: [
                        (.kick, "X...x...X...x..."), (.snare, "g.xgg.xgg.xgg.xg"), (.tambourine, "....x.......x..."),
                    ]),
                .init(
                    light: [(.kick, "X.......x.......")],
                    full: [(.kick, "X.......X......."), (.stick, "....x.......x..."), (.shaker, "o.x.o.x.o.x.o.x.")],
                    peak: [
                        (.kick, "X...o...X...o..."), (.snare, "....x.......x.gg"), (.tambourine, "o.x.o.x.o.x.o.x."),
                    ]),
            ],
            fills: [[(.snare, "........g.g.xxxx")], [(.lowTom, "............x.xx")]], from: 0.5, crash: .splash,
            volume: 80, reverb: 34),
        parts: [
            Part(
                name: "Guitar", sounds: [.steelGuitar],
                playing: [.strummed("d...D-u-d...D-u-"), .strummed("D---D-u-D---D-u-"), .strummed("D-u-D-udD-u-D-ud")],
                range: 43...72,
                voices: 5, volume: 88, pan: 34, reverb: 36),
            Part(
                name: "Banjo", sounds: [.banjo, .nylonGuitar],
                playing: [
                    .broken("0-2130-2130-2131", rings: false), .broken("02130213021302130", rings: false),
                    .broken("0.2.1.3.0.2.1.3.", rings: false),
                ],
                range: 50...79, voices: 4, energy: 0.42...1, volume: 70, pan: 94, reverb: 34),
            Part(
                name: "Bass", sounds: [.uprightBass], playing: [.bass("R---....5---...."), .bass("R-------5-----a-")],
                range: 28...50, volume: 100, reverb: 16),
            Part(
                name: "Tune", sounds: [.violin, .harmonica, .whistle, .accordion, .flute], playing: [.tune(octave: 0)],
                range: 60...90, volume: 94, pan: 68, reverb: 48),
            Part(
                name: "Second", sounds: [.accordion, .violin, .clarinet], playing: [.second], range: 55...79,
                sections: [.chorus, .ending], volume: 66, pan: 50, reverb: 48,
                chance: 0.8),
            Part(
                name: "Pad", sounds: [.accordion, .slowStrings], playing: [.held], range: 52...72, voices: 3,
                energy: 0.7...1, volume: 48, pan: 78, reverb: 50, chance: 0.7),
        ],
        tune: TuneTaste(
            verse: ["x-x-x-x-x---x---", "x-xxx-x-x-x-x---", "x---x-x-x-x-x-x-", "x-x-x---x-x-x---"],
            chorus: ["x-x-x-x-x-x-x-x-", "x---x-x-x---x---", "x-xxx-x-x-xxx-x-"],
            cadence: ["x-x-x-x-x-------", "x-x-x---x-------", "x---x---x-------"], range: 62...86, leaps: 0.45,
            isPentatonic: true),
        energies: [.intro: 0.44, .verse: 0.58, .build: 0.64, .chorus: 0.82, .breakdown: 0.4, .ending: 0.74],
        looseness: 9, dynamics: 0.1)
}
