// SPDX-License-Identifier: GPL-3.0-or-later

/// A General MIDI program with what a composer must know of it.
struct Instrument: Hashable, Sendable {
    let name: String
    let program: UInt8
    /// Keys that sound well; nothing is written outside.
    let range: ClosedRange<Int>
    /// Whether a note goes on as long as it is held.
    let sustains: Bool

    init(_ name: String, _ program: UInt8, _ range: ClosedRange<Int>, sustains: Bool = false) {
        self.name = name
        self.program = program
        self.range = range
        self.sustains = sustains
    }
}

extension Instrument {
    static let piano = Instrument("Piano", 0, 24...103)
    static let brightPiano = Instrument("Bright piano", 1, 24...103)
    static let rhodes = Instrument("Electric piano", 4, 28...100)
    static let glassPiano = Instrument("FM piano", 5, 28...100)
    static let celesta = Instrument("Celesta", 8, 60...108)
    static let glockenspiel = Instrument("Glockenspiel", 9, 72...108)
    static let musicBox = Instrument("Music box", 10, 60...100)
    static let vibraphone = Instrument("Vibraphone", 11, 53...89)
    static let marimba = Instrument("Marimba", 12, 45...96)
    static let xylophone = Instrument("Xylophone", 13, 65...108)
    static let tubularBells = Instrument("Tubular bells", 14, 60...77)
    static let yangqin = Instrument("Yangqin", 15, 43...91)
    static let organ = Instrument("Organ", 16, 36...96, sustains: true)
    static let rockOrgan = Instrument("Rock organ", 18, 36...96, sustains: true)
    static let accordion = Instrument("Accordion", 21, 53...93, sustains: true)
    static let harmonica = Instrument("Harmonica", 22, 60...96, sustains: true)
    static let nylonGuitar = Instrument("Nylon guitar", 24, 40...84)
    static let steelGuitar = Instrument("Steel guitar", 25, 40...84)
    static let jazzGuitar = Instrument("Jazz guitar", 26, 40...84)
    static let cleanGuitar = Instrument("Clean guitar", 27, 40...86)
    static let mutedGuitar = Instrument("Muted guitar", 28, 40...84)
    static let overdrive = Instrument("Overdriven guitar", 29, 40...86, sustains: true)
    static let distortion = Instrument("Distorted guitar", 30, 40...86, sustains: true)
    static let uprightBass = Instrument("Upright bass", 32, 28...62)
    static let fingerBass = Instrument("Fingered bass", 33, 28...62)
    static let pickBass = Instrument("Picked bass", 34, 28...62)
    static let fretlessBass = Instrument("Fretless bass", 35, 28...62)
    static let slapBass = Instrument("Slap bass", 36, 28...62)
    static let synthBass = Instrument("Synth bass", 38, 24...62, sustains: true)
    static let synthBass2 = Instrument("Round synth bass", 39, 24...62, sustains: true)
    static let violin = Instrument("Violin", 40, 55...98, sustains: true)
    static let viola = Instrument("Viola", 41, 48...86, sustains: true)
    static let cello = Instrument("Cello", 42, 36...74, sustains: true)
    static let contrabass = Instrument("Contrabass", 43, 28...55, sustains: true)
    static let tremolo = Instrument("Tremolo strings", 44, 36...96, sustains: true)
    static let pizzicato = Instrument("Pizzicato strings", 45, 36...93)
    static let harp = Instrument("Harp", 46, 29...100)
    static let timpani = Instrument("Timpani", 47, 38...57)
    static let strings = Instrument("Strings", 48, 31...98, sustains: true)
    static let slowStrings = Instrument("Slow strings", 49, 31...98, sustains: true)
    static let synthStrings = Instrument("Synth strings", 50, 36...96, sustains: true)
    static let choir = Instrument("Choir", 52, 43...82, sustains: true)
    static let voices = Instrument("Voices", 53, 43...82, sustains: true)
    static let trumpet = Instrument("Trumpet", 56, 54...84, sustains: true)
    static let trombone = Instrument("Trombone", 57, 40...72, sustains: true)
    static let mutedTrumpet = Instrument("Muted trumpet", 59, 54...84, sustains: true)
    static let horn = Instrument("Horns", 60, 38...77, sustains: true)
    static let brass = Instrument("Brass", 61, 36...86, sustains: true)
    static let synthBrass = Instrument("Synth brass", 62, 36...90, sustains: true)
    static let sopranoSax = Instrument("Soprano sax", 64, 56...88, sustains: true)
    static let altoSax = Instrument("Alto sax", 65, 50...81, sustains: true)
    static let tenorSax = Instrument("Tenor sax", 66, 44...76, sustains: true)
    static let oboe = Instrument("Oboe", 68, 58...90, sustains: true)
    static let clarinet = Instrument("Clarinet", 71, 50...90, sustains: true)
    static let flute = Instrument("Flute", 73, 60...96, sustains: true)
    static let panFlute = Instrument("Pan flute", 75, 60...93, sustains: true)
    static let shakuhachi = Instrument("Shakuhachi", 77, 55...86, sustains: true)
    static let whistle = Instrument("Whistle", 78, 67...96, sustains: true)
    static let squareLead = Instrument("Square lead", 80, 48...96, sustains: true)
    static let sawLead = Instrument("Saw lead", 81, 48...96, sustains: true)
    static let softLead = Instrument("Soft lead", 85, 48...96, sustains: true)
    static let warmPad = Instrument("Warm pad", 89, 36...96, sustains: true)
    static let polySynth = Instrument("Poly synth", 90, 36...96, sustains: true)
    static let spaceVoice = Instrument("Space voice", 91, 36...96, sustains: true)
    static let bowedGlass = Instrument("Bowed glass", 92, 36...96, sustains: true)
    static let haloPad = Instrument("Halo pad", 94, 36...96, sustains: true)
    static let sweepPad = Instrument("Sweep pad", 95, 36...96, sustains: true)
    static let crystal = Instrument("Crystal", 98, 48...100)
    static let atmosphere = Instrument("Atmosphere", 99, 40...96)
    static let banjo = Instrument("Banjo", 105, 48...86)
    static let pipa = Instrument("Pipa", 106, 48...86)
    static let guzheng = Instrument("Guzheng", 107, 43...91)
    static let kalimba = Instrument("Kalimba", 108, 48...88)
    static let erhu = Instrument("Erhu", 110, 60...93, sustains: true)
    static let steelDrums = Instrument("Steel drums", 114, 52...88)
    static let taiko = Instrument("Taiko", 116, 36...60)
    static let reverseCymbal = Instrument("Reverse cymbal", 119, 48...72)
}

/// Keys of the General MIDI percussion map.
enum Drum: UInt8, Sendable {
    case kick = 36, stick = 37, snare = 38, clap = 39, electricSnare = 40, lowTom = 41, hat = 42, floorTom = 43,
        pedalHat = 44, midTom = 45, openHat = 46, highTom = 48, crash = 49, ride = 51, rideBell = 53, tambourine = 54,
        splash = 55, cowbell = 56, crash2 = 57, highBongo = 60, lowBongo = 61, mutedConga = 62, openConga = 63,
        lowConga = 64, highTimbale = 65, maracas = 70, shaker = 69, claves = 75, highWood = 76, lowWood = 77,
        triangle = 81, sleighBells = 83, gong = 52
}
