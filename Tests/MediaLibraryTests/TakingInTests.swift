// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import Synchronization
import TestMedia
import Testing

@testable import MediaLibrary

@Suite struct TakingIn {
    let folder: URL
    let library = MediaLibrary(threads: 2)

    init() throws { folder = try TestMedia.scratchFolder() }

    @discardableResult
    private func put(_ file: URL, as name: String, in sub: String = "") throws -> URL {
        let place = sub.isEmpty ? folder : folder.appendingPathComponent(sub)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let url = place.appendingPathComponent(name)
        try FileManager.default.copyItem(at: file, to: url)
        return url
    }

    private func photo(_ n: Int) throws -> URL { try Samples.photo("jpg", size: "\(64 + 2 * n)x48") }

    @Test func aFolderOfEverything() throws {
        for n in [10, 2, 1] { try put(photo(n), as: "img\(n).jpg") }
        try put(Samples.clip("mp4"), as: "surf.mp4")
        try put(Samples.song("mp3"), as: "song.mp3")
        try Data("hidden".utf8).write(to: folder.appendingPathComponent(".DS_Store"))
        try Data([0, 1, 2]).write(to: folder.appendingPathComponent("Thumbs.db"))
        try Data("<x/>".utf8).write(to: folder.appendingPathComponent("img1.xmp"))
        try Data("notes".utf8).write(to: folder.appendingPathComponent("README.txt"))
        try Data([0, 1, 2, 3]).write(to: folder.appendingPathComponent("what.bin"))
        try Data(try Data(contentsOf: photo(1)).prefix(700)).write(to: folder.appendingPathComponent("torn.jpg"))
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("deeper"), withIntermediateDirectories: true)
        try put(photo(5), as: "below.jpg", in: "deeper")

        let taken = library.takeIn([folder.path])
        #expect(taken.assets.map(\.name) == ["img1.jpg", "img2.jpg", "img10.jpg", "song.mp3", "surf.mp4", "below.jpg"])
        #expect(
            taken.refused.map { URL(fileURLWithPath: $0.path).lastPathComponent }.sorted() == ["torn.jpg", "what.bin"])
        #expect(Set(taken.refused.map(\.code)) == [.truncated, .notTaken])
        #expect(taken.passedOver.map { URL(fileURLWithPath: $0.path).lastPathComponent } == ["README.txt"])

        let image = try #require(taken.assets.first)
        #expect(image.kind == .image && image.format == "jpeg" && image.size == PixelSize(width: 66, height: 48))
        #expect(image.focus != nil && image.sharpness != nil && image.perceptualHash != nil && image.meanLuma != nil)
        #expect(taken.paths[image.id] == folder.appendingPathComponent("img1.jpg").path)
        let clip = taken.assets[4]
        #expect(clip.kind == .video && clip.size == PixelSize(width: 96, height: 64) && clip.hasSound)
        #expect(abs((clip.duration?.seconds ?? 0) - 1) < 0.1 && clip.frameRate == 25 && clip.perceptualHash != nil)
        #expect(taken.assets[3].kind == .audio && taken.assets[3].size == nil && taken.assets[3].hasSound)
    }

    @Test func aMovingWebPIsAClip() throws {
        let moving = try TestMedia.ffmpeg(
            "move.webp", ["-f", "lavfi", "-i", "testsrc=s=64x48:d=2:r=4", "-c:v", "libwebp_anim", "-loop", "0"])
        let taken = library.takeIn([moving.path, try photo(1).path])
        #expect(taken.assets.map(\.kind) == [.video, .image] && taken.refused.isEmpty)
        let clip = taken.assets[0]
        #expect(clip.size == PixelSize(width: 64, height: 48) && clip.format == "webp" && !clip.hasSound)
        #expect(clip.duration == MediaTime(milliseconds: 2000) && clip.frameRate == 4 && clip.perceptualHash != nil)
        let torn = folder.appendingPathComponent("torn.webp")
        try Data(contentsOf: moving).prefix(400).write(to: torn)
        #expect(library.takeIn([torn.path]).refused.count == 1)
    }

    @Test func anMp4WithoutPictureIsSound() throws {
        let file = try TestMedia.ffmpeg("voice.mp4", ["-f", "lavfi", "-i", "sine=440:d=1", "-c:a", "aac"])
        #expect(try library.takeIn(file: file).kind == .audio)
    }

    @Test func ordersByNameTimeAndAsGiven() throws {
        let dates = ["b2.jpg": 3000, "b10.jpg": 1000, "a.jpg": 2000]
        for (n, name) in dates.keys.sorted().enumerated() {
            let url = try put(photo(n), as: name)
            let date = Date(timeIntervalSince1970: 1_700_000_000 + Double(dates[name] ?? 0))
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: url.path)
        }
        let inputs = ["b10.jpg", "a.jpg", "b2.jpg"]
        func names(_ order: InputOrder) -> [String] {
            library.takeIn(inputs, relativeTo: folder.path, order: order).assets.map(\.name)
        }
        #expect(names(.name) == ["a.jpg", "b2.jpg", "b10.jpg"])
        #expect(names(.time) == ["b10.jpg", "a.jpg", "b2.jpg"])
        #expect(names(.given) == inputs)
    }

    @Test func foldersKeepTheOrderGivenAndPatternsAreFilledIn() throws {
        try put(photo(1), as: "z1.jpg", in: "second")
        try put(photo(2), as: "z2.jpg", in: "first")
        try put(photo(3), as: "a1.jpg", in: "first")
        let byFolder = library.takeIn(["second", "first"], relativeTo: folder.path)
        #expect(byFolder.assets.map(\.name) == ["z1.jpg", "a1.jpg", "z2.jpg"])
        #expect(library.takeIn(["*/z?.jpg"], relativeTo: folder.path).assets.count == 2)
        #expect(library.takeIn([folder.path]).assets.count == 3, "a folder of folders is searched")
        try put(photo(4), as: "top.jpg", in: "second/below")
        #expect(library.takeIn(["second"], relativeTo: folder.path).assets.map(\.name) == ["z1.jpg", "top.jpg"])
        let nothing = library.takeIn(["*.heic", "gone.jpg", "first/a1.jpg"], relativeTo: folder.path)
        #expect(nothing.assets.map(\.name) == ["a1.jpg"])
        #expect(nothing.refused.map(\.code) == [.nothingFound, .notFound])
    }

    @Test func namesWithOddCharactersAreNoPatterns() throws {
        let file = try put(photo(1), as: "me [1] *?.jpg")
        #expect(library.takeIn([file.path]).assets.map(\.name) == ["me [1] *?.jpg"])
    }

    /// Links to nothing, pipes, sockets and devices are named with what they are; none is opened, so none holds anything up.
    @Test(arguments: [true, false]) func whatIsNoFileIsNamed(inAFolder: Bool) throws {
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        #expect(symlink("/no/such/place.jpg", path("dead.jpg")) == 0)
        #expect(symlink("round.jpg", path("round.jpg")) == 0)
        #expect(mkfifo(path("pipe.jpg"), 0o600) == 0)
        #expect(symlink("/dev/zero", path("zero.jpg")) == 0)
        let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A socket's path is short: it is made relative to the folder's own descriptor.
        let directory = open(folder.path, O_RDONLY)
        defer { close(directory) }
        withUnsafeMutableBytes(of: &address.sun_path) {
            $0.copyBytes(from: Array("/proc/self/fd/\(directory)/wire.jpg".utf8))
        }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        try put(photo(1), as: "good.jpg")

        let names = ["dead.jpg", "good.jpg", "pipe.jpg", "round.jpg", "wire.jpg", "zero.jpg"]
        let taken = library.takeIn(inAFolder ? [folder.path] : names.map(path))
        #expect(taken.assets.map(\.name) == ["good.jpg"])
        let why = Dictionary(uniqueKeysWithValues: taken.refused.map { ($0.path.split(separator: "/").last ?? "", $0) })
        #expect(why["dead.jpg"]?.why == .deadLink && why["dead.jpg"]?.reason.contains("/no/such/place.jpg") == true)
        #expect(why["round.jpg"]?.why == .deadLink)
        #expect(why["pipe.jpg"]?.why == .pipe && why["wire.jpg"]?.why == .socket && why["zero.jpg"]?.why == .device)
        #expect(taken.refused.count == 5 && taken.refused.allSatisfy { !$0.advice.isEmpty })
    }

    @Test func copiesAreUsedOnce() throws {
        try put(photo(1), as: "a.jpg")
        try put(photo(1), as: "b.jpg")
        let taken = library.takeIn([folder.path, folder.appendingPathComponent("a.jpg").path])
        #expect(taken.assets.map(\.name) == ["a.jpg"])
        #expect(taken.passedOver.map(\.reason) == ["it is the same as a.jpg"])
    }

    @Test func scriptsAreReadWhenNamed() throws {
        let file = folder.appendingPathComponent("script.txt")
        try Data([0xFF, 0xFE] + "Ein Tag\r\nam Meer".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }).write(
            to: file)
        let taken = library.takeIn([file.path])
        #expect(taken.assets.first?.text == "Ein Tag\nam Meer")
        #expect(taken.assets.first?.kind == .text)
        let long = folder.appendingPathComponent("long.txt")
        try Data(repeating: 0x61, count: ScriptText.largestByteCount + 1).write(to: long)
        #expect(library.takeIn([long.path]).refused.map(\.code) == [.tooLarge])
    }

    @Test func aColourTableIsTakenInAndABadOneNamesTheLine() throws {
        let good = folder.appendingPathComponent("teal.cube")
        let corners = (0..<8).map { "\($0 & 1) \($0 >> 1 & 1) \($0 >> 2)" }.joined(separator: "\n")
        try Data("TITLE \"Teal\"\nLUT_3D_SIZE 2\n\(corners)\n".utf8).write(to: good)
        let facts = try library.takeIn(file: good)
        #expect(facts.kind == .lut && facts.format == "cube" && facts.text == nil && facts.name == "teal.cube")
        let bad = folder.appendingPathComponent("bad.cube")
        try Data("LUT_3D_SIZE 2\n0 0 0\n0 0 oops\n".utf8).write(to: bad)
        let refusal = #expect(throws: Refusal.self) { try library.takeIn(file: bad) }
        #expect(refusal?.code == .damaged && refusal?.reason.contains("line 3") == true)
        #expect(refusal?.reason.contains("0 0 oops") == true && refusal?.advice.contains(".cube") == true)
        try Data("LUT_3D_SIZE 2\n0 0 0\n".utf8).write(to: bad)
        let short = #expect(throws: Refusal.self) { try library.takeIn(file: bad) }
        #expect(short?.reason.contains("1 colours of 8") == true)
    }

    @Test func whatIsKnownIsNotLookedAtAgain() throws {
        let cache = try CacheFolder(path: folder.appendingPathComponent("cache").path, limit: 1 << 20)
        let library = MediaLibrary(cache: cache, threads: 1)
        let photo = try put(photo(4), as: "photo.jpg")
        let clip = try put(Samples.clip("mov"), as: "clip.mov")
        let first = library.takeIn([photo.path, clip.path])
        let files = try FileManager.default.subpathsOfDirectory(atPath: cache.path).filter { $0.count > 60 }
        #expect(files.count == 2)

        // The kept answer is used: changed in the cache, it shows.
        let hash = try ContentHash(ofFile: photo)
        let kept = try #require(library.kept(library.cacheKey(hash)))
        var changed = kept
        changed.facts.sharpness = 123
        library.keep(changed, library.cacheKey(hash))
        #expect(library.takeIn([photo.path]).assets.first?.sharpness == 123)
        library.keep(kept, library.cacheKey(hash))

        // The same content under another name finds it.
        let renamed = try put(photo, as: "renamed.jpg")
        let second = library.takeIn([photo.path, clip.path])
        #expect(second == first)
        let again = library.takeIn([renamed.path])
        #expect(again.assets.first?.name == "renamed.jpg" && again.assets.first?.id == first.assets.last?.id)

        // Torn, they are made again.
        for file in files {
            let url = URL(fileURLWithPath: cache.path).appendingPathComponent(file)
            try Data(contentsOf: url).dropLast(9).write(to: url)
        }
        #expect(library.takeIn([photo.path, clip.path]) == first)
    }

    @Test func progressAndCancellation() throws {
        for n in 1...4 { try put(photo(n), as: "\(n).jpg") }
        let seen = Mutex<[Int]>([])
        let taken = library.takeIn(
            [folder.path],
            progress: { done, total in
                #expect(total == 4)
                seen.withLock { $0.append(done) }
            },
            isCancelled: { seen.withLock { $0.count >= 2 } })
        #expect(seen.withLock { $0.sorted() } == [1, 2, 3, 4])
        #expect(taken.assets.count + taken.refused.count == 4 && taken.refused.allSatisfy { $0.code == .cancelled })
        #expect(!taken.refused.isEmpty)
    }

    @Test(
        arguments: [
            (["creation_time": "2024-07-01T10:00:00.000000Z"], "2024-07-01T18:00:00"),
            (["creation_time": "2024-07-01T20:30:00Z"], "2024-07-02T04:30:00"),
            (
                [
                    "com.apple.quicktime.creationdate": "2024-07-01T12:34:56+0200",
                    "creation_time": "2024-07-01T10:34:56Z",
                ], "2024-07-01T12:34:56"
            ),
            (["creation_time": "1970-01-01T00:00:00Z"], nil), (["creation_time": "yesterday"], nil), ([:], nil),
        ] as [([String: String], String?)])
    func clocksOfClips(tags: [String: String], time: String?) throws {
        #expect(ClipTime.captureTime(tags, try #require(TimeZone(identifier: "Asia/Shanghai"))) == time)
    }
}
