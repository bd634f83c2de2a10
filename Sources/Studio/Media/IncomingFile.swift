// SPDX-License-Identifier: GPL-3.0-or-later
package import FileStore
package import Foundation

/// A file on its way in: bytes of which nobody knows yet what they are. Gone with the value unless it was kept.
///
/// It holds nothing open between two pieces, so that any number may be on their way. Used by one task at a time.
package final class IncomingFile: Sendable {
    package let url: URL

    /// A new empty file in `folder` under a name of our own making. Blocks.
    init(in folder: String, name: String) throws(FileError) {
        url = URL(fileURLWithPath: "\(folder)/\(name)")
        let descriptor = open(url.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileError("create", url.path, errno: errno) }
        close(descriptor)
    }

    /// Another name for a complete file that lies elsewhere in the data folder. Blocks.
    init(linking path: String, in folder: String, name: String) throws(FileError) {
        url = URL(fileURLWithPath: "\(folder)/\(name)")
        guard link(path, url.path) == 0 else { throw FileError("create", url.path, errno: errno) }
    }

    deinit { unlink(url.path) }

    /// Adds bytes at the end. Blocks.
    package func append(_ bytes: [UInt8]) throws(FileError) {
        let descriptor = open(url.path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw FileError("write", url.path, errno: errno) }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("write", url.path, errno: errno)
            }
            done += count
        }
    }

    /// Makes it `path`, durably: the bytes are on the disk before the name is. Blocks.
    func move(to path: String) throws(FileError) {
        try Durable.sync(file: url.path)
        guard rename(url.path, path) == 0 else { throw FileError("replace", path, errno: errno) }
        try Durable.sync(folder: (path as NSString).deletingLastPathComponent)
    }
}
