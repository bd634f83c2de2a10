// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import TestMedia
import Testing

@testable import Studio

/// What every `ProjectStore` has to do. Another implementation is one more line of `stores`.
@Suite("A store of projects")
struct ProjectStoreTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Opens the store that lies at a place.
        let open: @Sendable (URL) throws -> any ProjectStore
    }

    static let stores = [
        Kind(testDescription: "folder") { place in
            FolderProjectStore(try DataFolder(path: place.path), threads: WorkThreads("test", atOnce: 2))
        }
    ]

    private func sample(_ name: String, account: AccountID = .localOwner) throws -> Project {
        var project = Project(
            id: ProjectID(.system), account: account, name: name, language: "en", createdSeconds: 1_800_000_000.25)
        var facts = MediaFacts(
            id: "", name: "", kind: .image, format: "jpeg", contentHash: String(repeating: "ab", count: 32),
            byteCount: 12, size: PixelSize(width: 4, height: 3))
        facts.perceptualHash = 0xFEDC_BA98_7654_3210
        facts.focus = UnitPoint(x: 0.25, y: 1.0 / 3)
        _ = project.add(Examined(facts: facts), named: "海滩 \"beach\" 🏖.jpg")
        return project
    }

    @Test("Gives back what was saved, also to the next one who opens it", arguments: stores)
    func roundTrip(_ kind: Kind) async throws {
        let place = try TestMedia.scratchFolder()
        let project = try sample("Summer\u{202E} \u{0} 🎬")
        try await kind.open(place).save(project)
        let found = try #require(try await kind.open(place).load(project.id, of: .localOwner))
        #expect(found.name == project.name)
        #expect(found.media == project.media)
        #expect(found.draft == project.draft)
        #expect(found.createdSeconds == project.createdSeconds)
        #expect(found.assetsNamed == 1)
    }

    @Test("The last save counts", arguments: stores)
    func overwrite(_ kind: Kind) async throws {
        let store = try kind.open(TestMedia.scratchFolder())
        var project = try sample("one")
        try await store.save(project)
        project.name = "two"
        try await store.save(project)
        #expect(try await store.load(project.id, of: .localOwner)?.name == "two")
    }

    @Test("Finds nothing for another account or another id", arguments: stores)
    func tenants(_ kind: Kind) async throws {
        let store = try kind.open(TestMedia.scratchFolder())
        let project = try sample("mine")
        try await store.save(project)
        #expect(try await store.load(project.id, of: AccountID(rawValue: "usr_other")) == nil)
        #expect(try await store.load(ProjectID(.system), of: .localOwner) == nil)
    }

    @Test("Many projects saved at once are all there", arguments: stores)
    func atOnce(_ kind: Kind) async throws {
        let store = try kind.open(TestMedia.scratchFolder())
        let projects = try (0..<20).map { try sample("p\($0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for project in projects { group.addTask { try await store.save(project) } }
            try await group.waitForAll()
        }
        for project in projects {
            #expect(try await store.load(project.id, of: .localOwner)?.name == project.name)
        }
    }

    @Test("Ids that could lead out of a folder are no ids", arguments: ["", "../x", "a/b", "A", "a.b", "ü", "a b"])
    func ids(_ text: String) { #expect(ProjectID(text) == nil) }

    @Test("A file that was cut short is an error that names it, not a project that is not there")
    func torn() async throws {
        let place = try TestMedia.scratchFolder()
        let project = try sample("torn")
        let store = FolderProjectStore(try DataFolder(path: place.path), threads: WorkThreads("test", atOnce: 1))
        try await store.save(project)
        let file = place.appendingPathComponent("projects/\(project.id).json")
        try Data(try Data(contentsOf: file).dropLast(10)).write(to: file)
        let error = await #expect(throws: ProjectFileError.self) { try await store.load(project.id, of: .localOwner) }
        #expect(error?.path == file.path)
    }
}
