// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A file's bytes mapped read-only into memory; unmapped when the last holder lets go. Nobody writes to it, which is
/// what makes it `@unchecked Sendable`: cache files are replaced as a whole, never changed in place.
public final class MappedFile: @unchecked Sendable {
    public let bytes: UnsafeRawBufferPointer

    /// Nil where there is no such file, it cannot be read, or it is empty.
    public init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size > 0,
            let memory = mmap(nil, Int(facts.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
        else { return nil }
        bytes = UnsafeRawBufferPointer(start: memory, count: Int(facts.st_size))
    }

    /// The bytes, copied out. (`bytes` alone does not keep the file mapped: whoever reads them in place holds on to this value.)
    public var copy: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

    /// Lets the system take the pages back; they are read again when they are next looked at.
    public func releasePages() {
        madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
