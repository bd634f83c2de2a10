// SPDX-License-Identifier: GPL-3.0-or-later

/// Why sound could not be read, made or written.
public struct SoundError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, CaseIterable, Hashable, Sendable {
        case outOfMemory, noSpace, unreadable, unwritable, missingSoundFont, synthesisFailed, encodingFailed, cancelled
    }

    public let code: Code
    /// What was tried, as a verb: `mix`, `play`.
    public let operation: String
    /// On what.
    public let subject: String
    /// Why it failed and what to do.
    public let reason: String

    init(_ code: Code, _ operation: String, of subject: String, because reason: String) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.reason = reason
    }

    public var description: String { "Could not \(operation) \(subject): \(reason)." }
}
