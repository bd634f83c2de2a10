// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestMedia
import Testing

@testable import Database
@testable import Studio

/// What every `EventLog` has to do.
@Suite("The log of events")
struct EventLogTests {
    private func event(_ number: Int) -> NewEvent {
        NewEvent(.turn, ["number": .integer(Int64(number)), "说": "“ä\u{0}\""])
    }

    private func project(_ stores: Studio.Stores) async throws -> ProjectID {
        let project = try sampleProject()
        try await stores.projects.save(project)
        return project.id
    }

    @Test("Events come back in order, from behind any of them, also after a restart", arguments: StoreKind.all)
    func order(_ kind: StoreKind) async throws {
        let place = try TestMedia.scratchFolder()
        let open = try kind.open(place)
        let (one, two) = (try await project(open.stores), try await project(open.stores))
        var ids: [Int64] = []
        for number in 0..<6 {
            let written = try await open.stores.events.append(event(number), to: number % 2 == 0 ? one : two, at: 1.5)
            ids.append(try #require(written).id)
        }
        #expect(ids == ids.sorted() && Set(ids).count == 6)
        #expect(try await open.stores.events.append(event(9), to: ProjectID(.system), at: 1) == nil)
        open.close()
        let log = try kind.open(place).stores.events
        let all = try await log.events(of: one, after: 0, limit: 99)
        #expect(all.events.map(\.id) == [ids[0], ids[2], ids[4]] && !all.missesSome)
        let first = try #require(all.events.first)
        #expect(first.kind == .turn && first.payload == event(0).payload && first.atSeconds == 1.5)
        #expect(try await log.events(of: one, after: ids[0], limit: 1).events.map(\.id) == [ids[2]])
        #expect(try await log.latestEvent(of: one) == ids[4])
        let next = try #require(try await log.append(event(7), to: one, at: 2))
        #expect(next.id > ids[5])
    }

    @Test("A reader gets what was, then what comes, each once and in order", arguments: StoreKind.all)
    func follow(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let id = try await project(stores)
        let other = try await project(stores)
        for number in 0..<150 { _ = try await stores.events.append(event(number), to: id, at: 1) }
        let start = try await stores.events.events(of: id, after: 0, limit: 5).events[4].id
        let readers = (0..<4).map { _ in
            Task {
                var numbers: [Int64] = []
                for try await element in stores.events.follow(id, after: start) {
                    guard case .event(let event) = element else { continue }
                    numbers.append(event.payload["number"]?.integer ?? -1)
                    if numbers.count == 245 { break }
                }
                return numbers
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 150..<250 {
                group.addTask {
                    _ = try await stores.events.append(event(number), to: id, at: 1)
                    _ = try await stores.events.append(event(-1), to: other, at: 1)
                }
            }
            try await group.waitForAll()
        }
        for reader in readers {
            let numbers = try await reader.value
            #expect(Array(numbers.prefix(145)) == Array(5..<150))
            #expect(Set(numbers.dropFirst(145)) == Set(150..<250))
        }
    }

    @Test("A reader that is cancelled ends, and nobody waits any more", arguments: StoreKind.all)
    func cancelled(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let id = try await project(stores)
        let gate = Gate()
        let reader = Task {
            var count = 0
            for try await _ in stores.events.follow(id, after: 0) {
                count += 1
                await gate.pass()
            }
            return count
        }
        _ = try await stores.events.append(event(1), to: id, at: 1)
        await gate.arrivals(1)
        reader.cancel()
        await gate.letThrough()
        #expect(try await reader.value == 1)
    }

    @Test("A reader from beyond the end is told to look anew, and goes on from the end", arguments: StoreKind.all)
    func beyond(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let id = try await project(stores)
        for number in 0..<3 { _ = try await stores.events.append(event(number), to: id, at: 1) }
        var feed = stores.events.follow(id, after: 99999).makeAsyncIterator()
        #expect(try await feed.next() == .missed)
        let next = try #require(try await stores.events.append(event(3), to: id, at: 1))
        #expect(try await feed.next() == .event(next))
    }

    @Test("Only so many are kept; a reader that was away for too long is told so, once")
    func retention() async throws {
        let data = try DataFolder(path: TestMedia.scratchFolder().path)
        let table = EventTable(kept: 10)
        let log = SQLiteEventLog(data.database, table)
        let id = try await project(Studio.Stores(data))
        for number in 0..<200 { _ = try await log.append(event(number), to: id, at: 1) }
        let all = try await log.events(of: id, after: 0, limit: 999)
        #expect(all.missesSome && (10...80).contains(all.events.count))
        #expect(all.events.last?.payload == event(199).payload)
        let latest = try await log.latestEvent(of: id)
        #expect(try await log.events(of: id, after: latest, limit: 9) == EventPage(events: [], missesSome: false))
        var elements: [EventFeed.Element] = []
        for try await element in log.follow(id, after: 1) {
            elements.append(element)
            if elements.count == all.events.count + 1 { break }
        }
        #expect(elements == [.missed] + all.events.map { .event($0) })
        #expect(table.listenedTo == 0)
        data.release()
    }
}
