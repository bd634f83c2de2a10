// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import Foundation
import Synchronization
import TestMedia
import Testing

@testable import Studio

@Suite("Files that come in")
struct UploadTests {
    private func taken(_ outcome: UploadOutcome) -> MediaFacts? {
        if case .taken(let facts) = outcome { facts } else { nil }
    }

    private func refusal(_ outcome: UploadOutcome) -> UploadRefusal? {
        if case .refused(let refusal) = outcome { refusal } else { nil }
    }

    @Test("What a file is, its content decides, not its name")
    func byContent() async throws {
        let studio = try Workplace().studio()
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let outcomes = try await studio.takeIn(
            [
                ("IMG_0412.HEIC", SampleFile.photo()), ("clip.jpg", SampleFile.clip()),
                ("script.txt", Array("Meet the Halo bottle.\n".utf8)),
            ], into: id)
        let facts = outcomes.compactMap(taken)
        #expect(facts.map(\.kind) == [.image, .video, .text])
        #expect(facts.map(\.name) == ["IMG_0412.HEIC", "clip.jpg", "script.txt"])
        #expect(Set(facts.map(\.id)).count == 3)
        #expect(facts[2].text == "Meet the Halo bottle.\n")
    }

    @Test("A file brings its own date along where it is known, never that of its arrival")
    func dates() async throws {
        let studio = try Workplace().studio()
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let batch = try await studio.beginUpload(into: id, of: .localOwner)
        for time in ["2021-05-06T07:08:09", nil] {
            try await batch.begin(named: "a.jpg", fileTime: time)
            try await batch.write(SampleFile.photo())
            try await batch.end()
        }
        let facts = try await batch.finish().compactMap(taken)
        #expect(facts.map(\.fileTime) == ["2021-05-06T07:08:09", nil])
    }

    @Test("Files that were brought together stand in their order, in whatever order they arrive")
    func places() async throws {
        let studio = try Workplace().studio()
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        func arrives(_ name: String, at place: Int?) async throws {
            let batch = try await studio.beginUpload(into: id, of: .localOwner, place: place)
            try await batch.begin(named: name)
            try await batch.write(SampleFile.photo())
            try await batch.end()
            _ = try await batch.finish()
        }
        for (name, place) in [("b.jpg", 12), ("d.jpg", 14), ("a.jpg", 11), ("c.jpg", 13)] {
            try await arrives(name, at: place)
        }
        // Without a place a file comes after all that is there, and nothing later goes in front of it.
        try await arrives("e.jpg", at: nil)
        try await arrives("f.jpg", at: 1)
        let media = try await studio.project(id, of: .localOwner).media
        #expect(media.map(\.name) == ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg"])
        #expect(Set(media.map(\.id)).count == 6)
    }

    @Test("One bad file does not lose the good ones")
    func oneBad() async throws {
        let workplace = try Workplace()
        let studio = try workplace.studio()
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let junk = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let outcomes = try await studio.takeIn(
            [
                ("a.jpg", SampleFile.photo()), ("bad.jpg", junk), ("empty.png", []),
                ("b.jpg", SampleFile.photo("b.jpg", color: "teal")),
            ],
            into: id)
        #expect(outcomes.map { refusal($0)?.name } == [nil, "bad.jpg", "empty.png", nil])
        #expect(outcomes.compactMap { refusal($0)?.code } == [.notTaken, .notTaken])
        let project = try await studio.project(id, of: .localOwner)
        #expect(project.media.map(\.name) == ["a.jpg", "b.jpg"])
        #expect(try workplace.incoming.isEmpty)
    }

    @Test("A file over the limit is refused, however it comes, and leaves nothing behind", arguments: [100, 1 << 20])
    func tooLarge(piece: Int) async throws {
        var limits = StudioLimits()
        limits.fileBytes = 1 << 20
        let workplace = try Workplace()
        let studio = try workplace.studio(limits: limits)
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let batch = try await studio.beginUpload(into: id, of: .localOwner)
        let photo = try SampleFile.photo()
        let padded = photo + [UInt8](repeating: 0, count: (1 << 20) + 1 - photo.count)
        try await batch.begin(named: "big.jpg")
        for bytes in pieces(padded, of: piece) { try await batch.write(bytes) }
        try await batch.end()
        let outcomes = try await batch.finish()
        #expect(outcomes.compactMap { refusal($0)?.code } == [.tooLarge(mostBytes: 1 << 20)])
        #expect(try workplace.incoming.isEmpty)
        #expect(try workplace.kept.isEmpty)
    }

    @Test("The same bytes are stored once, under both names")
    func once() async throws {
        let workplace = try Workplace()
        let studio = try workplace.studio()
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let photo = try SampleFile.photo()
        let facts = try await studio.takeIn([("a.jpg", photo), ("b.jpg", photo)], into: id).compactMap(taken)
        #expect(facts.map(\.name) == ["a.jpg", "b.jpg"])
        #expect(facts[0].contentHash == facts[1].contentHash && facts[0].id != facts[1].id)
        let hash = facts[0].contentHash
        #expect(try workplace.kept == ["\(hash.prefix(2))/\(hash)"])
    }

    @Test("The beats of a song are known before anybody speaks")
    func beats() async throws {
        let studio = try Workplace().studio()
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let song = try #require(
            try await studio.takeIn([("song.wav", SampleFile.song())], into: id).compactMap(taken).first)
        let grid = try #require(try await studio.project(id, of: .localOwner).beats[song.id])
        // The tracker may take every other beat.
        #expect(abs(grid.tempo - 120) < 1 || abs(grid.tempo - 60) < 1)
    }

    @Test("A project takes so many files and no more")
    func tooMany() async throws {
        var limits = StudioLimits()
        limits.filesInProject = 1
        let studio = try Workplace().studio(limits: limits)
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let outcomes = try await studio.takeIn(
            [("a.txt", Array("One.".utf8)), ("b.txt", Array("Two.".utf8))], into: id)
        #expect(taken(outcomes[0])?.name == "a.txt")
        #expect(refusal(outcomes[1])?.code == .tooMany(most: 1))
    }

    @Test("A sender that breaks off leaves nothing behind, of files that were complete neither")
    func brokenOff() async throws {
        let workplace = try Workplace()
        let studio = try workplace.studio()
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        do {
            let batch = try await studio.beginUpload(into: id, of: .localOwner)
            try await batch.begin(named: "a.txt")
            try await batch.write(Array("whole".utf8))
            try await batch.end()
            try await batch.begin(named: "b.mp4")
            try await batch.write([UInt8](repeating: 1, count: 3 << 20))
            #expect(try workplace.incoming.count == 2)
        }
        // The first file is still being looked at, on a thread of its own; the next upload comes after it.
        _ = try await studio.takeIn([("c.txt", Array("other".utf8))], into: id)
        #expect(try await studio.project(id, of: .localOwner).media.map(\.name) == ["c.txt"])
        #expect(try workplace.kept.count == 1)
    }

    @Test(
        "Names are taken as data",
        arguments: [
            ("../../etc/passwd", "passwd"), ("C:\\photos\\a.jpg", "a.jpg"), ("a\u{202E}gpj.exe", "agpj.exe"),
            ("\u{0}\n", "file-3"), (nil, "file-3"), ("..", "file-3"), (" 海滩 .jpg ", "海滩 .jpg"),
            ("👨‍👩‍👧.png", "👨‍👩‍👧.png"),
        ] as [(String?, String)])
    func names(given: String?, name: String) { #expect(FileName.clean(given, number: 3) == name) }

    @Test("A long name keeps its ending")
    func longName() {
        let name = FileName.clean(String(repeating: "é", count: 300) + ".jpeg", number: 1)
        #expect(name.utf8.count <= 200 && name.hasSuffix("….jpeg") && name.hasPrefix("éé"))
    }

    @Test("An account's files have so much room, each counted once; what does not fit is refused and the rest kept")
    func accountRoom() async throws {
        let (first, second) = (try SampleFile.photo(), try SampleFile.photo("b.jpg", color: "teal"))
        var limits = StudioLimits()
        limits.accountBytes = Int64(first.count + second.count - 1)
        let workplace = try Workplace()
        let studio = try workplace.studio(limits: limits)
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let outcomes = try await studio.takeIn([("a.jpg", first), ("b.jpg", second)], into: id)
        #expect(outcomes.map { refusal($0)?.code } == [nil, .noRoom])
        let upload = UploadAnnouncement(project: id, name: "b.jpg", length: Int64(second.count), metadata: "")
        await #expect(throws: ResumableUploadError.noRoom(mostBytes: Int64(first.count + second.count - 1))) {
            try await studio.beginUpload(upload, of: .localOwner)
        }
        #expect(try workplace.kept.count == 1)
        #expect(try workplace.incoming.isEmpty)
    }

    @Test("The bytes of a project deleted long enough ago go; those that another project has, too, stay")
    func purged() async throws {
        let (mine, shared) = (try SampleFile.photo(), try SampleFile.photo("b.jpg", color: "teal"))
        let workplace = try Workplace()
        let studio = try workplace.studio()
        let (old, kept) = (
            try await studio.createProject(named: "old", language: nil, for: .localOwner).id,
            try await studio.createProject(named: "kept", language: nil, for: .localOwner).id
        )
        _ = try await studio.takeIn([("a.jpg", mine), ("b.jpg", shared)], into: old)
        _ = try await studio.takeIn([("b.jpg", shared)], into: kept)
        try await studio.delete(old, of: .localOwner)
        workplace.world.advance(seconds: Studio.restoringSeconds - 1)
        try await studio.tidy()
        #expect(try workplace.kept.count == 2)
        workplace.world.advance(seconds: 2)
        try await studio.tidy()
        let name = ContentHash(of: shared).hex
        #expect(try workplace.kept == ["\(name.prefix(2))/\(name)"])
        await #expect(throws: StudioError.noSuchProject) { _ = try await studio.restore(old, of: .localOwner) }
    }

    @Test("Bytes on their way into a project are not taken for bytes that nobody uses")
    func heldBytes() async throws {
        let holds = MediaHolds()
        let hash = ContentHash(of: Array("film".utf8))
        await holds.hold(hash)
        await holds.hold(hash)
        await holds.release(hash)
        #expect(await holds.whileFree(hash) { true } == false)
        await holds.release(hash)
        let gate = Gate()
        async let removal = holds.whileFree(hash) {
            await gate.pass()
            return true
        }
        await gate.arrivals(1)
        let order = Mutex<[String]>([])
        async let held: Void = {
            await holds.hold(hash)
            order.withLock { $0.append("held") }
        }()
        order.withLock { $0.append("removing") }
        await gate.letThrough()
        #expect(await removal)
        await held
        #expect(order.withLock { $0 } == ["removing", "held"])
    }
}
