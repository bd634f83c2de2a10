// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// A number that only grows.
public final class MetricCounter: MetricValue {
    private let count = Atomic<Int>(0)

    public func add(_ amount: Int = 1) { count.add(amount, ordering: .relaxed) }
    public var value: Int { count.load(ordering: .relaxed) }

    public func write(to page: inout String, name: String, labels: String) {
        MetricLine.write(to: &page, name, labels, String(value))
    }
}

/// A number that goes up and down.
public final class MetricGauge: MetricValue {
    private let count = Atomic<Int>(0)

    public func add(_ amount: Int) { count.add(amount, ordering: .relaxed) }
    public func set(_ value: Int) { count.store(value, ordering: .relaxed) }
    public var value: Int { count.load(ordering: .relaxed) }

    public func write(to page: inout String, name: String, labels: String) {
        MetricLine.write(to: &page, name, labels, String(value))
    }
}

/// A number that somebody else keeps.
public final class MetricReading: MetricValue {
    private let read: @Sendable () -> Int
    init(_ read: @escaping @Sendable () -> Int) { self.read = read }

    public func write(to page: inout String, name: String, labels: String) {
        MetricLine.write(to: &page, name, labels, String(read()))
    }
}

/// Durations by how long they were.
public final class MetricHistogram: MetricValue {
    /// From half a millisecond to a minute.
    public static let usualBounds: [Duration] = [
        .microseconds(500), .milliseconds(1), .microseconds(2500), .milliseconds(5), .milliseconds(10),
        .milliseconds(25), .milliseconds(50), .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1),
        .milliseconds(2500), .seconds(5), .seconds(10), .seconds(30), .seconds(60),
    ]

    private struct State {
        /// One for each bound, and one for what is above all.
        var counts: [Int]
        var nanoseconds: UInt64 = 0
    }

    private let bounds: [UInt64]
    // A lock, so that a page's count, sum and buckets belong together; it is held for three additions.
    private let state: Mutex<State>

    init(bounds: [Duration]) {
        self.bounds = bounds.map(\.nanoseconds)
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    public func observe(_ duration: Duration) {
        let value = duration.nanoseconds
        let place = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[place] += 1
            state.nanoseconds &+= value
        }
    }

    public func write(to page: inout String, name: String, labels: String) {
        let (counts, sum) = state.withLock { ($0.counts, $0.nanoseconds) }
        var total = 0
        for (place, count) in counts.enumerated() {
            total += count
            let bound = place < bounds.count ? MetricLine.seconds(bounds[place]) : "+Inf"
            MetricLine.write(
                to: &page, name + "_bucket", (labels.isEmpty ? "" : labels + ",") + "le=\"\(bound)\"", String(total))
        }
        MetricLine.write(to: &page, name + "_sum", labels, MetricLine.seconds(sum))
        MetricLine.write(to: &page, name + "_count", labels, String(total))
    }
}

enum MetricLine {
    static func write(to page: inout String, _ name: String, _ labels: String, _ value: String) {
        page += name
        if !labels.isEmpty { page += "{\(labels)}" }
        page += " \(value)\n"
    }

    /// Nanoseconds as a decimal number of seconds, exact, without trailing zeros.
    static func seconds(_ nanoseconds: UInt64) -> String {
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        guard rest > 0 else { return String(whole) }
        let digits = String(rest)
        var fraction = String(repeating: "0", count: 9 - digits.count) + digits
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(whole).\(fraction)"
    }
}
