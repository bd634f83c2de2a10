// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import Foundation
internal import Glibc

/// A file being written by a muxer, or bytes in memory; remembers the first failure in words.
final class FileSink {
    let name: String
    private let descriptor: Int32
    private(set) var memory: [UInt8] = []
    private var position: Int64 = 0
    private(set) var failure: MediaError?

    /// Creates or empties the file at `url`; `name` is what a person calls it.
    init(_ url: URL, name: String? = nil) throws(MediaError) {
        self.name = name ?? url.lastPathComponent
        descriptor = open(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 {
            throw MediaError(.cannotWrite, "write", self.name, String(cString: strerror(errno)))
        }
    }

    /// Bytes in memory.
    init(memoryFor name: String) {
        self.name = name
        descriptor = -1
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private static let bufferSize: Int32 = 256 << 10

    func makeIO() -> UnsafeMutablePointer<AVIOContext>? {
        guard let buffer = av_malloc(Int(Self.bufferSize)) else { return nil }
        let io = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, 1, Unmanaged.passUnretained(self).toOpaque(),
            nil, writeToSink, seekSink)
        if io == nil { av_free(buffer) }
        return io
    }

    static func free(_ io: UnsafeMutablePointer<AVIOContext>?) { FileCursor.free(io) }

    func takeMemory() -> [UInt8] {
        defer { (memory, position) = ([], 0) }
        return memory
    }

    fileprivate func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        if descriptor < 0 {
            let end = Int(position) + bytes.count
            if memory.count < end { memory.append(contentsOf: repeatElement(0, count: end - memory.count)) }
            memory.withUnsafeMutableBytes { $0[Int(position)..<end].copyBytes(from: bytes) }
            position = Int64(end)
            return Int32(bytes.count)
        }
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(position))
            if count < 0 {
                if errno == EINTR { continue }
                return fail("write", errno)
            }
            done += count
            position += Int64(count)
        }
        return Int32(bytes.count)
    }

    fileprivate func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
        switch whence & ~AVSEEK_FORCE {
        case SEEK_SET where offset >= 0: position = offset
        case SEEK_CUR where position + offset >= 0: position += offset
        default: return Int64(kinora_averror(EINVAL))
        }
        return position
    }

    /// Waits until the bytes are on the disk.
    func synchronize() throws(MediaError) {
        if descriptor >= 0, fsync(descriptor) != 0 { _ = fail("write", errno) }
        if let failure { throw failure }
    }

    private func fail(_ operation: String, _ number: Int32) -> Int32 {
        if failure == nil {
            let reason =
                number == ENOSPC ? "the disk is full; make room and try again" : String(cString: strerror(number))
            failure = MediaError(.cannotWrite, operation, name, reason)
        }
        return kinora_averror(number)
    }
}

private func writeToSink(_ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ size: Int32)
    -> Int32
{
    guard let opaque, size >= 0 else { return kinora_averror(EINVAL) }
    let sink = Unmanaged<FileSink>.fromOpaque(opaque).takeUnretainedValue()
    return sink.write(UnsafeRawBufferPointer(start: buffer, count: Int(size)))
}

private func seekSink(_ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32) -> Int64 {
    guard let opaque else { return Int64(kinora_averror(EINVAL)) }
    return Unmanaged<FileSink>.fromOpaque(opaque).takeUnretainedValue().seek(offset, whence)
}
