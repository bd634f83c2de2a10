// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Ninth chords on an electric piano, a lazy swung beat behind them.
    static let lofi = MusicStyle(
        "lofi", tempo: 84, 68...94, swing: .sixteenths(0.59), keys: [0, 2, 3, 5, 7, 8, 10],
        harmony: [
            HarmonyRow(
                mode: .major,
                verses: ["ii9 V13 Imaj9 vi9", "Imaj9 vi9 ii9 V13", "IVmaj9 iii7 ii9 Imaj9", "Imaj9 III7 vi9 IVmaj7"],
                choruses: [
                    "IVmaj9 iv6 iii7 VI7", "IVmaj9 V9sus4 iii7 vi9", "ii9 iii7 IVmaj9 V9sus4", "IVmaj9 iv6 Imaj9 VI7b9",
                ],
                cadences: ["ii9,V13", "iv6,V7b9", "IVmaj9,iv6"], finals: ["Imaj9", "I69"], waits: ["V9sus4", "iv6"]),
            HarmonyRow(
                mode: .minor,
                verses: [
                    "i9 bVImaj9 iv9 v7", "iv9 bVII9 bIIImaj9 bVImaj9", "i9 iv9 bVImaj9 V7b9", "i9 v7 bVImaj9 iv9",
                ],
                choruses: ["bVImaj9 bVII9 v7 i9", "iv9 v7 bVImaj9 bVII9", "bVImaj9 V7b9 i9 iv9"],
                cadences: ["iv9,V7b9", "bVImaj9,v7", "iih7,V7alt"], finals: ["i9", "i11"], waits: ["V7b9", "bVII9"]),
        ],
        drums: DrumTaste(
            kits: [0, 8],
            grooves: [
                .init(
                    light: [(.kick, "x......o..x....."), (.stick, "....x.......x..."), (.hat, "o.g.o.g.o.g.o.g.")],
                    full: [
                        (.kick, "X......x..x..... X......x..x....g"), (.snare, "....x..g.g..x... ....x..g.g..x..g"),
                        (.hat, "o.g.o.ggo.g.o.g."),
                    ],
                    peak: [
                        (.kick, "X......x..x..o.. X..x...x..x....."), (.snare, "....X..g.g..X..g ....X..g.g..X.g."),
                        (.hat, "x.o.x.ogx.o.x.o."), (.openHat, "..............o. ................"),
                    ]),
                .init(
                    light: [(.kick, "x.........o....."), (.stick, "....x.......x..."), (.hat, "o...o...o...o...")],
                    full: [
                        (.kick, "X..x......x..... X..x...x..x....."), (.snare, "....x.......x..g ....x..g....x..."),
                        (.hat, "o.o.o.o.o.o.o.og"),
                    ],
                    peak: [
                        (.kick, "X..x......x..x.. X..x...x..x....."), (.snare, "....X..g....X..g ....X..g.g..X..."),
                        (.hat, "xgogxgogxgogxgog"), (.shaker, "..o...o...o...o."),
                    ]),
                .init(
                    light: [(.kick, "x.....o........."), (.stick, "............x..."), (.hat, "..o...o...o...o.")],
                    full: [
                        (.kick, "X.....x.x....... X.....x...x.o..."), (.snare, "....x.......x... ....x......gx..."),
                        (.hat, "g.o.g.o.g.o.g.og"),
                    ],
                    peak: [
                        (.kick, "X.....x.x.....x. X.....x...x.o..."), (.snare, "....X..g....X... ....X..g...gX..."),
                        (.hat, "o.x.o.x.o.x.o.xg"), (.ride, "x...o...x...o..."),
                    ]),
            ],
            fills: [
                [(.snare, "............g.xx"), (.kick, "..........x.....")],
                [(.snare, "..........g.x.gx"), (.openHat, "..............x.")],
                [(.highTom, "............x..."), (.midTom, ".............x.."), (.lowTom, "..............x.")],
            ],
            from: 0.4, crash: nil, volume: 92, reverb: 26, late: 14,
            extras: [[(.shaker, "g.o.g.o.g.o.g.o.")], [(.tambourine, "....g.......g...")]]),
        parts: [
            Part(
                name: "Keys", sounds: [.rhodes, .rhodes, .piano, .glassPiano],
                playing: [
                    .struck("x-----x--.x-----"), .struck("X------.x--x----"), .struck("x--x------x-----"),
                    .struck("X-------..o-----"),
                ], range: 50...76, voices: 4, volume: 92, pan: 54, reverb: 45, chorus: 36, late: 10),
            Part(
                name: "Bass", sounds: [.fingerBass, .uprightBass, .fretlessBass],
                playing: [.lockedBass("..............a."), .lockedBass("......8........."), .bass("R-----.R--5-..a.")],
                range: 30...50, energy: 0.38...1, volume: 98, reverb: 10, late: 6),
            Part(
                name: "Guitar", sounds: [.nylonGuitar, .jazzGuitar, .cleanGuitar],
                playing: [
                    .broken("....0-2-..3-1---", rings: true), .broken("..2---1-..0---3-", rings: true),
                    .broken("........3-2-1-0-", rings: true),
                ],
                range: 52...79, voices: 4, energy: 0.5...1, volume: 72, pan: 88, reverb: 50, chorus: 20, chance: 0.7),
            Part(
                name: "Pad", sounds: [.warmPad, .slowStrings, .voices], playing: [.held], range: 55...77, voices: 3,
                volume: 56, pan: 40, reverb: 70, chorus: 40, swells: true),
            Part(
                name: "Tune", sounds: [.vibraphone, .kalimba, .mutedTrumpet, .flute, .glassPiano],
                playing: [.tune(octave: 0)], range: 60...84, volume: 92, pan: 70, reverb: 62, chorus: 14, late: 8),
            Part(
                name: "Line", sounds: [.cello, .tenorSax, .slowStrings], playing: [.counter], range: 50...69,
                sections: [.chorus], volume: 58, pan: 30, reverb: 60, chance: 0.6, swells: true),
        ],
        tune: TuneTaste(
            verse: [
                "..x-x---..x-x---", "x--x----..x-x-..", "....x-x-x--x----", "x---..x-x-----..", "..x-x-x-----....",
            ],
            chorus: ["x--x--x-----x-x-", "x-x-x---..x-x---", "x-----x-x--x----", "..x-x-x-x--x----"],
            cadence: ["x--x--x---------", "x---x---........", "x-x-x-----------"], range: 60...81, leaps: 0.45,
            isPentatonic: true),
        energies: [.intro: 0.36, .verse: 0.55, .build: 0.58, .chorus: 0.78, .breakdown: 0.38, .ending: 0.55],
        looseness: 12, dynamics: 0.12)
}
