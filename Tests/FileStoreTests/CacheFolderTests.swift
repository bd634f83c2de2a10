// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import FileStore
import Foundation
import TestMedia
import Testing

@Suite struct CacheFolderTests {
    let kind = CacheFolder.Kind("chunks")

    func store(_ cache: CacheFolder, _ key: ContentHash, _ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { _ = try cache.store(kind, key, [$0]) }
    }

    func file(_ cache: CacheFolder, _ key: ContentHash) -> String {
        "\(cache.path)/chunks/\(key.hex.prefix(2))/\(key.hex)"
    }

    @Test func whatIsKeptIsGivenBack() throws {
        let cache = try CacheFolder(path: TestMedia.scratchFolder().path + "/deep/er", limit: 1 << 20)
        let key = ContentHash(of: [1])
        #expect(cache.load(kind, key) == nil)
        try store(cache, key, Array(0...255))
        #expect(cache.load(kind, key).map { Array($0.bytes) } == Array(0...255))
        #expect(cache.load(CacheFolder.Kind("photos"), key) == nil)
    }

    @Test(arguments: [0, 5, 40, 127, 128, 200, 383])
    func aFileCutShortIsNeverServed(length: Int) throws {
        let cache = try CacheFolder(path: TestMedia.scratchFolder().path, limit: 1 << 20)
        let key = ContentHash(of: [2])
        try store(cache, key, Array(0...255))
        #expect(truncate(file(cache, key), length) == 0)
        #expect(cache.load(kind, key) == nil)
    }

    @Test(arguments: [0, 16, 30, 130, 300])
    func aChangedFileIsNeverServed(offset: Int) throws {
        let cache = try CacheFolder(path: TestMedia.scratchFolder().path, limit: 1 << 20)
        let key = ContentHash(of: [3])
        try store(cache, key, Array(0...255))
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file(cache, key)))
        bytes[offset] ^= 0x15
        try bytes.write(to: URL(fileURLWithPath: file(cache, key)))
        #expect(cache.load(kind, key) == nil)
    }

    @Test func trimmingTakesWhatWasUsedLongestAgo() throws {
        let cache = try CacheFolder(path: TestMedia.scratchFolder().path, limit: 3 * (128 + 1000))
        let keys = (0..<5).map { ContentHash(of: [UInt8($0), 9]) }
        for (age, key) in keys.enumerated() {
            try store(cache, key, [UInt8](repeating: 7, count: 1000))
            var times = [timespec](repeating: timespec(tv_sec: 1000 + age, tv_nsec: 0), count: 2)
            #expect(utimensat(AT_FDCWD, file(cache, key), &times, 0) == 0)
        }
        #expect(cache.load(kind, keys[0]) != nil)  // used now
        #expect(cache.trim() == 2 * (128 + 1000))
        #expect(keys.map { cache.load(kind, $0) != nil } == [true, false, false, true, true])
        #expect(cache.usage().files == 3)
        cache.clear()
        #expect(cache.usage() == CacheFolder.Usage())
    }

    @Test func bytesStayReadableAfterTheirFileIsGone() throws {
        let cache = try CacheFolder(path: TestMedia.scratchFolder().path, limit: 1 << 20)
        let key = ContentHash(of: [4])
        try store(cache, key, Array(0...255))
        let bytes = try #require(cache.load(kind, key))
        cache.clear()
        #expect(Array(bytes.bytes) == Array(0...255))
    }

    @Test func aThrowawayFolderGoesWithItsOwner() throws {
        var cache: CacheFolder? = try CacheFolder(throwawayIn: TestMedia.scratchFolder().path)
        let path = try #require(cache?.path)
        try cache.map { try store($0, ContentHash(of: [5]), [1]) }
        #expect(FileManager.default.fileExists(atPath: path))
        cache = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func anUnwritablePlaceIsNamed() throws {
        let place = try TestMedia.scratchFolder().appendingPathComponent("a-file")
        try Data([1]).write(to: place)
        let error = #expect(throws: FileError.self) { try CacheFolder(path: place.path + "/cache", limit: 1) }
        #expect(error?.description.contains(place.path) == true)
    }
}

@Suite struct AtomicFileTests {
    @Test func theOldFileStandsUntilTheNewOneIsWhole() throws {
        let folder = try TestMedia.scratchFolder()
        let path = folder.appendingPathComponent("film.mp4").path
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        do {
            let file = try AtomicFile(replacing: path)
            try file.write(Array("half".utf8))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["film.mp4"])
        let file = try AtomicFile(replacing: path)
        try file.write(Array("new".utf8))
        try file.commit(durable: true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["film.mp4"])
    }

    @Test func aMissingFolderIsSaid() throws {
        let path = try TestMedia.scratchFolder().path + "/none/film.mp4"
        let error = #expect(throws: FileError.self) { try AtomicFile(replacing: path) }
        #expect(error?.code == .notFound)
    }
}
