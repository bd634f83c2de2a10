// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import FileStore
import Foundation
import HTTPWire
import JSON
import KinoraKit
import Studio
import StudioPage
import StudioServer

extension ServeOrder {
    func run(_ console: Console) throws -> ExitStatus {
        guard AccessPolicy.isLoopback(host) || allowsOthers || policy == .hosted else {
            console.fail(console.words.text("serve remote", ["host": host]))
            return .usage
        }
        let environment = ProcessInfo.processInfo.environment
        let folder = try DataFolder(path: StudioParts.dataPath(data, environment))
        let studio = try StudioParts.studio(in: folder, environment, terms: terms)
        let service = StudioService(
            studio, signer: LinkSigner(key: try folder.secret(named: "links")),
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
        // For the owner's own commands; a folder whose path is too long for a socket does without.
        let owners = try? service.start(.unix(path: StudioParts.socketPath(folder.path)))
        let tidying = Task { await Self.keepTidy(studio) }
        let url = "http://\(host.contains(":") ? "[\(host)]" : host):\(server.port)"
        console.event(
            "ready", ["url": .string(url), "port": .integer(Int64(server.port)), "data": .string(folder.path)])
        if !console.isJSON { console.result(console.words.text("serve ready", ["url": url, "folder": folder.path])) }

        Interrupt.waitUntilAsked()
        console.say(console.words.text("serve stopping"))
        tidying.cancel()
        try Waiting().value {
            await owners?.stop(grace: .seconds(1))
            await server.stop()
            // What was begun is finished and saved, whoever still listens.
            await studio.finish()
        }
        return .ok
    }

    private var terms: ServiceTerms? {
        guard policy == .hosted else { return nil }
        var terms = ServiceTerms()
        terms.registerPage = registerPage
        terms.upgradePage = upgradePage
        return terms
    }

    /// Makes up for turns that an earlier server did not come to, and removes each hour what has had its time.
    private static func keepTidy(_ studio: Studio) async {
        _ = try? await studio.resumeTurns()
        while !Task.isCancelled {
            // What cannot be removed now is tried again in an hour.
            try? await studio.tidy()
            try? await Task.sleep(for: .seconds(3600))
        }
    }
}
