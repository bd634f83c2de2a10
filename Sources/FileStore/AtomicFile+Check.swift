// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

extension AtomicFile {
    /// Throws what writing `destination` would throw, before any work is done for it: no such folder, no permission, a
    /// folder of that name. Leaves nothing behind.
    public static func check(replacing destination: String) throws(FileError) {
        var facts = stat()
        if destination.hasSuffix("/") || (stat(destination, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR) {
            throw FileError("write", destination, errno: EISDIR)
        }
        _ = try AtomicFile(replacing: destination)
    }
}
