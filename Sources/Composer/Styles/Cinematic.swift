// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// An orchestra that begins with one line over a held note and ends with everybody; borrowed chords at the turns.
    static let cinematic = MusicStyle(
        "cinematic", tempo: 90, 66...104, keys: [0, 2, 3, 5, 7, 9, 10],
        harmony: [
            HarmonyRow(
                mode: .minor,
                verses: ["i bVI bIII bVII", "i iv bVI V", "i bVI iv bVII", "i v/3 bVI bIII/5 iv i/3 iih7 V"],
                choruses: [
                    "bVI bVII i bIII/3", "i bIII bVII IV", "bVI bIII bVII i iv bVI V7sus4 V", "i bVII/3 bVI iv",
                ],
                cadences: ["iv,V", "bVI,bVII", "iih7,V"], finals: ["i", "I"], waits: ["V7sus4 V", "bVI bVII"]),
            HarmonyRow(
                mode: .major,
                verses: ["I vi IV V", "I bVII/5 IV/3 I", "vi IV I V", "I iii vi IV I/3 IV ii7 V"],
                choruses: ["I V/3 bVII IV", "bVI bVII I V/3", "IV V vi I/3 IV I/3 ii7 V", "I bIII IV iv"],
                cadences: ["bVI,bVII", "IV,iv", "V7sus4,V"], finals: ["I"], waits: ["V7sus4 V", "bVII"]),
        ],
        drums: DrumTaste(
            kits: [48],
            grooves: [
                .init(
                    light: [(.kick, "x...............")],
                    full: [(.kick, "X.......x.....o."), (.snare, "............g.gg")],
                    peak: [(.kick, "X.....x.X.....x."), (.snare, "o.ggo.ggo.ggo.go")]),
                .init(
                    light: [(.kick, "o...............")],
                    full: [(.kick, "X..x..x.X......."), (.lowTom, "........x..o..o.")],
                    peak: [(.kick, "X..x..x.X..x..x."), (.lowTom, "....x...x..o..o."), (.snare, "..g...g...g.o.oo")]),
            ],
            fills: [
                [(.lowTom, "........x.x.xxxx"), (.kick, "........x...x...")], [(.snare, "........ggggooox")],
                [(.midTom, "............xx.."), (.lowTom, "..............xx")],
            ],
            from: 0.6, roll: .snare, volume: 100, reverb: 74),
        parts: [
            Part(
                name: "Strings", sounds: [.slowStrings, .strings], playing: [.held], range: 48...76, voices: 4,
                volume: 92,
                pan: 56, reverb: 74, swells: true),
            Part(
                name: "Bass", sounds: [.contrabass], playing: [.bass("R---------------"), .bass("R-------R-------")],
                range: 28...48,
                energy: 0.4...1, volume: 96, pan: 76, reverb: 60),
            Part(
                name: "Cellos", sounds: [.cello], playing: [.bass("R-------R-------"), .bass("R---------------")],
                range: 36...55,
                volume: 72, pan: 78, reverb: 62, swells: true),
            Part(
                name: "Ostinato", sounds: [.pizzicato, .strings, .piano, .harp],
                playing: [
                    .broken("0.1.2.1.0.1.2.1.", rings: false), .broken("0.2.1.2.0.2.1.2.", rings: false),
                    .broken("0120012001200121", rings: false),
                    .broken("0..0..2.0..0..1.", rings: false),
                ], range: 50...76, voices: 3, energy: 0.45...1, volume: 72, pan: 36, reverb: 58),
            Part(
                name: "Piano", sounds: [.piano, .harp],
                playing: [.broken("B---0---1---2---", rings: true), .broken("0-1-2-3-2-1-0-1-", rings: true)],
                range: 40...79, voices: 3, energy: 0...0.62, volume: 84, pan: 70, reverb: 70),
            Part(
                name: "Tune", sounds: [.cello, .oboe, .clarinet, .viola, .flute], playing: [.tune(octave: 0)],
                range: 50...84,
                sections: [.verse, .breakdown], volume: 96, pan: 60, reverb: 66, swells: true),
            Part(
                name: "Lead", sounds: [.strings, .horn, .violin], playing: [.tune(octave: 0)], range: 55...86,
                sections: [.chorus, .build, .ending], volume: 104, pan: 46, reverb: 66),
            Part(
                name: "Octave", sounds: [.horn, .trumpet, .strings], playing: [.tune(octave: -1)], range: 48...77,
                energy: 0.8...1, sections: [.chorus], volume: 76, pan: 84, reverb: 66, chance: 0.85),
            Part(
                name: "Choir", sounds: [.choir, .voices], playing: [.held], range: 52...76, voices: 3, energy: 0.8...1,
                volume: 74, pan: 64,
                reverb: 84, chance: 0.8, swells: true),
            Part(
                name: "Brass", sounds: [.brass, .trombone], playing: [.held], range: 44...67, voices: 3,
                energy: 0.84...1, volume: 60, pan: 86,
                reverb: 66, swells: true),
            Part(
                name: "Line", sounds: [.horn, .viola, .clarinet], playing: [.counter], range: 52...72,
                sections: [.chorus, .verse], volume: 64,
                pan: 40, reverb: 70, chance: 0.8, swells: true),
            Part(
                name: "Timpani", sounds: [.timpani],
                playing: [.strokes("X...............|........o.....oo"), .strokes("X.......x.......")],
                range: 38...55, energy: 0.78...1, volume: 92, pan: 70, reverb: 66),
            Part(name: "Harp", sounds: [.harp], playing: [.run], range: 55...96, volume: 80, pan: 30, reverb: 70),
            Part(
                name: "Cymbal", sounds: [.reverseCymbal], playing: [.riser(2)], range: 48...72, volume: 66, reverb: 70),
        ],
        tune: TuneTaste(
            verse: ["x-------x---x---", "x-----x-x-------", "x---x---x-----x-", "....x---x---x---"],
            chorus: ["x---x---x-------", "x-----x-x---x---", "x---x-x-x---x---", "x-------x---x-x-"],
            cadence: ["x-------x-------", "x---x---x-------", "x---------------"], range: 57...82, leaps: 0.65,
            sections: [.verse, .build, .chorus, .breakdown, .ending], ornaments: 0.2),
        energies: [.intro: 0.3, .verse: 0.5, .build: 0.7, .chorus: 0.9, .breakdown: 0.36, .ending: 0.82],
        looseness: 14, dynamics: 0.08)

    /// The orchestra at full height from early on: low drums, brass in fifths, strings that never stop.
    static let epic = MusicStyle(
        "epic", tempo: 100, 84...126, keys: [0, 2, 3, 5, 7, 9],
        harmony: [
            HarmonyRow(
                mode: .minor,
                verses: ["i bVI bVII i", "i bVI bIII bVII", "i i bVI bVII", "i v bVI iv"],
                choruses: ["bVI bVII i i/3", "i bIII bVII IV", "bVI bIII bVII i", "i bVI bIII bVII iv bVI V7sus4 V"],
                cadences: ["bVI,bVII", "iv,V", "bII,V"], finals: ["i", "I"], waits: ["bVI bVII", "V7sus4 V"]),
            HarmonyRow(
                mode: .dorian, verses: ["i IV bVII i", "i bIII IV i"], choruses: ["i bVII IV bVI", "bIII IV i bVII"],
                cadences: ["bVI,bVII", "IV,bVII"], finals: ["i", "I"], waits: ["bVII", "IV bVII"]),
        ],
        drums: DrumTaste(
            kits: [48, 16],
            grooves: [
                .init(
                    light: [(.kick, "X.......x..x...."), (.lowTom, "......o.......o.")],
                    full: [
                        (.kick, "X..x..x.X..x..x."), (.lowTom, "....x..x....x..x"), (.floorTom, "..o.....o.o....."),
                        (.snare, "............x..."),
                    ],
                    peak: [
                        (.kick, "X..X..X.X..X..X."), (.lowTom, "..x.xx.x..x.xx.x"), (.floorTom, "o...o...o...o..."),
                        (.snare, "....X..g....X.gg"),
                    ]),
                .init(
                    light: [(.kick, "X...............|X.......o.o.....")],
                    full: [(.kick, "X.x...x.X.x...x."), (.lowTom, "...x.x.....x.x.."), (.snare, "....o.......x...")],
                    peak: [(.kick, "X.x.X.x.X.x.X.x."), (.lowTom, ".x.x.x.x.x.x.xxx"), (.snare, "....X.......X..g")]),
            ],
            fills: [
                [(.lowTom, "........xxxxXXXX"), (.kick, "........x...x...")],
                [(.snare, "........oooxxxXX"), (.floorTom, "............x.x.")],
                [(.highTom, "........xx......"), (.midTom, "..........xx...."), (.lowTom, "............xxXX")],
            ],
            from: 0.5, roll: .snare, volume: 108, reverb: 66),
        parts: [
            Part(
                name: "Strings", sounds: [.strings], playing: [.held], range: 50...79, voices: 4, volume: 84, pan: 52,
                reverb: 66, swells: true),
            Part(
                name: "Ostinato", sounds: [.strings, .tremolo, .cello],
                playing: [
                    .broken("0.00120.0.001210", rings: false), .broken("0.0.2.0.1.0.2.1.", rings: false),
                    .broken("0020102000201020", rings: false),
                ],
                range: 45...67, voices: 3, volume: 88, pan: 34, reverb: 46),
            Part(
                name: "Bass", sounds: [.contrabass, .cello],
                playing: [.bass("R-.R--R-R-.R--R-"), .bass("R---R---R---R---"), .lockedBass("........R.......")],
                range: 29...48,
                volume: 104, pan: 74, reverb: 46),
            Part(
                name: "Horns", sounds: [.horn, .brass], playing: [.tune(octave: 0)], range: 45...74,
                sections: [.chorus, .ending], volume: 108, pan: 84,
                reverb: 60, force: 1.05),
            Part(
                name: "Lead", sounds: [.strings, .choir, .violin], playing: [.tune(octave: 0)], range: 55...88,
                sections: [.verse, .build, .chorus, .ending],
                volume: 92, pan: 50, reverb: 66),
            Part(
                name: "Brass", sounds: [.brass, .trombone],
                playing: [.struck("X-----x-X-------"), .struck("X-------x---x---"), .held], range: 43...66, voices: 3,
                energy: 0.8...1, volume: 70, pan: 80, reverb: 60),
            Part(
                name: "Choir", sounds: [.choir], playing: [.held], range: 52...76, voices: 4, energy: 0.62...1,
                volume: 84, reverb: 84, swells: true),
            Part(
                name: "Line", sounds: [.trumpet, .horn], playing: [.counter], range: 55...74, sections: [.chorus],
                volume: 68, pan: 92, reverb: 66, chance: 0.7),
            Part(
                name: "Timpani", sounds: [.timpani],
                playing: [.strokes("X.......o...o.o."), .strokes("X.....x.X...x.xx")], range: 38...55, energy: 0.6...1,
                volume: 100, pan: 68, reverb: 60),
            Part(
                name: "Low drum", sounds: [.taiko],
                playing: [.strokes("X.......x......."), .strokes("X...............")], range: 36...52, energy: 0.5...1,
                volume: 100, reverb: 60),
            Part(
                name: "Cymbal", sounds: [.reverseCymbal], playing: [.riser(2)], range: 48...72, volume: 76, reverb: 60),
        ],
        tune: TuneTaste(
            verse: ["x---x---x-------", "x-----x-x---x---", "x-------x-----x-"],
            chorus: ["x-----x-x-------", "x---x---x---x---", "x-----x-x-x-x---", "x--x--x-x---x---"],
            cadence: ["x-------x-------", "x---x-----------", "x---------------"], range: 55...80, leaps: 0.75,
            sections: [.verse, .build, .chorus, .ending], ornaments: 0.15),
        energies: [.intro: 0.46, .verse: 0.62, .build: 0.76, .chorus: 0.92, .breakdown: 0.4, .ending: 0.9],
        looseness: 9, dynamics: 0.07)
}
