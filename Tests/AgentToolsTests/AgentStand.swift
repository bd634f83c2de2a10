// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import FileStore
import FilmWork
import Foundation
import JSON
import KinoraKit
import ModelContext
import Schemas
import Studio
import TestMedia
import Testing
import WorkerPool

@testable import AgentTools

/// A studio with everything real, and an agent's tools on it.
struct AgentStand {
    /// Allowed to the agent.
    let folder: URL
    let studio: Studio
    let exports: Exports
    let tools: StudioTools
    private let workers: FilmWorkers
    private let data: DataFolder

    /// The worker that is built beside the tests.
    private static let program: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (tests as NSString).deletingLastPathComponent + "/film-worker"
    }()

    /// Its languages are learned once.
    private static let director = Result { try Director() }

    init(paths: Bool = true) async throws {
        let place = try TestMedia.scratchFolder()
        folder = place.appendingPathComponent("allowed")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        data = try DataFolder(path: place.appendingPathComponent("data").path)
        let cache = try CacheFolder(path: place.appendingPathComponent("cache").path, limit: 1 << 30)
        let own = WorkerProgram.ownself([], environment: ProcessInfo.processInfo.environment)
        workers = try FilmWorkers(
            cache: cache,
            program: WorkerProgram(
                path: Self.program, arguments: ["film-worker", cache.path], environment: own.environment), viewers: 1)
        studio = Studio(
            Studio.Stores(data), examiner: WorkerExaminer(workers),
            responder: DirectorResponder(try Self.director.get(), threads: WorkThreads("turns", atOnce: 2)))
        exports = try Exports(
            Exports.Parts(studio: studio, films: workers), folder: place.appendingPathComponent("films").path)
        try await exports.open()
        tools = StudioTools(
            StudioTools.Parts(
                studio, exports: exports, previews: Previews(studio, workers: workers),
                fetch: { links, batch in
                    for link in links { await batch.giveUp(named: link, because: "no network here") }
                }),
            StudioTools.Scope(.localOwner, folders: paths ? AllowedFolders([folder.path]) : nil))
    }

    func close() async {
        await exports.close()
        await studio.finish()
        await workers.close()
        data.release()
    }

    /// What a tool answers. What it gives as values has to fit what it says it gives.
    func call(
        _ name: String, _ arguments: [String: JSONValue] = [:], _ call: ContextCall = ContextCall()
    ) async throws -> JSONValue {
        let result = try await tools.answer(.call(name: name, arguments: arguments), call)
        if let values = result["structuredContent"] {
            let tool = try #require(ToolTable.named(name, takesPaths: tools.scope.folders != nil))
            #expect(throws: Never.self, "\(name): \(values.text())") { try tool.output.check(values, in: [:]) }
            #expect(result["isError"] == false)
        } else {
            #expect(result["isError"] == true)
        }
        return .object(result)
    }

    /// The values of a tool that is to do what it was asked.
    func values(_ name: String, _ arguments: [String: JSONValue] = [:]) async throws -> JSONValue {
        let result = try await call(name, arguments)
        return try #require(result["structuredContent"], "\(result.text())")
    }

    /// Why a tool did not do what it was asked.
    func refusal(_ name: String, _ arguments: [String: JSONValue]) async throws -> String {
        let result = try await call(name, arguments)
        #expect(result["isError"] == true, "\(name): \(result.text().prefix(300))")
        return result["content"]?.array?.first?["text"]?.string ?? ""
    }

    /// Photos of their own colours in the agent's folder.
    func photos(_ count: Int) throws {
        for index in 1...count {
            let photo = try TestMedia.ffmpeg(
                "p\(index).jpg",
                ["-f", "lavfi", "-i", "testsrc2=s=320x240,hue=h=\(index * 60)", "-frames:v", "1", "-update", "1"])
            try FileManager.default.copyItem(at: photo, to: folder.appendingPathComponent("p\(index).jpg"))
        }
    }

    /// A project with a small film of so many photos.
    func film(_ photos: Int = 3) async throws -> String {
        try self.photos(photos)
        let project = try #require(try await values("create_project", ["name": "trip"])["project"]?.string)
        _ = try await values("add_media", ["project": .string(project), "paths": ["."]])
        _ = try await values(
            "create",
            [
                "project": .string(project), "width": 320, "height": 180, "fps": 25, "each": 400, "music": "none",
                "transition": "none", "motion": "none",
            ])
        return project
    }
}
