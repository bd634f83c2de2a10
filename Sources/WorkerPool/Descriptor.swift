// SPDX-License-Identifier: GPL-3.0-or-later
internal import CProcess
import Glibc

/// An open descriptor with one owner: closed when the value goes.
package final class Descriptor: Sendable {
    package let number: Int32

    /// Takes it over.
    package init(adopting number: Int32) { self.number = number }

    deinit { close(number) }

    /// A file open for reading; nil, with `errno` set, where that cannot be. Never waits, as opening a pipe would.
    package convenience init?(reading path: String) {
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { return nil }
        self.init(adopting: number)
    }

    /// An empty file in memory, for reading and writing; nil, with `errno` set, where there are no descriptors left.
    package convenience init?(inMemory name: String) {
        let number = kinora_memory_file(name)
        guard number >= 0 else { return nil }
        self.init(adopting: number)
    }

    /// A path that opens the same file, for libraries that want a name. Good while the value lives.
    package var path: String { "/proc/self/fd/\(number)" }
}
