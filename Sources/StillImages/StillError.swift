// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a picture could not be read or written.
public struct StillError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case notFound, noPermission, unreadable
        /// No bytes at all.
        case empty
        /// Not a picture of any kind known by sight.
        case notAPicture
        /// A picture of a kind that is not taken.
        case unsupported
        /// More than `StillImages.largestPixelCount` pixels.
        case tooLarge
        /// The file ends before its picture does; `PhotoRequest.acceptsTruncated` shows what there is.
        case truncated
        /// The bytes contradict themselves.
        case damaged
        /// The file could not be made or filled.
        case cannotWrite
    }

    public let code: Code
    /// What was being done: "open", "read the header of", "decode", "write".
    public let operation: String
    /// The file.
    public let path: String
    /// What the system or the library said, or what was found instead; a hint for people.
    public let underlying: String

    init(_ code: Code, _ operation: String, _ path: String, _ underlying: String = "") {
        self.code = code
        self.operation = operation
        self.path = path
        self.underlying = underlying
    }

    /// The reason alone, without the file's name: "it is cut short".
    public var reason: String {
        switch code {
        case .notFound: "there is no such file"
        case .noPermission: "reading it is not allowed"
        case .unreadable: "it cannot be read"
        case .empty: "it is empty"
        case .notAPicture: "it is not a picture"
        case .unsupported: "it is \(underlying), a kind that is not taken"
        case .tooLarge: "it is too large (\(underlying))"
        case .truncated: "it is cut short"
        case .damaged: "it is damaged"
        case .cannotWrite: "it cannot be written"
        }
    }

    /// What a person can do about it.
    public var advice: String {
        switch code {
        case .notFound: "check the path"
        case .noPermission: "allow reading it, or copy it"
        case .unreadable, .empty, .truncated, .damaged: "copy it again from where it came"
        case .notAPicture: "give a photo: jpg, png, webp, heic, avif, gif, tiff or bmp"
        case .unsupported: "save it as jpg or png first"
        case .tooLarge: "shrink it below \(StillImages.largestPixelCount / 1_000_000) megapixels first"
        case .cannotWrite: "check the folder, its permissions and the space left"
        }
    }

    public var description: String {
        let said = underlying.isEmpty || code == .unsupported || code == .tooLarge ? "" : " (\(underlying))"
        return "could not \(operation) \(path): \(reason)\(said); \(advice)"
    }
}
