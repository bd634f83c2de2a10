// SPDX-License-Identifier: GPL-3.0-or-later
import CEdit
import Foundation

/// Reads what a person types, line by line: with editing and a history on a terminal, plainly from a pipe.
///
/// Used by one thread; libedit keeps its state in the process.
struct LinePrompt {
    static let mostKept = 500

    private let isTerminal: Bool
    private let historyPath: String?

    /// - Parameter historyPath: where lines are kept between runs; nil keeps none.
    init(historyPath: String?) {
        isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        self.historyPath = isTerminal ? historyPath : nil
        guard isTerminal else { return }
        using_history()
        stifle_history(Int32(Self.mostKept))
        if let path = self.historyPath { read_history(path) }
    }

    /// The next line, or nil at the end of what there is.
    func line(_ prompt: String) -> String? {
        guard isTerminal else { return readLine() }
        guard let typed = readline(prompt) else { return nil }
        defer { free(typed) }
        let line = String(cString: typed)
        if line.contains(where: { !$0.isWhitespace }) {
            add_history(line)
            if let historyPath {
                write_history(historyPath)
                chmod(historyPath, 0o600)
            }
        }
        return line
    }
}
