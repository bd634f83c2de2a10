// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// House: four on the floor, offbeat hats, chords that pump, a build and a drop.
    static let electronic = MusicStyle(
        "electronic", tempo: 124, 116...130, keys: [0, 2, 3, 5, 7, 9, 10],
        harmony: [
            HarmonyRow(
                mode: .minor,
                verses: ["i7 bVImaj7 bIII bVII", "i9 iv9 bVImaj7 v7", "i7 i7 bVImaj7 bVII", "iv9 bVImaj7 i9 bVII"],
                choruses: ["bVImaj7 bVII i7 bIII", "i bVI bIII bVII", "bVImaj7 v7 i9 bVII", "iv7 bVII i7 bVI"],
                cadences: ["bVI,bVII", "iv7,v7"],
                finals: ["i9", "i"], waits: ["bVII", "v7", "bVI bVII"]),
            HarmonyRow(
                mode: .major, verses: ["vi7 IVmaj7 I V", "IVmaj9 V vi7 iii7", "Imaj7 vi7 IVmaj7 Vsus4"],
                choruses: ["IV V vi I/3", "IVmaj7 I/3 vi7 V", "IV vi V I/3"],
                cadences: ["IV,V", "ii7,Vsus4"], finals: ["Iadd9", "I"], waits: ["V7sus4", "IV V"]),
        ],
        drums: DrumTaste(
            kits: [24, 25, 16],
            grooves: [
                .init(
                    light: [(.kick, "X...X...X...X..."), (.hat, "..g...g...g...g.")],
                    full: [
                        (.kick, "X...X...X...X..."), (.clap, "....X.......X..."), (.openHat, "..x...x...x...x."),
                        (.hat, "g.ggg.ggg.ggg.gg"),
                    ],
                    peak: [
                        (.kick, "X...X...X...X... X...X...X...X.g."), (.clap, "....X.......X..g"),
                        (.openHat, "..X...X...X...X."), (.hat, "ogxgogxgogxgogxg"), (.ride, "x...x...x...x..."),
                        (.shaker, "gggogggogggogggo"),
                    ]),
                .init(
                    light: [(.kick, "X...X...X...X..."), (.shaker, "g.o.g.o.g.o.g.o.")],
                    full: [
                        (.kick, "X...X...X...X..."), (.clap, "....X.......X..."), (.hat, "..x...x...x..xx."),
                        (.highWood, "...g..g....g..g."),
                    ],
                    peak: [
                        (.kick, "X...X...X...X..."), (.clap, "....X.......X.o."), (.openHat, "..X...X...X...X."),
                        (.hat, "xgxgxgxgxgxgxgxg"), (.openConga, "...o..o....o..o."), (.tambourine, "..x...x...x...x."),
                    ]),
                .init(
                    light: [(.kick, "X...X...X...X..."), (.stick, "...g..g...g..g..")],
                    full: [
                        (.kick, "X...X...X...X..."), (.snare, "....x.......x..."), (.clap, "....x.......x..."),
                        (.openHat, "..o...o...o...o."), (.hat, "o.x.o.x.o.x.o.xg"), (.stick, "...o..o...o..o.."),
                    ],
                    peak: [
                        (.kick, "X...X...X...X..."), (.snare, "....x..g....x..g"), (.clap, "....X.......X..."),
                        (.openHat, "..X...X...X...X."), (.hat, "xoxoxoxoxoxoxoxo"), (.tambourine, "....x.......x..."),
                    ]),
            ],
            fills: [
                [(.clap, "........x.x.xxxx"), (.kick, "........x.......")], [(.snare, "............xxXX")],
                [(.midTom, "........x..x..x."), (.kick, "........x.......")],
            ],
            from: 0.45, roll: .snare, volume: 104, reverb: 16,
            extras: [[(.maracas, "g.o.g.o.g.o.g.o.")], [(.lowConga, "...g......g..g..")]]),
        parts: [
            Part(
                name: "Chords", sounds: [.polySynth, .sawLead, .synthBrass, .rhodes, .brightPiano],
                playing: [
                    .struck("x--x--x---x--x--"), .struck("..x...x...x...x."), .struck("x-..x-.x-..x-.x-"),
                    .struck("X--X--X-X--X--X-"),
                ], range: 52...78, voices: 4, energy: 0.42...1, volume: 66,
                pan: 58, reverb: 40, chorus: 36, pumps: true),
            Part(
                name: "Bass", sounds: [.synthBass, .synthBass2],
                playing: [
                    .bass("..R-..R-..R-..R-"), .bass("..RR..R-..RR..8-"), .bass("R.RR.RR.R.RR.R8."),
                    .bass("..R...R8..R...5-"),
                ],
                range: 26...48, energy: 0.5...1, volume: 104, reverb: 4),
            Part(
                name: "Arpeggio", sounds: [.sawLead, .crystal, .softLead, .cleanGuitar, .atmosphere],
                playing: [
                    .broken("0123012301230123", rings: false), .broken("0-2-1-3-2-4-3-1-", rings: false),
                    .broken("0120312003120312", rings: false), .broken("3.2.1.0.1.2.3.4.", rings: false),
                ],
                range: 60...88, voices: 4, energy: 0.3...1, volume: 56, pan: 92, reverb: 54, chorus: 20),
            Part(
                name: "Pad", sounds: [.warmPad, .sweepPad, .synthStrings, .haloPad], playing: [.held], range: 50...76,
                voices: 4, volume: 74, pan: 48, reverb: 76, chorus: 50, pumps: true),
            Part(
                name: "Hook", sounds: [.sawLead, .squareLead, .softLead, .voices, .glassPiano],
                playing: [.tune(octave: 0)], range: 60...88, sections: [.chorus], volume: 78, pan: 66, reverb: 56,
                chorus: 20),
            Part(
                name: "Tune", sounds: [.rhodes, .kalimba, .vibraphone, .brightPiano], playing: [.tune(octave: 0)],
                range: 58...84, sections: [.verse, .breakdown, .ending], volume: 72, pan: 76, reverb: 60,
                chance: 0.8),
            Part(name: "Riser", sounds: [.reverseCymbal], playing: [.riser(4)], range: 48...72, volume: 88, reverb: 46),
        ],
        tune: TuneTaste(
            verse: ["x--x--x---......", "..x-x-..x-x-x---", "x-----x-x---....", "x--x--x-..x-...."],
            chorus: ["x--x--x-x--x--x-", "x-x-x--x--x-x---", "x--x--x---x-x-x-", "xx.x-x-.xx.x-x-."],
            cadence: ["x--x--x---------", "x---x---........"], range: 62...82, leaps: 0.45, isPentatonic: true,
            sections: [.verse, .chorus, .breakdown, .ending]),
        energies: [.intro: 0.46, .verse: 0.62, .build: 0.66, .chorus: 0.94, .breakdown: 0.34, .ending: 0.64],
        looseness: 2.5, dynamics: 0.06)
}
