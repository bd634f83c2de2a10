// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import JSON
import Synchronization
import Testing
import TestMedia
import WorkerPool

@testable import FilmWork
@testable import Studio

/// Exports and previews by real workers.
@Suite(.serialized, .timeLimit(.minutes(5))) struct RealExportsTests {
    private let folder: URL

    init() throws { folder = try TestMedia.scratchFolder() }

    private var dataFolder: URL { folder.appendingPathComponent("data") }

    private func workers(films: Int = 1) throws -> FilmWorkers {
        let cache = try CacheFolder(path: folder.path + "/cache", limit: 1 << 30)
        let own = WorkerProgram.ownself([], environment: ProcessInfo.processInfo.environment)
        return try FilmWorkers(
            cache: cache,
            program: WorkerProgram(
                path: ExportPlace.program, arguments: ["film-worker", cache.path], environment: own.environment),
            films: films)
    }

    /// Frames of a film, by decoding it.
    private func frames(_ file: URL) throws -> Int? {
        let facts = try TestMedia.run(
            "ffprobe",
            [
                "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of",
                "csv=p=0", file.path,
            ])
        return Int(facts.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test func workersKilledAtRandomMomentsCostExportsNothing() async throws {
        let workers = try workers(films: 2)
        await workers.warm()
        var settings = ExportSettings()
        settings.films = 2
        let place = try await ExportPlace(
            dataFolder, films: workers, settings: settings, rules: ExportPlace.rules(inFlight: 2))
        let (project, assets) = try await place.project()
        let count = 6
        for number in 0..<count {
            let draft = try ExportPlace.draft("film \(number)", assets, each: Int64(1000 + number * 100), side: 320)
            _ = try await place.exports.start(try place.order("e\(number)", project, draft), for: .localOwner)
        }
        // Kills come with progress, not with time: a few times a film, seeded.
        let seed = Shared<UInt64>(2_611)
        let kills = Shared(0)
        await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask {
                    for await export in try await place.exports.changes(
                        of: ExportPlace.id("e\(number)"), of: .localOwner)
                    {
                        guard export.status == .processing else { continue }
                        let (isDue, pick) = seed.withLock { seed in
                            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                            return (seed >> 60 < 5, Int(seed >> 33))
                        }
                        let victims = workers.standing.workers
                        // Each film may see so many deaths as it has tries.
                        guard !victims.isEmpty, kills.withLock({ $0 == 0 || isDue && $0 < 5 }) else { continue }
                        kills.withLock { $0 += 1 }
                        kill(victims[pick % victims.count], SIGKILL)
                    }
                }
            }
        }
        for number in 0..<count {
            let export = try await place.exports.export(ExportPlace.id("e\(number)"), of: .localOwner)
            #expect(export.status == .completed, "\(number): \(String(describing: export.failure))")
            let file = try await place.exports.file(of: export.id, of: .localOwner)
            #expect(try ContentHash(ofFile: file.location).hex == file.hash)
            #expect(try frames(file.location) == 2 * (1000 + number * 100) * 25 / 1000)
        }
        #expect(try place.films.count == count)
        #expect(kills.withLock { $0 } > 0)
        await place.close()
        await workers.close()
    }

    @Test func sixteenAtOnceAreMadeFairly() async throws {
        let workers = try workers()
        let place = try await ExportPlace(dataFolder, films: workers, rules: ExportPlace.rules(inFlight: 2))
        var accounts = [AccountID.localOwner]
        for _ in 0..<3 { accounts.append(try await place.newAccount()) }
        var orders: [(AccountID, ExportOrder)] = []
        for account in accounts {
            let (project, assets) = try await place.project(of: account)
            for number in 0..<4 {
                let draft = try ExportPlace.draft("\(number)", assets, each: 400, side: 64 + 16 * Int64(number))
                orders.append((account, try place.order("e\(number)", project, draft)))
            }
        }
        for (account, order) in orders { _ = try await place.exports.start(order, for: account) }
        let done = Shared<[(AccountID, Double)]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (account, order) in orders {
                group.addTask {
                    let (export, _) = try await place.end(of: order.id.text, account)
                    #expect(export.status == .completed)
                    done.withLock { $0.append((account, export.completedSeconds ?? 0)) }
                }
            }
            try await group.waitForAll()
        }
        let turns = done.withLock { $0.sorted { $0.1 < $1.1 }.map(\.0) }
        #expect(turns.count == 16)
        // The first was begun before the others came; after that each account has one in every four.
        for start in [1, 5, 9] { #expect(Set(turns[start..<start + 3]).count == 3, "\(turns)") }
        await place.close()
        await workers.close()
    }

    @Test func anExportGoesOnFromTheChunksThatAreThere() async throws {
        let workers = try workers()
        let before = try await ExportPlace(dataFolder, films: workers)
        let (project, assets) = try await before.project()
        let draft = try ExportPlace.draft("long", assets, each: 6000, side: 480)
        _ = try await before.exports.start(try before.order("e", project, draft), for: .localOwner)
        for await export in try await before.exports.changes(of: ExportPlace.id("e"), of: .localOwner) {
            if export.progress > 40 { break }
        }
        await before.close()
        let after = try await ExportPlace(dataFolder, films: workers)
        let (export, _) = try await after.end(of: "e")
        let result = try #require(export.result)
        #expect(export.status == .completed)
        // Where it was done in between, all of it is reused.
        #expect(result.chunksReused > 0 && result.chunks >= 6)
        let file = try await after.exports.file(of: export.id, of: .localOwner)
        #expect(try frames(file.location) == 300)
        await after.close()
        await workers.close()
    }

    @Test func theStudioShowsWhatWorkersDraw() async throws {
        let workers = try workers()
        let place = try await ExportPlace(dataFolder, films: workers)
        let (project, assets) = try await place.project()
        let previews = Previews(place.studio, workers: workers)
        await #expect(throws: PreviewError.emptyFilm) {
            try await previews.frame(of: project, at: .zero, width: nil, format: .jpeg, for: .localOwner)
        }
        try await place.edit(project, try ExportPlace.draft("film", assets))
        let frame = try await previews.frame(of: project, at: .zero, width: 64, format: .webp, for: .localOwner)
        #expect(frame.mediaType == "image/webp" && Array(frame.bytes.bytes.prefix(4)) == Array("RIFF".utf8))
        // As it would be, which leaves the film as it is.
        let tried = try await previews.frame(
            of: project, after: [try OperationCall("grade", ["look": "sepia"])], at: .zero, width: 64, format: .webp,
            for: .localOwner)
        #expect(tried.name != frame.name)
        let again = try await previews.frame(of: project, at: .zero, width: 64, format: .webp, for: .localOwner)
        #expect(again.name == frame.name)
        let preview = try await previews.preview(of: project, from: .zero, for: .localOwner)
        for name in [preview.picture.header] + preview.picture.pieces.map(\.name) {
            let part = try await previews.part(name, of: project, for: .localOwner)
            #expect(part.mediaType == "video/mp4" && part.name == name)
        }
        await #expect(throws: PreviewError.noSuchPart) {
            try await previews.part(String(repeating: "0", count: 64), of: project, for: .localOwner)
        }
        await #expect(throws: PreviewError.noSuchPart) {
            try await previews.part("../../etc/passwd", of: project, for: .localOwner)
        }
        let stranger = AccountID(rawValue: "usr_stranger")
        await #expect(throws: StudioError.noSuchProject) {
            try await previews.part(preview.picture.header, of: project, for: stranger)
        }
        let thumbnail = try await previews.thumbnail(of: assets[0], width: 64, format: .jpeg, for: .localOwner)
        #expect(Array(thumbnail.bytes.bytes.prefix(2)) == [0xFF, 0xD8])
        await #expect(throws: PreviewError.noSuchAsset) {
            try await previews.thumbnail(of: assets[0], width: 64, format: .jpeg, for: stranger)
        }
        await #expect(throws: PreviewError.noSound) {
            try await previews.waveform(of: assets[0], for: .localOwner)
        }
        await place.close()
        await workers.close()
    }
}

/// A value that several tasks change.
private final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    func withLock<Answer: Sendable>(_ body: (inout sending Value) -> sending Answer) -> Answer {
        value.withLock { body(&$0) }
    }
}
