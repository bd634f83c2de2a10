// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Boom bap and slower half-time beats: a dark loop, a heavy kick, room for words.
    static let hipHop = MusicStyle(
        "hip-hop", tempo: 92, 78...100, swing: .sixteenths(0.565), keys: [0, 2, 3, 5, 7, 8, 10],
        harmony: [
            HarmonyRow(
                mode: .minor,
                verses: ["i9 bVImaj7", "i i bVI V7b9", "i7 iv9", "i9 i9 iv9 v7", "i7 bVII bVImaj7 V7b9"],
                choruses: ["bVImaj7 v7 i9 i9", "iv9 v7 i9 bVImaj7", "bVImaj7 bVII i9 bIIImaj7"],
                cadences: ["iv9,V7b9", "bVImaj7,v7"],
                finals: ["i9", "i"], waits: ["V7b9", "bVII"]),
            HarmonyRow(
                mode: .dorian, verses: ["i9 IV9", "i9 i9 IV9 IV9", "i11 bVIImaj7"],
                choruses: ["bIIImaj7 IV9 i9 i9", "bVIImaj7 IV9 i9 v7"],
                cadences: ["bVIImaj7,v7", "IV9,v7"], finals: ["i9"], waits: ["v7", "bVIImaj7"]),
            HarmonyRow(
                mode: .major, verses: ["Imaj9 vi9", "ii9 V13 Imaj9 Imaj9"],
                choruses: ["IVmaj9 iii7 ii9 V13", "IVmaj9 iv6 Imaj9 VI7"],
                cadences: ["ii9,V13", "IVmaj9,iv6"], finals: ["Imaj9"], waits: ["V9sus4"]),
        ],
        drums: DrumTaste(
            kits: [0, 16, 25, 8],
            grooves: [
                .init(
                    light: [(.kick, "X......x..x....."), (.snare, "....x.......x...")],
                    full: [
                        (.kick, "X......x..x..... X..x......x...x."), (.snare, "....X..g....X..g ....X.g..g..X..."),
                        (.hat, "x.o.x.o.x.o.x.og"),
                    ],
                    peak: [
                        (.kick, "X.x....x..x..... X.xx......x...x."), (.snare, "....X..g.g..X..g ....X.g..g..X.g."),
                        (.hat, "x.ogx.o.xgo.x.og"), (.openHat, "................ ......x........."),
                    ]),
                .init(
                    light: [(.kick, "X.....x........."), (.clap, "........x.......")],
                    full: [
                        (.kick, "X.....x...o..... X..x..x......x.."), (.clap, "........X......."),
                        (.snare, "........x......g"), (.hat, "x.x.x.x.x.xxx.x. x.x.x.x.xxx.x.xx"),
                    ],
                    peak: [
                        (.kick, "X.....x...x..x.. X..x..x......x.x"), (.clap, "........X......."),
                        (.snare, "........x.....gg"), (.hat, "xgx.xgx.xgxxxgx. x.xxx.x.xxxgxgxx"),
                        (.openHat, "......x........."),
                    ]),
                .init(
                    light: [(.kick, "X.........x....."), (.snare, "....x.......x...")],
                    full: [
                        (.kick, "X..x......x..... X.........xx...."), (.snare, "....X.......X... ....X......gX..."),
                        (.hat, "o.x.o.x.o.x.o.x."), (.shaker, "g.g.g.g.g.g.g.g."),
                    ],
                    peak: [
                        (.kick, "X..x..x...x..... X..x......xx..x."), (.snare, "....X..g....X..g ....X..g...gX..."),
                        (.hat, "oxxgoxxgoxxgoxxg"), (.clap, "....o.......o..."),
                    ]),
            ],
            fills: [
                [(.snare, "............xgxx")], [(.kick, "..........x.x..."), (.snare, "............g.xx")],
                [(.hat, "............xxxx"), (.snare, "..............xx")],
            ],
            from: 0.4, crash: nil, volume: 108, reverb: 18, late: 8,
            extras: [[(.shaker, "g.o.g.o.g.o.g.o.")], [(.cowbell, "..........g.....")]]),
        parts: [
            Part(
                name: "Loop", sounds: [.rhodes, .piano, .nylonGuitar, .vibraphone, .harp, .glassPiano],
                playing: [
                    .struck("X-----x---x-----"), .broken("0-2-1---3-2-1---", rings: true),
                    .broken("3--2--1-0-------", rings: true), .struck("x-------..x--x--"),
                    .broken("0--1--2--3--2-1-", rings: true),
                ], range: 50...77, voices: 4, volume: 88, pan: 50, reverb: 40, chorus: 20, late: 6),
            Part(
                name: "Bass", sounds: [.fingerBass, .synthBass2, .uprightBass],
                playing: [
                    .lockedBass("......8........."), .lockedBass("............5.a."), .lockedBass("................"),
                ],
                range: 26...46, energy: 0.38...1, volume: 110, reverb: 6),
            Part(
                name: "Strings", sounds: [.strings, .synthStrings, .voices],
                playing: [.held, .struck("x--.....x--.....")], range: 55...79, voices: 3, energy: 0.6...1, volume: 60,
                pan: 74, reverb: 50, chance: 0.8),
            Part(
                name: "Tune", sounds: [.flute, .altoSax, .glockenspiel, .mutedTrumpet, .squareLead, .kalimba],
                playing: [.tune(octave: 0)], range: 58...84, sections: [.chorus, .ending],
                volume: 82, pan: 78, reverb: 54, chorus: 10, late: 8),
            Part(
                name: "Answer", sounds: [.cleanGuitar, .rhodes, .vibraphone], playing: [.tune(octave: 0)],
                range: 56...82, sections: [.verse], volume: 66, pan: 90, reverb: 54,
                chance: 0.7, late: 10),
            Part(
                name: "Line", sounds: [.cello, .tenorSax, .trombone], playing: [.counter], range: 46...64,
                sections: [.chorus], volume: 56, pan: 34, reverb: 46, chance: 0.5),
        ],
        tune: TuneTaste(
            verse: ["....x-x-x---....", "x-x-x-----......", "......x-x-x-x---", "x--x--x---......"],
            chorus: ["x--x--x-..x-x---", "x-x---x-x---....", "..x-x-x-x-x-x---", "x---x-xx-x--...."],
            cadence: ["x--x--x---......", "x-x-x-----......"], range: 60...80, leaps: 0.4, isPentatonic: true),
        energies: [.intro: 0.38, .verse: 0.58, .build: 0.62, .chorus: 0.82, .breakdown: 0.38, .ending: 0.6],
        looseness: 8, dynamics: 0.1)
}
