// SPDX-License-Identifier: GPL-3.0-or-later

/// What the client tells on the way, while a call goes on. Never a token, never raw JSON.
package enum RemoteNotice: Hashable, Sendable {
    case connecting
    case ready
    /// The token was no longer good; there is a new one.
    case newToken(fromEnvironment: Bool)
    /// The session was gone; there is a new one with so many of the files that were sent.
    case newSession(files: Int)
    case sending(files: Int, bytes: Int)
    /// The server asked to wait.
    case waiting(seconds: Int)
    /// A turn or an export still goes on, after so many minutes.
    case stillWorking(minutes: Int)
    /// The stream of a turn ended early; what came of it is looked up.
    case lookingUp
    /// 0–100, never falling.
    case exporting(percent: Int)
    case goingOn(export: String)
    case downloading(percent: Int)
}
