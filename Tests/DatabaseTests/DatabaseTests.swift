// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization
import TestMedia
import Testing

@testable import Database

@Suite("A database")
struct DatabaseTests {
    struct Halt: Error {}

    @Test("What was written is read, by the one who opens it next too")
    func roundTrip() async throws {
        let path = try scratchPath()
        let first = try openDiary(path)
        try await first.add("Monday")
        #expect(try await first.names() == ["Monday"])
        first.close()
        // One file is left, which can be copied.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder(path)) == ["diary.sqlite"])
        #expect(try await openDiary(path).names() == ["Monday"])
    }

    @Test(
        "Values come back as they were",
        arguments: [
            SQLValue.null, .integer(.min), .integer(.max), .real(0.1), .real(-0.0), .text(""), .text("a\u{0}b"),
            .text("'; DROP TABLE day; --"), .text("海滩 🏖\u{202E}"), .blob([]), .blob([0, 255, 0]),
        ])
    func values(value: SQLValue) async throws {
        let found = try await openDiary().read("echo") { try $0.value("SELECT ?", value, as: SQLValue.self) }
        #expect(found == value)
    }

    @Test("A change that throws leaves nothing, and the ones beside it stay")
    func rollback() async throws {
        let database = try openDiary()
        await #expect(throws: Halt.self) {
            try await database.write("add days") { transaction in
                try transaction.run("INSERT INTO day (name) VALUES ('half')")
                throw Halt()
            }
        }
        // All at once, so that they share a commit.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        try await database.write("add a day") { transaction in
                            try transaction.run("INSERT INTO day (name) VALUES (?)", "day \(number)")
                            if number % 3 == 0 { throw Halt() }
                        }
                    } catch is Halt {
                        #expect(number % 3 == 0)
                    }
                }
            }
            try await group.waitForAll()
        }
        let expected = Set((0..<100).filter { $0 % 3 != 0 }.map { "day \($0)" })
        #expect(Set(try await database.names()) == expected)
    }

    @Test("What is done after a commit is done only where there was one")
    func afterCommit() async throws {
        let database = try openDiary()
        let recorder = Recorder()
        try? await database.write("fail") { transaction in
            transaction.afterCommit { recorder.add("failed") }
            throw Halt()
        }
        try await database.write("succeed") { transaction in
            transaction.afterCommit { recorder.add("done") }
        }
        #expect(recorder.all == ["done"])
    }

    @Test("All that a read asks is of one moment, whatever is written meanwhile")
    func oneMoment() async throws {
        let database = try openDiary()
        try await database.add("one")
        let counts = try await database.read("count twice") { snapshot in
            let before = try snapshot.value("SELECT count(*) FROM day", as: Int.self)
            // This thread is a reader's own: the writer goes on beside it.
            try database.writeBlocking("add a day") { try $0.run("INSERT INTO day (name) VALUES ('two')") }
            return [before, try snapshot.value("SELECT count(*) FROM day", as: Int.self)]
        }
        #expect(counts == [1, 1])
        #expect(try await database.names() == ["one", "two"])
    }

    @Test("A reader cannot write, and text for a number is a fault that names the column")
    func readers() async throws {
        let database = try openDiary()
        try await database.add("one")
        await #expect(throws: DatabaseError.self) {
            try await database.read("sneak") { _ = try $0.all("DELETE FROM day RETURNING name") { _ in 0 } }
        }
        let error = await #expect(throws: DatabaseError.self) {
            try await database.read("misread") { try $0.value("SELECT name FROM day", as: Int.self) }
        }
        #expect(error?.code == .type && error?.reason.contains("name is text") ?? false)
        #expect(try await database.names() == ["one"])
    }

    @Test("Broken rules are told apart, with what was tried")
    func rules() async throws {
        let database = try openDiary()
        try await database.add("one")
        let twice = await #expect(throws: DatabaseError.self) { try await database.add("one") }
        #expect(twice?.code == .notUnique && twice?.operation == "add a day")
        #expect("\(try #require(twice))".hasPrefix("could not add a day in \(database.path): "))
        let dangling = await #expect(throws: DatabaseError.self) {
            try await database.write("add a line") { try $0.run("INSERT INTO line VALUES (99, 'x')") }
        }
        #expect(dangling?.code == .dangling)
        let rule = await #expect(throws: DatabaseError.self) {
            try await database.write("add a day") { try $0.run("INSERT INTO day (name) VALUES (NULL)") }
        }
        #expect(rule?.code == .rule)
        let few = await #expect(throws: DatabaseError.self) {
            try await database.write("add a day") { try $0.run("INSERT INTO day (name) VALUES (?)") }
        }
        #expect(few?.reason == "1 values are wanted, not 0")
    }

    @Test("Rows changed are counted, those that nothing happened to are not")
    func changes() async throws {
        let database = try openDiary()
        for name in ["a", "b", "c"] { try await database.add(name) }
        let counts = try await database.write("change days") { transaction in
            try transaction.run("INSERT INTO line SELECT id, 'x' FROM day")
            return [
                try transaction.run("UPDATE day SET weather = 'rain' WHERE name < 'c'"),
                try transaction.run("UPDATE day SET weather = 'sun' WHERE name = 'z'"),
                try transaction.run("DELETE FROM day WHERE name > 'a'"),
            ]
        }
        #expect(counts == [2, 0, 2])
    }

    @Test("After it was closed it says so, and closing waits for what was asked before")
    func closed() async throws {
        let path = try scratchPath()
        let database = try openDiary(path)
        let writes = (0..<50).map { number in Task { try await database.add("day \(number)") } }
        try await database.add("last")
        database.close()
        database.close()
        var done = 1
        for write in writes {
            do {
                try await write.value
                done += 1
            } catch let error as DatabaseError {
                #expect(error.code == .closed)
            }
        }
        let error = await #expect(throws: DatabaseError.self) { try await database.names() }
        #expect(error?.code == .closed)
        #expect(try await openDiary(path).names().count == done)
    }

    @Test("Where there is no room, what was acknowledged is there and nothing else; with room it goes on")
    func noRoom() async throws {
        let database = try openDiary()
        func limit(_ pages: Int) async throws {
            try await database.write("set a limit") { _ = try $0.value("PRAGMA max_page_count=\(pages)", as: Int.self) }
        }
        let long = String(repeating: "x", count: 3000)
        func crowd(_ round: Int) async -> (done: Set<String>, refused: [DatabaseError.Code?]) {
            await withTaskGroup(of: (String, (any Error)?).self) { group in
                for number in 0..<40 {
                    let name = "\(round)-\(number)-\(long)"
                    group.addTask {
                        do {
                            try await database.add(name)
                            return (name, nil)
                        } catch {
                            return (name, error)
                        }
                    }
                }
                return await group.reduce(into: ([], [])) { sum, end in
                    if let error = end.1 { sum.1.append((error as? DatabaseError)?.code) } else { sum.0.insert(end.0) }
                }
            }
        }
        try await limit(30)
        let first = await crowd(1)
        #expect(!first.refused.isEmpty && first.refused.allSatisfy { $0 == .noSpace })
        #expect(Set(try await database.names()) == first.done)
        try await limit(10000)
        let second = await crowd(2)
        #expect(second.refused.isEmpty && second.done.count == 40)
        #expect(Set(try await database.names()) == first.done.union(second.done))
    }

    @Test("A copy made while it is in use is whole")
    func copy() async throws {
        let database = try openDiary()
        for number in 0..<20 { try await database.add("day \(number)") }
        let place = try scratchPath()
        async let more: Void = database.add("later")
        try await database.copy(to: place)
        try await more
        #expect(try await openDiary(place).names().count >= 20)
        await #expect(throws: DatabaseError.self) { try await database.copy(to: place) }
    }

    @Test("Many at once, reading and writing, lose nothing")
    func crowd() async throws {
        let database = try openDiary()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<50 {
                        try await database.add("\(task)-\(number)")
                        #expect(try await database.names().contains("\(task)-\(number)"))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.names().count == 400)
    }
}

private final class Recorder: Sendable {
    private let notes = Mutex<[String]>([])
    func add(_ note: String) { notes.withLock { $0.append(note) } }
    var all: [String] { notes.withLock { $0 } }
}
