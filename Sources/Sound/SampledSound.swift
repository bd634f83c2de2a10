// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// A short sound in memory, 48 kHz stereo: music that was made, never a whole film's.
struct SampledSound {
    var left: [Float]
    var right: [Float]

    var frames: Int { left.count }

    init(frames: Int) {
        left = .init(repeating: 0, count: frames)
        right = left
    }

    /// The last frames of a sound, which fade to nothing.
    struct Tail {
        var frames: Int
    }

    mutating func fade(_ tail: Tail) {
        for i in 0..<tail.frames {
            let gain = Float(FadeCurve.smooth.amplitude((Double(i) + 0.5) / Double(tail.frames)))
            left[frames - 1 - i] *= gain
            right[frames - 1 - i] *= gain
        }
    }

    /// This sound at `loudness` LUFS under a true-peak `ceiling` in dB; silence stays silence.
    func mastered(loudness: Double, ceiling: Double) throws(SoundError) -> SampledSound {
        let meter = try LoudnessMeter()
        forEachBlock { meter.add($0) }
        guard meter.integrated.isFinite else { return self }
        let gain = Float(Decibels.gain(loudness - meter.integrated))
        let limiter = Limiter(ceiling: Float(Decibels.gain(ceiling)))
        var padded = self
        padded.left += [Float](repeating: 0, count: Limiter.delay)
        padded.right += [Float](repeating: 0, count: Limiter.delay)
        var result = SampledSound(frames: 0)
        padded.forEachBlock { block in
            block.scale(by: gain)
            limiter.process(block)
            result.left += UnsafeBufferPointer(start: block.left, count: block.count)
            result.right += UnsafeBufferPointer(start: block.right, count: block.count)
        }
        result.left.removeFirst(Limiter.delay)
        result.right.removeFirst(Limiter.delay)
        return result
    }

    /// Hands the sound on in blocks.
    func forEachBlock<Failure: Error>(_ body: (StereoBlock) throws(Failure) -> Void) throws(Failure) {
        let block = StereoBlock()
        for start in stride(from: 0, to: frames, by: block.capacity) {
            block.count = min(block.capacity, frames - start)
            for i in 0..<block.count {
                block.left[i] = left[start + i]
                block.right[i] = right[start + i]
            }
            try body(block)
        }
    }
}

/// Writes WAV (RIFF, 16-bit PCM, 48 kHz stereo).
enum WaveFile {
    /// Triangular dither of a fixed seed, so that the same sound gives the same bytes.
    static func write(_ sound: SampledSound, to file: URL) throws(SoundError) {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let bytes = sound.frames * 4
        var data: [UInt8] = Array("RIFF".utf8) + little(36 + bytes, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
        data += little(1, 2) + little(2, 2) + little(FilmSound.rate, 4) + little(FilmSound.rate * 4, 4)
        data += little(4, 2) + little(16, 2) + Array("data".utf8) + little(bytes, 4)
        data.reserveCapacity(data.count + bytes)
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func uniform() -> Float {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Float(state >> 40) / Float(1 << 24)
        }
        for i in 0..<sound.frames {
            for sample in [sound.left[i], sound.right[i]] {
                let exact = sample * 32_767 + uniform() - uniform()
                let value = Int(min(max(exact.rounded(), -32_768), 32_767))
                data.append(UInt8(truncatingIfNeeded: value))
                data.append(UInt8(truncatingIfNeeded: value >> 8))
            }
        }
        do {
            try Data(data).write(to: file, options: .atomic)
        } catch {
            throw SoundError(.unwritable, "write", of: file.path, because: "\(error.localizedDescription)")
        }
    }
}
