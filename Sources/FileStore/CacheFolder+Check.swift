// SPDX-License-Identifier: GPL-3.0-or-later

extension CacheFolder {
    /// Throws when nothing can be kept here: a read-only disk, a folder that belongs to somebody else. Looked at by making a file,
    /// for permissions alone do not tell.
    public func checkWritable() throws(FileError) {
        let file = try AtomicFile(replacing: "\(path)/writable")
        try file.write([0])
    }
}
