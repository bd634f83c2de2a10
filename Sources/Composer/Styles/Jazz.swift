// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Swing in a small club: walking bass, brushes or a ride, rootless chords, a horn in front.
    static let jazz = MusicStyle(
        "jazz", tempo: 104, 92...150, swing: .eighths(0.64), keys: [0, 2, 3, 5, 7, 8, 10],
        harmony: [
            HarmonyRow(
                mode: .major,
                verses: [
                    "ii7 V7 Imaj7 VI7b9", "Imaj7 vi7 ii7 V13", "iii7 VI7b9 ii7 V7",
                    "Imaj7 I7 IVmaj7 iv6 iii7 VI7b9 ii9 V13",
                ],
                choruses: [
                    "IVmaj7 iv6 iii7 VI7b9", "IVmaj7 #ivo7 Imaj7/5 VI7b9", "v7 I7 IVmaj7 bVII9 iii7 VI7 ii7 V13",
                    "ii7 V7 iii7 VI7b9",
                ],
                cadences: ["ii9,V13", "bII7,V7alt", "ii7,V7b9"], finals: ["I69", "Imaj9"], waits: ["ii7 V13", "V7alt"]),
            HarmonyRow(
                mode: .minor,
                verses: ["i6 iih7,V7b9 i6 iih7,V7b9", "i7 iv7 iih7 V7alt", "i6 bVI7 iih7 V7b9"],
                choruses: ["iv7 bVII9 bIIImaj7 bVImaj7", "bVImaj7 iih7 V7alt i6"],
                cadences: ["iih7,V7alt", "bVI7,V7b9"], finals: ["i69", "i6"], waits: ["V7alt", "iih7 V7b9"]),
        ],
        drums: DrumTaste(
            kits: [32, 40],
            grooves: [
                .init(
                    light: [(.ride, "x...x...x...x..."), (.pedalHat, "....o.......o...")],
                    full: [
                        (.ride, "x...x.o.x...x.o."), (.pedalHat, "....x.......x..."), (.kick, "g.......g......."),
                        (.snare, "......?......... ..............g."),
                    ],
                    peak: [
                        (.ride, "x...X.o.x...X.o."), (.pedalHat, "....x.......x..."),
                        (.kick, "o...g...o...g... o...g.o.g...g..."), (.snare, "......g.......o. ..g...........g."),
                    ]),
                .init(
                    light: [(.snare, "g.g.o.g.g.g.o.g."), (.pedalHat, "....o.......o...")],
                    full: [
                        (.snare, "g.g.o.g.g.g.o.g."), (.ride, "x...x.o.x...x.o."), (.pedalHat, "....x.......x..."),
                        (.kick, "g.......g......."),
                    ],
                    peak: [
                        (.ride, "x.o.X.o.x.o.X.o."), (.pedalHat, "....x.......x..."), (.stick, "............x..."),
                        (.kick, "o.......o.....g."),
                    ]),
            ],
            fills: [
                [(.snare, "........g.o.x.o."), (.kick, "..............x.")],
                [(.highTom, "........x..x...."), (.lowTom, "............x.x.")], [(.snare, "............o.x.")],
            ],
            from: 0.36, crash: .ride, volume: 84, reverb: 34),
        parts: [
            Part(
                name: "Bass", sounds: [.uprightBass], playing: [.walkingBass], range: 28...52, volume: 106, pan: 60,
                reverb: 20),
            Part(
                name: "Piano", sounds: [.piano, .rhodes, .vibraphone],
                playing: [
                    .struck("..x-....x-..x---|....x-....x-...."), .struck("x-....x-....x-..|......x-..x-...."),
                    .struck("X-....x-........|..x---..x-....x-"), .struck("......x-......x-|x-....x---......"),
                ],
                range: 50...76, voices: 4, volume: 84, pan: 44, reverb: 38),
            Part(
                name: "Guitar", sounds: [.jazzGuitar],
                playing: [.struck("x-..x-..x-..x-.."), .struck("....x-......x-..")], range: 48...70, voices: 3,
                energy: 0.6...1, volume: 58, pan: 92, reverb: 32, chance: 0.7),
            Part(
                name: "Tune", sounds: [.tenorSax, .altoSax, .mutedTrumpet, .vibraphone, .clarinet, .jazzGuitar],
                playing: [.tune(octave: 0)], range: 50...82,
                sections: [.verse, .chorus, .build, .ending], volume: 98, pan: 72, reverb: 46, late: 14),
            Part(
                name: "Second", sounds: [.trombone, .altoSax, .clarinet], playing: [.second], range: 46...74,
                sections: [.chorus], volume: 62, pan: 86, reverb: 46, chance: 0.6, late: 14),
            Part(
                name: "Intro", sounds: [.vibraphone, .piano, .jazzGuitar], playing: [.tune(octave: 0)], range: 55...84,
                sections: [.intro, .breakdown], volume: 84, pan: 34, reverb: 46, late: 8),
            Part(
                name: "Strings", sounds: [.slowStrings], playing: [.held], range: 52...72, voices: 3, energy: 0.75...1,
                volume: 44, pan: 64, reverb: 60, chance: 0.35, swells: true),
        ],
        tune: TuneTaste(
            verse: [
                "..x-x-x-x---....", "x-x-x---..x-x---", "x---..x-x-x-x---", "..x-..x-x-x-x-..", "x-x-x-x-x---....",
            ], chorus: ["x-x-x-x-x---x---", "x---x-x-x-x-x---", "..x-x-x-x-x-x-x-", "x--.x-x-..x-x---"],
            cadence: ["x-x-x-x-x-------", "x---x-x---------", "..x-x-x---......"], range: 58...80, leaps: 0.6,
            sections: [.intro, .verse, .build, .chorus, .breakdown, .ending], ornaments: 0.5),
        energies: [.intro: 0.42, .verse: 0.56, .build: 0.66, .chorus: 0.78, .breakdown: 0.42, .ending: 0.66],
        looseness: 10, dynamics: 0.14)
}
