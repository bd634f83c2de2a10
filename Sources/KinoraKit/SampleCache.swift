// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
public import FileStore
public import Foundation
public import Sound

/// Instruments' samples, decoded, in the cache beside what is made of them.
public struct SampleCache: SampleStore {
    private static let kind = CacheFolder.Kind("instruments")

    private let cache: CacheFolder

    public init(cache: CacheFolder) { self.cache = cache }

    private func key(_ coded: UnsafeRawBufferPointer) -> ContentHash {
        var hasher = ContentHasher()
        hasher.update(coded)
        return hasher.finish()
    }

    public func load(decodedOf coded: UnsafeRawBufferPointer) -> Data? {
        guard let kept = cache.load(Self.kind, key(coded)), let base = kept.bytes.baseAddress else { return nil }
        // The mapping lives as long as the data.
        return Data(
            bytesNoCopy: UnsafeMutableRawPointer(mutating: base), count: kept.bytes.count,
            deallocator: .custom { _, _ in withExtendedLifetime(kept) {} })
    }

    public func keep(_ decoded: UnsafeRawBufferPointer, decodedOf coded: UnsafeRawBufferPointer) {
        _ = try? cache.store(Self.kind, key(coded), [decoded])
    }
}
