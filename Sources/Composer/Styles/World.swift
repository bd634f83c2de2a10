// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Steel drums and a ukulele over a syncopated bass: sun, three chords, congas.
    static let tropical = MusicStyle(
        "tropical", tempo: 104, 92...120, keys: [0, 2, 4, 5, 7, 9],
        harmony: [
            HarmonyRow(
                mode: .major, verses: ["I IV V IV", "I vi IV V", "I V vi IV", "I I IV V"],
                choruses: ["IV V I vi", "IV I V I", "vi IV I V", "IV V iii7 vi7"], cadences: ["IV,V", "ii7,V7"],
                finals: ["I", "I6"], waits: ["V", "V7sus4"]),
            HarmonyRow(
                mode: .minor, verses: ["i bVII bVI bVII", "i bVI bIII bVII"],
                choruses: ["bVI bVII i i", "bVI bIII bVII i"], cadences: ["bVI,bVII", "iv,V"], finals: ["i"],
                waits: ["bVII", "V"]),
        ],
        drums: DrumTaste(
            kits: [0, 8],
            grooves: [
                .init(
                    light: [(.shaker, "x.o.x.o.x.o.x.o."), (.openConga, "......o.......oo")],
                    full: [
                        (.kick, "X...X...X...X..."), (.stick, "...x..x....x..x."), (.shaker, "xgogxgogxgogxgog"),
                        (.mutedConga, "o..o....o..o...."), (.openConga, "......x.......xx"),
                    ],
                    peak: [
                        (.kick, "X...X...X...X..."), (.snare, "...x..x....x..x."), (.shaker, "xgogxgogxgogxgog"),
                        (.mutedConga, "x..x....x..x...."), (.openConga, "......x.......xx"),
                        (.cowbell, "x...o.o.x...o.o."), (.openHat, "..o...o...o...o."),
                    ]),
                .init(
                    light: [(.maracas, "x.o.x.o.x.o.x.o."), (.claves, "x..x..x...x.x...")],
                    full: [
                        (.kick, "X.....x.X.....x."), (.claves, "x..x..x...x.x..."), (.maracas, "xoxoxoxoxoxoxoxo"),
                        (.highTimbale, "............o.o."), (.openConga, "....o.......o.oo"),
                    ],
                    peak: [
                        (.kick, "X.....x.X.....x."), (.snare, "....x.......x..."), (.claves, "x..x..x...x.x..."),
                        (.maracas, "xoxoxoxoxoxoxoxo"), (.openConga, "..x.o.x...x.o.xx"),
                        (.highTimbale, "x...x...x...x.x."),
                    ]),
            ],
            fills: [
                [(.highTimbale, "........x.x.xxxx")], [(.openConga, "........x.xxx.xx")],
                [(.snare, "............x.xx"), (.kick, "............x...")],
            ], from: 0.34, crash: .splash, volume: 88, reverb: 28),
        parts: [
            Part(
                name: "Ukulele", sounds: [.nylonGuitar, .steelGuitar],
                playing: [.strummed("D-.U-UD-.-U-D-U-"), .strummed("..D-..D-..D-..DU"), .strummed("D--U--D-D--U--D-")],
                range: 57...79, voices: 4, volume: 84, pan: 90, reverb: 30),
            Part(
                name: "Marimba", sounds: [.marimba, .kalimba, .steelDrums],
                playing: [
                    .broken("0.12.0.12.0.1.2.", rings: false), .broken("0..1..2.0..1..2.", rings: false),
                    .struck("..x...x...x...x."),
                ], range: 55...81, voices: 3, energy: 0.42...1, volume: 72, pan: 34, reverb: 36),
            Part(
                name: "Bass", sounds: [.fingerBass, .synthBass2],
                playing: [.bass("R-.R..5-R-.R..5-"), .bass("R--R--5-R--R--8-"), .bass("..R-R-..R-R-5-a-")],
                range: 28...50, energy: 0.4...1, volume: 104, reverb: 8),
            Part(
                name: "Tune", sounds: [.steelDrums, .marimba, .kalimba, .whistle], playing: [.tune(octave: 0)],
                range: 60...92, sections: [.verse, .build], volume: 86, pan: 66, reverb: 42),
            Part(
                name: "Hook", sounds: [.steelDrums, .panFlute, .brass, .softLead, .flute], playing: [.tune(octave: 0)],
                range: 58...93, sections: [.chorus, .ending], volume: 88, pan: 58, reverb: 42),
            Part(
                name: "Second", sounds: [.steelDrums, .voices], playing: [.second], range: 55...82, sections: [.chorus],
                volume: 60, pan: 46, reverb: 42, chance: 0.7),
            Part(
                name: "Pad", sounds: [.warmPad, .voices, .synthStrings], playing: [.held], range: 52...74, voices: 3,
                energy: 0.3...1, volume: 54, pan: 60, reverb: 60, chorus: 30, swells: true),
            Part(
                name: "Organ", sounds: [.organ, .accordion],
                playing: [.struck("..x...x...x...x."), .struck("..xx..x...xx..x.")], range: 57...76, voices: 3,
                energy: 0.66...1, volume: 54, pan: 104, reverb: 26, chance: 0.7),
        ],
        tune: TuneTaste(
            verse: ["x..x..x-x---....", "..x-x.xx-.x-x---", "x-x..x.xx---....", "x--x--x---x-x---"],
            chorus: ["x--x--x-x-x-x---", "x-x-.xx-x-x-x---", "x..x..x...x-x---", "xx.x.xx-x---x---"],
            cadence: ["x--x--x---------", "x-x-x-----......"], range: 62...83, leaps: 0.5,
            isPentatonic: true),
        energies: [.intro: 0.4, .verse: 0.56, .build: 0.62, .chorus: 0.84, .breakdown: 0.42, .ending: 0.74],
        looseness: 7, dynamics: 0.1)

    /// Five tones: guzheng and pipa, a dizi or erhu that sings over them, open fifths below.
    static let chinese = MusicStyle(
        "chinese", tempo: 82, 64...108, keys: [0, 2, 5, 7, 9],
        harmony: [
            // Without the fourth and seventh degree: chords of the five tones alone, fifths and seconds among them.
            HarmonyRow(
                mode: .gong, verses: ["I5 vi7 Isus2 V5", "Isus2 V5 vi7 I5", "I6 I6 vi7 V5", "I5 ii5 vi7 V5"],
                choruses: ["vi7 I5 V5 vi7", "I6 V5 vi7 ii5", "vi7 V5 Isus2 I5"], cadences: ["ii5,V5", "V5", "vi7,V5"],
                finals: ["I5", "I6"], waits: ["V5", "ii5 V5"]),
            HarmonyRow(
                mode: .yu, verses: ["i7 bIII6 iv5 i7", "i5 bVII5 bIII6 i7", "i7 iv5 bVII5 i5"],
                choruses: ["bIII6 bVII5 i7 iv5", "iv5 i7 bVII5 bIII6", "bIII6 iv5 bVII5 i5"],
                cadences: ["bVII5", "iv5,bVII5"], finals: ["i5", "i7"], waits: ["bVII5", "iv5 bVII5"]),
        ],
        drums: DrumTaste(
            kits: [48, 0],
            grooves: [
                .init(
                    light: [(.highWood, "o.......o.......")],
                    full: [(.lowTom, "X.......x..o...."), (.highWood, "....o...o...o.o.")],
                    peak: [
                        (.lowTom, "X..x..x.X..x.xx."), (.highWood, "x...x.x.x...x.x."), (.floorTom, "....o.......o..."),
                    ]),
                .init(
                    light: [(.lowWood, "o...............")],
                    full: [(.lowTom, "X.....o.x......."), (.lowWood, "....x.......x...")],
                    peak: [
                        (.lowTom, "X.x...x.X.x.x.x."), (.lowWood, "....x.x.....x.x."), (.splash, "x..............."),
                    ]),
            ],
            fills: [[(.lowTom, "........x.x.xxxx")], [(.highWood, "........x.x.xxxx")]], from: 0.56, crash: .gong,
            volume: 88, reverb: 56),
        parts: [
            Part(
                name: "Guzheng", sounds: [.guzheng, .yangqin],
                playing: [
                    .broken("B-0-1-2-3-2-1-0-", rings: true), .broken("B---0-1-2---1-0-", rings: true),
                    .broken("B-1-2-3-4-3-2-1-", rings: true), .broken("0123----2-1-0---", rings: true),
                ], range: 43...81, voices: 4,
                volume: 90, pan: 40, reverb: 58),
            Part(
                name: "Pipa", sounds: [.pipa, .yangqin],
                playing: [
                    .broken("..0.1.0...2.1.0.", rings: false), .broken("0.0.1.2.0.0.2.1.", rings: false),
                    .broken("........00112211", rings: false),
                ], range: 55...81, voices: 3, energy: 0.5...1, volume: 68, pan: 92, reverb: 48),
            Part(
                name: "Bass", sounds: [.contrabass, .cello],
                playing: [.bass("R---------------"), .bass("R-------5-------")], range: 29...50, energy: 0.42...1,
                volume: 80, pan: 72, reverb: 48),
            Part(
                name: "Drone", sounds: [.slowStrings, .strings], playing: [.held], range: 48...72, voices: 3,
                energy: 0.3...1, volume: 60, pan: 56, reverb: 78, swells: true),
            Part(
                name: "Tune", sounds: [.flute, .panFlute, .erhu, .shakuhachi], playing: [.tune(octave: 0)],
                range: 60...88, sections: [.verse, .build, .breakdown], volume: 92, pan: 66, reverb: 70),
            Part(
                name: "Lead", sounds: [.erhu, .flute, .violin], playing: [.tune(octave: 0)], range: 62...90,
                sections: [.chorus, .ending], volume: 92, pan: 58, reverb: 68),
            Part(
                name: "Shadow", sounds: [.guzheng, .pipa, .yangqin], playing: [.tune(octave: 0)], range: 55...84,
                sections: [.chorus], volume: 62, pan: 84, reverb: 56, chance: 0.8),
            Part(
                name: "Intro", sounds: [.yangqin, .guzheng],
                playing: [.broken("........4-3-2-1-", rings: true), .broken("4-3-2-1---------", rings: true)],
                range: 60...91, voices: 4, sections: [.intro, .breakdown], volume: 80, pan: 78, reverb: 66),
            Part(
                name: "Line", sounds: [.cello, .viola], playing: [.counter], range: 45...65, sections: [.chorus],
                volume: 60, pan: 34, reverb: 66, chance: 0.7, swells: true),
            Part(name: "Run", sounds: [.guzheng], playing: [.run], range: 55...86, volume: 84, pan: 36, reverb: 62),
        ],
        tune: TuneTaste(
            verse: ["x---x-x-x-------", "x-----x-x-x-x---", "x---x---x-x-x---", "x-x-x---x-------"],
            chorus: ["x---x-x-x-x-x---", "x-----x-x---x-x-", "x-x-x-x-x---x---", "x-------x-x-x---"],
            cadence: ["x---x---x-------", "x-x-x---x-------", "x-----x-x-------"], range: 64...86,
            leaps: 0.6, isPentatonic: true, sections: [.verse, .build, .chorus, .breakdown, .ending], ornaments: 0.5),
        energies: [.intro: 0.34, .verse: 0.52, .build: 0.62, .chorus: 0.8, .breakdown: 0.38, .ending: 0.6],
        looseness: 13, dynamics: 0.1, isPentatonic: true)
}
