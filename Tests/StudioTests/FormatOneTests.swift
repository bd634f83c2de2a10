// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import Foundation
import JSON
import TestMedia
import Testing

@testable import Studio

@Suite("A data folder of format 1")
struct FormatOneTests {
    /// What the project's file of format 1 holds besides the edit, as it was written.
    private struct Sheet: Encodable {
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
        var memory: [String: String] = [:]
    }

    private func file(of project: Project) throws -> Data {
        let sheet = Sheet(
            id: project.id, account: project.account, name: project.name, language: project.language,
            createdSeconds: project.createdSeconds, changedSeconds: project.changedSeconds, media: project.media,
            beats: project.beats, assetsNamed: project.assetsNamed, turns: project.turns)
        var text = String(decoding: try JSONEncoder().encode(sheet), as: UTF8.self)
        let memory = String(decoding: try JSONEncoder().encode(project.memory), as: UTF8.self)
        text = text.replacing("\"memory\":{}", with: "\"memory\":\(memory)")
        let notes = JSONValue.object(project.notes).text()
        return Data("{\"history\":\(project.history.json.text()),\"notes\":\(notes),\"project\":\(text)}".utf8)
    }

    private func write(_ data: Data, _ folder: URL, _ path: String) throws {
        let url = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    private func oldFolder(_ projects: [Project], _ tokens: [TokenRecord]) throws -> URL {
        let folder = try TestMedia.scratchFolder()
        try write(Data("1\n".utf8), folder, "format")
        for project in projects { try write(file(of: project), folder, "projects/\(project.id).json") }
        for token in tokens {
            let text =
                "{\"hash\":\"\(token.hash)\",\"account\":\"\(token.account)\",\"issuedSeconds\":\(token.issuedSeconds)}"
            try write(Data(text.utf8), folder, "tokens/\(token.hash.hex.prefix(2))/\(token.hash)")
        }
        return folder
    }

    @Test("Its projects and tokens are there after it was opened, and its files are put aside")
    func takenIn() async throws {
        var project = try sampleProject("Old 旅行 \"x\"")
        for number in 0..<40 { try project.turn(number) }
        _ = try project.history.apply([OperationCall("undo", [:])], in: EditContext())
        try project.note(["lang": "中文"], upTo: .max)
        let empty = try sampleProject("empty")
        let token = TokenRecord(hash: ContentHash(of: [1]), account: .localOwner, issuedSeconds: 12.5)
        let folder = try oldFolder([project, empty], [token])
        let written = try Data(contentsOf: folder.appendingPathComponent("projects/\(project.id).json"))
        for _ in 0..<2 {
            let data = try DataFolder(path: folder.path)
            let stores = Studio.Stores(data)
            expectSame(try await stores.projects.load(project.id, of: .localOwner), project)
            expectSame(try await stores.projects.load(empty.id, of: .localOwner), empty)
            #expect(try await stores.tokens.record(token.hash) == token)
            #expect(try await stores.assets.asset(project.media[0].id, of: .localOwner)?.facts == project.media[0])
            data.release()
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.contains("projects") && !names.contains("tokens"))
        let aside = folder.appendingPathComponent("format-1/projects/\(project.id).json")
        #expect(try Data(contentsOf: aside) == written)
        let format = try Data(contentsOf: folder.appendingPathComponent("format"))
        #expect(format == Data("2\n".utf8))
    }

    @Test("Where it ended half-way, the next one who opens it goes on", arguments: [1, 2])
    func halfWay(_ format: Int) async throws {
        let project = try sampleProject("Old")
        let folder = try oldFolder([project], [])
        do {
            let data = try DataFolder(path: folder.path)
            // Turned since: what is in the database is newer than the file.
            var turned = project
            try turned.turn(0)
            try await Studio.Stores(data).projects.save(turned)
            data.release()
        }
        try write(Data("\(format)\n".utf8), folder, "format")
        try FileManager.default.moveItem(
            at: folder.appendingPathComponent("format-1/projects"), to: folder.appendingPathComponent("projects"))
        let data = try DataFolder(path: folder.path)
        #expect(try await Studio.Stores(data).projects.load(project.id, of: .localOwner)?.turns.count == 1)
        #expect(FileManager.default.fileExists(atPath: folder.path + "/format-1/projects/\(project.id).json"))
        data.release()
    }

    @Test("A file that was cut short is named, and everything stays as it was")
    func torn() async throws {
        let projects = [try sampleProject("one"), try sampleProject("two")]
        let folder = try oldFolder(projects, [])
        let torn = folder.appendingPathComponent("projects/\(projects[1].id).json")
        let whole = try Data(contentsOf: torn)
        try whole.dropLast(10).write(to: torn)
        let error = #expect(throws: DataFolderError.self) { try DataFolder(path: folder.path) }
        guard case .unreadable(torn.path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try Data(contentsOf: folder.appendingPathComponent("format")) == Data("1\n".utf8))
        // Mended, all of it is there.
        try whole.write(to: torn)
        let data = try DataFolder(path: folder.path)
        #expect(try await Studio.Stores(data).projects.list(of: .localOwner, deleted: false).count == 2)
        data.release()
    }
}
