// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
import MediaLibrary

/// What became of one file of a batch.
package enum UploadOutcome: Sendable {
    case taken(MediaFacts)
    case refused(UploadRefusal)
}

/// A file that was not taken in.
package struct UploadRefusal: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// It is of no kind that is taken, or broken.
        case notTaken
        case tooLarge(mostBytes: Int)
        /// The project has no room for more files.
        case tooMany(most: Int)
        /// The account has no room for it.
        case noRoom
        /// It could not be kept; the fault is ours.
        case notKept
        /// Not a link to a file on the web at all.
        case badLink
        /// A link that led to no file.
        case notReached
    }

    package var code: Code
    /// As the person knows it.
    package var name: String
    /// "it is cut short"
    package var reason: String
    /// "copy it again from where it came"
    package var advice: String

    init(_ code: Code, _ name: String, _ reason: String, _ advice: String) {
        self.code = code
        self.name = name
        self.reason = reason
        self.advice = advice
    }

    init(_ refusal: Refusal, name: String, mostBytes: Int) {
        self.init(
            refusal.code == .tooLarge ? .tooLarge(mostBytes: mostBytes) : .notTaken, name, refusal.reason,
            refusal.advice)
    }

    /// The account's files may take so much and no more.
    init(noRoomIn mostBytes: Int64, name: String) {
        self.init(
            .noRoom, name, "your files may take \(ByteSize.words(mostBytes)) in all, and it does not fit in any more",
            "delete projects that you no longer need")
    }

    /// The fault is ours: a disk that is full, for instance.
    init(notKept error: any Error, name: String) {
        self.init(.notKept, name, "it could not be kept: \(error)", "send it again")
    }
}
