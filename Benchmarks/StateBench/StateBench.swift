// SPDX-License-Identifier: GPL-3.0-or-later
//
// What it costs to keep things: tasks claimed and done, turns saved, events read, beside the floor of the same folder, one
// append of 4 KB and its fsync. `swift run -c release state-bench [FOLDER]`.
import ContentHash
import EditModel
import Foundation
import JSON
import JobQueue
import Studio

@main
struct StateBench {
    let folder: URL
    let stores: Studio.Stores
    let data: DataFolder

    static func main() async throws {
        let place = CommandLine.arguments.dropFirst().first ?? FileManager.default.currentDirectoryPath
        let folder = URL(fileURLWithPath: place).appendingPathComponent("state-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = try DataFolder(path: folder.appendingPathComponent("data").path)
        var rules = QueueRules()
        rules.mostInFlight = 64
        let bench = StateBench(
            folder: folder, stores: Studio.Stores(data, rules: rules), data: data)
        try await bench.run()
        data.release()
    }

    private func run() async throws {
        print("| what | ms each | a second | floors each |")
        print("|---|---|---|---|")
        var floor = try appends(400)
        row("append of 4 KB and fsync (the floor)", floor, floor)
        row("claim and done, one worker", try await tasks(workers: 1, count: 300), floor)
        row("claim and done, 16 workers", try await tasks(workers: 16, count: 3000), floor)
        row("claim and done, 16 workers, 5,000 ready of 500 accounts", try await crowd(), floor)
        // Again, since disks have moods.
        floor = (floor + (try appends(400))) / 2
        for (pictures, history) in [(10, 10), (100, 10), (100, 1000)] {
            let (save, load) = try await turns(pictures: pictures, history: history)
            row("turn saved, \(pictures) pictures, \(history) revisions before it", save, floor)
            row("project read, \(pictures) pictures, \(history) revisions", load, floor)
        }
        row("token, remembered", try await reads(20000) { _ = try await $0.tokens.record($1) }, floor)
        row(
            "balance", try await reads(20000) { stores, _ in _ = try await stores.credits.balance(of: .localOwner) },
            floor)
    }

    private func row(_ name: String, _ seconds: Double, _ floor: Double) {
        print(String(format: "| %@ | %.3f | %.0f | %.2f |", name, seconds * 1000, 1 / seconds, seconds / floor))
    }

    private func seconds(_ count: Int, _ body: () async throws -> Void) async rethrows -> Double {
        let began = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - began) / .seconds(1) / Double(count)
    }

    /// The floor: seconds of one.
    private func appends(_ count: Int) throws -> Double {
        let path = folder.appendingPathComponent("floor").path
        let file = open(path, O_CREAT | O_WRONLY | O_APPEND | O_TRUNC, 0o600)
        guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(file) }
        let page = [UInt8](repeating: 7, count: 4096)
        let began = ContinuousClock.now
        for _ in 0..<count {
            guard write(file, page, page.count) == page.count, fsync(file) == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
        }
        return (ContinuousClock.now - began) / .seconds(1) / Double(count)
    }

    // MARK: Tasks

    private static let now = Moment(seconds: 1)

    private func enqueue(_ count: Int, accounts: Int, _ kind: String) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<16 {
                group.addTask {
                    for number in stride(from: lane, to: count, by: 16) {
                        _ = try await stores.tasks.enqueue(
                            TaskDraft(
                                account: "a\(number % accounts)", name: "\(kind)\(number)", requestHash: "h",
                                kind: kind, spec: Array("spec \(number)".utf8)), at: Self.now)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func work(_ count: Int, workers: Int, _ kind: String) async throws -> Double {
        try await seconds(count) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<workers {
                    group.addTask {
                        for _ in 0..<(count / workers) {
                            guard let claimed = try await stores.tasks.claim([kind], by: "w\(worker)", at: Self.now),
                                try await stores.tasks.finish(claimed.lease, .done(output: [1]), at: Self.now)
                            else { throw CocoaError(.featureUnsupported) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private func tasks(workers: Int, count: Int) async throws -> Double {
        try await enqueue(count, accounts: 8, "k\(workers)")
        return try await work(count / workers * workers, workers: workers, "k\(workers)")
    }

    private func crowd() async throws -> Double {
        try await enqueue(5000, accounts: 500, "crowd")
        return try await work(800, workers: 16, "crowd")
    }

    // MARK: Projects

    private func media(_ count: Int) -> [MediaFacts] {
        (0..<count).map { index in
            var facts = MediaFacts(
                id: "", name: "", kind: .image, format: "jpeg", contentHash: String(repeating: "ab", count: 32),
                size: PixelSize(width: index % 3 == 0 ? 3000 : 4000, height: index % 3 == 0 ? 4000 : 3000))
            facts.perceptualHash = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
            return facts
        }
    }

    /// Seconds of saving one more turn, and of reading the project.
    private func turns(pictures: Int, history: Int) async throws -> (save: Double, load: Double) {
        var project = Project(
            id: ProjectID(.system), account: .localOwner, name: "bench", language: "en", createdSeconds: 1)
        for (index, facts) in media(pictures).enumerated() {
            _ = project.add(Examined(facts: facts), named: "\(index).jpg")
        }
        let context = EditContext(media: project.media)
        _ = try project.history.apply([OperationCall("create", ["keepAll": true])], in: context)
        func turn(_ number: Int) throws {
            _ = try project.history.apply(
                [
                    OperationCall("title-name", ["title": .string("film \(number)")]),
                    OperationCall("move", ["segments": [.integer(Int64(number % pictures + 1))], "to": 1]),
                ], in: context, who: "director", words: "the title is film \(number)")
            project.turns.append(
                ConversationTurn(
                    id: "e-\(number)", said: "the title is film \(number)", answer: "The title is film \(number) now.",
                    saidSeconds: 1, answeredSeconds: 2, revisionBefore: number, revisionAfter: number + 1))
            if project.turns.count > 500 { project.turns.removeFirst() }
            project.changedSeconds += 1
        }
        for number in 0..<history { try turn(number) }
        try await stores.projects.save(project)
        let count = 100
        var total = 0.0
        for number in history..<(history + count) {
            let before = project
            try turn(number)
            var change = ProjectChange(project, before: before)
            change.events = [NewEvent(.revision, ["revision": .integer(Int64(number))]), NewEvent(.turn, ["id": "e"])]
            let saved = change
            total += try await seconds(1) { try await stores.projects.save(saved) }
        }
        let id = project.id
        let load = try await seconds(5) {
            for _ in 0..<5 { _ = try await stores.projects.load(id, of: .localOwner) }
        }
        return (total / Double(count), load)
    }

    // MARK: Reading

    private func reads(
        _ count: Int, _ read: @escaping @Sendable (Studio.Stores, ContentHash) async throws -> Void
    ) async throws -> Double {
        let token = Token(.system)
        try await stores.tokens.add(TokenRecord(hash: token.hash, account: .localOwner, issuedSeconds: 1))
        let stores = stores
        return try await seconds(count) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask { for _ in 0..<(count / 16) { try await read(stores, token.hash) } }
                }
                try await group.waitForAll()
            }
        }
    }
}
