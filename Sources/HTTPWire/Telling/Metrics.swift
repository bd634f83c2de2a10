// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Numbers that a program tells of itself, as a page in Prometheus' text format, version 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats).
///
/// Families are added once, at start; their values are counted from any thread, for a few nanoseconds each. Names are
/// `[a-zA-Z_:][a-zA-Z0-9_:]*`, label names the same without colons and without `__` in front; others are a programmer's error.
public final class Metrics: Sendable {
    /// The media type of the page.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let families = Mutex<[any MetricFamily]>([])

    public init() {}

    /// Adds a number that only grows; one for each set of label values.
    public func counter(_ name: String, _ help: String, labels: [String] = []) -> MetricSet<MetricCounter> {
        add(MetricSet(name, help, "counter", labels) { MetricCounter() })
    }

    /// Adds a number that goes up and down.
    public func gauge(_ name: String, _ help: String, labels: [String] = []) -> MetricSet<MetricGauge> {
        add(MetricSet(name, help, "gauge", labels) { MetricGauge() })
    }

    /// Adds a number that is asked for when the page is made.
    public func gauge(_ name: String, _ help: String, read: @escaping @Sendable () -> Int) {
        _ = add(MetricSet(name, help, "gauge", []) { MetricReading(read) }).with()
    }

    /// Adds a number that only grows and is asked for when the page is made.
    public func counter(_ name: String, _ help: String, read: @escaping @Sendable () -> Int) {
        _ = add(MetricSet(name, help, "counter", []) { MetricReading(read) }).with()
    }

    /// Adds durations, counted by how long they were, told in seconds.
    ///
    /// - Parameter bounds: upper ends of the buckets, rising; a duration equal to one lies in it.
    public func histogram(
        _ name: String, _ help: String, labels: [String] = [], bounds: [Duration] = MetricHistogram.usualBounds
    ) -> MetricSet<MetricHistogram> {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "bounds of \(name) rise")
        precondition(!labels.contains("le"), "le is the histogram's own label")
        return add(MetricSet(name, help, "histogram", labels) { MetricHistogram(bounds: bounds) })
    }

    /// The page.
    public var text: String {
        var page = ""
        for family in families.withLock({ $0 }) { family.write(to: &page) }
        return page
    }

    private func add<Value>(_ family: MetricSet<Value>) -> MetricSet<Value> {
        families.withLock { families in
            precondition(!families.contains { $0.name == family.name }, "two metrics are named \(family.name)")
            families.append(family)
        }
        return family
    }
}

/// One name of the page with all its values.
protocol MetricFamily: Sendable {
    var name: String { get }
    func write(to page: inout String)
}

/// One value, which may take several lines.
public protocol MetricValue: AnyObject, Sendable {
    /// Appends its lines. `labels` is `a="b",c="d"` or empty.
    func write(to page: inout String, name: String, labels: String)
}

/// The values of one name, by their labels' values.
public final class MetricSet<Value: MetricValue>: MetricFamily {
    let name: String
    private let help: String
    private let kind: String
    private let labels: [String]
    private let make: @Sendable () -> Value
    private let values = Mutex<(order: [[String]], byLabels: [[String]: Value])>(([], [:]))

    init(_ name: String, _ help: String, _ kind: String, _ labels: [String], _ make: @escaping @Sendable () -> Value) {
        precondition(Self.isName(name, allowing: 0x3A), "\(name) is no name of a metric")
        for label in labels {
            precondition(Self.isName(label, allowing: 0x5F) && !label.hasPrefix("__"), "\(label) is no name of a label")
        }
        (self.name, self.help, self.kind, self.labels, self.make) = (name, help, kind, labels, make)
    }

    /// The value of these labels' values, made at the first call. Keep it where it is counted often; give labels few values.
    public func with(_ labelValues: String...) -> Value {
        precondition(labelValues.count == labels.count, "\(name) has the labels \(labels)")
        return values.withLock { values in
            if let value = values.byLabels[labelValues] { return value }
            let value = make()
            values.byLabels[labelValues] = value
            values.order.append(labelValues)
            return value
        }
    }

    func write(to page: inout String) {
        page += "# HELP \(name) \(Self.escaped(help, quote: false))\n# TYPE \(name) \(kind)\n"
        let all = values.withLock { values in
            values.order.map { ($0, values.byLabels[$0]) }
        }
        for (labelValues, value) in all {
            let pairs = zip(labels, labelValues).map { "\($0)=\"\(Self.escaped($1, quote: true))\"" }
            value?.write(to: &page, name: name, labels: pairs.joined(separator: ","))
        }
    }

    private static func isName(_ text: String, allowing other: UInt8) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
                || byte == other
        }
    }

    /// Backslash, line feed and, in a label's value, the quote are escaped.
    private static func escaped(_ text: String, quote: Bool) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x22 }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quote: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
