// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import Foundation
import TestMedia
import Testing

@testable import Studio

@Suite("The data folder")
struct DataFolderTests {
    @Test("Projects, media, turns and tokens are there again after a restart")
    func restart() async throws {
        let workplace = try Workplace()
        let (id, token, before, hash) = try await {
            let studio = try workplace.studio()
            let id = try await studio.createProject(named: "Trip", language: "zh-CN", for: .localOwner).id
            _ = try await studio.takeIn([("a.jpg", SampleFile.photo()), ("song.wav", SampleFile.song())], into: id)
            _ = try await studio.say("first", in: id, of: .localOwner).done
            let token = try await studio.issueToken(client: "c", address: nil).token
            let project = try await studio.project(id, of: .localOwner)
            return (id, token, project, try #require(ContentHash(hex: project.media[0].contentHash)))
        }()
        let again = try workplace.studio()
        let after = try await again.project(id, of: .localOwner)
        #expect(after.media == before.media)
        #expect(after.media.map(\.name) == ["a.jpg", "song.wav"])
        #expect(after.beats == before.beats)
        #expect(after.beats.count == 1)
        #expect(after.turns == before.turns)
        #expect(after.draft == before.draft)
        #expect(after.revision == 1)
        #expect(after.language == "zh-CN")
        #expect(try await again.bearer(of: token)?.account == .localOwner)
        let place = try #require(try await again.stores.media.location(of: hash))
        #expect(try ContentHash(ofFile: place) == hash)
    }

    @Test("One process owns it; the next one is told who does")
    func oneOwner() throws {
        let path = try TestMedia.scratchFolder().appendingPathComponent("data").path
        let first = try DataFolder(path: path)
        let error = #expect(throws: DataFolderError.self) { try DataFolder(path: path) }
        #expect(error == .owned(path: path, process: getpid()))
        #expect("\(try #require(error))".contains("--data"))
        withExtendedLifetime(first) {}
    }

    @Test("It can be opened again once its owner is gone")
    func ownerGone() throws {
        let path = try TestMedia.scratchFolder().appendingPathComponent("data").path
        do { _ = try DataFolder(path: path) }
        #expect(throws: Never.self) { try DataFolder(path: path) }
    }

    @Test("It is closed to other users, and what a dead owner left half-way is gone")
    func leftovers() throws {
        let folder = try TestMedia.scratchFolder().appendingPathComponent("data")
        let incoming = folder.appendingPathComponent("incoming")
        try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
        try Data("half".utf8).write(to: incoming.appendingPathComponent("x"))
        let data = try DataFolder(path: folder.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: incoming.path).isEmpty)
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o700)
        withExtendedLifetime(data) {}
    }

    @Test("A folder of a later Kinora is left alone")
    func tooNew() throws {
        let folder = try TestMedia.scratchFolder()
        try Data("99\n".utf8).write(to: folder.appendingPathComponent("format"))
        #expect(throws: DataFolderError.tooNew(path: folder.path, format: 99)) { try DataFolder(path: folder.path) }
    }

    @Test("A folder that cannot be made is named with the reason")
    func impossible() throws {
        let file = try TestMedia.scratchFolder().appendingPathComponent("file")
        try Data().write(to: file)
        let error = #expect(throws: DataFolderError.self) { try DataFolder(path: file.path + "/data") }
        #expect("\(try #require(error))".contains(file.path))
    }

    @Test("Only the hash of a token is on the disk")
    func tokenHash() async throws {
        let workplace = try Workplace()
        let studio = try workplace.studio()
        let token = try await studio.issueToken(client: "c", address: nil).token
        #expect(token.text.hasPrefix("nmv_usr_") && token.text.utf8.count == 60)
        var tokenFiles = 0
        for name in try FileManager.default.subpathsOfDirectory(atPath: workplace.folder.path) {
            var isFolder: ObjCBool = false
            let path = workplace.folder.path + "/" + name
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            if isFolder.boolValue { continue }
            let text = String(decoding: try SampleFile.bytes(URL(fileURLWithPath: path)), as: UTF8.self)
            #expect(!text.contains(token.text.dropFirst(8)) && !name.contains(token.text.dropFirst(8)))
            if text.contains(token.hash.hex) { tokenFiles += 1 }
        }
        #expect(tokenFiles == 1)
        #expect(try await studio.bearer(of: Token("nmv_usr_" + String(repeating: "0", count: 52))) == nil)
    }
}
