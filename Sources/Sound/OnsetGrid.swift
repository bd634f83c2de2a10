// SPDX-License-Identifier: GPL-3.0-or-later
internal import CAubio
public import EditModel
internal import EditTime
public import Foundation
internal import MediaIO

/// Finds a song's beats: aubio's tempo tracker (onset strength by complex-domain difference, autocorrelation of it;
/// Davies and Plumbley 2007) follows them, and where they come evenly a straight grid is laid through them, which
/// fills the seconds that the tracker needs to find in.
public enum OnsetGrid {
    /// Raised when the answers change; part of what they are kept under.
    public static let version = 1

    private static let hop = 512
    private static let window = 1024

    /// The beats of the song at `url`, in its own time; an empty grid where there is nothing to follow.
    ///
    /// The same song gives the same grid. Blocks; four minutes take about a second. Throws `MediaError` for what is no sound.
    public static func analyse(_ url: URL) throws -> BeatGrid {
        let followed = try follow(url)
        let gaps = zip(followed.beats, followed.beats.dropFirst()).map { $1 - $0 }.sorted()
        guard followed.beats.count >= 8, let period = gaps.isEmpty ? nil : gaps[gaps.count / 2], period > 0.2 else {
            return BeatGrid(beats: [], tempo: 0, confidence: 0)
        }
        let regular = Double(gaps.filter { abs($0 - period) < 0.07 * period }.count) / Double(gaps.count)
        let steady = regular * max(0, min(1, (followed.liveliness - 0.04) / 0.06))
        if regular >= 0.7, let line = Line(through: followed.beats, period: period) {
            let first = Int((-line.offset / line.period).rounded(.up))
            let last = Int(((followed.seconds - line.offset) / line.period).rounded(.down))
            guard first <= last else { return BeatGrid(beats: [], tempo: 0, confidence: 0) }
            let beats = (first...last).map { MediaTime(seconds: max(0, line.offset + Double($0) * line.period)) }
            return BeatGrid(beats: beats, tempo: 60 / line.period, confidence: steady * line.fit)
        }
        return BeatGrid(
            beats: followed.beats.map { MediaTime(seconds: $0) }, tempo: 60 / period, confidence: steady * 0.6)
    }

    /// Beats as the tracker meets them, in seconds; how long the song is; and how much its level moves from one hop to the
    /// next, as a share of it: a steady tone hardly moves, yet the tracker beats time to it.
    private static func follow(_ url: URL) throws -> (beats: [Double], seconds: Double, liveliness: Double) {
        let reader = try SoundReader(MediaFile(url), from: .zero)
        guard let tracker = new_aubio_tempo("default", UInt32(window), UInt32(hop), UInt32(FilmSound.rate)) else {
            throw SoundError(.outOfMemory, "find the beats of", of: url.lastPathComponent, because: "out of memory")
        }
        defer { del_aubio_tempo(tracker) }
        guard let input = new_fvec(UInt32(hop)), let output = new_fvec(1) else {
            throw SoundError(.outOfMemory, "find the beats of", of: url.lastPathComponent, because: "out of memory")
        }
        defer {
            del_fvec(input)
            del_fvec(output)
        }
        let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * hop)
        defer { samples.deallocate() }
        var beats: [Double] = []
        var frames = 0
        var (level, levels, moves) = (0.0, 0.0, 0.0)
        while true {
            var filled = 0
            while filled < hop {
                let rest = UnsafeMutableBufferPointer(rebasing: samples[(2 * filled)...])
                let count = try reader.read(into: rest)
                if count == 0 { break }
                filled += count
            }
            if filled == 0 { break }
            for index in 0..<hop {
                let value = index < filled ? (samples[2 * index] + samples[2 * index + 1]) / 2 : 0
                input.pointee.data[index] = value.isFinite ? value : 0
            }
            let power = (0..<hop).reduce(0.0) { $0 + Double(input.pointee.data[$1] * input.pointee.data[$1]) }
            let now = (power / Double(hop)).squareRoot()
            moves += abs(now - level)
            levels += now
            level = now
            aubio_tempo_do(tracker, input, output)
            if output.pointee.data[0] != 0 { beats.append(Double(aubio_tempo_get_last_s(tracker))) }
            frames += filled
            if filled < hop { break }
        }
        return (beats, Double(frames) / Double(FilmSound.rate), levels > 0 ? moves / levels : 0)
    }

    /// A steady pulse: beat n at `offset + n · period`, laid through the beats by least squares.
    private struct Line {
        var offset: Double
        var period: Double
        /// Share of the beats that lie within 60 ms of it.
        var fit: Double

        /// Nil where the beats do not lie on one.
        init?(through beats: [Double], period guess: Double) {
            var numbers: [Double] = []
            var number = 0.0
            for (index, beat) in beats.enumerated() {
                if index > 0 { number += max(1, ((beat - beats[index - 1]) / guess).rounded()) }
                numbers.append(number)
            }
            let count = Double(beats.count)
            let meanNumber = numbers.reduce(0, +) / count
            let meanBeat = beats.reduce(0, +) / count
            var (covariance, variance) = (0.0, 0.0)
            for (number, beat) in zip(numbers, beats) {
                covariance += (number - meanNumber) * (beat - meanBeat)
                variance += (number - meanNumber) * (number - meanNumber)
            }
            guard variance > 0 else { return nil }
            period = covariance / variance
            offset = meanBeat - period * meanNumber
            let (offset, period) = (offset, period)
            let close = zip(numbers, beats).filter { abs($1 - offset - $0 * period) < 0.06 }.count
            fit = Double(close) / count
            guard period > 0.2, fit >= 0.6 else { return nil }
        }
    }
}
