// SPDX-License-Identifier: GPL-3.0-or-later
/// What the program tells the shell when it ends.
public enum ExitStatus: Int32, Sendable {
    /// All that was asked for was done.
    case ok = 0
    /// The work could not be done.
    case failed = 1
    /// The command line was not understood.
    case usage = 2
    /// Ctrl-C (128 + SIGINT).
    case interrupted = 130
}
