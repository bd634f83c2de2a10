// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

@testable import Database

@Suite("Opening a database")
struct OpeningTests {
    @Test("The steps of the schema that are missing are made, and only those")
    func steps() async throws {
        let path = try scratchPath()
        let old = try openDiary(path, [diary[0]])
        try await old.add("Monday")
        old.close()
        let new = try openDiary(path)
        try await new.write("note the weather") { try $0.run("UPDATE day SET weather = 'rain'") }
        #expect(try await new.names() == ["Monday"])
        #expect(try await new.read("look") { try $0.value("PRAGMA user_version", as: Int.self) } == 2)
    }

    @Test("A step that fails leaves the schema as it was")
    func failedStep() async throws {
        let path = try scratchPath()
        let old = try openDiary(path)
        try await old.add("Monday")
        old.close()
        let bad = Migration(3) { transaction in
            try transaction.run("ALTER TABLE day ADD COLUMN mood TEXT")
            try transaction.run("INSERT INTO nowhere VALUES (1)")
        }
        let error = #expect(throws: DatabaseError.self) { try openDiary(path, diary + [bad]) }
        #expect(error?.operation == "bring the schema up to date")
        let again = try openDiary(path)
        #expect(try await again.names() == ["Monday"])
        let columns = try await again.read("look") {
            try $0.all("PRAGMA table_info(day)") { try $0.get(1, as: String.self) }
        }
        #expect(columns == ["id", "name", "weather"])
    }

    @Test("A step that would leave rows that point nowhere is refused")
    func danglingStep() async throws {
        let path = try scratchPath()
        let old = try openDiary(path)
        try await old.write("fill") { transaction in
            try transaction.run("INSERT INTO day (id, name) VALUES (1, 'a')")
            try transaction.run("INSERT INTO line VALUES (1, 'x')")
        }
        old.close()
        let bad = Migration(3, script: "DELETE FROM day")
        let error = #expect(throws: DatabaseError.self) { try openDiary(path, diary + [bad]) }
        #expect(error?.code == .dangling)
        #expect(try await openDiary(path).names() == ["a"])
    }

    @Test("A folder may be reached over a link")
    func link() async throws {
        let place = try TestMedia.scratchFolder()
        let link = try TestMedia.scratchFolder().appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: place)
        let database = try openDiary(link.path + "/diary.sqlite")
        try await database.add("Monday")
        database.close()
        #expect(try await openDiary(place.path + "/diary.sqlite").names() == ["Monday"])
    }

    @Test("A file of a newer program is left alone")
    func tooNew() throws {
        let path = try scratchPath()
        try openDiary(path).close()
        let error = #expect(throws: DatabaseError.self) { try openDiary(path, [diary[0]]) }
        #expect(error?.code == .tooNew(found: 2, known: 1))
        #expect("\(try #require(error))".contains("use the newer program"))
    }

    @Test("A file of another program, or one that is no database, is left alone and named")
    func foreign() throws {
        let other = try scratchPath()
        let stranger = try Connection(path: other, writes: true)
        try stranger.script("CREATE TABLE x (y); PRAGMA application_id=7")
        let before = try Data(contentsOf: URL(fileURLWithPath: other))
        #expect(#expect(throws: DatabaseError.self) { try openDiary(other) }?.code == .foreign)
        #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == before)

        let junk = try scratchPath()
        try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: junk))
        let error = #expect(throws: DatabaseError.self) { try openDiary(junk) }
        #expect(error?.code == .damaged && error?.description.contains(junk) ?? false)

        let nowhere = try TestMedia.scratchFolder().path + "/no/where.sqlite"
        #expect(#expect(throws: DatabaseError.self) { try openDiary(nowhere) }?.code == .noPermission)
    }

    @Test("After an unclean end the file is checked; one that is torn is refused")
    func torn() async throws {
        let path = try scratchPath()
        let database = try openDiary(path)
        try await database.write("fill") { transaction in
            for number in 0..<2000 {
                try transaction.run("INSERT INTO day (name) VALUES (?)", "a day called \(number)")
            }
        }
        database.close()
        // As a process that was killed leaves it: a log beside a file, here one whose pages were overwritten.
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        var broken = bytes
        for offset in stride(from: 4096 * 3, to: min(bytes.count, 4096 * 12), by: 1) { broken[offset] = 0xA5 }
        try broken.write(to: URL(fileURLWithPath: path))
        try Data(repeating: 0, count: 32).write(to: URL(fileURLWithPath: path + "-wal"))
        let error = #expect(throws: DatabaseError.self) { try openDiary(path) }
        #expect(error?.code == .damaged)
        // The same log beside a whole file is no harm.
        try bytes.write(to: URL(fileURLWithPath: path))
        try Data(repeating: 0, count: 32).write(to: URL(fileURLWithPath: path + "-wal"))
        #expect(try await openDiary(path).names().count == 2000)
    }

    @Test("A file from elsewhere gets nobody to act: settings hold")
    func settings() async throws {
        let database = try openDiary()
        let found = try await database.write("look") { transaction in
            try ["foreign_keys", "synchronous", "trusted_schema", "cell_size_check"].map {
                try transaction.value("PRAGMA \($0)", as: Int.self)
            }
        }
        #expect(found == [1, 2, 0, 1])
        #expect(try await database.read("look") { try $0.value("PRAGMA journal_mode", as: String.self) } == "wal")
        // The defensive setting: no writing to the schema's own table.
        await #expect(throws: DatabaseError.self) {
            try await database.write("tamper") { transaction in
                try transaction.script("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'x'")
            }
        }
        // Double quotes are names, never text.
        await #expect(throws: DatabaseError.self) {
            try await database.read("misspell") { try $0.value("SELECT \"nothing\"", as: String.self) }
        }
    }
}
