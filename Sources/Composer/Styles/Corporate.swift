// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Muted guitars and a piano in eighths that grow from section to section: confident and friendly.
    static let corporate = MusicStyle(
        "corporate", tempo: 110, 104...128, keys: [0, 2, 4, 5, 7, 9],
        harmony: [
            HarmonyRow(
                mode: .major,
                verses: ["I V/3 vi IV", "Iadd9 IVadd9 vi7 V7sus4", "vi IV I V", "I I/3 IV V"],
                choruses: ["IV I/3 vi V", "I V vi IV", "IVadd9 V vi7 I/3", "vi IV I V/3"],
                cadences: ["IV,V", "V7sus4,V", "ii7,V"], finals: ["I", "Iadd9"],
                waits: ["V7sus4", "IV V", "ii7 V7sus4"])
        ],
        drums: DrumTaste(
            kits: [0, 8],
            grooves: [
                .init(
                    light: [(.kick, "X.......X......."), (.shaker, "g.o.g.o.g.o.g.o.")],
                    full: [(.kick, "X...X...X...X..."), (.clap, "....o.......o..."), (.shaker, "ogxgogxgogxgogxg")],
                    peak: [
                        (.kick, "X...X...X...X..."), (.snare, "....x.......x..."), (.clap, "....x.......x..."),
                        (.hat, "x.o.x.o.x.o.x.o."), (.tambourine, "..o...o...o...o."),
                    ]),
                .init(
                    light: [(.kick, "X...............")],
                    full: [(.kick, "X.......X......."), (.snare, "....x.......x..."), (.hat, "o.o.o.o.o.o.o.o.")],
                    peak: [
                        (.kick, "X.....x.X......."), (.snare, "....X.......X..g"), (.hat, "x.o.x.o.x.o.x.o."),
                        (.tambourine, "....x.......x..."), (.crash, "................"),
                    ]),
            ],
            fills: [
                [(.snare, "............x.xx")], [(.lowTom, "........o.x.xxX."), (.kick, "........x.......")],
                [(.clap, "............x.x.")],
            ], from: 0.5, roll: .snare, volume: 88, reverb: 30),
        parts: [
            Part(
                name: "Muted guitar", sounds: [.mutedGuitar, .cleanGuitar],
                playing: [
                    .broken("0.0.0.0.1.1.2.1.", rings: false), .broken("0.1.2.1.0.1.2.1.", rings: false),
                    .broken("0.0.2.0.1.0.2.0.", rings: false),
                ], range: 52...76,
                voices: 3, volume: 84, pan: 96, reverb: 34),
            Part(
                name: "Piano", sounds: [.piano, .brightPiano],
                playing: [.struck("x-x-x-x-x-x-x-x-"), .struck("X---x---X---x---"), .struck("X--x--x-x-x-x-x-")],
                range: 52...77, voices: 3, energy: 0.34...1, volume: 80, pan: 46,
                reverb: 40, force: 0.9),
            Part(
                name: "Bass", sounds: [.fingerBass, .pickBass],
                playing: [.bass("R-R-R-R-R-R-R-R-"), .bass("R-------R-----a-"), .lockedBass("......R.......a.")],
                range: 29...50, energy: 0.48...1, volume: 98, reverb: 6),
            Part(
                name: "Strings", sounds: [.strings, .slowStrings], playing: [.held], range: 52...79, voices: 4,
                energy: 0.46...1, volume: 66, pan: 56, reverb: 60, swells: true),
            Part(
                name: "Tune", sounds: [.glockenspiel, .piano, .celesta, .marimba, .cleanGuitar],
                playing: [.tune(octave: 0)], range: 62...98, sections: [.verse, .build], volume: 76, pan: 72, reverb: 52
            ),
            Part(
                name: "Hook", sounds: [.cleanGuitar, .piano, .strings, .voices], playing: [.tune(octave: 0)],
                range: 60...86, sections: [.chorus, .ending], volume: 88, pan: 66, reverb: 46),
            Part(
                name: "Bells", sounds: [.glockenspiel], playing: [.tune(octave: 1)], range: 74...106, energy: 0.85...1,
                sections: [.chorus], volume: 44, pan: 38, reverb: 60, chance: 0.6),
            Part(
                name: "Line", sounds: [.horn, .cello, .viola], playing: [.counter], range: 48...69, sections: [.chorus],
                volume: 62, pan: 82, reverb: 56, chance: 0.8, swells: true),
            Part(name: "Riser", sounds: [.reverseCymbal], playing: [.riser(2)], range: 48...72, volume: 60, reverb: 40),
        ],
        tune: TuneTaste(
            verse: ["x---x---x-------", "..x-x-x-x---....", "x-x-x-----......", "x-----x-x---...."],
            chorus: ["x---x-x-x-------", "x-x-x---x---x---", "x-----x-x-x-x---", "x--x--x-x-------"],
            cadence: ["x---x-----......", "x-x-x-----......", "x---------......"], range: 62...83, leaps: 0.55,
            isPentatonic: true, sections: [.verse, .build, .chorus, .ending], ornaments: 0.25),
        energies: [.intro: 0.36, .verse: 0.52, .build: 0.66, .chorus: 0.86, .breakdown: 0.4, .ending: 0.74],
        looseness: 5, dynamics: 0.07)
}
