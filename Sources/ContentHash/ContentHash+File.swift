// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// A file could not be read to its end while it was hashed.
public struct ContentHashError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Hashable, Sendable {
        case notFound, noPermission, notAFile, unreadable
    }

    public let code: Code
    /// What was being done: "open" or "read".
    public let operation: String
    /// The file.
    public let path: String
    /// The system's error number (errno).
    public let underlying: Int32

    init(operation: String, path: String, errno number: Int32) {
        switch number {
        case ENOENT, ENOTDIR: code = .notFound
        case EACCES, EPERM: code = .noPermission
        case EISDIR: code = .notAFile
        default: code = .unreadable
        }
        self.operation = operation
        self.path = path
        underlying = number
    }

    public var description: String {
        let cause = String(cString: strerror(underlying))
        let advice =
            switch code {
            case .notFound: "check the path"
            case .noPermission: "allow reading it"
            case .notAFile: "give a file, not a folder"
            case .unreadable: "copy the file again from where it came"
            }
        return "could not \(operation) \(path): \(cause); \(advice)"
    }
}

extension ContentHash {
    /// Bytes a read: large enough that the hash, not the system call, is the cost.
    private static let readSize = 1 << 20

    /// The hash of a file's bytes, read once from its start to its end. Blocks; throws `ContentHashError`.
    public init(ofFile url: URL) throws(ContentHashError) {
        let path = url.path
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw ContentHashError(operation: "open", path: path, errno: errno) }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0 else { throw ContentHashError(operation: "open", path: path, errno: errno) }
        // A pipe or a device may never end.
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw ContentHashError(operation: "open", path: path, errno: EISDIR)
        }
        posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL)

        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.readSize, alignment: 4096)
        defer { buffer.deallocate() }
        var hasher = ContentHasher()
        while true {
            let count = read(file, buffer.baseAddress, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw ContentHashError(operation: "read", path: path, errno: errno) }
            if count == 0 { break }
            hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        self = hasher.finish()
    }
}
