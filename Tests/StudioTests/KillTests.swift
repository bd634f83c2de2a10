// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import JSON
import JobQueue
import TestMedia
import Testing

@testable import Studio

/// A process that is killed while it commits, again and again over the same folder.
@Suite("Killed at any moment")
struct KillTests {
    /// Everything that was ever acknowledged.
    private struct Acknowledged {
        var said: [String] = []
        var turns: [String] = []
        var exports: [String] = []
        var done: [(name: String, output: String)] = []
        var offsets: [String: Int64] = [:]

        mutating func take(_ line: Substring) {
            let words = line.split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("said", 2): said.append(words[1])
            case ("turn", 2): turns.append(words[1])
            case ("export", 2): exports.append(words[1])
            case ("done", 3): done.append((words[1], words[2]))
            case ("offset", 3): offsets[words[1]] = Int64(words[2])
            default: Issue.record("the child said \(line)")
            }
        }
    }

    private static let rounds = ProcessInfo.processInfo.environment["KINORA_TEST_ALL"] == nil ? 5 : 50

    @Test("What was acknowledged is there, nothing is doubled, everything is charged once")
    func kill() async throws {
        let folder = try TestMedia.scratchFolder()
        var acknowledged = Acknowledged()
        var random = UInt64(11)
        let threads = WorkThreads("child", atOnce: 1)
        for round in 1...Self.rounds {
            // Knuth's MMIX generator.
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let lines = 50 + Int(random >> 33) % 700
            let text = try await threads.attempt { try Self.live(folder, round, lines: lines) }
            for line in text.split(separator: "\n") { acknowledged.take(line) }
            try await check(folder, acknowledged, "round \(round), killed after \(lines) lines")
        }
        #expect(acknowledged.turns.count > 10 && acknowledged.done.count > 10)
    }

    /// Starts the child, kills it once it has said so many lines, and gives all that it said. Blocks.
    private static func live(_ folder: URL, _ round: Int, lines: Int) throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent()
            .appendingPathComponent("state-child")
        process.arguments = [folder.path, "\(round)"]
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var said = Data()
        var count = 0
        while count < lines {
            let piece = output.fileHandleForReading.availableData
            if piece.isEmpty { break }
            said += piece
            count += piece.count { $0 == 0x0A }
        }
        Glibc.kill(process.processIdentifier, SIGKILL)
        said += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal, "the child ended by itself")
        // A line that was cut off was not said.
        let end = said.lastIndex(of: 0x0A) ?? said.startIndex
        return String(decoding: said[..<end], as: UTF8.self)
    }

    private func check(_ folder: URL, _ acknowledged: Acknowledged, _ comment: Comment) async throws {
        let data = try DataFolder(path: folder.path)
        defer { data.release() }
        let stores = Studio.Stores(data)
        let id = try #require(ProjectID("ses_child"))
        let project = try #require(try await stores.projects.load(id, of: .localOwner), comment)

        // Turns: all that were acknowledged, in their order, each once, each with its revision, its event and its charge.
        let turns = project.turns.map(\.id)
        #expect(turns.filter(Set(acknowledged.turns).contains) == acknowledged.turns, comment)
        #expect(Set(turns).count == turns.count, comment)
        #expect(project.history.revisions.count == turns.count + 1, comment)
        #expect(project.history.log.count == turns.count, comment)
        #expect(project.draft.film.title == turns.last ?? "", comment)
        let waiting = try await stores.waitingTurns.all().map(\.id)
        #expect(Set(acknowledged.said).isSubset(of: Set(turns).union(waiting)), comment)
        #expect(Set(turns).isDisjoint(with: waiting), comment)
        let entries = try await stores.credits.entries(of: .localOwner, limit: .max)
        #expect(entries.filter { $0.reason == .settled }.map(\.reference) == turns.reversed(), comment)
        let balance = try await stores.credits.balance(of: .localOwner)
        let open = Set(entries.filter { $0.reason == .reserved }.map(\.reference))
            .subtracting(entries.filter { $0.reason != .reserved }.map(\.reference))
        #expect(balance.frozen == 2 * open.count && open.count <= 1, comment)
        #expect(balance.total == 1_000_000 - turns.count, comment)

        // Exports: none is lost, each is done at most once, as it was acknowledged.
        var last = Int64(0)
        var told: [String: Int] = [:]
        while true {
            let page = try await stores.events.events(of: id, after: last, limit: 500)
            guard let end = page.events.last else { break }
            last = end.id
            for event in page.events { told[event.payload["id"]?.string ?? "", default: 0] += 1 }
        }
        for name in acknowledged.exports {
            #expect(try await stores.exports.export(name, of: .localOwner) != nil, comment)
        }
        var outputs: [String: String] = [:]
        for end in acknowledged.done {
            #expect(outputs[end.name] == nil, "done twice: \(end.name)")
            outputs[end.name] = end.output
            let export = try #require(try await stores.exports.export(end.name, of: .localOwner), comment)
            #expect(export.task.output == Array(end.output.utf8), comment)
        }
        for (name, count) in told { #expect(count == 1, "told \(count) times: \(name)") }
        for (id, offset) in acknowledged.offsets {
            let upload = try #require(try await stores.uploads.upload(id, of: .localOwner), comment)
            #expect(upload.offset == offset || upload.offset == offset + 1, comment)
        }
    }
}
