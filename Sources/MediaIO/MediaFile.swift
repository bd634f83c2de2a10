// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation
internal import Glibc

/// A regular file open for reading: the one descriptor through which a clip or a song is read.
///
/// Reads carry their own offset, so several readers may share one file, on any threads. Nothing that the file says can
/// make another file be opened.
public final class MediaFile: Sendable {
    /// What a person calls it.
    public let name: String
    public let byteCount: Int64
    let descriptor: Int32

    /// Throws `cannotOpen` or `empty`.
    public convenience init(_ url: URL) throws(MediaError) {
        let name = url.lastPathComponent
        // Non-blocking, so that a named pipe is refused below instead of waited for.
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw MediaError(.cannotOpen, "open", name, String(cString: strerror(errno)))
        }
        try self.init(adopting: descriptor, name: name)
    }

    /// Takes over an open descriptor, and closes it when the file goes (also when this throws).
    public init(adopting descriptor: Int32, name: String) throws(MediaError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw MediaError(.cannotOpen, "open", name, "it is not a file")
        }
        guard status.st_size > 0 else {
            close(descriptor)
            throw MediaError(.empty, "read", name, "the file is empty; copy or download it again")
        }
        self.name = name
        self.descriptor = descriptor
        byteCount = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// Up to `buffer.count` bytes at `offset`; 0 at the end, negative errno on failure.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { return -Int(errno) }
        }
    }

    /// The bytes at `offset`, fewer at the end of the file.
    func bytes(at offset: Int64, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = 0
            while initialized < count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
                let got = read(into: rest, at: offset + Int64(initialized))
                if got <= 0 { break }
                initialized += got
            }
        }
    }
}
