// SPDX-License-Identifier: GPL-3.0-or-later

/// Why the studio does not do what it was asked.
package enum StudioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// This account has no project of that id. The same for one of another account.
    case noSuchProject
    /// The message has no words in it.
    case emptyMessage
    case messageTooLong(mostBytes: Int)
    /// So many turns wait already.
    case tooManyTurns(most: Int)

    package var description: String {
        switch self {
        case .noSuchProject: "there is no such session; start a new one"
        case .emptyMessage: "the message is empty; say what the film should be"
        case .messageTooLong(let most): "the message is longer than \(most) bytes; send a long script as a file"
        case .tooManyTurns(let most): "\(most) messages wait for their turn already; wait for their answers"
        }
    }
}

/// What the studio takes at most.
package struct StudioLimits: Hashable, Sendable {
    /// Bytes of one file.
    package var fileBytes = 500 << 20
    package var filesInProject = 2000
    /// Bytes of one message.
    package var messageBytes = 256 << 10
    /// Turns of a project that wait for the one under way.
    package var waitingTurns = 16
    /// Turns of a project that are kept; the oldest go first.
    package var keptTurns = 500

    package init() {}
}
