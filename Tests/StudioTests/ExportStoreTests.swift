// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import JobQueue
import TestMedia
import Testing

@testable import Studio

/// What every `ExportStore` has to do.
@Suite("A store of exports")
struct ExportStoreTests {
    private func task(_ name: String, hash: String = "h", of account: AccountID = .localOwner) -> TaskDraft {
        TaskDraft(account: account.rawValue, name: name, requestHash: hash, kind: "export", spec: [1, 2, 3])
    }

    @Test("An export and its task come together; asked for again it is the same one", arguments: StoreKind.all)
    func add(_ kind: StoreKind) async throws {
        let place = try TestMedia.scratchFolder()
        let open = try kind.open(place)
        let stores = open.stores
        let project = try sampleProject()
        try await stores.projects.save(project)
        guard case .added(let export) = try await stores.exports.add(task("r1"), in: project.id, order: [9], at: at(5))
        else {
            Issue.record("not added")
            return
        }
        #expect(
            export.id == "r1" && export.order == [9] && export.createdSeconds == 5 && export.task.spec == [1, 2, 3])
        #expect(try await stores.tasks.task("r1", of: "usr_local") == export.task)
        #expect(try await stores.exports.add(task("r1"), in: project.id, order: [8], at: at(6)) == .known(export))
        #expect(
            try await stores.exports.add(task("r1", hash: "x"), in: project.id, order: [9], at: at(6)) == .conflict)
        #expect(
            try await stores.exports.add(task("r2"), in: ProjectID(.system), order: [], at: at(6)) == .noSuchProject)
        #expect(
            try await stores.exports.add(task("r1", of: .other), in: project.id, order: [], at: at(6))
                == .noSuchProject)
        #expect(try await stores.tasks.counts() == [.ready: 1])
        open.close()
        let again = try kind.open(place).stores.exports
        #expect(try await again.export("r1", of: .localOwner) == export)
        #expect(try await again.export("r1", of: .other) == nil)
        #expect(try await again.export(of: export.task.id) == export)
    }

    @Test(
        "How far an export is, its task tells; its end, its event and what follows are one step",
        arguments: StoreKind.all)
    func finish(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let project = try sampleProject()
        try await stores.projects.save(project)
        _ = try await stores.exports.add(task("r1"), in: project.id, order: [], at: at(1))
        #expect(try await stores.exports.underWay(of: .localOwner) == 1)
        let claimed = try #require(try await stores.tasks.claim(["export"], by: "w", at: at(2)))
        _ = try await stores.tasks.beat(claimed.lease, progress: 0.5, at: at(3))
        #expect(try await stores.exports.export("r1", of: .localOwner)?.task.progress == 0.5)
        let event = NewEvent(.export, ["id": "r1", "status": "completed"])
        let webhook = TaskDraft(account: "usr_local", name: "r1/webhook", requestHash: "", kind: "webhook")
        let stale = Lease(task: claimed.task.id, epoch: 77)
        #expect(
            try await !stores.exports.finish(
                stale, .done(output: [1]), next: [webhook], telling: event, at: at(4)))
        #expect(try await stores.events.latestEvent(of: project.id) == 0)
        // Told twice, it is one end.
        for _ in 0..<2 {
            #expect(
                try await stores.exports.finish(
                    claimed.lease, .done(output: [7]), next: [webhook], telling: event, at: at(5)))
        }
        let done = try #require(try await stores.exports.export("r1", of: .localOwner))
        #expect(done.task.state == .done && done.task.output == [7] && done.task.finishedAt == at(5))
        #expect(
            try await stores.events.events(of: project.id, after: 0, limit: 9).events.map(\.payload) == [event.payload])
        #expect(try await stores.tasks.task("r1/webhook", of: "usr_local")?.state == .ready)
        #expect(try await stores.exports.underWay(of: .localOwner) == 0)
        #expect(try await stores.exports.exports(finishedBefore: at(5), limit: 9).isEmpty)
        #expect(try await stores.exports.exports(finishedBefore: at(6), limit: 9).map(\.id) == ["r1"])
    }

    @Test("Exports are listed the latest first, page by page, of one project or of all", arguments: StoreKind.all)
    func list(_ kind: StoreKind) async throws {
        let store = try kind.stores()
        let projects = [try sampleProject(), try sampleProject()]
        for project in projects { try await store.projects.save(project) }
        for number in 0..<6 {
            // All at the same moment: their order is that in which they came.
            _ = try await store.exports.add(task("r\(number)"), in: projects[number % 2].id, order: [], at: at(1))
        }
        func list(_ project: ProjectID?, _ before: String?, _ limit: Int) async throws -> [String] {
            try await store.exports.exports(of: .localOwner, in: project, before: before, limit: limit).map(\.id)
        }
        #expect(try await list(nil, nil, 4) == ["r5", "r4", "r3", "r2"])
        #expect(try await list(nil, "r2", 4) == ["r1", "r0"])
        #expect(try await list(projects[0].id, nil, 9) == ["r4", "r2", "r0"])
        #expect(try await list(projects[0].id, "r4", 1) == ["r2"])
        #expect(try await store.exports.exports(of: .other, in: nil, before: nil, limit: 9).isEmpty)
    }

    @Test("One that is removed takes its task along, and whoever works on it is told to stop", arguments: StoreKind.all)
    func remove(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let project = try sampleProject()
        try await stores.projects.save(project)
        _ = try await stores.exports.add(task("r1"), in: project.id, order: [4], at: at(1))
        let claimed = try #require(try await stores.tasks.claim(["export"], by: "w", at: at(2)))
        #expect(try await stores.exports.remove("r1", of: .other) == nil)
        #expect(try await stores.exports.remove("r1", of: .localOwner)?.order == [4])
        #expect(try await stores.exports.remove("r1", of: .localOwner) == nil)
        #expect(try await stores.tasks.beat(claimed.lease, progress: 1, at: at(3)) == .lost(nil))
        #expect(
            try await !stores.exports.finish(claimed.lease, .done(output: []), next: [], telling: nil, at: at(3)))
        // What other tasks are forgotten, exports' are not.
        _ = try await stores.exports.add(task("r2"), in: project.id, order: [], at: at(4))
        _ = try await stores.tasks.cancel("r2", of: "usr_local", at: at(5))
        #expect(try await stores.tasks.forget(["preview"], finishedBefore: at(99)) == 0)
        #expect(try await stores.exports.export("r2", of: .localOwner)?.task.state == .cancelled)
    }
}
