// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
internal import EditTime
public import Foundation
internal import MediaIO

/// A song with a click on every beat, for judging by ear where a tracker heard them.
public enum ClickTrack {
    /// Click frequencies, Hz: plain beats, first beats of bars, first beats of phrases.
    private static let pitches = (beat: 1000.0, bar: 1500.0, phrase: 2000.0)
    /// How far the song is turned down under the clicks.
    private static let songGain: Float = 0.5

    /// Writes the song at `song` with clicks on `grid` as WAV (16 bits, 48 kHz stereo) to `file`. Blocks. Throws `MediaError` for
    /// what is no sound, `SoundError` where nothing can be written.
    public static func write(song: URL, grid: BeatGrid, to file: URL) throws {
        let reader = try SoundReader(MediaFile(song), from: .zero)
        let size = 4096
        let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * size)
        defer { samples.deallocate() }
        var sound = SampledSound(frames: 0)
        while true {
            let count = try reader.read(into: samples)
            if count == 0 { break }
            for index in 0..<count {
                sound.left.append(finite(samples[2 * index]) * songGain)
                sound.right.append(finite(samples[2 * index + 1]) * songGain)
            }
        }
        let (bars, phrases) = (Set(grid.downbeats), Set(grid.phrases))
        for beat in grid.beats {
            let pitch = phrases.contains(beat) ? pitches.phrase : bars.contains(beat) ? pitches.bar : pitches.beat
            add(pitch, at: FilmSound.frame(at: beat), to: &sound)
        }
        try WaveFile.write(sound, to: file)
    }

    private static func finite(_ value: Float) -> Float { value.isFinite ? min(max(value, -1), 1) : 0 }

    /// A sine that dies away in 30 ms.
    private static func add(_ pitch: Double, at start: Int, to sound: inout SampledSound) {
        let rate = Double(FilmSound.rate)
        for index in 0..<FilmSound.frames(0.05) where start + index < sound.frames && start + index >= 0 {
            let time = Double(index) / rate
            let value = Float(0.45 * exp(-time * 110) * sin(2 * .pi * pitch * time))
            sound.left[start + index] += value
            sound.right[start + index] += value
        }
    }
}
