// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation

/// What must be on the disk before anybody is told that it is. All of it blocks.
enum Durable {
    /// Makes a folder whose own parent is there already, and its name in that durable.
    static func makeShelf(_ path: String) throws(FileError) {
        if FileManager.default.fileExists(atPath: path) { return }
        try Folders.make(path)
        try sync(folder: (path as NSString).deletingLastPathComponent)
    }

    /// Writes a file whole or not at all, in place of what was there.
    static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let file = try AtomicFile(replacing: path)
        try file.write(bytes)
        try file.commit(durable: true)
    }

    /// Puts a file's bytes on the disk.
    static func sync(file path: String) throws(FileError) { try sync(path, O_WRONLY) }

    /// Puts on the disk which names stand in a folder.
    static func sync(folder path: String) throws(FileError) { try sync(path, O_RDONLY | O_DIRECTORY) }

    private static func sync(_ path: String, _ mode: Int32) throws(FileError) {
        let descriptor = open(path, mode | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw FileError("open", path, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError("write", path, errno: errno) }
    }
}
