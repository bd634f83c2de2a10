// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import Foundation
import MediaIO
import StillImages

/// A file that was not taken in: which, why, and what to do about it.
public struct Refusal: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    public enum Code: String, Hashable, Sendable, Codable {
        case notFound, noPermission, unreadable, empty
        /// Of no kind that Kinora takes.
        case notTaken
        case tooLarge
        /// The file ends before its content does.
        case truncated
        case damaged
        /// A folder or a pattern with nothing in it to take.
        case nothingFound
        /// The work was called off before this file's turn.
        case cancelled
    }

    public var code: Code
    public var path: String
    /// "it is cut short"
    public var reason: String
    /// "copy it again from where it came"
    public var advice: String

    public init(_ code: Code, _ path: String, _ reason: String, _ advice: String) {
        self.code = code
        self.path = path
        self.reason = reason
        self.advice = advice
    }

    public var description: String { "\(path): \(reason); \(advice)" }
}

extension Refusal {
    init(_ error: StillError) {
        let code: Code =
            switch error.code {
            case .notFound: .notFound
            case .noPermission: .noPermission
            case .unreadable, .cannotWrite: .unreadable
            case .empty: .empty
            case .notAPicture, .unsupported: .notTaken
            case .tooLarge: .tooLarge
            case .truncated: .truncated
            case .damaged: .damaged
            }
        self.init(code, error.path, error.reason, error.advice)
    }

    init(_ error: MediaError, path: String) {
        let (code, advice): (Code, String) =
            switch error.code {
            case .cannotOpen: (.unreadable, "check the path and its permissions")
            case .empty: (.empty, "copy it again from where it came")
            case .unknownKind, .unsupported, .noPicture, .noSound, .missingEncoder, .misuse, .encoding, .cannotWrite:
                (.notTaken, "convert it to mp4 (H.264) or mp3 first")
            case .damaged: (.damaged, "copy it again from where it came")
            case .tooLarge: (.tooLarge, "make it smaller or shorter first")
            case .noMemory: (.unreadable, "free some memory")
            }
        // A reason that says itself what to do is taken at its word.
        guard let end = error.reason.range(of: "; ", options: .backwards) else {
            self.init(code, path, error.reason, advice)
            return
        }
        self.init(code, path, String(error.reason[..<end.lowerBound]), String(error.reason[end.upperBound...]))
    }

    init(_ error: ContentHashError) {
        let code: Code =
            switch error.code {
            case .notFound: .notFound
            case .noPermission: .noPermission
            case .notAFile: .notTaken
            case .unreadable: .unreadable
            }
        self.init(code, error.path, String(cString: strerror(error.underlying)), "copy it again from where it came")
    }
}
