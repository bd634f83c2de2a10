// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

@testable import AgentTools

@Suite("Folders that an agent may use")
struct AllowedFolderTests {
    private let base: URL
    private let allowed: AllowedFolders

    init() throws {
        base = try TestMedia.scratchFolder().resolvingSymlinksInPath()
        for folder in ["in/sub", "in/.git", "out", "inside"] {
            try FileManager.default.createDirectory(
                at: base.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        for file in [
            "in/p10.jpg", "in/p2.jpg", "in/sub/b.jpg", "in/.git/x.txt", "in/.env", "out/secret.txt", "inside/near.txt",
        ] {
            try Data(file.utf8).write(to: base.appendingPathComponent(file))
        }
        for (link, target) in [
            ("in/link.txt", "../out/secret.txt"), ("in/way", "../out"), ("in/good.jpg", "p2.jpg"), ("in/up", ".."),
            ("in/nowhere", "../out/none"), ("in/round", "."),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: base.appendingPathComponent(link).path, withDestinationPath: target)
        }
        mkfifo(base.appendingPathComponent("in/pipe").path, 0o600)
        allowed = AllowedFolders([base.path + "/in", base.path + "/none", base.path + "/in"])
    }

    private func read(_ path: String) throws -> String {
        let file = try allowed.open(path)
        return String(decoding: try file.read(1000), as: UTF8.self)
    }

    private func fault(_ path: String) -> AllowedFolders.Fault? {
        do throws(AllowedFolders.Fault) {
            _ = try allowed.open(path)
            return nil
        } catch {
            return error
        }
    }

    @Test("Files below are read, relative or not, also by a link that stays inside")
    func inside() throws {
        #expect(allowed.folders == [base.path + "/in"])
        #expect(try read("p2.jpg") == "in/p2.jpg")
        #expect(try read("sub/../sub/b.jpg") == "in/sub/b.jpg")
        #expect(try read(base.path + "/in/p10.jpg") == "in/p10.jpg")
        #expect(try read(base.path + "/out/../in/p10.jpg") == "in/p10.jpg")
        #expect(try read("good.jpg") == "in/p2.jpg")
    }

    @Test("Nothing outside is read, however it is written, and whether it is there is not told")
    func outside() {
        for path in [
            "../out/secret.txt", "/etc/passwd", base.path + "/out/secret.txt", "sub/../../out/secret.txt", "link.txt",
            "way/secret.txt", "up/out/secret.txt", base.path + "/inside/near.txt", "/proc/self/environ",
        ] {
            guard case .outside? = fault(path) else {
                Issue.record("\(path): \(String(describing: fault(path)))")
                continue
            }
        }
        #expect(fault("/no/such/file") == .outside("/no/such/file", allowed: allowed.folders))
        #expect(fault("../out/none") == .outside("../out/none", allowed: allowed.folders))
        #expect(fault("p3.jpg") == .notThere("p3.jpg"))
        #expect(fault(".env") == .hidden(".env") && fault(".git/x.txt") == .hidden(".git/x.txt"))
        #expect(fault("pipe") == .noFile("pipe") && fault("sub") == .noFile("sub"))
        let none = AllowedFolders([])
        #expect(throws: AllowedFolders.Fault.outside("/etc/passwd", allowed: [])) {
            _ = try none.files(at: "/etc/passwd", most: 1)
        }
    }

    @Test("A folder stands for all in it, as people count, without what is hidden or leads out or round")
    func folders() throws {
        let names = try allowed.files(at: ".", most: 100).map { $0.dropFirst(base.path.count + 4) }
        #expect(names == ["p2.jpg", "p2.jpg", "p10.jpg", "sub/b.jpg"])
        #expect(try allowed.files(at: ".", most: 2).count == 2)
        #expect(throws: AllowedFolders.Fault.self) { try allowed.files(at: "way", most: 10) }
    }

    @Test("A new file is put inside only, over nothing unless that is said, and never through a link")
    func newFiles() throws {
        #expect(try allowed.newFile("film.mp4", replacing: false) == base.path + "/in/film.mp4")
        #expect(try allowed.newFile(base.path + "/in/sub/film.mp4", replacing: false) == base.path + "/in/sub/film.mp4")
        #expect(throws: AllowedFolders.Fault.exists("p2.jpg")) { try allowed.newFile("p2.jpg", replacing: false) }
        #expect(try allowed.newFile("p2.jpg", replacing: true) == base.path + "/in/p2.jpg")
        for path in ["link.txt", "good.jpg", "nowhere", "sub"] {
            #expect(throws: AllowedFolders.Fault.exists(path)) { try allowed.newFile(path, replacing: true) }
        }
        for path in [
            "../film.mp4", "/tmp/film.mp4", "way/film.mp4", "up/film.mp4", ".film.mp4", "no/film.mp4", "sub/", "..",
        ] {
            #expect(throws: AllowedFolders.Fault.self, "\(path)") { try allowed.newFile(path, replacing: true) }
        }
    }
}
