// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import FileStore
import FilmWork
import Foundation
import HTTPWire
import JSON
import KinoraKit
import Studio
import StudioPage
import StudioServer

extension ServeOrder {
    func run(_ console: Console) throws -> ExitStatus {
        guard AccessPolicy.isLoopback(host) || allowsOthers else {
            console.fail(console.words.text("serve remote", ["host": host]))
            return .usage
        }
        let environment = ProcessInfo.processInfo.environment
        let folder = try DataFolder(path: StudioParts.dataPath(data, environment))
        let workers = try StudioParts.workers(environment)
        let studio = try StudioParts.studio(in: folder, environment, workers: workers)
        let service = StudioService(
            studio,
            policy: AccessPolicy(
                boundTo: host, names: [ProcessInfo.processInfo.hostName], allowing: origins),
            version: KinoraVersion.current, pages: try StudioPage().routes
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
        try Waiting().value {
            await server.stop()
            // What was begun is finished and saved, whoever still listens.
            await studio.finish()
            await workers.close()
        }
        return .ok
    }
}
