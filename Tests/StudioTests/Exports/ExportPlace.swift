// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import JobQueue
import JSON
import KinoraKit
import Synchronization
import Testing
import TestMedia
import WorkerPool

@testable import FilmWork
@testable import Studio

/// Makes films of a few bytes at once, or when it is let to.
final class QuickFilms: FilmMaking {
    private let gate: Gate?
    private let faults: Mutex<[WorkFault]>
    /// Titles of the films that were begun, in that order.
    let begun = Mutex<[String]>([])

    /// - Parameter faults: what comes of the first tries.
    init(gate: Gate? = nil, faults: [WorkFault] = []) {
        self.gate = gate
        self.faults = Mutex(faults)
    }

    func film(
        _ order: FilmOrder, progress: @escaping @Sendable (Double) -> Void
    ) async throws(WorkFault) -> FilmAnswer {
        let draft: Draft
        do { draft = try order.scene.draft() } catch { throw WorkFault(error) }
        begun.withLock { $0.append(draft.film.title) }
        progress(0.25)
        if let gate {
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                Task { await gate.letThrough() }
            }
        }
        if Task.isCancelled { throw WorkFault(WorkerFailure.cancelled) }
        if let fault = faults.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw fault }
        progress(0.75)
        let bytes = Array("film \(draft.film.title)".utf8)
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: order.path))
        } catch {
            throw WorkFault(error)
        }
        return FilmAnswer(
            result: ExportResult(
                hash: ContentHash(of: bytes).hex, byteCount: Int64(bytes.count), shape: order.output.shape(of: draft)),
            notes: [])
    }
}

/// Takes letters, or does not.
final class Letterbox: WebhookCourier {
    private let refusals: Mutex<Int>
    let letters = Mutex<[WebhookLetter]>([])
    private let taken = Gate()

    init(refusing refusals: Int = 0) { self.refusals = Mutex(refusals) }

    func deliver(_ letter: WebhookLetter) async -> Bool {
        letters.withLock { $0.append(letter) }
        let isRefused = refusals.withLock { left in
            left -= 1
            return left >= 0
        }
        if !isRefused {
            await taken.letThrough()
            await taken.pass()
        }
        return !isRefused
    }

    /// Returns when a letter has been taken.
    func arrival() async { await taken.arrivals(1) }
}

/// A data folder with a project of two photos, and exports over it. A new place over the same folder is a restart.
struct ExportPlace: Sendable {
    static let program: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (tests as NSString).deletingLastPathComponent + "/film-worker"
    }()

    let data: DataFolder
    let studio: Studio
    let exports: Exports

    static func rules(inFlight: Int = 2) -> QueueRules {
        var rules = QueueRules()
        rules.firstDelay = .milliseconds(20)
        rules.mostInFlight = inFlight
        return rules
    }

    init(
        _ folder: URL, films: any FilmMaking, settings: ExportSettings = ExportSettings(),
        surroundings: Surroundings = .system, rules: QueueRules = ExportPlace.rules()
    ) async throws {
        data = try DataFolder(path: folder.path)
        let stores = Studio.Stores(data, surroundings, rules: rules)
        let kit = try FilmKit(cache: FilmKit.throwawayCache(), jobs: 1)
        studio = Studio(
            stores, examiner: KitExaminer(kit, threads: WorkThreads("examine", atOnce: 2)),
            responder: EchoResponder(), surroundings: surroundings)
        exports = try Exports(
            Exports.Parts(studio: studio, films: films), folder: data.path + "/exports", settings: settings)
        try await exports.open()
    }

    /// Stops everything, as the end of the server does.
    func close() async {
        await exports.close()
        await studio.finish()
        data.release()
    }

    func newAccount() async throws -> AccountID {
        let account = Account(id: AccountID(studio.surroundings), createdSeconds: studio.surroundings.now())
        #expect(try await studio.stores.accounts.add(account))
        return account.id
    }

    /// A project with two photos.
    func project(of account: AccountID = .localOwner) async throws -> (ProjectID, [String]) {
        let project = try await studio.createProject(named: "Summer", language: nil, for: account)
        let outcomes = try await studio.takeIn(
            [
                ("red.png", try SampleFile.photo("red.png", color: "red")),
                ("blue.png", try SampleFile.photo("blue.png", color: "blue")),
            ],
            into: project.id, of: account)
        let assets = outcomes.compactMap { outcome -> String? in
            if case .taken(let facts) = outcome { facts.id } else { nil }
        }
        return (project.id, assets)
    }

    /// Makes `draft` the project's.
    func edit(_ project: ProjectID, _ draft: Draft) async throws {
        try await studio.desk(project, of: .localOwner).change { $0.history = EditHistory(draft) }.value
    }

    /// A film of the assets, each for so many milliseconds.
    static func draft(_ title: String, _ assets: [String], each: Int64 = 1000, side: Int64 = 64) throws -> Draft {
        let shots = assets.enumerated().map { index, asset -> JSONValue in
            [
                "id": .string("s\(index)"), "s": .integer(Int64(index) * each), "d": .integer(each),
                "src": .string(asset), "mt": "image",
            ]
        }
        return try Draft([
            "v": 1, "d": .integer(Int64(assets.count) * each),
            "m": ["title": .string(title), "width": .integer(side), "height": .integer(side), "fps": 25],
            "t": [["id": "v", "tt": 0, "sg": .array(shots)]],
        ])
    }

    func order(_ id: String, _ project: ProjectID, _ draft: Draft?, webhook: String? = nil) throws -> ExportOrder {
        ExportOrder(id: try Self.id(id), project: project, draft: draft, webhook: webhook)
    }

    static func id(_ text: String) throws -> ExportID {
        guard let id = ExportID(text) else { throw StudioError.noSuchProject }
        return id
    }

    /// The export when nothing more happens to it, with all that was told on the way.
    func end(of id: String, _ account: AccountID = .localOwner) async throws -> (Export, told: [Export]) {
        var told: [Export] = []
        for await export in try await exports.changes(of: try Self.id(id), of: account) { told.append(export) }
        return (try await exports.export(try Self.id(id), of: account), told)
    }

    /// Files of finished films, and what is left of films in the making.
    var films: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: data.path + "/exports")
                .filter { $0.contains("/") }.sorted()
        }
    }
}
