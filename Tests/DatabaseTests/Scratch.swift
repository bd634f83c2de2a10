// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

@testable import Database

/// A small schema in two steps.
let diary = [
    Migration(
        1,
        script: """
            CREATE TABLE day (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
            CREATE TABLE line (day INTEGER NOT NULL REFERENCES day ON DELETE CASCADE, text TEXT NOT NULL) STRICT;
            """),
    Migration(2, script: "ALTER TABLE day ADD COLUMN weather TEXT"),
]

func scratchPath() throws -> String { try TestMedia.scratchFolder().appendingPathComponent("diary.sqlite").path }

func openDiary(_ path: String? = nil, _ migrations: [Migration] = diary) throws -> Database {
    try Database(path: try path ?? scratchPath(), migrations: migrations)
}

extension Database {
    func names() async throws -> [String] {
        try await read("list days") { try $0.all("SELECT name FROM day ORDER BY id") { try $0.get(0) } }
    }

    func add(_ name: String) async throws {
        try await write("add a day") { try $0.run("INSERT INTO day (name) VALUES (?)", name) }
    }
}

func folder(_ path: String) -> String { (path as NSString).deletingLastPathComponent }
