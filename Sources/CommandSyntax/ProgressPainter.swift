// SPDX-License-Identifier: GPL-3.0-or-later
/// Decides what to write for each state of a piece of work: a line redrawn in place on a terminal, else a line now and then.
///
/// A pure machine: it is told the time and returns the text to write, which may be empty.
public struct ProgressPainter: Sendable {
    public var terminal: Terminal
    public let catalogue: Catalogue
    private var shown: ProgressLine?
    private var paintedAtSeconds = -Double.infinity
    private var isPainted = false

    /// A terminal is repainted at most so often; a log hears of every tenth, and of a longer silence.
    private static let repaintSeconds = 0.1
    private static let silenceSeconds = 10.0

    public init(terminal: Terminal, catalogue: Catalogue) {
        self.terminal = terminal
        self.catalogue = catalogue
    }

    /// What to write for a state; "" when nothing is due.
    public mutating func paint(_ line: ProgressLine, atSeconds: Double) -> String {
        let isNew = shown?.label != line.label || (line.fraction >= 1 && (shown?.fraction ?? 0) < 1)
        let passed = atSeconds - paintedAtSeconds
        guard isNew || isDue(line, passed) else { return "" }
        shown = line
        paintedAtSeconds = atSeconds
        guard terminal.isInteractive else { return line.plain(in: catalogue) + "\n" }
        isPainted = true
        return "\r" + line.drawn(width: terminal.width - 1, ink: terminal.ink, in: catalogue) + "\u{1B}[K"
    }

    /// What to write so that `message` stands on a line of its own, above the bar if there is one.
    public func say(_ message: String) -> String {
        guard isPainted, let shown else { return message + "\n" }
        return "\r\u{1B}[K" + message + "\n"
            + shown.drawn(width: terminal.width - 1, ink: terminal.ink, in: catalogue) + "\u{1B}[K"
    }

    /// What to write when the work is over or broken off: takes the bar away.
    public mutating func clear() -> String {
        defer {
            shown = nil
            isPainted = false
            paintedAtSeconds = -.infinity
        }
        return isPainted ? "\r\u{1B}[K" : ""
    }

    private func isDue(_ line: ProgressLine, _ passed: Double) -> Bool {
        if terminal.isInteractive { return passed >= Self.repaintSeconds }
        let tenths = Int(line.fraction * 10) - Int((shown?.fraction ?? 0) * 10)
        return (tenths > 0 && passed >= 1) || (passed >= Self.silenceSeconds && line != shown)
    }
}
