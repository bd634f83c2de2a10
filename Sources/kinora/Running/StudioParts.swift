// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import FileStore
import FilmWork
import Foundation
import HTTPWire
import KinoraKit
import LanguageModel
import Studio
import Synchronization

/// What `serve` and `chat` put a studio together from.
enum StudioParts {
    /// The folder that was named, `KINORA_DATA`, or the user's own.
    static func dataPath(_ named: String?, _ environment: [String: String]) -> String {
        let named = named ?? environment["KINORA_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        return named.map { URL(fileURLWithPath: $0).path } ?? Folders.data(environment: environment)
    }

    /// Where the owner of a data folder listens for its own commands.
    static func socketPath(_ data: String) -> String { "\(data)/socket" }

    /// A studio with the built-in director, or with a language model before it where one is configured.
    ///
    /// - Parameter workers: examine what comes in; nil = this process does, which a server must not.
    static func studio(
        in folder: DataFolder, _ environment: [String: String], workers: FilmWorkers? = nil,
        terms: ServiceTerms? = nil, limits: StudioLimits = StudioLimits()
    ) throws -> Studio {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let reading: DirectorResponder.Reading
        if let workers {
            reading = { draft in (try? await workers.spokenLengths(in: draft)) ?? [:] }
        } else {
            let kit = try Coding.kit(usesCache: true)
            let threads = WorkThreads("kinora.voices", atOnce: 1)
            reading = { draft in await threads.run { kit.spokenLengths(in: draft) } }
        }
        let examiner: any MediaExaminer =
            if let workers {
                WorkerExaminer(workers)
            } else {
                KitExaminer(
                    try Coding.kit(usesCache: true), threads: WorkThreads("kinora.work", atOnce: max(2, cores)))
            }
        let stores = Studio.Stores(folder)
        let pictures = pictures(environment, stores, examiner, limits)
        let learning = LearningResponder {
            try responder(
                environment, threads: WorkThreads("kinora.turns", atOnce: max(2, cores)), pictures: pictures,
                reading: reading)
        }
        return Studio(stores, examiner: examiner, responder: learning, limits: limits, terms: terms)
    }

    /// What the configured language model is called; nil where there is none.
    static func modelName(_ environment: [String: String]) -> String? {
        ModelEndpoint(environment: environment)?.model
    }

    /// What fetches pictures, where a picture model is configured.
    private static func pictures(
        _ environment: [String: String], _ stores: Studio.Stores, _ examiner: any MediaExaminer,
        _ limits: StudioLimits
    ) -> PictureIntake? {
        guard let endpoint = PictureEndpoint(environment: environment) else { return nil }
        let model = PictureModel(endpoint, client: HTTPClient(userAgent: "kinora"))
        return PictureIntake(stores, examiner: examiner, limits: limits) { description in
            do {
                return try await model.picture(showing: description)
            } catch let failure as ModelFailure {
                throw PictureIntake.Failure(reason: failure.reason)
            }
        }
    }

    /// The built-in director, or the language model that is configured before it.
    private static func responder(
        _ environment: [String: String], threads: WorkThreads, pictures: PictureIntake?,
        reading: @escaping DirectorResponder.Reading
    ) throws -> DirectorResponder {
        let director = try Director()
        guard let endpoint = ModelEndpoint(environment: environment) else {
            return DirectorResponder(director, threads: threads, pictures: pictures, reading: reading)
        }
        let model = ModelDirector(director, endpoint: endpoint, client: HTTPClient(userAgent: "kinora"))
        return DirectorResponder(director, pictures: pictures, reading: reading) { message, conversation, turns in
            let said = turns.flatMap { turn -> [ModelDirector.Said] in
                [.init(isPerson: true, text: turn.said), .init(isPerson: false, text: turn.answer)]
            }
            return try await model.respond(to: message, in: conversation, after: said)
        }
    }
}

/// A director that still learns its languages while all else is up: whoever says something first waits for it.
private struct LearningResponder: Responder {
    private let learned: Task<DirectorResponder, any Error>

    init(_ learn: @escaping @Sendable () throws -> DirectorResponder) { learned = Task.detached { try learn() } }

    func answer(_ message: String, in project: Project) async throws -> Answer {
        try await learned.value.answer(message, in: project)
    }
}

/// Holds up this thread, which is none of the pool's, until asynchronous work is done.
final class Waiting<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)

    func value(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        let done = DispatchSemaphore(value: 0)
        Task {
            let outcome: Result<Value, any Error>
            do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
            result.withLock { $0 = outcome }
            done.signal()
        }
        done.wait()
        guard let outcome = result.withLock({ $0 }) else { throw CancellationError() }
        return try outcome.get()
    }
}
