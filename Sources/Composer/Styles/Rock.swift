// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Guitars in fifths, a backbeat, and a lead over it.
    static let rock = MusicStyle(
        "rock", tempo: 128, 108...150, keys: [0, 2, 4, 5, 7, 9],
        harmony: [
            HarmonyRow(
                mode: .mixolydian, verses: ["I bVII IV I", "I I bVII IV", "I IV bVII IV"],
                choruses: ["IV bVII I I", "bVI bVII I I", "I V IV bVII", "bIII bVII IV I"],
                cadences: ["bVI,bVII", "IV,V", "bVII,IV"], finals: ["I5", "I"], waits: ["V", "bVII", "IV V"]),
            HarmonyRow(
                mode: .minor, verses: ["i bVII bVI bVII", "i i bVI bVII", "i bIII bVII iv", "i bVI bIII bVII"],
                choruses: ["bVI bVII i i", "bIII bVII i bVI", "i bVI bIII bVII", "bVI bIII bVII i"],
                cadences: ["bVI,bVII", "iv,V"], finals: ["i5", "i"], waits: ["bVII", "V", "bVI bVII"]),
            HarmonyRow(
                mode: .major, verses: ["I IV vi V", "I V vi IV", "I IV I V"],
                choruses: ["IV I V vi", "I V IV iv", "vi IV I V"], cadences: ["IV,V", "bVII,IV"], finals: ["I", "I5"],
                waits: ["V", "IV V"]),
        ],
        drums: DrumTaste(
            kits: [16, 8, 0],
            grooves: [
                .init(
                    light: [(.kick, "X.......X.x....."), (.snare, "....x.......x..."), (.hat, "x...x...x...x...")],
                    full: [
                        (.kick, "X.....x.X.x..... X.....x.X.x...x."), (.snare, "....X.......X..g"),
                        (.hat, "x.o.x.o.x.o.x.o."),
                    ],
                    peak: [
                        (.kick, "X.x...x.X.x...x. X.x...xxX.x...x."), (.snare, "....X..g.g..X... ....X..g....X.xx"),
                        (.crash2, "x.......x......."), (.openHat, "..x.x.x...x.x.x."),
                    ]),
                .init(
                    light: [(.kick, "X...X...X...X..."), (.floorTom, "o.o.o.o.o.o.o.o.")],
                    full: [(.kick, "X..x..x.X..x...."), (.snare, "....X.......X..."), (.hat, "x.x.x.x.x.x.x.x.")],
                    peak: [
                        (.kick, "X..x..x.X..x..x."), (.snare, "....X..g....X..g"), (.ride, "X.o.X.o.X.o.X.o."),
                        (.crash, "x............... ................"),
                    ]),
                .init(
                    light: [(.kick, "X.........x....."), (.stick, "....x.......x..."), (.hat, "o.o.o.o.o.o.o.o.")],
                    full: [
                        (.kick, "X.......x.x....."), (.snare, "....X..g....X..."), (.hat, "x.x.x.x.x.x.x.x."),
                        (.openHat, "..............x."),
                    ],
                    peak: [
                        (.kick, "X.x.....X.x...x."), (.snare, "....X..g....X..g"), (.openHat, "x.x.x.x.x.x.x.x."),
                        (.crash2, "x..............."),
                    ]),
            ],
            fills: [
                [
                    (.snare, "........xxxx...."), (.highTom, "............xx.."), (.lowTom, "..............xx"),
                    (.kick, "........x...x..."),
                ],
                [
                    (.highTom, "........xx......"), (.midTom, "..........xx...."), (.lowTom, "............xx.."),
                    (.floorTom, "..............xx"),
                ], [(.snare, "............XxXX"), (.kick, "............x...")],
                [(.snare, "........x..x..x."), (.floorTom, "........x..x..x.")],
            ],
            from: 0.46, roll: .snare, volume: 108, reverb: 26),
        parts: [
            Part(
                name: "Left guitar", sounds: [.overdrive, .distortion],
                playing: [
                    .struck("x-x-x-x-x-x-x-x-"), .struck("X--x--x-X--x--x-"), .struck("X-------X---x-x-"),
                    .struck("x.x.x-..x.x.x-.."),
                ], range: 40...62,
                voices: 3, energy: 0.58...1, volume: 76, pan: 14, reverb: 22, force: 0.9),
            Part(
                name: "Right guitar", sounds: [.distortion, .overdrive],
                playing: [.struck("X---------------"), .struck("X-------X-------"), .struck("X--x--x-X--x--x-")],
                range: 45...69, voices: 3, energy: 0.78...1, volume: 70,
                pan: 114, reverb: 22, force: 0.9),
            Part(
                name: "Clean guitar", sounds: [.cleanGuitar, .mutedGuitar, .steelGuitar],
                playing: [
                    .broken("0-1-2-1-3-2-1-2-", rings: true), .broken("0-2-1-2-0-2-1-3-", rings: true),
                    .strummed("D---D-U-.-U-D-U-"),
                ], range: 48...76,
                voices: 4, energy: 0...0.78, volume: 84, pan: 92, reverb: 40, chorus: 34),
            Part(
                name: "Bass", sounds: [.pickBass, .fingerBass],
                playing: [.bass("R-R-R-R-R-R-R-R-"), .lockedBass("..R...R...R...a."), .bass("R-R-R-R-R-R-5-a-")],
                range: 28...48, energy: 0.42...1, volume: 108, reverb: 6),
            Part(
                name: "Lead", sounds: [.overdrive, .distortion], playing: [.tune(octave: 0)], range: 55...84,
                sections: [.chorus, .ending], volume: 80, pan: 70, reverb: 44, force: 0.95),
            Part(
                name: "Tune", sounds: [.cleanGuitar, .rockOrgan, .harmonica, .piano], playing: [.tune(octave: 0)],
                range: 55...81, sections: [.verse, .build], volume: 84, pan: 46, reverb: 40),
            Part(
                name: "Organ", sounds: [.rockOrgan, .organ, .strings], playing: [.held], range: 52...74, voices: 3,
                energy: 0.66...1, volume: 54, pan: 60, reverb: 40, chorus: 20, chance: 0.7),
            Part(
                name: "Second", sounds: [.overdrive], playing: [.second], range: 52...80, sections: [.chorus],
                volume: 60, pan: 40, reverb: 40, chance: 0.4),
        ],
        tune: TuneTaste(
            verse: ["x-x-x---x-x-....", "..x-x-x-x---....", "x--x--x-x---....", "x-x---x-x---...."],
            chorus: ["x---x-x-x-x-x---", "x--x--x-x--x--x-", "x-----x-x---x-x-", "x-x-x-x-x-------"],
            cadence: ["x--x--x---------", "x-x-x-----------", "x---x-----------"], range: 57...79, leaps: 0.55,
            isPentatonic: true, sections: [.verse, .build, .chorus, .ending]),
        energies: [.intro: 0.48, .verse: 0.6, .build: 0.7, .chorus: 0.9, .breakdown: 0.44, .ending: 0.88], looseness: 6,
        dynamics: 0.08)

    /// Sixteenths on a clean guitar, a bass that talks, brass stabs.
    static let funk = MusicStyle(
        "funk", tempo: 108, 94...118, swing: .sixteenths(0.54), keys: [0, 2, 4, 5, 7, 9],
        harmony: [
            HarmonyRow(
                mode: .dorian, verses: ["i9 i9 IV9 IV9", "i7 IV9", "i9 i9 i9 IV13"],
                choruses: ["bIIImaj7 IV9 i9 i9", "iv9 bVII13 bIIImaj7 V7b9", "bVII9 IV9 i9 i9"],
                cadences: ["bVII9,V7alt", "IV9,V7b9"], finals: ["i9"], waits: ["V7alt", "IV9"]),
            HarmonyRow(
                mode: .mixolydian, verses: ["I9 I9 IV9 IV9", "I9 I9 I9 V9sus4", "I7 IV9"],
                choruses: ["IV9 bVII9 I9 I9", "ii9 V9sus4 I9 VI7"], cadences: ["IV9,V9sus4", "bVII9,V13"],
                finals: ["I9", "I13"], waits: ["V9sus4", "V13"]),
        ],
        drums: DrumTaste(
            kits: [0, 8],
            grooves: [
                .init(
                    light: [(.kick, "X..x......x....."), (.stick, "....x.......x..."), (.hat, "x.o.x.o.x.o.x.o.")],
                    full: [
                        (.kick, "X..x..x...x..x.. X..x......x....."), (.snare, "....X..g.g..X..g ....X.gg.g..X..g"),
                        (.hat, "xgogxgogxgogxgog"),
                    ],
                    peak: [
                        (.kick, "X.xx..x...x..x.. X..x..x.x.x....."), (.snare, "....X..g.g..X.gg ....X.gg.g.gX..g"),
                        (.hat, "xgxgxgxgxgxgxg.g"), (.openHat, "..............x."), (.tambourine, "....o.......o..."),
                    ]),
                .init(
                    light: [(.kick, "X.....x........."), (.snare, "....x.......x...")],
                    full: [
                        (.kick, "X.x.....x..x.... X.x...x....x.x.."), (.snare, "....X..g....X.g."),
                        (.hat, "x.xxx.x.x.xxx.x."), (.openHat, "......x........."),
                    ],
                    peak: [
                        (.kick, "X.x...x.x..x.x.."), (.snare, "....X.gg.g..X.gg"), (.hat, "xxxxxxxxxxxxxx.."),
                        (.openHat, "..............X."), (.cowbell, "x...x...x...x..."),
                    ]),
            ],
            fills: [
                [(.snare, "........x.gxx.xX"), (.kick, "........x.......")],
                [(.snare, "............xxgX"), (.openHat, "............x...")],
                [(.highTom, "........x.x....."), (.lowTom, "............x.xx")],
            ],
            from: 0.42, volume: 100, reverb: 18),
        parts: [
            Part(
                name: "Guitar", sounds: [.cleanGuitar, .mutedGuitar],
                playing: [.struck("x.xx..x.xx.x..x."), .struck("..x.x.xx..x.x.xx"), .struck("x..x..x.x..x.xx.")],
                range: 55...77, voices: 3, volume: 74, pan: 100, reverb: 18),
            Part(
                name: "Bass", sounds: [.slapBass, .fingerBass],
                playing: [.lockedBass("..g...8....5..a."), .bass("R..R..8..R.5.78."), .bass("R-.g8..RR..5.7a.")],
                range: 28...52, volume: 108, reverb: 8),
            Part(
                name: "Keys", sounds: [.rhodes, .organ, .rockOrgan],
                playing: [.struck("X---..x-....x-.."), .struck("......x-..x---.."), .held], range: 52...76, voices: 4,
                energy: 0.5...1, volume: 68, pan: 34, reverb: 28, chorus: 20),
            Part(
                name: "Brass", sounds: [.brass, .trumpet],
                playing: [
                    .struck("............x.x.|x-....x-........"), .struck("x-....x-........|........x.x-...."),
                    .struck("..........x.x---|................"),
                ], range: 56...79, voices: 3, energy: 0.66...1, volume: 80, pan: 76, reverb: 34),
            Part(
                name: "Tune", sounds: [.altoSax, .tenorSax, .trumpet, .rockOrgan], playing: [.tune(octave: 0)],
                range: 52...81, sections: [.chorus, .ending], volume: 88, pan: 62, reverb: 38),
            Part(
                name: "Answer", sounds: [.cleanGuitar, .rhodes], playing: [.tune(octave: 0)], range: 55...81,
                sections: [.verse], volume: 72, pan: 50, reverb: 34, chance: 0.7),
        ],
        tune: TuneTaste(
            verse: ["..x.x-x-..x-x...", "x.xx-...x.x-....", "....x-xx.x-.x---"],
            chorus: ["x-xx.x-.x-xx-...", "x--x--x-.x-xx---", "..x-x.xx-x..x---"],
            cadence: ["x.x-x-----......", "x--x--x---......"], range: 58...79, leaps: 0.5, isPentatonic: true),
        energies: [.intro: 0.5, .verse: 0.62, .build: 0.66, .chorus: 0.84, .breakdown: 0.46, .ending: 0.8],
        looseness: 5, dynamics: 0.12)
}
