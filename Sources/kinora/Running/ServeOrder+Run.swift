// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Director
import FileStore
import Foundation
import HTTPWire
import JSON
import KinoraKit
import LanguageModel
import Studio
import StudioServer

extension ServeOrder {
    func run(_ console: Console) throws -> ExitStatus {
        guard AccessPolicy.isLoopback(host) || allowsOthers else {
            console.fail(console.words.text("serve remote", ["host": host]))
            return .usage
        }
        let environment = ProcessInfo.processInfo.environment
        let folder = try DataFolder(path: dataPath(environment))
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let threads = WorkThreads("kinora.work", atOnce: max(2, cores))
        let studio = Studio(
            Studio.Stores(folder),
            examiner: KitExaminer(try Coding.kit(usesCache: true), threads: threads),
            responder: try Self.responder(environment, threads: WorkThreads("kinora.turns", atOnce: max(2, cores))))
        let service = StudioService(
            studio,
            policy: AccessPolicy(
                boundTo: host, names: [ProcessInfo.processInfo.hostName], allowing: origins),
            version: KinoraVersion.current
        ) { error, request in
            console.warn(console.words.text("serve failed", ["request": request, "why": "\(error)"]))
        }
        let server: HTTPServer
        do throws(HTTPServerError) {
            server = try service.start(.tcp(host: host, port: port))
        } catch {
            guard error.isAddressTaken else { throw error }
            console.fail(console.words.text("serve port taken", ["host": host, "port": "\(port)"]))
            return .failed
        }
        let url = "http://\(host.contains(":") ? "[\(host)]" : host):\(server.port)"
        console.event(
            "ready", ["url": .string(url), "port": .integer(Int64(server.port)), "data": .string(folder.path)])
        if !console.isJSON { console.result(console.words.text("serve ready", ["url": url, "folder": folder.path])) }

        Interrupt.waitUntilAsked()
        console.say(console.words.text("serve stopping"))
        Self.wait {
            await server.stop()
            // What was begun is finished and saved, whoever still listens.
            await studio.finish()
        }
        return .ok
    }

    /// The built-in director, or the language model that is configured before it.
    private static func responder(_ environment: [String: String], threads: WorkThreads) throws -> DirectorResponder {
        let director = try Director()
        guard let endpoint = ModelEndpoint(environment: environment) else {
            return DirectorResponder(director, threads: threads)
        }
        let model = ModelDirector(director, endpoint: endpoint, client: HTTPClient(userAgent: "kinora"))
        return DirectorResponder(director) { message, conversation, turns in
            let said = turns.flatMap { turn -> [ModelDirector.Said] in
                [.init(isPerson: true, text: turn.said), .init(isPerson: false, text: turn.answer)]
            }
            return try await model.respond(to: message, in: conversation, after: said)
        }
    }

    private func dataPath(_ environment: [String: String]) -> String {
        let named = data ?? environment["KINORA_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        return named.map { URL(fileURLWithPath: $0).path } ?? Folders.data(environment: environment)
    }

    /// Holds up this thread, which is none of the pool's, until `work` is done.
    private static func wait(for work: @escaping @Sendable () async -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task {
            await work()
            done.signal()
        }
        done.wait()
    }
}
