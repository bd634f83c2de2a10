// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Sleigh bells, celesta and a choir, with the sixth chords and falling lines of old winter songs.
    static let holiday = MusicStyle(
        "holiday", tempo: 116, 96...138, swing: .eighths(0.6), keys: [0, 2, 5, 7, 9, 10],
        harmony: [
            HarmonyRow(
                mode: .major,
                verses: ["I vi7 ii7 V7", "I I/3 IV II7 V7 III7 vi V", "Imaj7 VI7 ii7 V7", "I IV I/5,VI7 ii7,V7"],
                choruses: ["IV iv I/5 VI7 ii7 V7 I I7", "IV V7 iii7 vi7", "IV #ivo7 I/5 VI7", "vi iii7 IV I/3"],
                cadences: ["ii7,V7", "IV,iv", "II7,V7"], finals: ["I6", "I69", "Iadd9"], waits: ["V7", "II7 V7"])
        ],
        drums: DrumTaste(
            kits: [0, 40],
            grooves: [
                .init(
                    light: [(.sleighBells, "x...x...x...x...")],
                    full: [
                        (.sleighBells, "x.o.x.o.x.o.x.o."), (.kick, "x.......x......."), (.snare, "....o.......o..."),
                    ],
                    peak: [
                        (.sleighBells, "X.o.X.o.X.o.X.o."), (.kick, "X.....o.X......."), (.snare, "....x..g....x.gg"),
                        (.hat, "x...x...x...x..."),
                    ]),
                .init(
                    light: [(.sleighBells, "x.o.x.o.x.o.x.o.")],
                    full: [
                        (.sleighBells, "x.o.x.o.x.o.x.o."), (.ride, "x...x.o.x...x.o."),
                        (.pedalHat, "....x.......x..."), (.kick, "o.......o......."),
                    ],
                    peak: [
                        (.sleighBells, "X.o.X.o.X.o.X.o."), (.ride, "x...X.o.x...X.o."), (.snare, "....x.......x.g."),
                        (.kick, "x...o...x...o..."),
                    ]),
            ],
            fills: [[(.snare, "........g.o.x.x.")], [(.triangle, "x..............."), (.snare, "............o.x.")]],
            from: 0.34, crash: .splash, volume: 84, reverb: 44),
        parts: [
            Part(
                name: "Bass", sounds: [.uprightBass],
                playing: [.bass("R-------5-----a-"), .walkingBass, .bass("R---....5---....")], range: 28...50,
                energy: 0.4...1, volume: 100, reverb: 18),
            Part(
                name: "Piano", sounds: [.piano, .brightPiano, .jazzGuitar],
                playing: [.struck("....x-......x-.."), .struck("..x-..x-..x-..x-"), .struck("x---x---x---x---")],
                range: 50...76, voices: 4, volume: 78, pan: 48, reverb: 40),
            Part(
                name: "Celesta", sounds: [.celesta, .musicBox, .glockenspiel, .harp],
                playing: [
                    .broken("0-1-2-3-2-1-0-1-", rings: true), .broken("3-2-1-0-1-2-3-4-", rings: true),
                    .broken("*---*-*---*---*-", rings: true),
                ], range: 67...98, voices: 4,
                volume: 62, pan: 94, reverb: 66),
            Part(
                name: "Strings", sounds: [.strings, .slowStrings], playing: [.held], range: 52...77, voices: 4,
                energy: 0.45...1, volume: 66, pan: 56, reverb: 66, swells: true),
            Part(
                name: "Tune", sounds: [.celesta, .clarinet, .flute, .vibraphone, .piano], playing: [.tune(octave: 0)],
                range: 60...96, sections: [.verse, .build, .breakdown], volume: 88, pan: 70, reverb: 54),
            Part(
                name: "Lead", sounds: [.strings, .choir, .trumpet, .horn], playing: [.tune(octave: 0)], range: 55...84,
                sections: [.chorus, .ending], volume: 88, pan: 58, reverb: 62),
            Part(
                name: "Bells", sounds: [.tubularBells, .glockenspiel],
                playing: [.broken("0-------2-------", rings: true), .broken("2---1---0-------", rings: true)],
                range: 60...88, energy: 0.75...1, volume: 60, pan: 34, reverb: 76),
            Part(
                name: "Choir", sounds: [.choir, .voices], playing: [.held], range: 52...76, voices: 4, energy: 0.7...1,
                volume: 62, reverb: 84, chance: 0.8, swells: true),
            Part(
                name: "Line", sounds: [.horn, .cello, .clarinet], playing: [.counter], range: 48...70,
                sections: [.chorus], volume: 58, pan: 82, reverb: 60, chance: 0.8, swells: true),
            Part(name: "Harp", sounds: [.harp], playing: [.run], range: 58...96, volume: 78, pan: 30, reverb: 66),
        ],
        tune: TuneTaste(
            verse: ["x---x-x-x---x---", "x-x-x-x-x---x---", "x---x---x-x-x---", "x-----x-x---x---"],
            chorus: ["x-----x-x---x---", "x---x---x-x-x-x-", "x-x-x---x-x-x---", "x-------x---x---"],
            cadence: ["x---x---x-------", "x-x-x---x-------"], range: 62...82, leaps: 0.55,
            sections: [.verse, .build, .chorus, .breakdown, .ending], ornaments: 0.3),
        energies: [.intro: 0.36, .verse: 0.52, .build: 0.62, .chorus: 0.82, .breakdown: 0.38, .ending: 0.72],
        looseness: 8, dynamics: 0.09)

    /// Three beats: bass, chord, chord, and a violin that turns over them.
    static let waltz = MusicStyle(
        "waltz", tempo: 96, 84...172, beatsPerBar: 3, keys: [0, 2, 5, 7, 9, 10],
        harmony: [
            HarmonyRow(
                mode: .major, verses: ["I I V7 V7 ii7 V7 I I", "I vi ii7 V7", "I V7/3 V7 I", "I I/3 IV V7"],
                choruses: ["IV IV I I II7 II7 V7 V7", "IV iv I/5 VI7 ii7 V7 I I", "vi iii7 IV I/3"],
                cadences: ["V7", "ii7,V7"], finals: ["I"], waits: ["V7", "II7 V7"]),
            HarmonyRow(
                mode: .minor, verses: ["i i V7 V7 iih7 V7 i i", "i iv V7 i", "i bVI iih7 V7"],
                choruses: ["iv iv i i V7 V7 i I7", "bVI bIII iv V7", "iv bVII bIII bVI"], cadences: ["V7", "iih7,V7"],
                finals: ["i"], waits: ["V7", "iih7 V7"]),
        ],
        drums: DrumTaste(
            kits: [40, 48],
            grooves: [
                .init(
                    light: [(.kick, "o...........")],
                    full: [(.kick, "x..........."), (.snare, "....g...g..."), (.triangle, "o...........")],
                    peak: [
                        (.kick, "X..........."), (.snare, "....o...o..g"), (.triangle, "x...o...o..."),
                        (.tambourine, "....o...o..."),
                    ])
            ],
            fills: [[(.snare, "....g.o.x.x.")], [(.triangle, "x...........")]], from: 0.55, crash: .splash, volume: 76,
            reverb: 50),
        parts: [
            Part(
                name: "Bass", sounds: [.contrabass, .uprightBass, .pizzicato],
                playing: [.bass("R-----......"), .bass("R---....5---|R---........")], range: 28...50, volume: 96,
                pan: 76, reverb: 40),
            Part(
                name: "Chords", sounds: [.piano, .pizzicato, .accordion, .harp],
                playing: [.struck("....x-..x-.."), .struck("....x---x---")], range: 52...74, voices: 3, volume: 76,
                pan: 44, reverb: 46),
            Part(
                name: "Harp", sounds: [.harp, .piano],
                playing: [.broken("0-1-2-3-2-1-", rings: true), .broken("B-0-1-2-1-0-", rings: true)], range: 43...79,
                voices: 4, energy: 0...0.66, volume: 74, pan: 92, reverb: 56),
            Part(
                name: "Strings", sounds: [.strings, .slowStrings], playing: [.held], range: 50...76, voices: 4,
                energy: 0.4...1, volume: 70, pan: 54, reverb: 66, swells: true),
            Part(
                name: "Tune", sounds: [.violin, .clarinet, .flute, .accordion, .musicBox], playing: [.tune(octave: 0)],
                range: 58...92, sections: [.verse, .build, .breakdown], volume: 96, pan: 66, reverb: 58),
            Part(
                name: "Lead", sounds: [.strings, .violin, .oboe], playing: [.tune(octave: 0)], range: 58...92,
                sections: [.chorus, .ending], volume: 98, pan: 60, reverb: 60),
            Part(
                name: "Second", sounds: [.viola, .clarinet], playing: [.second], range: 52...80, sections: [.chorus],
                volume: 64, pan: 82, reverb: 58, chance: 0.8),
            Part(
                name: "Line", sounds: [.cello, .horn], playing: [.counter], range: 43...64,
                sections: [.verse, .chorus], volume: 62, pan: 34, reverb: 60, swells: true),
            Part(
                name: "Bells", sounds: [.glockenspiel, .celesta], playing: [.tune(octave: 1)], range: 74...104,
                energy: 0.8...1, sections: [.chorus], volume: 46, pan: 40, reverb: 66, chance: 0.5),
        ],
        tune: TuneTaste(
            verse: ["x-------x---", "x---x-x-x-x-", "x-----x-x---", "x-----------", "x-x-x-x-x---"],
            chorus: ["x-------x-x-", "x---x---x---", "x-----x-x-x-", "x-x-x---x---"],
            cadence: ["x---x-------", "x-----x-x---", "x-----------"],
            range: 62...86, leaps: 0.65, sections: [.verse, .build, .chorus, .breakdown, .ending], ornaments: 0.3),
        energies: [.intro: 0.36, .verse: 0.52, .build: 0.62, .chorus: 0.8, .breakdown: 0.38, .ending: 0.7],
        looseness: 12, dynamics: 0.1)
}
