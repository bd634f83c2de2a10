// SPDX-License-Identifier: GPL-3.0-or-later
public import ContentHash
import Glibc
import Synchronization

/// A folder of things that can be made again: prepared photos, coded chunks, mixed sound; named by hash, limited in size.
///
/// A file is served only after its own checksum has been found right, so that one torn by a power cut, or changed, is
/// never used: it is removed and counts as missing. Files come into being whole (`AtomicFile`); any number of
/// processes may share the folder. Safe to use from any thread.
public final class CacheFolder: Sendable {
    /// What a cached thing is: the name of its sub-folder.
    public struct Kind: Hashable, Sendable {
        public let name: String
        public init(_ name: String) { self.name = name }
    }

    public let path: String
    /// Bytes that `trim()` leaves at most.
    public let limit: Int64
    private let isThrowaway: Bool

    /// A folder at `path`, made when it is missing.
    public init(path: String, limit: Int64) throws(FileError) {
        self.path = path
        self.limit = limit
        isThrowaway = false
        try Folders.make(path)
    }

    /// A folder of its own for one run, removed when the value goes.
    public init(throwawayIn parent: String) throws(FileError) {
        Self.removeLeftovers(in: parent)
        path = "\(parent)/kinora-\(getpid())-\(UInt32.random(in: .min ... .max))"
        limit = .max
        isThrowaway = true
        try Folders.make(path)
    }

    deinit {
        if isThrowaway { Folders.remove(path) }
    }

    /// Bytes before a cached thing's own: magic, its length and its SHA-256, padded so that planes stay aligned.
    private static let headerSize = 128
    private static let magic = "KINORA-CACHE-1\n"

    private func place(_ kind: Kind, _ key: ContentHash) -> String {
        let hex = key.hex
        return "\(path)/\(kind.name)/\(hex.prefix(2))/\(hex)"
    }

    /// The bytes kept under `key`, checked; nil when there are none. Being asked for counts as use.
    public func load(_ kind: Kind, _ key: ContentHash) -> CachedBytes? {
        let file = place(kind, key)
        guard let mapped = MappedFile(path: file) else { return nil }
        guard let bytes = Self.checked(mapped) else {
            unlink(file)
            return nil
        }
        utimensat(AT_FDCWD, file, nil, 0)
        return CachedBytes(file: mapped, bytes: bytes)
    }

    /// Keeps `parts`, one after the other, under `key`, and gives them back as they lie in the folder.
    @discardableResult
    public func store(
        _ kind: Kind, _ key: ContentHash, _ parts: [UnsafeRawBufferPointer]
    ) throws(FileError) -> CachedBytes {
        let file = place(kind, key)
        try Folders.make("\(path)/\(kind.name)/\(key.hex.prefix(2))")
        let output = try AtomicFile(replacing: file)
        var hasher = ContentHasher()
        for part in parts { hasher.update(part) }
        let length = parts.reduce(0) { $0 + $1.count }
        var header = Array("\(Self.magic)\(length)\n\(hasher.finish().hex)\n".utf8)
        header += [UInt8](repeating: 0x20, count: Self.headerSize - header.count)
        try output.write(header)
        for part in parts { try output.write(part) }
        try output.commit(durable: false)
        guard let mapped = MappedFile(path: file), mapped.bytes.count == Self.headerSize + length else {
            throw FileError("read back", file, errno: EIO)
        }
        return CachedBytes(file: mapped, bytes: UnsafeRawBufferPointer(rebasing: mapped.bytes[Self.headerSize...]))
    }

    private static func checked(_ file: MappedFile) -> UnsafeRawBufferPointer? {
        guard file.bytes.count >= headerSize else { return nil }
        let header = String(decoding: file.bytes[..<headerSize], as: UTF8.self).split(separator: "\n")
        let body = UnsafeRawBufferPointer(rebasing: file.bytes[headerSize...])
        guard header.count == 4, header[0] + "\n" == magic, header[1] == String(body.count) else { return nil }
        var hasher = ContentHasher()
        hasher.update(body)
        return hasher.finish().hex == header[2] ? body : nil
    }
}

/// Bytes of a cache file, mapped; they stay readable after the file is removed.
public struct CachedBytes: Sendable {
    private let file: MappedFile
    /// Valid while this value, or a copy of it, lives. Begins at a multiple of 64.
    public nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    init(file: MappedFile, bytes: UnsafeRawBufferPointer) {
        self.file = file
        self.bytes = bytes
    }

    /// The bytes, copied out. (`bytes` alone does not keep its file mapped: whoever reads them in place holds on to this value.)
    public var copy: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

    /// Lets the system take the bytes' pages back; they are read from the file again when they are next looked at.
    public func releasePages() { file.releasePages() }
}
