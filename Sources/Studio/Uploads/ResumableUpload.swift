// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash

/// What somebody says of a file before it comes in pieces.
package struct UploadAnnouncement: Hashable, Sendable {
    package var project: ProjectID
    /// What its sender calls it.
    package var name: String?
    /// Bytes of the whole; nil until the sender knows.
    package var length: Int64?
    /// As it was sent, to be told again.
    package var metadata: String

    package init(project: ProjectID, name: String?, length: Int64?, metadata: String) {
        self.project = project
        self.name = name
        self.length = length
        self.metadata = metadata
    }
}

/// Why a piece of an upload is not taken.
package enum ResumableUploadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// This account has none of that id.
    case noSuchUpload
    /// It was given up after too long a pause.
    case expired
    /// The piece does not begin where the last one ended.
    case wrongOffset(Int64)
    /// Another piece of it is coming.
    case busy
    case longerThanSaid
    case lengthKnown
    case tooLarge(mostBytes: Int)
    /// The account's files may take so much in all.
    case noRoom(mostBytes: Int64)
    case checksumMismatch

    package var description: String {
        switch self {
        case .noSuchUpload: "there is no such upload; begin a new one"
        case .expired: "the upload was given up after too long a pause; begin a new one"
        case .wrongOffset(let offset): "the upload stands at byte \(offset); go on from there"
        case .busy: "another piece of this upload is coming in; wait for its end"
        case .longerThanSaid: "more bytes came than the upload has by its length"
        case .lengthKnown: "the upload's length was said before, and otherwise"
        case .tooLarge(let most): "the file is larger than \(ByteSize.words(Int64(most))), the most that is taken"
        case .noRoom(let most):
            "your files may take \(ByteSize.words(most)) in all, and this one does not fit in; delete projects you no longer need"
        case .checksumMismatch: "the bytes do not have the checksum that came with them; send them again"
        }
    }
}

/// A checksum that came with a piece.
package struct ExpectedChecksum: Hashable, Sendable {
    package var algorithm: Checksum.Algorithm
    package var digest: [UInt8]

    package init(algorithm: Checksum.Algorithm, digest: [UInt8]) {
        self.algorithm = algorithm
        self.digest = digest
    }
}
