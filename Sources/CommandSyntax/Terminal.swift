// SPDX-License-Identifier: GPL-3.0-or-later
/// What standard output or standard error goes to.
public struct Terminal: Sendable, Equatable {
    /// Columns; help is wrapped to at most 100 of them.
    public var width: Int
    /// A person watches: lines may be redrawn.
    public var isInteractive: Bool
    /// Colours are wanted.
    public var hasColour: Bool

    public init(width: Int, isInteractive: Bool, hasColour: Bool) {
        self.width = width
        self.isInteractive = isInteractive
        self.hasColour = hasColour
    }

    /// A file, pipe or log: 80 columns, no colours, nothing redrawn.
    public static let plain = Terminal(width: 80, isInteractive: false, hasColour: false)

    /// A terminal by its facts.
    ///
    /// - Parameters:
    ///   - columns: as the system tells them; `COLUMNS` is the next best, then 80.
    ///   - environment: `NO_COLOR` (any text but none, no-color.org) and `TERM=dumb` turn colours off; a dumb terminal is
    ///     not redrawn either.
    public init(isTerminal: Bool, columns: Int?, environment: [String: String]) {
        let isDumb = environment["TERM"].map { $0 == "dumb" || $0.isEmpty } ?? false
        let told = columns ?? environment["COLUMNS"].flatMap { Int($0) } ?? 80
        self.init(
            width: told > 0 ? told : 80, isInteractive: isTerminal && !isDumb,
            hasColour: isTerminal && !isDumb && environment["NO_COLOR", default: ""].isEmpty)
    }

    /// The ink for this terminal.
    public var ink: Ink { Ink(hasColour: hasColour) }
}

/// Colours text with ANSI sequences, or leaves it plain.
public struct Ink: Sendable, Equatable {
    public var hasColour: Bool

    public init(hasColour: Bool) { self.hasColour = hasColour }

    public func heading(_ text: String) -> String { paint(text, "1") }
    public func name(_ text: String) -> String { paint(text, "36") }
    public func faint(_ text: String) -> String { paint(text, "2") }
    public func good(_ text: String) -> String { paint(text, "32") }
    public func warning(_ text: String) -> String { paint(text, "33") }
    public func error(_ text: String) -> String { paint(text, "1;31") }

    private func paint(_ text: String, _ code: String) -> String {
        hasColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
