// SPDX-License-Identifier: GPL-3.0-or-later
import Database
import Director
import EditModel
import Foundation
import JSON

/// A project as rows: `project` with what there is one of, `revision`, `edit`, `turn` and `asset` with what there is more
/// of. For use within a transaction.
enum ProjectTable {
    /// Between two drafts that are written whole; those between are written as what differs from the one before.
    static let wholeEvery = 32

    /// A project's own row.
    struct Sheet {
        var account: AccountID
        var name: String
        var language: String?
        var createdSeconds: Double
        var changedSeconds: Double
        var deletedSeconds: Double?
        var line: String
        var position: Int
        var memory: String
        var notes: String
        var assetsNamed: Int
        var mediaCount: Int
        var lastRevision: Int
        var editCount: Int
        /// Number of the row of the last turn, the first one's is 1.
        var lastTurn: Int
        var turnCount: Int
    }

    private static let columns = """
        account, name, language, created_at, changed_at, deleted_at, line, position, memory, notes, assets_named, \
        media_count, revision_last, edit_count, turn_last, turn_count
        """

    static func sheet(_ id: ProjectID, in database: some Querying) throws -> Sheet? {
        try database.first("SELECT \(columns) FROM project WHERE id = ?", id) { row in
            Sheet(
                account: try row.get(0), name: try row.get(1), language: try row.get(2), createdSeconds: try row.get(3),
                changedSeconds: try row.get(4), deletedSeconds: try row.get(5), line: try row.get(6),
                position: try row.get(7), memory: try row.get(8), notes: try row.get(9),
                assetsNamed: try row.get(10), mediaCount: try row.get(11), lastRevision: try row.get(12),
                editCount: try row.get(13), lastTurn: try row.get(14), turnCount: try row.get(15))
        }
    }

    /// The project, where its row is one that the caller wants.
    static func read(
        _ id: ProjectID, in database: some Querying, where isWanted: (Sheet) -> Bool = { _ in true }
    ) throws -> Project? {
        guard let sheet = try sheet(id, in: database), isWanted(sheet) else { return nil }
        var project = Project(
            id: id, account: sheet.account, name: sheet.name, language: sheet.language,
            createdSeconds: sheet.createdSeconds)
        do {
            project.changedSeconds = sheet.changedSeconds
            project.assetsNamed = sheet.assetsNamed
            project.memory = try JSONDecoder().decode(Memory.self, from: Data(sheet.memory.utf8))
            try project.note(try JSONValue(parsing: Array(sheet.notes.utf8)).object ?? [:], upTo: .max)
            for asset in try SQLiteAssetStore.assets(of: id, in: database) {
                project.media.append(asset.facts)
                project.beats[asset.facts.id] = asset.beats
            }
            project.turns = try database.all("SELECT sheet FROM turn WHERE project = ? ORDER BY number", id) { row in
                try JSONDecoder().decode(ConversationTurn.self, from: Data(try row.get(0, as: String.self).utf8))
            }
            project.history = try history(id, sheet, in: database)
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw ProjectStoreError.damaged(id, why: "\(error)")
        }
        return project
    }

    private static func history(_ id: ProjectID, _ sheet: Sheet, in database: some Querying) throws -> EditHistory {
        var texts: (number: Int, bytes: [UInt8]) = (-1, [])
        let revisions = try database.all(
            "SELECT number, parent, name, base, draft FROM revision WHERE project = ? ORDER BY number", id
        ) { row -> JSONValue in
            let number = try row.get(0, as: Int.self)
            var bytes = try row.get(4, as: [UInt8].self)
            if let base = try row.get(3, as: Int?.self) {
                guard base == texts.number, let text = TextDelta.text(from: texts.bytes, by: bytes) else {
                    throw ProjectStoreError.damaged(id, why: "revision \(number) does not follow \(base)")
                }
                bytes = text
            }
            texts = (number, bytes)
            var members: [String: JSONValue] = [
                "number": .integer(Int64(number)), "draft": try JSONValue(parsing: bytes),
            ]
            members["parent"] = try row.get(1, as: Int64?.self).map { .integer($0) }
            members["name"] = try row.get(2, as: String?.self).map { .string($0) }
            return .object(members)
        }
        let log = try database.all("SELECT entry FROM edit WHERE project = ? ORDER BY number", id) { row in
            try JSONValue(parsing: Array(try row.get(0, as: String.self).utf8))
        }
        guard let line = NumberRanges.numbers(sheet.line) else {
            throw ProjectStoreError.damaged(id, why: "its line of revisions is \(sheet.line)")
        }
        return try EditHistory(json: [
            "revisions": .array(revisions), "log": .array(log),
            "line": .array(line.map { .integer(Int64($0)) }), "position": .integer(Int64(sheet.position)),
        ])
    }
}
