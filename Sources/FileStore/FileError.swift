// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A file could not be made, written, read or removed.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, CaseIterable, Hashable, Sendable {
        case notFound, noPermission, noSpace, notAFolder, other
    }

    public let code: Code
    /// What was being done: "create", "write", "replace", …
    public let operation: String
    public let path: String
    /// The system's error number (errno).
    public let underlying: Int32

    public init(_ operation: String, _ path: String, errno number: Int32) {
        switch number {
        case ENOENT: code = .notFound
        case EACCES, EPERM, EROFS: code = .noPermission
        case ENOSPC, EDQUOT, EFBIG: code = .noSpace
        case ENOTDIR, EISDIR, EEXIST: code = .notAFolder
        default: code = .other
        }
        self.operation = operation
        self.path = path
        underlying = number
    }

    public var description: String {
        let advice: String
        switch code {
        case .notFound: advice = "make its folder first, or name another place"
        case .noPermission: advice = "choose a place you may write to"
        case .noSpace: advice = "free some space, or name a place on another disk"
        case .notAFolder: advice = "name another place"
        case .other: advice = "check the disk"
        }
        return "could not \(operation) \(path): \(String(cString: strerror(underlying))); \(advice)"
    }
}
