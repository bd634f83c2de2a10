// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import Database
import Director
import EditModel
import FileStore
import Foundation
import JSON

/// A data folder as it was before there was a database: a JSON file each project and each token. Read once, then put aside
/// in `DATA/format-1`.
enum FormatOne {
    /// A file of it is not one.
    struct Unreadable: Error {
        let path: String
        let reason: String
    }

    private static let folders = ["projects", "tokens"]

    /// Takes all of it into the database, in one step. What is there already stays, so that doing it again does no harm.
    /// Blocks.
    static func takeIn(_ folder: String, into database: Database) throws {
        let tokens = try files(in: "\(folder)/tokens", depth: 2).map { path in
            try read(path) { try JSONDecoder().decode(TokenRecord.self, from: $0) }
        }
        let projects = try files(in: "\(folder)/projects", depth: 1).filter { $0.hasSuffix(".json") }
        try database.writeBlocking("take in the projects of an older kinora") { transaction in
            for token in tokens {
                let isThere = try transaction.exists("SELECT 1 FROM token WHERE hash = ?", token.hash)
                if !isThere { try SQLiteTokenStore.insert(token, transaction) }
            }
            for path in projects {
                let project = try read(path) { try FormatOne.project(from: $0) }
                let isThere = try transaction.exists("SELECT 1 FROM project WHERE id = ?", project.id)
                if !isThere { try ProjectTable.write(project, before: nil, in: transaction) }
            }
        }
    }

    /// Puts the files aside. Blocks.
    static func putAside(_ folder: String) throws(FileError) {
        for name in folders where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            try Durable.makeShelf("\(folder)/format-1")
            guard rename("\(folder)/\(name)", "\(folder)/format-1/\(name)") == 0 else {
                throw FileError("replace", "\(folder)/format-1/\(name)", errno: errno)
            }
        }
        try Durable.sync(folder: folder)
    }

    private static func files(in folder: String, depth: Int) throws -> [String] {
        try Folders.names(in: folder).sorted().filter { !$0.hasPrefix(".") }.flatMap { name in
            depth > 1 ? try files(in: "\(folder)/\(name)", depth: depth - 1) : ["\(folder)/\(name)"]
        }
    }

    private static func read<Value>(_ path: String, _ parse: (Data) throws -> Value) throws -> Value {
        do {
            return try parse(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw Unreadable(path: path, reason: "\(error)")
        }
    }

    // MARK: A project's file

    private struct File: Decodable {
        var project: Sheet
    }

    /// All but the edit, which has a form of its own and stands beside it.
    private struct Sheet: Decodable {
        var id: ProjectID
        var account: AccountID
        var name: String
        var language: String?
        var createdSeconds: Double
        var changedSeconds: Double
        var media: [MediaFacts]
        var beats: [String: BeatGrid]
        var assetsNamed: Int
        var turns: [ConversationTurn]
        var memory: Memory
    }

    private static func project(from whole: Data) throws -> Project {
        let parts = try JSONValue(parsing: whole)
        let sheet = try JSONDecoder().decode(File.self, from: whole).project
        var project = Project(
            id: sheet.id, account: sheet.account, name: sheet.name, language: sheet.language,
            createdSeconds: sheet.createdSeconds)
        project.changedSeconds = sheet.changedSeconds
        project.media = sheet.media
        project.beats = sheet.beats
        project.assetsNamed = sheet.assetsNamed
        project.turns = sheet.turns
        project.memory = sheet.memory
        try project.note(parts["notes"]?.object ?? [:], upTo: .max)
        project.history = try EditHistory(json: parts["history"] ?? .null)
        return project
    }
}
