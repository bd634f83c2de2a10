// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// An open, regular file to be sent. Owns its descriptor; may be sent any number of times, from any thread.
public final class HTTPFile: Sendable {
    /// Why a file cannot be sent.
    public enum Failure: Error, Sendable, Hashable {
        /// `open` or `fstat` said this.
        case system(path: String, errno: Int32)
        /// A folder, a pipe, a device.
        case notRegular(path: String)
    }

    let descriptor: Int32
    /// Bytes, as of opening.
    public let size: Int
    /// Seconds since 1970.
    public let modified: Int
    /// The strong tag of these bytes, with its quotes.
    public let entityTag: String

    /// Opens a file for reading. A symbolic link at the end of the path is refused. Touches the disk: for a slow disk
    /// call it on a thread that may wait.
    ///
    /// - Parameter entityTag: the tag if the bytes' identity is known, such as their hash; made of time, size and
    ///   number otherwise.
    public init(path: String, entityTag: String? = nil) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(path: path, errno: errno) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
            let code = errno
            close(descriptor)
            throw .system(path: path, errno: code)
        }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notRegular(path: path)
        }
        self.descriptor = descriptor
        size = Int(facts.st_size)
        modified = facts.st_mtim.tv_sec
        self.entityTag =
            entityTag
            ?? "\"\(String(facts.st_ino, radix: 36))-\(String(facts.st_size, radix: 36))-"
            + "\(String(facts.st_mtim.tv_sec, radix: 36)).\(String(facts.st_mtim.tv_nsec, radix: 36))\""
    }

    deinit { close(descriptor) }
}
