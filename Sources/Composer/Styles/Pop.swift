// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Bright and quick: plucks, claps, four chords and a hook.
    static let pop = MusicStyle(
        "pop", tempo: 112, 102...130, keys: [0, 2, 4, 5, 7, 9, 10],
        harmony: [
            HarmonyRow(
                mode: .major,
                verses: ["I V vi IV", "vi IV I V", "I vi IV V", "I iii vi IV", "IV I V vi"],
                choruses: ["IV V vi I/3", "I V/3 vi IV", "IV I V vi", "I V vi IV I V IV IV", "vi IV I V/3"],
                cadences: ["IV,V", "ii7,V", "IV,iv", "bVII,IV"], finals: ["I", "Iadd9"],
                waits: ["V7sus4 V", "IV V", "ii7 V7sus4"]),
            HarmonyRow(
                mode: .minor, verses: ["i bVI bIII bVII", "i bVII bVI bVII", "i iv bVI bVII"],
                choruses: ["bVI bVII i bIII", "bVI bIII bVII i", "i bVI bIII bVII"],
                cadences: ["bVI,bVII", "iv,V", "bVI,V"],
                finals: ["i", "isus2"], waits: ["bVII", "V", "bVI bVII"]),
        ],
        drums: DrumTaste(
            kits: [0, 8, 16],
            grooves: [
                .init(
                    light: [(.kick, "X.......X......."), (.stick, "....x.......x..."), (.hat, "x.o.x.o.x.o.x.o.")],
                    full: [
                        (.kick, "X.....x.X....... X.....x.X..x...."), (.snare, "....X.......X... ....X..g....X..."),
                        (.clap, "....o.......o..."), (.hat, "x.o.x.o.x.o.x.og"),
                    ],
                    peak: [
                        (.kick, "X..x..x.X....... X..x..x.X.x....."), (.snare, "....X.......X..g ....X..g....X..."),
                        (.clap, "....x.......x..."), (.hat, "xgogxgogxgogxgog"),
                        (.openHat, "..............x. ................"),
                        (.tambourine, "..o...o...o...o."),
                    ]),
                .init(
                    light: [(.kick, "X...X...X...X..."), (.hat, "..o...o...o...o.")],
                    full: [
                        (.kick, "X...X...X...X... X...X...X...X.x."), (.snare, "....X.......X..."),
                        (.clap, "....x.......x..."),
                        (.hat, "..x...x...x...x."), (.shaker, "ogxgogxgogxgogxg"),
                    ],
                    peak: [
                        (.kick, "X...X...X...X... X...X...X...X.x."), (.snare, "....X.......X..g"),
                        (.clap, "....X.......X..."),
                        (.openHat, "..x...x...x...x."), (.hat, "xgogxgogxgogxgog"), (.tambourine, "....x.......x..."),
                    ]),
                .init(
                    light: [(.kick, "X.........x....."), (.clap, "....x.......x..."), (.shaker, "ogogogogogogogog")],
                    full: [
                        (.kick, "X..x......x..... X..x......x...x."), (.snare, "....X.......X..."),
                        (.clap, "....x.......x.x."),
                        (.hat, "x.x.x.x.x.x.x.x."),
                    ],
                    peak: [
                        (.kick, "X..x......x..x.. X..x......x...x."), (.snare, "....X..g....X..."),
                        (.clap, "....x.......x..."),
                        (.hat, "xoxoxoxoxoxoxoxo"), (.crash, "................"), (.ride, "X...x...X...x..."),
                    ]),
            ],
            fills: [
                [(.snare, "........x.x.xxXX"), (.kick, "........x...x...")],
                [
                    (.highTom, "........xx......"), (.midTom, "..........xx...."), (.lowTom, "............xx.."),
                    (.snare, "..............XX"),
                ],
                [(.snare, "............xxXX")], [(.clap, "............x.XX"), (.kick, "............x...")],
            ],
            from: 0.45, roll: .snare, volume: 98, reverb: 22,
            extras: [[(.shaker, "g.o.g.o.g.o.g.o.")], [(.tambourine, "....x.......x...")]]),
        parts: [
            Part(
                name: "Pluck", sounds: [.cleanGuitar, .mutedGuitar, .marimba, .kalimba, .pizzicato],
                playing: [
                    .broken("0-2-1-2-0-2-1-2-", rings: false), .broken("0--2--1-0--2--1-", rings: false),
                    .broken("2-1-0-1-2-1-3-1-", rings: false),
                    .broken("0.1.2.1.3.1.2.1.", rings: false),
                ], range: 55...84, voices: 3, volume: 82, pan: 88, reverb: 36, chorus: 12),
            Part(
                name: "Piano", sounds: [.brightPiano, .piano],
                playing: [
                    .struck("X---X---X---X---"), .struck("X--x--x-X--x--x-"), .struck("X-----x-X-----x-"),
                    .struck("X------x--x-----"),
                ],
                range: 50...76, voices: 4, energy: 0.48...1, volume: 80, pan: 50, reverb: 36),
            Part(
                name: "Bass", sounds: [.fingerBass, .pickBass, .synthBass2],
                playing: [
                    .lockedBass("..R...R...R..R.a"), .bass("R-R-R-R-R-R-R-a-"), .lockedBass("......8.......a."),
                    .bass("R--R--R-R--R--5-"),
                ],
                range: 30...50, energy: 0.45...1, volume: 100, reverb: 6),
            Part(
                name: "Guitar", sounds: [.steelGuitar, .cleanGuitar],
                playing: [.strummed("D---D-U-.-U-D-U-"), .strummed("D-d-D-dUd-U-D-dU")],
                range: 48...74, voices: 5, energy: 0.7...1, volume: 66, pan: 26, reverb: 26, chance: 0.75),
            Part(
                name: "Pad", sounds: [.warmPad, .synthStrings, .strings, .polySynth], playing: [.held], range: 52...76,
                voices: 4,
                energy: 0.5...1, volume: 58, pan: 64, reverb: 60, chorus: 30, swells: true),
            Part(
                name: "Hook",
                sounds: [.squareLead, .softLead, .whistle, .glockenspiel, .brightPiano, .voices, .panFlute],
                playing: [.tune(octave: 0)],
                range: 60...88, sections: [.chorus, .ending], volume: 90, pan: 72, reverb: 46, chorus: 16),
            Part(
                name: "Tune", sounds: [.kalimba, .brightPiano, .cleanGuitar, .marimba, .flute],
                playing: [.tune(octave: 0)],
                range: 58...84, sections: [.verse, .build], volume: 86, pan: 58, reverb: 42),
            Part(
                name: "Bells", sounds: [.glockenspiel, .celesta], playing: [.tune(octave: 1)], range: 72...103,
                sections: [.chorus],
                volume: 48, pan: 40, reverb: 60, chance: 0.5),
            Part(
                name: "Second", sounds: [.voices, .softLead, .strings], playing: [.second], range: 52...80,
                sections: [.chorus], volume: 54, pan: 46,
                reverb: 50, chance: 0.5),
            Part(
                name: "Riser", sounds: [.reverseCymbal], playing: [.riser(2)], range: 48...72, volume: 70, pan: 64,
                reverb: 50),
        ],
        tune: TuneTaste(
            verse: [
                "..x-x-x-x---x---", "x-x-x---..x-x---", "x--x--x-x---....", "..x-x-x-..x-x-x-", "x-x-..x-x-x-....",
            ],
            chorus: [
                "x--x--x-x-x-x---", "x-x-x-x-x---x---", "x--x--x---x-x-x-", "x---x--x--x-x---", "x-x--x--x-x-x---",
            ],
            cadence: ["x--x--x---------", "x-x-x-----......", "x---x-----------"], range: 62...83, leaps: 0.5,
            isPentatonic: true,
            sections: [.verse, .build, .chorus, .ending]),
        energies: [.intro: 0.4, .verse: 0.55, .build: 0.68, .chorus: 0.88, .breakdown: 0.42, .ending: 0.75],
        looseness: 5, dynamics: 0.08)
}
