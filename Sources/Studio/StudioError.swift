// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel

/// Why the studio does not do what it was asked.
package enum StudioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// This account has no project of that id. The same for one of another account.
    case noSuchProject
    /// The message has no words in it.
    case emptyMessage
    case messageTooLong(mostBytes: Int)
    /// So many turns wait already.
    case tooManyTurns(most: Int)
    /// The edit was made for another revision than the one the project is at.
    case staleBase(revision: Int, draft: Draft)
    case nothingToUndo(revision: Int, draft: Draft)
    case nothingToRedo(revision: Int, draft: Draft)
    /// There are not enough for a turn.
    case outOfCredits(CreditBalance)
    /// So many tokens were given out lately.
    case tooManyTokens(waitSeconds: Double)
    /// More is to be kept for an agent than there is room for.
    case tooManyNotes(mostBytes: Int)

    package var description: String {
        switch self {
        case .noSuchProject: "there is no such session; start a new one"
        case .emptyMessage: "the message is empty; say what the film should be"
        case .messageTooLong(let most): "the message is longer than \(most) bytes; send a long script as a file"
        case .tooManyTurns(let most): "\(most) messages wait for their turn already; wait for their answers"
        case .staleBase(let revision, _):
            "the project is at revision \(revision) by now; look at its draft and make the edit for that one"
        case .nothingToUndo: "there is no edit left to undo"
        case .nothingToRedo: "there is no undone edit left to redo"
        case .outOfCredits: "the credits are used up; register, or get more"
        case .tooManyTokens(let wait):
            "this client has a token, or its address has too many; use that one, or wait \(Self.words(wait))"
        case .tooManyNotes(let most): "the state of the session would get larger than \(most) bytes; keep less in it"
        }
    }
}

extension StudioError {
    /// Days, hours or seconds, rounded up.
    private static func words(_ seconds: Double) -> String {
        if seconds > 2 * 86400 { return "\(Int((seconds / 86400).rounded(.up))) days" }
        if seconds > 2 * 3600 { return "\(Int((seconds / 3600).rounded(.up))) hours" }
        return "\(Int(seconds.rounded(.up))) seconds"
    }
}

/// What the studio takes at most.
package struct StudioLimits: Hashable, Sendable {
    /// Bytes of one file.
    package var fileBytes = 500 << 20
    package var filesInProject = 2000
    /// Bytes of media that an account may have, each file counted once; nil = as the disk has room.
    package var accountBytes: Int64?
    /// Bytes of one message.
    package var messageBytes = 256 << 10
    /// Turns of a project that wait for the one under way.
    package var waitingTurns = 16
    /// Turns of a project that are kept; the oldest go first.
    package var keptTurns = 500
    /// Bytes of JSON that an agent may keep in a project.
    package var noteBytes = 256 << 10

    package init() {}
}
