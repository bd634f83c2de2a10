// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// What can be measured of a piece of music as it sounds: the same of a recording and of what the composer wrote.
public struct SoundMeasures: Sendable {
    public var seconds = 0.0
    /// Mean frequency of the spectrum, weighted by power, in Hz.
    public var centroid = 0.0
    /// Share of power below 200 Hz, from 200 to 2,000 Hz and above, in dB of the whole.
    public var low = 0.0
    public var middle = 0.0
    public var high = 0.0
    /// dBFS.
    public var peak = 0.0
    public var clippedSamples = 0
    /// LUFS, ungated mean of what is above −70.
    public var loudness = 0.0
    /// EBU Tech 3342: 95th less 10th percentile of short-term loudness, in LU.
    public var range = 0.0
    /// Onsets a second.
    public var onsets = 0.0
    /// Longest time under −60 dBFS, in seconds, but for what is at the very end.
    public var longestSilence = 0.0
    /// RMS of the last 20 ms, dBFS.
    public var lastLevel = 0.0
    /// Entropy of the pitch classes, 0 (one) … 3.58 (all twelve alike) bits.
    public var entropy = 0.0
    /// How alike a second is to the one most like it at least four seconds away, 0 … 1, in the mean.
    public var repetition = 0.0
    /// How alike any two seconds are, in the mean: 1 = nothing ever changes.
    public var sameness = 0.0
    /// Correlation of left and right: 1 = mono.
    public var correlation = 0.0
    /// Twelve shares of the pitch classes, from the strongest round.
    public var chroma: [Double] = []

    static let rate = 48_000.0

    public init(left: [Float], right: [Float]) {
        let count = min(left.count, right.count)
        seconds = Double(count) / Self.rate
        guard count > 9600 else { return }
        let mono = (0..<count).map { (left[$0] + right[$0]) / 2 }
        measureLevels(left, right, count)
        measureLoudness(left, right, count)
        measureSpectrum(mono)
    }

    private mutating func measureLevels(_ left: [Float], _ right: [Float], _ count: Int) {
        var highest: Float = 0
        var (lr, ll, rr) = (0.0, 0.0, 0.0)
        for i in 0..<count {
            highest = max(highest, abs(left[i]), abs(right[i]))
            if abs(left[i]) >= 0.9999 || abs(right[i]) >= 0.9999 { clippedSamples += 1 }
            lr += Double(left[i]) * Double(right[i])
            ll += Double(left[i]) * Double(left[i])
            rr += Double(right[i]) * Double(right[i])
        }
        peak = 20 * log10(max(Double(highest), 1e-9))
        correlation = ll > 0 && rr > 0 ? lr / (ll * rr).squareRoot() : 1
        let step = 480
        var run = 0
        for start in stride(from: 0, to: count - step, by: step) {
            var power = 0.0
            for i in start..<start + step { power += Double(left[i] * left[i] + right[i] * right[i]) / 2 }
            if power / Double(step) < 1e-6 {
                run += 1
            } else {
                longestSilence = max(longestSilence, Double(run) * 0.01)
                run = 0
            }
        }
        var power = 0.0
        for i in count - 960..<count { power += Double(left[i] * left[i] + right[i] * right[i]) / 2 }
        lastLevel = 10 * log10(max(power / 960, 1e-12))
    }

    /// ITU-R BS.1770-4 weighting (its coefficients for 48 kHz), 100 ms steps.
    private mutating func measureLoudness(_ left: [Float], _ right: [Float], _ count: Int) {
        var steps: [Double] = []
        var (s1, s2, h1, h2) = (SIMD2<Double>(), SIMD2<Double>(), SIMD2<Double>(), SIMD2<Double>())
        var sum = 0.0
        for i in 0..<count {
            let x = SIMD2(Double(left[i]), Double(right[i]))
            let y = x * 1.53512485958697 + s1
            s1 = s2 - x * 2.69169618940638 + y * 1.69065929318241
            s2 = x * 1.19839281085285 - y * 0.73248077421585
            let z = y + h1
            h1 = h2 - (y + y) + z * 1.99004745483398
            h2 = y - z * 0.99007225036621
            sum += z.x * z.x + z.y * z.y
            if i % 4800 == 4799 {
                steps.append(sum / 4800)
                sum = 0
            }
        }
        func lufs(_ power: Double) -> Double { -0.691 + 10 * log10(max(power, 1e-12)) }
        let momentary = steps.indices.dropFirst(3).map { lufs(steps[($0 - 3)...$0].reduce(0, +) / 4) }.filter {
            $0 > -70
        }
        loudness = lufs(momentary.map { pow(10, ($0 + 0.691) / 10) }.reduce(0, +) / Double(max(1, momentary.count)))
        let window = min(30, steps.count)
        let short = steps.indices.dropFirst(window - 1).map {
            lufs(steps[($0 - window + 1)...$0].reduce(0, +) / Double(window))
        }
        .filter { $0 > -70 }
        let mean = lufs(short.map { pow(10, ($0 + 0.691) / 10) }.reduce(0, +) / Double(max(1, short.count)))
        let heard = short.filter { $0 > mean - 20 }.sorted()
        if heard.count > 1 { range = heard[(heard.count - 1) * 95 / 100] - heard[(heard.count - 1) / 10] }
    }

    private mutating func measureSpectrum(_ mono: [Float]) {
        let spectrum = Spectrum(size: 4096)
        let width = Self.rate / 4096
        let hop = 1024
        var total = [Double](repeating: 0, count: 2048)
        var chromaSum = [Double](repeating: 0, count: 12)
        var flux: [Double] = []
        var before = [Double](repeating: 0, count: 2048)
        // A second's features: twelve pitch classes and eight bands.
        var second = [Double](repeating: 0, count: 20)
        var seconds: [[Double]] = []
        let classes = (0..<2048).map { bin -> Int? in
            let frequency = Double(bin) * width
            guard frequency > 110, frequency < 2200 else { return nil }
            return Int((69 + 12 * log2(frequency / 440)).rounded()) % 12
        }
        let bands = (0..<2048).map { bin in min(7, max(0, Int(log2(max(Double(bin) * width, 1) / 60)))) }
        var frame = 0
        for start in stride(from: 0, to: max(1, mono.count - 4096), by: hop) {
            let powers = spectrum.powers(mono, at: start)
            var rise = 0.0
            for bin in 1..<2048 {
                total[bin] += powers[bin]
                if let pitch = classes[bin] {
                    chromaSum[pitch] += powers[bin].squareRoot()
                    second[pitch] += powers[bin].squareRoot()
                }
                second[12 + bands[bin]] += powers[bin]
                let level = log1p(1000 * powers[bin].squareRoot() / 1024)
                rise += max(0, level - before[bin])
                before[bin] = level
            }
            flux.append(rise)
            frame += 1
            if frame % 47 == 0 {
                seconds.append(Self.normalised(second))
                second = [Double](repeating: 0, count: 20)
            }
        }
        let all = max(total.reduce(0, +), 1e-12)
        centroid = total.indices.map { Double($0) * width * total[$0] }.reduce(0, +) / all
        func share(_ range: Range<Double>) -> Double {
            10
                * log10(
                    max(
                        total.indices.filter { range.contains(Double($0) * width) }.map { total[$0] }.reduce(0, +)
                            / all, 1e-9))
        }
        low = share(0..<200)
        middle = share(200..<2000)
        high = share(2000..<24_000)
        onsets = Self.onsets(flux) / max(0.1, Double(flux.count * hop) / Self.rate)
        let sum = max(chromaSum.reduce(0, +), 1e-12)
        let shares = chromaSum.map { $0 / sum }
        entropy = shares.map { $0 > 0 ? -$0 * log2($0) : 0 }.reduce(0, +)
        let strongest = shares.indices.max { shares[$0] < shares[$1] } ?? 0
        chroma = (0..<12).map { shares[($0 + strongest) % 12] }
        measureRepetition(seconds)
    }

    private mutating func measureRepetition(_ seconds: [[Double]]) {
        guard seconds.count > 8 else { return }
        var best = 0.0
        var all = (0.0, 0)
        for i in seconds.indices {
            var most = 0.0
            for j in seconds.indices where abs(i - j) >= 4 {
                let likeness = zip(seconds[i], seconds[j]).map { $0 * $1 }.reduce(0, +)
                most = max(most, likeness)
                all = (all.0 + likeness, all.1 + 1)
            }
            best += most
        }
        repetition = best / Double(seconds.count)
        sameness = all.0 / Double(max(1, all.1))
    }

    private static func normalised(_ features: [Double]) -> [Double] {
        // Pitch classes and bands weigh the same; bands in dB would swamp them, so their roots.
        let roots = features.enumerated().map { $0.offset < 12 ? $0.element : $0.element.squareRoot() * 2 }
        let length = max(roots.map { $0 * $0 }.reduce(0, +).squareRoot(), 1e-12)
        return roots.map { $0 / length }
    }

    /// Peaks of the flux over its running mean.
    private static func onsets(_ flux: [Double]) -> Double {
        guard flux.count > 20 else { return 0 }
        var count = 0.0
        var last = -10
        for i in 2..<flux.count - 2 {
            let around = flux[max(0, i - 10)...min(flux.count - 1, i + 10)]
            let mean = around.reduce(0, +) / Double(around.count)
            if flux[i] > 1.35 * mean, flux[i] >= flux[i - 1], flux[i] >= flux[i + 1], flux[i] > flux[i - 2],
                i - last >= 3
            {
                count += 1
                last = i
            }
        }
        return count
    }

    /// What tells one piece from another: spectrum, movement, harmony; each about as far apart as the next.
    public var features: [Double] {
        [
            log2(max(centroid, 20)) * 1.2, low / 6, middle / 6, high / 6, onsets / 1.5, range / 4, entropy * 3,
            correlation * 2,
        ] + chroma.map { $0 * 8 }
    }

    public func distance(to other: SoundMeasures) -> Double {
        zip(features, other.features).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    public static let heading =
        "name                            s  centr    low    mid   high   peak   LUFS    LRA  ons/s  silen    end   entr  repet   same   corr"

    public func line(_ name: String) -> String {
        func pad(_ number: Double, _ digits: Int, _ width: Int = 7) -> String {
            let text = String(format: "%.\(digits)f", number)
            return String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let head = name.prefix(28) + String(repeating: " ", count: max(0, 28 - name.count))
        return head + pad(seconds, 1, 6) + pad(centroid, 0) + pad(low, 1) + pad(middle, 1) + pad(high, 1) + pad(peak, 1)
            + pad(loudness, 1) + pad(range, 1) + pad(onsets, 2) + pad(longestSilence, 2) + pad(lastLevel, 0)
            + pad(entropy, 2)
            + pad(repetition, 3) + pad(sameness, 3) + pad(correlation, 2)
    }
}
