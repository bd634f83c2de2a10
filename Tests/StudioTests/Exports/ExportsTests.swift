// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import JobQueue
import JSON
import MediaIO
import Renderer
import Synchronization
import Testing
import TestMedia
import Wording

@testable import FilmWork
@testable import Studio

/// What becomes of orders, with films of a few bytes.
@Suite(.timeLimit(.minutes(2))) struct ExportsTests {
    private let folder: URL

    init() throws { folder = try TestMedia.scratchFolder().appendingPathComponent("data") }

    @Test func anExportIsMadeAndTold() async throws {
        let gate = Gate()
        let place = try await ExportPlace(folder, films: QuickFilms(gate: gate))
        let (project, assets) = try await place.project()
        let order = try place.order("render_1", project, try ExportPlace.draft("One", assets))
        let started = try await place.exports.start(order, for: .localOwner)
        #expect(started.status == .pending && started.progress == 0 && started.result == nil)
        await gate.arrivals(1)
        await #expect(throws: ExportError.noFile(.processing)) {
            try await place.exports.file(of: order.id, of: .localOwner)
        }
        await gate.letThrough()
        let (export, told) = try await place.end(of: "render_1")
        #expect(export.status == .completed && export.progress == 100)
        #expect(export.result?.hash == ContentHash(of: Array("film One".utf8)).hex)
        #expect(told.last?.status == .completed)
        #expect(told.map(\.progress) == told.map(\.progress).sorted())
        let file = try await place.exports.file(of: order.id, of: .localOwner)
        #expect(try String(contentsOf: file.location, encoding: .utf8) == "film One")
        #expect(file.name == "One.mp4" && file.mediaType == "video/mp4" && file.byteCount == 8)
        #expect(try place.films.count == 1)
        #expect(try await place.exports.exports(of: .localOwner, in: project, before: nil, limit: 10) == [export])
        await place.close()
    }

    @Test func anIdStandsForOneOrder() async throws {
        let films = QuickFilms()
        let place = try await ExportPlace(folder, films: films)
        let (project, assets) = try await place.project()
        let order = try place.order("a", project, try ExportPlace.draft("One", assets))
        async let first = place.exports.start(order, for: .localOwner)
        async let second = place.exports.start(order, for: .localOwner)
        #expect(try await first.id == second.id)
        let (export, _) = try await place.end(of: "a")
        #expect(try await place.exports.start(order, for: .localOwner) == export)
        var other = order
        other.output.quality = .high
        await #expect(throws: ExportError.idTaken) { try await place.exports.start(other, for: .localOwner) }
        #expect(films.begun.withLock { $0 } == ["One"])
        await place.close()
    }

    @Test func othersFindNothing() async throws {
        let place = try await ExportPlace(folder, films: QuickFilms())
        let (project, assets) = try await place.project()
        let order = try place.order("a", project, try ExportPlace.draft("One", assets))
        _ = try await place.exports.start(order, for: .localOwner)
        let stranger = AccountID(rawValue: "usr_stranger")
        await #expect(throws: ExportError.noSuchExport) { try await place.exports.export(order.id, of: stranger) }
        await #expect(throws: ExportError.noSuchExport) { try await place.exports.cancel(order.id, of: stranger) }
        await #expect(throws: ExportError.noSuchExport) { try await place.exports.remove(order.id, of: stranger) }
        await #expect(throws: ExportError.noSuchExport) { try await place.exports.file(of: order.id, of: stranger) }
        await #expect(throws: ExportError.noSuchExport) { try await place.exports.changes(of: order.id, of: stranger) }
        await #expect(throws: StudioError.noSuchProject) { try await place.exports.start(order, for: stranger) }
        #expect(try await place.exports.exports(of: stranger, in: nil, before: nil, limit: 10) == [])
        _ = try await place.end(of: "a")
        await place.close()
    }

    @Test func whatCannotBeMadeIsRefusedAtOnce() async throws {
        var settings = ExportSettings()
        settings.permit = { _, shape in
            if shape.canvas.shortSide > 1080 { throw ExportError.tooMany(most: 0) }
        }
        let place = try await ExportPlace(folder, films: QuickFilms(), settings: settings)
        let (project, assets) = try await place.project()
        func refusal(_ change: (inout ExportOrder) -> Void) async throws -> ExportError? {
            var order = try place.order("a", project, try ExportPlace.draft("One", assets))
            change(&order)
            do {
                _ = try await place.exports.start(order, for: .localOwner)
                return nil
            } catch let error as ExportError {
                return error
            }
        }
        #expect(try await refusal { $0.draft = nil } == .emptyFilm)
        #expect(try await refusal { $0.webhook = "ftp://example.com" } == .badWebhook)
        #expect(try await refusal { $0.webhook = "https://" } == .badWebhook)
        #expect(try await refusal { $0.output.shortSide = 2160 } == .tooMany(most: 0))
        #expect(
            try await refusal { $0.draft = try? ExportPlace.draft("One", ["nobody-1"]) } == .missingMedia(["nobody-1"]))
        #expect(
            try await refusal {
                $0.output.codec = .av1; $0.output.format = .mov
            }?.code == .output)
        #expect(try await refusal { $0.draft?.tracks[0].segments[1].range.start = .zero }?.code == .draft)
        #expect(try await place.exports.exports(of: .localOwner, in: nil, before: nil, limit: 10) == [])
        await place.close()
    }

    @Test func aFullDiskIsToldBeforeTheWork() async throws {
        var settings = ExportSettings()
        settings.mostBytes = 1000
        let place = try await ExportPlace(folder, films: QuickFilms(), settings: settings)
        let (project, assets) = try await place.project()
        let order = try place.order("a", project, try ExportPlace.draft("One", assets))
        do {
            _ = try await place.exports.start(order, for: .localOwner)
            Issue.record("it was taken on")
        } catch let error as ExportError {
            guard case .noRoom(let needed, let free) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(needed > 1000 && free == 1000)
        }
        await place.close()
    }

    @Test func aCancelledExportStops() async throws {
        let gate = Gate()
        let films = QuickFilms(gate: gate)
        let place = try await ExportPlace(folder, films: films)
        let (project, assets) = try await place.project()
        for id in ["a", "b"] {
            _ = try await place.exports.start(
                try place.order(id, project, try ExportPlace.draft(id, assets)), for: .localOwner)
        }
        await gate.arrivals(1)
        // One that is under way, one that waits.
        #expect(try await place.exports.cancel(ExportPlace.id("b"), of: .localOwner).status == .cancelled)
        #expect(try await place.exports.cancel(ExportPlace.id("a"), of: .localOwner).status == .cancelled)
        await gate.letThrough(2)
        for id in ["a", "b"] { #expect(try await place.end(of: id).0.status == .cancelled) }
        _ = try await place.exports.start(
            try place.order("c", project, try ExportPlace.draft("c", assets)), for: .localOwner)
        #expect(try await place.end(of: "c").0.status == .completed)
        #expect(films.begun.withLock { $0 } == ["a", "c"])
        #expect(try place.films.count == 1)
        #expect(try await place.exports.cancel(ExportPlace.id("c"), of: .localOwner).status == .completed)
        await place.close()
    }

    @Test func aRemovedExportTakesItsFileWithIt() async throws {
        let place = try await ExportPlace(folder, films: QuickFilms())
        let (project, assets) = try await place.project()
        for id in ["a", "b"] {
            // The same film twice: each has a file of its own.
            _ = try await place.exports.start(
                try place.order(id, project, try ExportPlace.draft("same", assets)), for: .localOwner)
            _ = try await place.end(of: id)
        }
        #expect(try place.films.count == 2)
        try await place.exports.remove(ExportPlace.id("a"), of: .localOwner)
        #expect(try place.films.count == 1)
        _ = try await place.exports.file(of: ExportPlace.id("b"), of: .localOwner)
        await #expect(throws: ExportError.noSuchExport) {
            try await place.exports.export(ExportPlace.id("a"), of: .localOwner)
        }
        await place.close()
    }

    @Test func whatWasUnderWayGoesOnAfterARestart() async throws {
        let gate = Gate()
        let before = try await ExportPlace(folder, films: QuickFilms(gate: gate))
        let (project, assets) = try await before.project()
        for id in ["a", "b"] {
            _ = try await before.exports.start(
                try before.order(id, project, try ExportPlace.draft(id, assets)), for: .localOwner)
        }
        await gate.arrivals(1)
        await before.close()
        let films = QuickFilms()
        let after = try await ExportPlace(folder, films: films)
        for id in ["a", "b"] {
            let (export, _) = try await after.end(of: id)
            #expect(export.status == .completed)
        }
        #expect(Set(films.begun.withLock { $0 }) == ["a", "b"])
        #expect(try after.films.count == 2)
        await after.close()
    }

    @Test func aFileThatNobodyTellsOfIsRemoved() async throws {
        let before = try await ExportPlace(folder, films: QuickFilms())
        let (project, assets) = try await before.project()
        _ = try await before.exports.start(
            try before.order("a", project, try ExportPlace.draft("a", assets)), for: .localOwner)
        _ = try await before.end(of: "a")
        let kept = try before.films
        await before.close()
        // A process that died after the film had its place and before it could say so; and in the middle of one.
        let shelf = folder.path + "/exports/ab"
        try FileManager.default.createDirectory(atPath: shelf, withIntermediateDirectories: true)
        try Data([1]).write(to: URL(fileURLWithPath: shelf + "/ab\(String(repeating: "0", count: 62))-99.mp4"))
        try Data([1]).write(to: URL(fileURLWithPath: folder.path + "/exports/making/7-1.mp4"))
        let after = try await ExportPlace(folder, films: QuickFilms())
        #expect(try after.films == kept)
        _ = try await after.exports.file(of: ExportPlace.id("a"), of: .localOwner)
        await after.close()
    }

    @Test func crashesAreTriedAgainAndThenTold() async throws {
        let crash = WorkFault(cause: .worker, wording: Wording("work crashed"))
        let films = QuickFilms(faults: [crash, crash, crash, crash, crash])
        let place = try await ExportPlace(folder, films: films)
        let (project, assets) = try await place.project()
        _ = try await place.exports.start(
            try place.order("a", project, try ExportPlace.draft("a", assets)), for: .localOwner)
        let (failed, _) = try await place.end(of: "a")
        #expect(failed.status == .failed && failed.failure == crash.wording && failed.result == nil)
        #expect(films.begun.withLock { $0.count } == 3)
        _ = try await place.exports.start(
            try place.order("b", project, try ExportPlace.draft("b", assets)), for: .localOwner)
        #expect(try await place.end(of: "b").0.status == .completed)
        await place.close()
    }

    @Test func whatIsWrongWithTheMaterialIsToldAtOnce() async throws {
        let films = QuickFilms()
        let place = try await ExportPlace(folder, films: films)
        let (project, assets) = try await place.project()
        try FileManager.default.removeItem(atPath: folder.path + "/media")
        _ = try await place.exports.start(
            try place.order("a", project, try ExportPlace.draft("a", assets)), for: .localOwner)
        let (export, _) = try await place.end(of: "a")
        #expect(export.status == .failed)
        let words = export.failure?.text(in: FaultWords.english) ?? ""
        #expect(words.contains("red.png") && words.contains("upload them again"))
        #expect(films.begun.withLock { $0.isEmpty })
        await place.close()
    }

    @Test func filmsAreRemovedInTime() async throws {
        var settings = ExportSettings()
        settings.keptDays = 7
        let world = StillWorld()
        let place = try await ExportPlace(
            folder, films: QuickFilms(), settings: settings, surroundings: world.surroundings)
        let (project, assets) = try await place.project()
        _ = try await place.exports.start(
            try place.order("a", project, try ExportPlace.draft("a", assets)), for: .localOwner)
        let (export, _) = try await place.end(of: "a")
        #expect(export.expiresSeconds == export.completedSeconds.map { $0 + 7 * 86_400 })
        world.advance(seconds: 7 * 86_400 - 10)
        await place.exports.removeExpired()
        #expect(try place.films.count == 1)
        world.advance(seconds: 20)
        await place.exports.removeExpired()
        #expect(try place.films == [])
        await #expect(throws: ExportError.noSuchExport) {
            try await place.exports.export(ExportPlace.id("a"), of: .localOwner)
        }
        await place.close()
    }

    @Test func theWebhookIsToldUntilItTakesIt() async throws {
        var settings = ExportSettings()
        settings.webhookKey = Array("secret".utf8)
        let box = Letterbox(refusing: 2)
        settings.courier = box
        let place = try await ExportPlace(folder, films: QuickFilms(), settings: settings)
        let (project, assets) = try await place.project()
        _ = try await place.exports.start(
            try place.order("a", project, try ExportPlace.draft("a", assets), webhook: "https://example.com/hook"),
            for: .localOwner)
        let (export, _) = try await place.end(of: "a")
        await box.arrival()
        let letters = box.letters.withLock { $0 }
        #expect(letters.count == 3)
        for letter in letters {
            #expect(letter.url == "https://example.com/hook")
            let headers = Dictionary(uniqueKeysWithValues: letter.headers.map { ($0.name, $0.value) })
            #expect(headers["X-Kinora-Event"] == "export.completed")
            #expect(headers["X-Kinora-Delivery"] == "usr_local.a")
            let parts = (headers["X-Kinora-Signature"] ?? "").split(separator: ",")
            let time = try #require(parts.first?.dropFirst(2))
            let code = MessageCode.hmac(Array("\(time).".utf8) + letter.body, key: Array("secret".utf8))
            #expect(parts.last == "v1=\(code.hex)")
            let body = try JSONValue(parsing: letter.body)
            #expect(body["id"] == "a" && body["status"] == "completed")
            #expect(body["output"]?["hash"]?.string == export.result?.hash)
        }
        await place.close()
    }

    @Test func sixteenAtOnceAreServedInTurn() async throws {
        let gate = Gate()
        let films = QuickFilms(gate: gate)
        let place = try await ExportPlace(folder, films: films, rules: ExportPlace.rules(inFlight: 4))
        let accounts = ["usr_local"]
        // One account orders twelve, then four others one each: nobody waits for all twelve.
        var projects: [AccountID: (ProjectID, [String])] = [:]
        let others = try await (0..<4).asyncMap { _ in try await place.newAccount() }
        for account in accounts.map(AccountID.init(rawValue:)) + others {
            projects[account] = try await place.project(of: account)
        }
        func start(_ id: String, _ account: AccountID) async throws {
            let (project, assets) = try #require(projects[account])
            _ = try await place.exports.start(
                try place.order(id, project, try ExportPlace.draft(id, assets)), for: account)
        }
        for number in 0..<12 { try await start("greedy \(number)".replacing(" ", with: "-"), .localOwner) }
        for (number, account) in others.enumerated() { try await start("other-\(number)", account) }
        await gate.letThrough(16)
        for number in 0..<12 { #expect(try await place.end(of: "greedy-\(number)").0.status == .completed) }
        for (number, account) in others.enumerated() {
            #expect(try await place.end(of: "other-\(number)", account).0.status == .completed)
        }
        let order = films.begun.withLock { $0 }
        #expect(order.count == 16)
        // The first was begun before the others came; then each of the four has its turn before the greedy one's third.
        #expect(Set(order.prefix(6)).isSuperset(of: (0..<4).map { "other-\($0)" }))
        #expect(order.filter { $0.hasPrefix("greedy") } == (0..<12).map { "greedy-\($0)" })
        #expect(try place.films.count == 16)
        await place.close()
    }

    /// RFC 4231, test cases 1, 2, 3 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func messagesAreSignedAsTheStandardSays(key: [UInt8], message: [UInt8], code: String) {
        #expect(MessageCode.hmac(message, key: key).hex == code)
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
