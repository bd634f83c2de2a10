// SPDX-License-Identifier: GPL-3.0-or-later
package import Database
package import FileStore
import Glibc
import Synchronization

/// Why a data folder cannot be opened.
package enum DataFolderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another process owns it; its number, where it left one.
    case owned(path: String, process: Int32?)
    /// A later Kinora wrote it.
    case tooNew(path: String, format: Int)
    /// A file of an older Kinora cannot be read.
    case unreadable(path: String, reason: String)
    case database(DatabaseError)
    case file(FileError)

    package var description: String {
        switch self {
        case .owned(let path, let process):
            let owner = process.map { "another kinora (process \($0))" } ?? "another kinora"
            return "could not open the data folder \(path): \(owner) has it open; stop that one, or name another "
                + "folder with --data"
        case .tooNew(let path, let format):
            return "could not open the data folder \(path): a newer kinora wrote it (format \(format)); use that one, "
                + "or name another folder with --data"
        case .unreadable(let path, let reason):
            return "could not take in \(path) of an older kinora: \(reason); put back a copy of it, or move it away to "
                + "go on without it"
        case .database(let error): return "\(error)"
        case .file(let error): return "\(error)"
        }
    }
}

/// The folder in which everything lies that cannot be made again. One process owns it, until the value goes or `release()`.
///
/// ```
/// DATA/format          the version of this layout
/// DATA/lock            held by the owner, names its process
/// DATA/kinora.sqlite   accounts, projects, exports and all that is said of files; -wal and -shm while it is open
/// DATA/media/ab/ab12…  media, named by SHA-256
/// DATA/uploads/…       files that come in in several pieces
/// DATA/incoming/       files on their way in; nothing here outlives its process
/// DATA/format-1/       projects and tokens of a folder of format 1, put aside
/// ```
package final class DataFolder: Sendable {
    /// The layout above. In format 1, projects and tokens were files.
    package static let format = 2

    package let path: String
    /// Open as long as the folder is.
    package let database: Database
    private let lock: Mutex<Int32?>

    /// Opens the folder, made for this user alone when it is missing, and becomes its owner. Blocks.
    package convenience init(path: String) throws(DataFolderError) {
        let lock: Int32
        do {
            try Folders.make(path)
            _ = chmod(path, 0o700)
            lock = try Self.takeLock(path)
        } catch let error as DataFolderError {
            throw error
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .file(FileError("open", path, errno: EIO))
        }
        do throws(DataFolderError) {
            try self.init(path: path, lock: lock)
        } catch {
            Self.letGo(lock)
            throw error
        }
    }

    private init(path: String, lock: Int32) throws(DataFolderError) {
        let found = Self.formatFound(in: path)
        if let found, found > Self.format { throw .tooNew(path: path, format: found) }
        do throws(FileError) {
            for name in Folders.names(in: "\(path)/incoming") { unlink("\(path)/incoming/\(name)") }
            for name in ["incoming", "media", "uploads"] { try Durable.makeShelf("\(path)/\(name)") }
        } catch {
            throw .file(error)
        }
        let database: Database
        do throws(DatabaseError) {
            database = try Database(path: "\(path)/kinora.sqlite", migrations: StudioSchema.migrations)
        } catch {
            throw .database(error)
        }
        do {
            if found == 1 { try FormatOne.takeIn(path, into: database) }
            if found != Self.format { try Durable.write(Array("\(Self.format)\n".utf8), to: "\(path)/format") }
            // Also where the process that took them in ended before it came to this.
            try FormatOne.putAside(path)
            // The name of the database's log, which SQLite makes as it opens: what is written to it counts only where it has one, and
            // SQLite does not say when that cannot be put on the disk.
            try Durable.sync(folder: path)
        } catch {
            database.close()
            switch error {
            case let error as FormatOne.Unreadable: throw .unreadable(path: error.path, reason: error.reason)
            case let error as DatabaseError: throw .database(error)
            case let error as FileError: throw .file(error)
            default: throw .unreadable(path: path, reason: "\(error)")
            }
        }
        self.path = path
        self.database = database
        self.lock = Mutex(lock)
    }

    deinit { release() }

    /// Lets go of the folder before the value does; nothing can be written to it afterwards. Blocks until what is under
    /// way is durable.
    package func release() {
        database.close()
        let descriptor = lock.withLock { lock in
            defer { lock = nil }
            return lock
        }
        if let descriptor { Self.letGo(descriptor) }
    }

    /// Unlocks by word, not by closing alone: a child process on its way to its program still has the descriptor for a
    /// moment.
    private static func letGo(_ lock: Int32) {
        flock(lock, LOCK_UN)
        close(lock)
    }

    /// Seizes the lock file. A process that ends, however it ends, lets go of it.
    private static func takeLock(_ path: String) throws -> Int32 {
        let name = "\(path)/lock"
        let lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw FileError("open", name, errno: errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            var text = [UInt8](repeating: 0, count: 16)
            let count = pread(lock, &text, text.count, 0)
            close(lock)
            let owner = Int32(String(decoding: text.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self))
            throw DataFolderError.owned(path: path, process: owner)
        }
        let text = Array("\(getpid())\n".utf8)
        _ = ftruncate(lock, 0)
        _ = pwrite(lock, text, text.count, 0)
        return lock
    }

    private static func formatFound(in path: String) -> Int? {
        MappedFile(path: "\(path)/format").flatMap {
            Int(String(decoding: $0.bytes.prefix(20).prefix { $0 != 0x0A }, as: UTF8.self))
        }
    }
}
