// SPDX-License-Identifier: GPL-3.0-or-later
package import Foundation
import Sound

/// A song whose beats are known, written by rule and dice: what a beat tracker is judged by.
package struct TestSong: Sendable, CustomStringConvertible {
    package enum Kind: String, CaseIterable, Sendable {
        case clicks, rock, house, hipHop, swing, waltz, chords, arpeggios, pads
        /// A rhythm section whose tempo rises and falls by four in a hundred.
        case drifting

        package var needsInstruments: Bool { self != .clicks }
    }

    package let kind: Kind
    package let tempo: Double
    package let seed: UInt64
    package let bars: Int

    package init(_ kind: Kind, tempo: Double, seed: UInt64 = 1, bars: Int? = nil) {
        self.kind = kind
        self.tempo = tempo
        self.seed = seed
        // About forty seconds, whole phrases of four bars.
        let bar = Double(kind == .waltz ? 3 : 4) * 60 / tempo
        self.bars = bars ?? max(8, Int((40 / bar / 4).rounded()) * 4)
    }

    package var description: String { "\(kind.rawValue) at \(tempo)" }
    package var beatsPerBar: Int { kind == .waltz ? 3 : 4 }
    package var beatCount: Int { bars * beatsPerBar }

    /// Seconds of beat `beat`, whole or not.
    package func time(ofBeat beat: Double) -> Double {
        guard kind == .drifting else { return beat * 60 / tempo }
        // The integral of a period that swings by 4 % once in 32 beats.
        let turn = 2 * Double.pi / 32
        return 60 / tempo * (beat + 0.04 / turn * (1 - cos(turn * beat)))
    }

    package var beats: [Double] { (0..<beatCount).map { time(ofBeat: Double($0)) } }
    package var downbeats: [Double] { stride(from: 0, to: beatCount, by: beatsPerBar).map { time(ofBeat: Double($0)) } }

    /// Writes it as WAV. Throws where the instruments are missing.
    package func write(to file: URL) throws {
        if kind == .clicks {
            try PlainWave.write(clicks, to: file)
        } else {
            try SoundFontPlayer().render(piece, to: file)
        }
    }

    /// A short tone of noise on each beat, the first of each bar higher.
    private var clicks: [Float] {
        let rate = 48_000
        var samples = [Float](repeating: 0, count: Int(time(ofBeat: Double(beatCount)) * Double(rate)))
        for beat in 0..<beatCount {
            let start = Int(time(ofBeat: Double(beat)) * Double(rate))
            let pitch = beat % beatsPerBar == 0 ? 1500.0 : 1000.0
            for index in 0..<min(2400, samples.count - start) {
                let time = Double(index) / Double(rate)
                samples[start + index] += Float(0.5 * exp(-time * 90) * sin(2 * .pi * pitch * time))
            }
        }
        return samples
    }
}

/// WAV of one channel, 16 bits, 48 kHz.
package enum PlainWave {
    package static func write(_ samples: [Float], to file: URL, rate: Int = 48_000) throws {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var bytes = Array("RIFF".utf8) + little(36 + 2 * samples.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
        bytes += little(1, 2) + little(1, 2) + little(rate, 4) + little(2 * rate, 4) + little(2, 2) + little(16, 2)
        bytes += Array("data".utf8) + little(2 * samples.count, 4)
        bytes.reserveCapacity(bytes.count + 2 * samples.count)
        for sample in samples {
            let value = Int16((min(max(sample, -1), 1) * 32_767).rounded())
            bytes.append(UInt8(truncatingIfNeeded: value))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        }
        try Data(bytes).write(to: file)
    }
}

/// Dice of a fixed seed.
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Double(state >> 11) / Double(UInt64(1) << 53)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[min(values.count - 1, Int(next() * Double(values.count)))]
    }
}
