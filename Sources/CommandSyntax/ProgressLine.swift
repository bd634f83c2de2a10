// SPDX-License-Identifier: GPL-3.0-or-later
/// One state of a piece of work, as a line on a terminal or in a log.
public struct ProgressLine: Sendable, Equatable {
    /// What is being done: "Rendering".
    public var label: String
    /// 0–1.
    public var fraction: Double
    public var framesPerSecond: Double?
    public var secondsLeft: Double?

    public init(label: String, fraction: Double, framesPerSecond: Double? = nil, secondsLeft: Double? = nil) {
        self.label = label
        self.fraction = fraction.isFinite ? min(max(fraction, 0), 1) : 0
        self.framesPerSecond = framesPerSecond
        self.secondsLeft = secondsLeft
    }

    public init(label: String, _ meter: ProgressMeter) {
        self.init(
            label: label, fraction: meter.fraction, framesPerSecond: meter.framesPerSecond,
            secondsLeft: meter.secondsLeft)
    }

    /// `Rendering  ███████▌░░░░░░░░   42%  118 frames/s  0:12 left`, at most `width` columns.
    ///
    /// What does not fit goes in this order: the rate, the time left, the bar; last the label is cut.
    public func drawn(width: Int, ink: Ink, in catalogue: Catalogue) -> String {
        let percent = percentText
        let rate = framesPerSecond.map { "  " + catalogue.text("progress rate", ["rate": rateText($0)]) } ?? ""
        let left = secondsLeft.map { "  " + catalogue.text("progress left", ["time": clockText($0)]) } ?? ""
        for tail in [rate + left, left, ""] {
            let bar = width - label.displayWidth - 4 - percent.displayWidth - tail.displayWidth
            if bar >= (tail.isEmpty ? 5 : 10) {
                return label + "  " + ink.name(self.bar(columns: min(bar, 40))) + "  " + percent + ink.faint(tail)
            }
        }
        let room = width - percent.displayWidth - 2
        return room > 0 ? label.clipped(to: room) + "  " + percent : percent.clipped(to: width)
    }

    /// `Rendering 42%, 118 frames/s, 0:12 left`: for a log.
    public func plain(in catalogue: Catalogue) -> String {
        var parts = ["\(label) \(percentText.drop { $0 == " " })"]
        if let framesPerSecond { parts.append(catalogue.text("progress rate", ["rate": rateText(framesPerSecond)])) }
        if let secondsLeft, fraction < 1 {
            parts.append(catalogue.text("progress left", ["time": clockText(secondsLeft)]))
        }
        return parts.joined(separator: catalogue.text("progress comma"))
    }

    /// Right-aligned; 100 only when all is done.
    private var percentText: String {
        let percent = String(Int(fraction * 100))
        return String(repeating: " ", count: 3 - percent.count) + percent + "%"
    }

    /// A bar in eighths of a column.
    private func bar(columns: Int) -> String {
        let eighths = Int(fraction * Double(columns * 8))
        let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        let full = eighths / 8
        let empty = columns - full - (part.isEmpty ? 0 : 1)
        return String(repeating: "█", count: full) + part + String(repeating: "░", count: empty)
    }
}

/// A rate: whole from ten up, with one decimal below.
func rateText(_ rate: Double) -> String {
    rate >= 10 ? plainDecimal(rate.rounded()) : plainDecimal((rate * 10).rounded() / 10)
}

/// A length of time as a clock shows it: `0:07`, `12:34`, `1:02:03`; seconds are rounded up, so that 0:00 is the end.
public func clockText(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 360_000 else { return "99:59:59" }
    let total = Int(max(seconds, 0).rounded(.up))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let (minutes, rest) = (total / 60, total % 60)
    return minutes < 60 ? "\(minutes):\(two(rest))" : "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
}
