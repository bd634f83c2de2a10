// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Makes a synthetic voice pleasant beside music: rumble out, buzz and hiss down, warmth up, level evened, a small room round it.
///
/// Filters are the usual second-order ones (Bristow-Johnson's "Cookbook formulae for audio EQ biquad filter coefficients").
struct VoicePolish {
    /// How much of each is done; a recorded voice needs none of the equaliser.
    struct Settings {
        var equalises = true
        /// Level of the room under the voice, dB.
        var room = -19.0
    }

    var settings = Settings()

    /// Works on one channel at 48 kHz; gives two, a tail of room longer.
    func polish(_ dry: [Float]) -> SampledSound {
        var voice = dry
        var chain = [ToneFilter.highPass(75, q: 0.707)]
        if settings.equalises {
            chain += [
                .peak(190, gain: 2.5, q: 0.8), .peak(420, gain: -1.5, q: 1), .peak(3200, gain: -3, q: 0.9),
                .highShelf(5200, gain: -8),
            ]
        }
        for var filter in chain { filter.run(&voice) }
        deEss(&voice)
        compress(&voice)
        return Room(level: settings.room).place(voice)
    }

    /// Turns down what lies above 5 kHz where it stands out of the voice.
    private func deEss(_ voice: inout [Float]) {
        var high = voice
        var split = ToneFilter.highPass(5000, q: 0.707)
        split.run(&high)
        var (hiss, body): (Float, Float) = (0, 0)
        let (attack, release) = (Self.step(0.001), Self.step(0.06))
        for index in voice.indices {
            let (h, b) = (abs(high[index]), abs(voice[index]))
            hiss += (h - hiss) * (h > hiss ? attack : release)
            body += (b - body) * (b > body ? attack : Self.slow)
            let most = 0.35 * body
            if hiss > most, hiss > 1e-5 {
                // Half of what it is over, in dB.
                let keep = (most / hiss).squareRoot()
                voice[index] -= high[index] * (1 - keep)
            }
        }
    }

    private static let slow = step(0.25)

    /// Share of the way that a one-pole follower goes in a sample to reach 63 % in `seconds`.
    private static func step(_ seconds: Double) -> Float { Float(1 - exp(-1 / (seconds * Double(FilmSound.rate)))) }

    /// Three to one over a threshold 10 dB under the voice's own peaks; 6 dB of knee; attack 6 ms, release 120 ms.
    private func compress(_ voice: inout [Float]) {
        let loud = voice.map(abs).sorted()
        guard let top = loud.isEmpty ? nil : loud[min(loud.count - 1, loud.count * 995 / 1000)], top > 1e-4 else {
            return
        }
        let threshold = 20 * log10(top) - 10
        var level: Float = 0
        let (attack, release) = (Self.step(0.006), Self.step(0.12))
        for index in voice.indices {
            let now = abs(voice[index])
            level += (now - level) * (now > level ? attack : release)
            let over = 20 * log10(max(level, 1e-6)) - threshold
            let reduction: Float
            if over <= -3 {
                reduction = 0
            } else if over < 3 {
                reduction = (over + 3) * (over + 3) / 12 * (2 / 3)
            } else {
                reduction = over * 2 / 3
            }
            if reduction > 0 { voice[index] *= Float(pow(10, -Double(reduction) / 20)) }
        }
    }
}

/// A second-order filter, direct form 2 transposed.
struct ToneFilter {
    private let b0, b1, b2, a1, a2: Double
    private var z1 = 0.0
    private var z2 = 0.0

    private init(_ b: (Double, Double, Double), _ a: (Double, Double, Double)) {
        b0 = b.0 / a.0
        b1 = b.1 / a.0
        b2 = b.2 / a.0
        a1 = a.1 / a.0
        a2 = a.2 / a.0
    }

    private static func angle(_ frequency: Double) -> Double { 2 * .pi * frequency / Double(FilmSound.rate) }

    static func highPass(_ frequency: Double, q: Double) -> ToneFilter {
        let (c, alpha) = (cos(angle(frequency)), sin(angle(frequency)) / (2 * q))
        return ToneFilter(((1 + c) / 2, -(1 + c), (1 + c) / 2), (1 + alpha, -2 * c, 1 - alpha))
    }

    static func peak(_ frequency: Double, gain: Double, q: Double) -> ToneFilter {
        let (c, alpha, a) = (cos(angle(frequency)), sin(angle(frequency)) / (2 * q), pow(10, gain / 40))
        return ToneFilter((1 + alpha * a, -2 * c, 1 - alpha * a), (1 + alpha / a, -2 * c, 1 - alpha / a))
    }

    static func highShelf(_ frequency: Double, gain: Double) -> ToneFilter {
        let (c, a) = (cos(angle(frequency)), pow(10, gain / 40))
        let root = 2 * a.squareRoot() * sin(angle(frequency)) / 2 * 2.0.squareRoot()
        return ToneFilter(
            (a * (a + 1 + (a - 1) * c + root), -2 * a * (a - 1 + (a + 1) * c), a * (a + 1 + (a - 1) * c - root)),
            (a + 1 - (a - 1) * c + root, 2 * (a - 1 - (a + 1) * c), a + 1 - (a - 1) * c - root))
    }

    mutating func run(_ samples: inout [Float]) {
        for index in samples.indices {
            let x = Double(samples[index])
            let y = b0 * x + z1
            z1 = b1 * x - a1 * y + z2
            z2 = b2 * x - a2 * y
            samples[index] = Float(y)
        }
    }
}

/// A small room: four delay lines that feed each other (Jot 1991), damped, a quarter of a second long.
private struct Room {
    let level: Double
    private static let lengths = [1117, 1361, 1597, 1871]
    private static let decay = 0.28

    init(level: Double) { self.level = level }

    func place(_ voice: [Float]) -> SampledSound {
        let tail = FilmSound.frames(Self.decay)
        var sound = SampledSound(frames: voice.count + tail)
        let gains = Self.lengths.map { Float(pow(10, -3 * Double($0) / Double(FilmSound.rate) / Self.decay)) }
        var lines = Self.lengths.map { [Float](repeating: 0, count: $0) }
        var places = [0, 0, 0, 0]
        var damped: [Float] = [0, 0, 0, 0]
        let wet = Float(Decibels.gain(level))
        for index in 0..<sound.frames {
            let dry = index < voice.count ? voice[index] : 0
            for line in 0..<4 {
                let value = lines[line][places[line]] * gains[line]
                damped[line] += (value - damped[line]) * 0.45
            }
            // Householder: each line gets its own less half of the sum.
            let half = (damped[0] + damped[1] + damped[2] + damped[3]) / 2
            for line in 0..<4 {
                lines[line][places[line]] = dry * 0.5 + damped[line] - half
                places[line] = places[line] + 1 == Self.lengths[line] ? 0 : places[line] + 1
            }
            sound.left[index] = dry + wet * (damped[0] + damped[2])
            sound.right[index] = dry + wet * (damped[1] + damped[3])
        }
        return sound
    }
}
