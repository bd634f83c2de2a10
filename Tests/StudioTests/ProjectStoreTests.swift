// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import Foundation
import JSON
import TestMedia
import Testing

@testable import Studio

/// What every `ProjectStore` has to do.
@Suite("A store of projects")
struct ProjectStoreTests {
    @Test("Gives back what was saved, also to the next one who opens it", arguments: StoreKind.all)
    func roundTrip(_ kind: StoreKind) async throws {
        let place = try TestMedia.scratchFolder()
        var project = try sampleProject("Summer\u{202E} \u{0} 🎬")
        project.beats[project.media[0].id] = BeatGrid(
            beats: [MediaTime(seconds: 0.5), MediaTime(seconds: 1)], downbeats: [MediaTime(seconds: 0.5)], tempo: 120,
            confidence: 1)
        for number in 0..<3 { try project.turn(number) }
        let open = try kind.open(place)
        try await open.stores.projects.save(project)
        expectSame(try await open.stores.projects.load(project.id, of: .localOwner), project)
        open.close()
        expectSame(try await kind.open(place).stores.projects.load(project.id, of: .localOwner), project)
    }

    @Test("The last save counts, whether the one before is known or not", arguments: StoreKind.all, [true, false])
    func overwrite(_ kind: StoreKind, isKnown: Bool) async throws {
        let store = try kind.stores().projects
        var before = try sampleProject("one")
        try await store.save(before)
        for number in 0..<70 {
            var project = before
            // What turns and other calls do to a project: edits, undo, edits behind it, names, files, renaming.
            switch number % 7 {
            case 3: _ = try project.history.apply([OperationCall("undo", [:])], in: EditContext())
            case 5:
                _ = try project.history.apply(
                    [OperationCall("name-version", ["name": .string("v\(number)")])], in: EditContext())
            case 4: try project.note(["n": .integer(Int64(number)), "说": "x"], upTo: .max)
            case 6:
                project.name = "name \(number)"
                _ = project.add(
                    Examined(facts: sampleFacts(ContentHash(of: Array("\(number)".utf8)).hex)), named: "\(number).jpg")
            default: try project.turn(number, keeping: 10)
            }
            project.changedSeconds += 1
            try await store.save(ProjectChange(project, before: isKnown ? before : nil))
            before = project
            if number % 10 == 9 {
                expectSame(try await store.load(project.id, of: .localOwner), project, "step \(number)")
            }
        }
        #expect(before.turns.count == 10 && before.history.revisions.count > 30)
    }

    @Test("What was changed in the middle is kept too", arguments: StoreKind.all, [true, false])
    func middle(_ kind: StoreKind, isKnown: Bool) async throws {
        let store = try kind.stores().projects
        var before = try sampleProject()
        for number in 0..<3 { _ = before.add(Examined(facts: sampleFacts()), named: "\(number).jpg") }
        for number in 0..<5 { try before.turn(number) }
        try await store.save(before)
        var after = before
        after.media[1].name = "other.jpg"
        after.beats[after.media[2].id] = BeatGrid(beats: [], downbeats: [], tempo: 90, confidence: 1)
        let gone = after.media.remove(at: 0)
        after.beats[gone.id] = nil
        after.turns[2].answer = "another answer"
        after.turns.remove(at: 4)
        after.history = EditHistory(before.history.draft)
        after.changedSeconds += 1
        try await store.save(ProjectChange(after, before: isKnown ? before : nil))
        expectSame(try await store.load(after.id, of: .localOwner), after)
    }

    @Test("One who takes the project for something else than it is loses nothing", arguments: StoreKind.all)
    func staleBefore(_ kind: StoreKind) async throws {
        let store = try kind.stores().projects
        var project = try sampleProject()
        try await store.save(project)
        let stale = project
        for number in 0..<3 { try project.turn(number) }
        try await store.save(ProjectChange(project, before: stale))
        try project.turn(3)
        try await store.save(ProjectChange(project, before: stale))
        expectSame(try await store.load(project.id, of: .localOwner), project)
    }

    @Test("Finds nothing for another account or another id", arguments: StoreKind.all)
    func tenants(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        _ = try await stores.accounts.add(Account(id: .other, createdSeconds: 1))
        let project = try sampleProject("mine")
        try await stores.projects.save(project)
        #expect(try await stores.projects.load(project.id, of: .other) == nil)
        #expect(try await stores.projects.load(ProjectID(.system), of: .localOwner) == nil)
        #expect(try await stores.projects.list(of: .other, deleted: false).isEmpty)
        #expect(try await !stores.projects.delete(project.id, of: .other, at: 1))
        // Nor can it be taken over.
        let stranger = try sampleProject("a stranger's", of: AccountID(rawValue: "usr_stranger"))
        try await stores.projects.save(stranger)
        #expect(try await stores.accounts.account(stranger.account)?.plan == .free)
        let theirs = try sampleProject("theirs", of: .other, id: project.id)
        await #expect(throws: ProjectStoreError.gone(project.id)) { try await stores.projects.save(theirs) }
        expectSame(try await stores.projects.load(project.id, of: .localOwner), project)
    }

    @Test("Many projects saved at once are all there", arguments: StoreKind.all)
    func atOnce(_ kind: StoreKind) async throws {
        let store = try kind.stores().projects
        let projects = try (0..<20).map { try sampleProject("p\($0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for project in projects { group.addTask { try await store.save(project) } }
            try await group.waitForAll()
        }
        for project in projects {
            #expect(try await store.load(project.id, of: .localOwner)?.name == project.name)
        }
    }

    @Test("Lists what there is, the one changed last first", arguments: StoreKind.all)
    func list(_ kind: StoreKind) async throws {
        let store = try kind.stores().projects
        var projects: [Project] = []
        for number in 0..<3 {
            var project = try sampleProject("p\(number)")
            project.changedSeconds = Double(10 - number)
            try project.turn(0)
            try await store.save(project)
            projects.append(project)
        }
        let list = try await store.list(of: .localOwner, deleted: false)
        #expect(list.map(\.name) == ["p0", "p1", "p2"])
        let first = try #require(list.first)
        #expect(first.id == projects[0].id && first.changedSeconds == 11 && first.revision == 1)
        #expect(first.mediaCount == 1 && first.turnCount == 1 && first.deletedSeconds == nil)
        #expect(first.createdSeconds == 1_800_000_000.25 && first.language == "en")
    }

    @Test(
        "Deleting can be undone for a while, then the project and what only it had are gone", arguments: StoreKind.all)
    func deletion(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let store = stores.projects
        let (own, shared) = (ContentHash(of: [1]), ContentHash(of: [2]))
        var project = try sampleProject("gone")
        project.media = []
        for hash in [own, shared] { _ = project.add(Examined(facts: sampleFacts(hash.hex)), named: "x.jpg") }
        try project.turn(0)
        var other = try sampleProject("stays")
        _ = other.add(Examined(facts: sampleFacts(shared.hex)), named: "y.jpg")
        for project in [project, other] { try await store.save(project) }

        #expect(try await store.delete(project.id, of: .localOwner, at: 100))
        #expect(try await !store.delete(project.id, of: .localOwner, at: 101))
        #expect(try await store.load(project.id, of: .localOwner) == nil)
        #expect(try await stores.assets.asset(project.media[0].id, of: .localOwner) == nil)
        #expect(try await store.list(of: .localOwner, deleted: false).map(\.name) == ["stays"])
        let listed = try #require(try await store.list(of: .localOwner, deleted: true).first)
        #expect(listed.id == project.id && listed.deletedSeconds == 100)
        #expect(try await store.restore(project.id, of: .localOwner))
        #expect(try await !store.restore(project.id, of: .localOwner))
        expectSame(try await store.load(project.id, of: .localOwner), project)

        // A turn that was under way may still be saved, which does not bring the project back.
        _ = try await store.delete(project.id, of: .localOwner, at: 200)
        var turned = project
        try turned.turn(1)
        try await store.save(ProjectChange(turned, before: project))
        #expect(try await store.load(project.id, of: .localOwner) == nil)
        #expect(try await store.purge(deletedBefore: 200).isEmpty)
        #expect(try await store.purge(deletedBefore: 201) == [own])
        #expect(try await !store.restore(project.id, of: .localOwner))
        await #expect(throws: ProjectStoreError.gone(project.id)) {
            try await store.save(ProjectChange(turned, before: project))
        }
        #expect(try await store.load(other.id, of: .localOwner) != nil)
    }

    @Test("What becomes true with a project does so with it or not at all", arguments: StoreKind.all)
    func together(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let project = try sampleProject()
        try await stores.projects.save(project)
        _ = try await stores.credits.grant(10, to: .localOwner, reference: "gift", at: 1)
        _ = try await stores.credits.reserve(3, of: .localOwner, reference: "e-7", at: 2)
        #expect(
            try await stores.waitingTurns.add(
                WaitingTurn(id: "e-7", account: .localOwner, project: project.id, said: "x", saidSeconds: 2)))
        var change = ProjectChange(project, before: project)
        try change.project.turn(7)
        change.events = [NewEvent(.revision, ["revision": 1]), NewEvent(.turn, ["id": "e-7"])]
        change.settlement = .init(reference: "e-7", using: 1)

        // A project that is gone takes all of it along.
        var lost = change
        lost.project = try sampleProject()
        lost.project.turns = change.project.turns
        let nowhere = lost
        await #expect(throws: ProjectStoreError.self) { try await stores.projects.save(nowhere) }
        #expect(try await stores.credits.balance(of: .localOwner) == CreditBalance(available: 7, frozen: 3))
        #expect(try await stores.waitingTurns.all().count == 1)

        let events = try await stores.projects.save(change)
        #expect(events.map(\.kind) == [.revision, .turn] && events[0].id < events[1].id)
        #expect(try await stores.events.events(of: project.id, after: 0, limit: 9).events == events)
        #expect(try await stores.credits.balance(of: .localOwner) == CreditBalance(available: 9, frozen: 0))
        #expect(try await stores.waitingTurns.all().isEmpty)
        // Saved again after an answer that got lost, nothing is charged twice.
        try await stores.projects.save(change)
        #expect(try await stores.credits.balance(of: .localOwner) == CreditBalance(available: 9, frozen: 0))
    }

    @Test("Ids that could lead out of a folder are no ids", arguments: ["", "../x", "a/b", "A", "a.b", "ü", "a b"])
    func ids(_ text: String) { #expect(ProjectID(text) == nil) }
}
