// SPDX-License-Identifier: GPL-3.0-or-later
/// How far a piece of work is, how fast it goes and how long it will take; a pure machine that is told the time.
///
/// The rate is that of the last eight seconds, so that frames which came ready from a cache do not promise too much for long.
public struct ProgressMeter: Sendable, Equatable {
    /// Frames (or other steps) in all.
    public private(set) var total: Int
    public private(set) var done = 0
    /// Times and counts of the last while, oldest first, at most 33.
    private var samples: [Sample] = []

    private struct Sample: Sendable, Equatable {
        var atSeconds: Double
        var done: Int
    }

    private static let windowSeconds = 8.0
    private static let stepSeconds = 0.25

    public init(total: Int, startedAtSeconds: Double) {
        self.total = max(total, 0)
        samples = [Sample(atSeconds: startedAtSeconds, done: 0)]
    }

    /// Notes how many are done; an earlier time or a smaller count than before changes nothing.
    public mutating func advance(to done: Int, atSeconds: Double) {
        guard let last = samples.last, atSeconds >= last.atSeconds, done >= self.done else { return }
        self.done = min(done, total)
        let now = Sample(atSeconds: atSeconds, done: self.done)
        if samples.count > 1, atSeconds - samples[samples.count - 2].atSeconds < Self.stepSeconds {
            samples[samples.count - 1] = now
        } else {
            samples.append(now)
        }
        while samples.count > 2, atSeconds - samples[1].atSeconds >= Self.windowSeconds { samples.removeFirst() }
    }

    /// 0–1; 1 when there is nothing to do.
    public var fraction: Double { total > 0 ? Double(done) / Double(total) : 1 }

    /// Nil until something was done for at least half a second.
    public var framesPerSecond: Double? {
        guard let first = samples.first, let last = samples.last, last.atSeconds - first.atSeconds >= 0.5,
            last.done > first.done
        else { return nil }
        return Double(last.done - first.done) / (last.atSeconds - first.atSeconds)
    }

    /// Nil until the rate is known.
    public var secondsLeft: Double? { framesPerSecond.map { Double(total - done) / $0 } }
}
