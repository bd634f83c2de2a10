// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV

/// Why a clip, a song or a film could not be read or written.
public struct MediaError: Error, Hashable, Sendable {
    public enum Code: String, CaseIterable, Hashable, Sendable {
        /// The file is not there, may not be read, or is no regular file.
        case cannotOpen
        /// The file has no bytes.
        case empty
        /// The content is of no kind that Kinora reads, whatever the name says.
        case unknownKind
        /// The content is of a known kind but cut short or broken.
        case damaged
        /// Larger, longer or with more streams than Kinora takes.
        case tooLarge
        /// Readable as a container, but coded in a way that cannot be decoded here.
        case unsupported
        /// Locked against copying by whom it was bought from.
        case protected
        /// There is no moving picture in it.
        case noPicture
        /// There is no sound in it.
        case noSound
        /// An encoder is not part of the installed libraries.
        case missingEncoder
        /// An encoder refused its settings or a frame.
        case encoding
        /// Bytes could not be written: no space, no permission, a broken disk.
        case cannotWrite
        /// The caller's own values do not fit together.
        case misuse
        /// There was not enough memory.
        case noMemory
    }

    public let code: Code
    /// What was tried, as a verb phrase: `read`, `decode the sound of`.
    public let operation: String
    /// On what: a file's name, an encoder's name.
    public let subject: String
    /// Why it failed, and what to do where there is something to do.
    public let reason: String
    /// What the library said, where it said something.
    public let underlying: String?

    /// The figure or name that the reason turns on, the same in every language: `9000×6000`, `prores`.
    public let fact: String?

    public init(
        _ code: Code, _ operation: String, _ subject: String, _ reason: String, underlying: String? = nil,
        fact: String? = nil
    ) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.reason = reason
        self.underlying = underlying
        self.fact = fact
    }

    /// A failed libav call; `result` is its negative return value. A lack of space or memory outranks `code`.
    init(_ code: Code, _ operation: String, _ subject: String, _ reason: String, libav result: Int32) {
        self.init(
            result == kinora_averror_nomem ? .noMemory : code, operation, subject, reason,
            underlying: LibAV.words(for: result))
    }
}

extension MediaError: CustomStringConvertible {
    public var description: String {
        "could not \(operation) \(subject): \(reason)" + (underlying.map { " (\($0))" } ?? "")
    }
}
