// SPDX-License-Identifier: GPL-3.0-or-later

/// A style as data: its harmony, rhythm, instruments, tune and form. One file each; `all` is the table.
public struct MusicStyle: Sendable {
    /// Sixteenths or eighths that come late: share of the pair that the first one takes, 0.5 (straight) … 0.67 (triplets).
    struct Swing: Sendable {
        /// Beats that a pair lasts: 1 for eighths, 0.5 for sixteenths.
        var pair: Double
        var share: Double

        static let straight = Swing(pair: 1, share: 0.5)
        static func eighths(_ share: Double) -> Swing { Swing(pair: 1, share: share) }
        static func sixteenths(_ share: Double) -> Swing { Swing(pair: 0.5, share: share) }

        /// When what is written at `beat` is played.
        func played(_ beat: Double) -> Double {
            let pairs = (beat / pair).rounded(.down)
            let place = beat / pair - pairs
            let moved = place < 0.5 ? place * 2 * share : share + (place - 0.5) * 2 * (1 - share)
            return (pairs + moved) * pair
        }
    }

    public let id: String
    /// Beats a minute: the usual, and how far it may go.
    public let usualTempo: Double
    public let tempoRange: ClosedRange<Double>
    public let beatsPerBar: Int
    var swing: Swing
    /// Pitch classes of tonics that suit the instruments.
    var keys: [Int]
    var harmony: [HarmonyRow]
    var drums: DrumTaste?
    var parts: [Part]
    var tune: TuneTaste
    var energies: [SectionKind: Double]
    /// Milliseconds by which players miss the beat, and share of force by which strokes differ.
    var looseness: Double
    var dynamics: Double
    /// Keeps every tone to the five of the scale.
    var isPentatonic: Bool

    init(
        _ id: String, tempo: Double, _ range: ClosedRange<Double>, beatsPerBar: Int = 4, swing: Swing = .straight,
        keys: [Int], harmony: [HarmonyRow], drums: DrumTaste? = nil, parts: [Part], tune: TuneTaste,
        energies: [SectionKind: Double] = MusicStyle.usualEnergies, looseness: Double = 8, dynamics: Double = 0.08,
        isPentatonic: Bool = false
    ) {
        self.id = id
        usualTempo = tempo
        tempoRange = range
        self.beatsPerBar = beatsPerBar
        self.swing = swing
        self.keys = keys
        self.harmony = harmony
        self.drums = drums
        self.parts = parts
        self.tune = tune
        self.energies = energies
        self.looseness = looseness
        self.dynamics = dynamics
        self.isPentatonic = isPentatonic
    }

    static let usualEnergies: [SectionKind: Double] = [
        .intro: 0.3, .verse: 0.52, .build: 0.66, .chorus: 0.85, .breakdown: 0.36, .ending: 0.6,
    ]

    var stepsPerBar: Int { beatsPerBar * 4 }
}

/// One player: what it may be, what it may play, and when.
struct Part: Sendable {
    var name: String
    var sounds: [Instrument]
    var playing: [Playing]
    var range: ClosedRange<Int>
    var voices = 3
    /// Energies of the sections in which it plays.
    var energy: ClosedRange<Double> = 0...1
    /// Where it plays, whatever the energy; nil = by energy alone.
    var sections: Set<SectionKind>?
    /// 0 … 127, as MIDI has them.
    var volume = 90
    var pan = 64
    var reverb = 40
    var chorus = 0
    /// How often it is in the band at all.
    var chance = 1.0
    /// Force of its strokes beside the others'.
    var force = 1.0
    /// Breathes in and out over each phrase.
    var swells = false
    /// Ducks on every beat, as if the kick pressed it down.
    var pumps = false
    /// Milliseconds behind the beat.
    var late = 0.0
}

/// How a part plays.
enum Playing: Hashable, Sendable {
    /// Sixteenths: R root, 5 fifth, 3 third, 7 seventh, 8 octave, a step to the next root.
    case bass(String)
    /// Strokes where the kick has its own, and what the row adds.
    case lockedBass(String)
    case walkingBass
    /// Chords from change to change, tones that stay are tied.
    case held
    /// Whole chords at the strokes.
    case struck(String)
    /// D down, U up; small letters softly.
    case strummed(String)
    /// Digits are voices from below, B the bass note, * one by chance; `rings` to the chord's end.
    case broken(String, rings: Bool)
    /// Tonic and fifth through a section.
    case drone
    /// The root at the strokes.
    case strokes(String)
    /// The tune, so many octaves higher.
    case tune(octave: Int)
    /// A third or sixth under the tune.
    case second
    /// A line of its own out of thirds and sevenths.
    case counter
    /// Upwards into each outbreak.
    case run
    /// One note that ends where the outbreak begins, so many beats long.
    case riser(Double)
}

/// Drum kits and grooves.
struct DrumTaste: Sendable {
    /// One bar, or several, for each drum.
    typealias Rows = [(Drum, String)]

    struct Groove: Sendable {
        var light: Rows
        var full: Rows
        var peak: Rows
    }

    /// General MIDI kits.
    var kits: [UInt8]
    var grooves: [Groove]
    /// What a phrase ends with: `.` where the groove goes on.
    var fills: [Rows]
    /// Sections with at least so much energy have drums.
    var from = 0.4
    var crash: Drum? = .crash
    /// A roll through the last bars of a build.
    var roll: Drum?
    var volume = 100
    var reverb = 30
    /// Milliseconds behind the beat for everything but the kick.
    var late = 0.0
    /// Rows beside the groove that a seed may add.
    var extras: [Rows] = []
}

/// What a style's tune is made of.
struct TuneTaste: Sendable {
    /// Rhythms of one bar, as `Steps`: what a verse's motif may be, and a chorus's.
    var verse: [String]
    var chorus: [String]
    /// Rhythms of the bar in which a phrase ends.
    var cadence: [String]
    var range: ClosedRange<Int>
    /// 0 steps only … 1 wide.
    var leaps = 0.4
    /// Only the five tones that never rub.
    var isPentatonic = false
    /// Where it is heard.
    var sections: Set<SectionKind> = [.verse, .chorus, .ending]
    /// Chance of small notes when a section comes back.
    var ornaments = 0.3
}
