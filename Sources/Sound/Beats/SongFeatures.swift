// SPDX-License-Identifier: GPL-3.0-or-later
internal import EditTime
internal import Foundation
internal import MediaIO

/// What the beat tracker hears of a song: a hundred times a second how much begins, a dozen times what sounds.
struct SongFeatures {
    /// Frames of the fine series a second; frame n is centred on n / 100 s.
    static let rate = 100.0
    static let hop = FilmSound.rate / 100
    /// Fine frames to one coarse frame.
    static let coarse = 8
    static let window = 2048
    static let longWindow = 8192
    /// Edges of the bands that are watched for onsets, in bins of the short window: six an octave, 47 Hz to 15 kHz.
    static let edges: [Int] = {
        var edges = [2]
        for step in 1...50 {
            let edge = Int((2 * pow(2, Double(step) / 6)).rounded())
            if let last = edges.last, edge > last, edge <= 640 { edges.append(edge) }
        }
        return edges
    }()
    static let bandCount = edges.count - 1

    /// Mean rise of the bands' levels against the frame before last, in dB a band.
    var flux: [Float] = []
    /// The same of the bands under 160 Hz.
    var lowFlux: [Float] = []
    /// Mean square of the samples round the frame.
    var power: [Float] = []
    /// Twelve shares of the pitch classes from C on, a coarse frame; their squares add up to 1, or all are 0.
    var chroma: [Float] = []
    /// Levels of the bands in dB, a coarse frame.
    var timbre: [Float] = []

    var count: Int { flux.count }
    var seconds: Double { Double(count) / Self.rate }
    var coarseCount: Int { chroma.count / 12 }

    /// Of a longer recording only so many samples are listened to: four hours.
    static let longest = 4 * 3600 * FilmSound.rate

    /// Reads the file, at most `longest` of it. Throws `MediaError` for what is no sound.
    init(of url: URL) throws {
        let reader = try SoundReader(MediaFile(url), from: .zero)
        let listener = try FeatureListener()
        let size = 4096
        let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * size)
        defer { samples.deallocate() }
        var mono = [Float](repeating: 0, count: size)
        var heard = 0
        while heard < Self.longest {
            let count = try reader.read(into: samples)
            if count == 0 { break }
            heard += count
            for index in 0..<count {
                let value = (samples[2 * index] + samples[2 * index + 1]) / 2
                mono[index] = value.isFinite ? min(max(value, -8), 8) : 0
            }
            listener.add(mono, count)
        }
        self = listener.finish()
    }

    init() {}

    /// Adds up the coarse frames of `table`, `width` numbers each, that lie in `span` seconds; their mean.
    func mean(of table: [Float], width: Int, in span: Range<Double>) -> [Float] {
        let rate = Self.rate / Double(Self.coarse)
        let last = table.count / width - 1
        var sum = [Float](repeating: 0, count: width)
        guard last >= 0 else { return sum }
        let first = min(max(0, Int((span.lowerBound * rate).rounded())), last)
        let end = min(max(first, Int((span.upperBound * rate).rounded()) - 1), last)
        for frame in first...end {
            for index in 0..<width { sum[index] += table[frame * width + index] }
        }
        let count = Float(end - first + 1)
        return sum.map { $0 / count }
    }
}

/// Makes features of samples as they come. Owned by one thread.
private final class FeatureListener {
    private var features = SongFeatures()
    private let short: Spectrum
    private let long: Spectrum
    /// The last samples; frame n's windows lie round its middle.
    private var buffer: [Float]
    private var filled: Int
    private var powers: [Float]
    private var longPowers: [Float]
    /// Levels of the bands in the last two frames, dB.
    private var history: [[Float]]
    private var frame = 0
    private var heard = 0
    private let lowBands: Int
    /// Pitch class of each bin of the long window; −1 outside of 65 Hz to 2.1 kHz.
    private let pitchClass: [Int]
    private static let half = SongFeatures.longWindow / 2
    /// Under this a band is silent.
    private static let floor: Float = 1e-8

    init() throws(SoundError) {
        short = try Spectrum(size: SongFeatures.window)
        long = try Spectrum(size: SongFeatures.longWindow)
        buffer = .init(repeating: 0, count: SongFeatures.longWindow + 16 * SongFeatures.hop)
        filled = Self.half
        powers = .init(repeating: 0, count: SongFeatures.window / 2)
        longPowers = .init(repeating: 0, count: SongFeatures.longWindow / 2)
        let silent = [Float](repeating: 10 * log10(Self.floor), count: SongFeatures.bandCount)
        history = [silent, silent]
        lowBands = SongFeatures.edges.dropFirst().count { Double($0) * 48_000 / Double(SongFeatures.window) <= 165 }
        let bin = Double(FilmSound.rate) / Double(SongFeatures.longWindow)
        pitchClass = (0..<SongFeatures.longWindow / 2).map { index in
            let frequency = Double(index) * bin
            guard (65...2100).contains(frequency) else { return -1 }
            let key = (69 + 12 * log2(frequency / 440)).rounded()
            return (Int(key) % 12 + 12) % 12
        }
    }

    func add(_ samples: [Float], _ count: Int) {
        heard += count
        append(samples, count)
    }

    /// The song is over: half a window of silence lets the last frames be heard.
    func finish() -> SongFeatures {
        append([Float](repeating: 0, count: Self.half), Self.half)
        let frames = heard / SongFeatures.hop
        features.flux.removeLast(max(0, features.flux.count - frames))
        features.lowFlux.removeLast(max(0, features.lowFlux.count - frames))
        features.power.removeLast(max(0, features.power.count - frames))
        return features
    }

    private func append(_ samples: [Float], _ count: Int) {
        var taken = 0
        while taken < count {
            let part = min(count - taken, buffer.count - filled)
            for index in 0..<part { buffer[filled + index] = samples[taken + index] }
            filled += part
            taken += part
            var start = 0
            while start + SongFeatures.longWindow <= filled {
                hear(at: start)
                start += SongFeatures.hop
            }
            for index in start..<filled { buffer[index - start] = buffer[index] }
            filled -= start
        }
    }

    private func hear(at start: Int) {
        let middle = start + Self.half
        buffer.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            short.powers(of: base + middle - SongFeatures.window / 2, into: &powers)
            if frame % SongFeatures.coarse == SongFeatures.coarse / 2 {
                long.powers(of: base + start, into: &longPowers)
            }
        }
        var power: Float = 0
        for index in middle - SongFeatures.hop / 2..<middle + SongFeatures.hop / 2 {
            power += buffer[index] * buffer[index]
        }
        features.power.append(power / Float(SongFeatures.hop))
        let levels = bands()
        rise(to: levels)
        if frame % SongFeatures.coarse == SongFeatures.coarse / 2 {
            features.timbre += levels
            features.chroma += chroma()
        }
        history[frame % 2] = levels
        frame += 1
    }

    private func bands() -> [Float] {
        (0..<SongFeatures.bandCount).map { band in
            var sum = Self.floor
            for bin in SongFeatures.edges[band]..<SongFeatures.edges[band + 1] { sum += powers[bin] }
            return 10 * log10(sum)
        }
    }

    /// Half-wave rectified rise of each band over the loudest of it and its neighbours two frames before, so that a trembling
    /// pitch is no onset (Böck and Widmer 2013).
    private func rise(to levels: [Float]) {
        let before = history[frame % 2]
        var (sum, low): (Float, Float) = (0, 0)
        for band in levels.indices {
            let neighbours = max(
                before[max(0, band - 1)], max(before[band], before[min(levels.count - 1, band + 1)]))
            let rise = min(max(0, levels[band] - neighbours), 24)
            sum += rise
            if band < lowBands { low += rise }
        }
        features.flux.append(sum / Float(levels.count))
        features.lowFlux.append(low / Float(max(1, lowBands)))
    }

    private func chroma() -> [Float] {
        var classes = [Float](repeating: 0, count: 12)
        for bin in 1..<longPowers.count - 1 where pitchClass[bin] >= 0 {
            // Peaks only: the skirts of a loud note are not its neighbours.
            guard longPowers[bin] > longPowers[bin - 1], longPowers[bin] >= longPowers[bin + 1] else { continue }
            classes[pitchClass[bin]] += longPowers[bin].squareRoot().squareRoot()
        }
        let length = classes.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 1e-3 ? classes.map { $0 / length } : [Float](repeating: 0, count: 12)
    }
}
