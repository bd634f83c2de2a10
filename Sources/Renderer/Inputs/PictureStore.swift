// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import FileStore
import PixelBuffers

/// Pictures kept in the cache, mapped read-only by every worker that draws with them: sixty-four bytes of
/// `‹width› ‹height› ‹1 with alpha, else 0›`, padded with spaces, then the planes as `PictureLayout` has them.
struct PictureStore: Sendable {
    let cache: CacheFolder

    private static let headerSize = 64

    func load(_ kind: CacheFolder.Kind, _ key: ContentHash) -> Picture? {
        cache.load(kind, key).flatMap(Self.picture)
    }

    func store(_ picture: Picture, _ kind: CacheFolder.Kind, _ key: ContentHash) throws -> Picture {
        let layout = picture.layout
        var header = Array("\(layout.width) \(layout.height) \(layout.hasAlpha ? 1 : 0)".utf8)
        header += [UInt8](repeating: 0x20, count: Self.headerSize - header.count)
        let stored = try header.withUnsafeBytes { try cache.store(kind, key, [$0, picture.bytes]) }
        // What was just written is what is in hand; only a broken disk makes the two differ.
        return Self.picture(stored) ?? picture
    }

    private static func picture(_ stored: CachedBytes) -> Picture? {
        let bytes = stored.bytes
        guard bytes.count > headerSize, let base = bytes.baseAddress else { return nil }
        let numbers = String(decoding: bytes[..<headerSize], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 3, numbers[0] > 0, numbers[1] > 0 else { return nil }
        let layout = PictureLayout(width: numbers[0], height: numbers[1], hasAlpha: numbers[2] == 1)
        guard layout.byteCount == bytes.count - headerSize else { return nil }
        let memory = UnsafeMutableRawPointer(mutating: base + headerSize)
        return Picture(layout: layout, borrowing: memory) { _ in withExtendedLifetime(stored) {} }
    }
}
