// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import Foundation
import TestMedia
import Testing

@testable import Studio

/// What every `AssetStore`, `UploadStore` and `WaitingTurns` has to do.
@Suite("Stores of files, uploads and waiting turns")
struct AssetStoreTests {
    @Test("A project's files are found by id and by content, by their own account alone", arguments: StoreKind.all)
    func assets(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        _ = try await stores.accounts.add(Account(id: .other, createdSeconds: 1))
        let hash = ContentHash(of: [7])
        var mine = try sampleProject()
        let facts = mine.add(Examined(facts: sampleFacts(hash.hex)), named: "mine.jpg")
        try await stores.projects.save(mine)
        let found = try #require(try await stores.assets.asset(facts.id, of: .localOwner))
        #expect(found.facts == facts && found.project == mine.id && found.beats == nil)
        #expect(try await stores.assets.asset(facts.id, of: .other) == nil)
        #expect(try await stores.assets.asset(of: hash, of: .localOwner)?.facts == facts)
        #expect(try await stores.assets.asset(of: hash, of: .other) == nil)
        let nobodys = ContentHash(of: [8])
        #expect(try await stores.assets.unused(of: [hash, nobodys]) == [nobodys])
        // The same bytes in two projects are one content.
        var second = try sampleProject()
        _ = second.add(Examined(facts: sampleFacts(hash.hex)), named: "again.jpg")
        try await stores.projects.save(second)
        #expect(try await stores.assets.byteCount(of: .localOwner) == 24)
        #expect(try await stores.assets.byteCount(of: .other) == 0)
    }

    @Test("An upload goes on from where it durably was, and nowhere else", arguments: StoreKind.all)
    func uploads(_ kind: StoreKind) async throws {
        let place = try TestMedia.scratchFolder()
        let open = try kind.open(place)
        let me = AccountID.localOwner
        var upload = Upload(
            id: "u1", account: me, project: ProjectID("ses_x"), length: nil, metadata: "filename ZsO8",
            createdSeconds: 1, expiresSeconds: 100)
        #expect(try await open.stores.uploads.add(upload))
        #expect(try await !open.stores.uploads.add(upload))
        #expect(try await open.stores.uploads.advance("u1", of: me, from: 0, to: 10, expiresSeconds: 200))
        #expect(try await !open.stores.uploads.advance("u1", of: me, from: 0, to: 20, expiresSeconds: 200))
        #expect(try await !open.stores.uploads.advance("u1", of: me, from: 10, to: 5, expiresSeconds: 200))
        #expect(try await !open.stores.uploads.advance("u1", of: .other, from: 10, to: 20, expiresSeconds: 200))
        open.close()
        let store = try kind.open(place).stores.uploads
        #expect(try await !store.setLength(9, of: "u1", account: me))
        #expect(try await store.setLength(30, of: "u1", account: me))
        #expect(try await store.setLength(30, of: "u1", account: me))
        #expect(try await !store.setLength(31, of: "u1", account: me))
        #expect(try await !store.complete("u1", of: me, as: "x-1"))
        #expect(try await !store.advance("u1", of: me, from: 10, to: 31, expiresSeconds: 200))
        #expect(try await store.advance("u1", of: me, from: 10, to: 30, expiresSeconds: 250))
        #expect(try await store.complete("u1", of: me, as: "x-1"))
        #expect(try await !store.complete("u1", of: me, as: "x-2"))
        (upload.length, upload.offset, upload.expiresSeconds, upload.asset) = (30, 30, 250, "x-1")
        #expect(try await store.upload("u1", of: me) == upload)
        #expect(try await store.upload("u1", of: .other) == nil)
        #expect(try await store.expired(at: 249).isEmpty)
        #expect(try await store.expired(at: 250) == [upload])
        #expect(try await store.ids() == ["u1"])
        #expect(try await !store.remove("u1", of: .other))
        #expect(try await store.remove("u1", of: me))
        #expect(try await !store.remove("u1", of: me))
    }

    @Test(
        "Turns that wait outlive their server, in order; one that is answered or deleted is gone",
        arguments: StoreKind.all)
    func waiting(_ kind: StoreKind) async throws {
        let place = try TestMedia.scratchFolder()
        let open = try kind.open(place)
        var project = try sampleProject()
        try await open.stores.projects.save(project)
        let turns = (1...4).map { number in
            WaitingTurn(
                id: "e-\(number)", account: .localOwner, project: project.id, said: "say \(number)\u{0}",
                saidSeconds: Double(9 - number), context: [UInt8(number)])
        }
        for turn in turns { #expect(try await open.stores.waitingTurns.add(turn)) }
        #expect(try await !open.stores.waitingTurns.add(turns[0]))
        let nobodys = WaitingTurn(id: "e-9", account: .other, project: project.id, said: "", saidSeconds: 1)
        #expect(try await !open.stores.waitingTurns.add(nobodys))
        open.close()
        let stores = try kind.open(place).stores
        #expect(try await stores.waitingTurns.all() == turns)
        try project.turn(1)
        try await stores.projects.save(project)
        #expect(try await stores.waitingTurns.all().map(\.id) == ["e-2", "e-3", "e-4"])
        #expect(try await stores.waitingTurns.remove("e-3"))
        #expect(try await !stores.waitingTurns.remove("e-3"))
        _ = try await stores.projects.delete(project.id, of: .localOwner, at: 5)
        _ = try await stores.projects.purge(deletedBefore: 6)
        #expect(try await stores.waitingTurns.all().isEmpty)
    }
}
