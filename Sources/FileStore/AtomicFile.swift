// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLinux
import Glibc

/// A file that comes into being whole or not at all.
///
/// It is written without a name beside its destination (`O_TMPFILE`), so that a process that dies leaves nothing
/// behind, and takes the destination's place in one step on `commit()`. Where the file system knows no nameless files it
/// has a hidden temporary name, removed when the value goes. Use from one thread at a time.
public final class AtomicFile {
    private let destination: String
    private var descriptor: Int32
    /// A temporary name that stands in the folder now.
    private var temporary: String?

    /// Opens it, in `destination`'s folder, which must exist. Throws `FileError` when the folder cannot be written to.
    public init(replacing destination: String) throws(FileError) {
        self.destination = destination
        let folder = Self.folder(of: destination)
        let nameless = open(folder, kinora_o_tmpfile | O_RDWR | O_CLOEXEC, 0o666)
        if nameless >= 0 {
            descriptor = nameless
            return
        }
        guard errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL || errno == ENOENT else {
            throw FileError("create", destination, errno: errno)
        }
        let name = Self.temporaryName(beside: destination)
        descriptor = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError("create", destination, errno: errno) }
        temporary = name
    }

    deinit {
        close(descriptor)
        if let temporary { unlink(temporary) }
    }

    /// A path that opens the unfinished file, for libraries that want a name. Valid while the value lives.
    public var path: String { "/proc/self/fd/\(descriptor)" }

    /// Appends bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var rest = bytes
        while let base = rest.baseAddress, rest.count > 0 {
            let count = Glibc.write(descriptor, base, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("write", destination, errno: errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    public func write(_ bytes: [UInt8]) throws(FileError) {
        var failure: FileError?
        bytes.withUnsafeBytes { bytes in
            do throws(FileError) { try write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Makes the destination this file, in place of whatever stood there.
    ///
    /// - Parameter durable: the bytes are on the disk before the name points at them; without, a power cut may lose
    ///   the file, but a killed process does not.
    public func commit(durable: Bool) throws(FileError) {
        if durable, fsync(descriptor) != 0 { throw FileError("write", destination, errno: errno) }
        let name: String
        if let temporary {
            name = temporary
        } else {
            name = Self.temporaryName(beside: destination)
            guard linkat(AT_FDCWD, path, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 else {
                throw FileError("create", destination, errno: errno)
            }
            temporary = name
        }
        guard rename(name, destination) == 0 else { throw FileError("replace", destination, errno: errno) }
        temporary = nil
        if durable {
            let folder = open(Self.folder(of: destination), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            if folder >= 0 {
                fsync(folder)
                close(folder)
            }
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func temporaryName(beside path: String) -> String {
        "\(folder(of: path))/.kinora-\(getpid())-\(UInt64.random(in: .min ... .max)).part"
    }
}
