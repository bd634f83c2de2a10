// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import EditModel
import Foundation
import JSON

/// A project as the bytes of a file.
enum ProjectFile {
    private struct File: Codable {
        var project: Sheet
    }

    /// All but the edit, which has a form of its own and stands beside it.
    private struct Sheet: Codable {
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

    static func bytes(of project: Project) throws -> [UInt8] {
        let sheet = Sheet(
            id: project.id, account: project.account, name: project.name, language: project.language,
            createdSeconds: project.createdSeconds, changedSeconds: project.changedSeconds, media: project.media,
            beats: project.beats, assetsNamed: project.assetsNamed, turns: project.turns, memory: project.memory)
        // Joined as text: numbers of 64 bits, as photos' fingerprints are, have no place in a JSON value.
        var bytes = Array("{\"history\":".utf8)
        bytes += project.history.json.text().utf8
        bytes += ",\"notes\":".utf8
        bytes += JSONValue.object(project.notes).text().utf8
        bytes += ",\"project\":".utf8
        bytes += try JSONEncoder().encode(sheet)
        bytes += "}".utf8
        return bytes
    }

    static func project(from bytes: some Sequence<UInt8>) throws -> Project {
        let whole = Data(bytes)
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
