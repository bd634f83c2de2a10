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
        guard AccessPolicy.isLoopback(host) || allowsOthers || policy == .hosted else {
            console.fail(console.words.text("serve remote", ["host": host]))
            return .usage
        }
        let tls: HTTPServerTLS?
        let log: AccessLog?
        do throws(Unreadable) {
            tls = try givenTLS()
            log = try openLog()
        } catch {
            console.fail(console.words.text("serve file", ["file": error.file, "why": error.why]))
            return .failed
        }
        let settings = ServerSettings(log: log, proxies: proxies)
        let environment = ProcessInfo.processInfo.environment
        let folder = try DataFolder(path: StudioParts.dataPath(data, environment))
        let workers = try StudioParts.workers(for: folder, environment, films: films)
        let studio = try StudioParts.studio(in: folder, environment, workers: workers, terms: terms, limits: limits)
        let exports = try StudioParts.exports(
            studio, workers, in: folder, settings: try exportSettings(folder))
        try Waiting().value { try await exports.open() }
        let previews = Previews(studio, workers: workers)
        let signer = LinkSigner(key: try folder.secret(named: "links"))
        let pages = try StudioPage().routes
        let codes = lan ? PairingCodes(.system) : nil
        let makeService = { (policy: AccessPolicy) -> StudioService in
            var service = StudioService(
                studio, exports: exports, previews: previews, signer: signer, policy: policy,
                version: KinoraVersion.current, pages: pages
            ) { error, request in
                console.warn(console.words.text("serve failed", ["request": request, "why": "\(error)"]))
            }
            service.metrics = settings.metrics
            service.pairing = codes
            service.model = StudioParts.modelName(environment)
            service.noteWords = NoteWords.forAgents
            return service
        }
        let service = makeService(
            AccessPolicy(boundTo: host, names: [ProcessInfo.processInfo.hostName], allowing: origins))
        // With --lan the certificate is for the network; this machine needs none with itself.
        let ownTLS = lan ? nil : tls
        let server: HTTPServer
        do throws(HTTPServerError) {
            server = try service.start(.tcp(host: host, port: port)) { settings.apply(&$0, tls: ownTLS) }
        } catch {
            guard error.isAddressTaken else { throw error }
            console.fail(console.words.text("serve port taken", ["host": host, "port": "\(port)"]))
            return .failed
        }
        var lanServer: LanServer?
        if lan {
            lanServer = try startLan(
                port: server.port, folder: folder.path, tls: tls, settings: settings, makeService: makeService)
            guard lanServer != nil else {
                console.fail(console.words.text("serve no lan"))
                return .failed
            }
        }
        // For the owner's own commands; a folder whose path is too long for a socket does without.
        let owners = try? service.start(.unix(path: StudioParts.socketPath(folder.path)))
        let tidying = Task { await Self.keepTidy(studio) }
        let url = "\(ownTLS == nil ? "http" : "https")://\(host.contains(":") ? "[\(host)]" : host):\(server.port)"
        console.event(
            "ready", ["url": .string(url), "port": .integer(Int64(server.port)), "data": .string(folder.path)])
        if !console.isJSON { console.result(console.words.text("serve ready", ["url": url, "folder": folder.path])) }
        if let lanServer { show(lanServer, console) }

        Interrupt.waitUntilAsked()
        console.say(console.words.text("serve stopping"))
        tidying.cancel()
        let servers = [server] + (lanServer.map { [$0.server] } ?? [])
        try Waiting().value {
            await owners?.stop(grace: .seconds(1))
            await withTaskGroup(of: Void.self) { group in
                for server in servers { group.addTask { await server.stop() } }
            }
            await exports.close()
            // What was begun is finished and saved, whoever still listens.
            await studio.finish()
            await workers.close()
            await log?.finish()
        }
        if let lost = log?.dropped, lost > 0 {
            console.warn(console.words.text("serve lines lost", ["count": "\(lost)"]))
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

    private var limits: StudioLimits {
        var limits = StudioLimits()
        if let largestFile { limits.fileBytes = Int(largestFile) }
        limits.accountBytes = accountSpace
        return limits
    }

    private func exportSettings(_ folder: DataFolder) throws -> ExportSettings {
        var settings = ExportSettings()
        settings.films = films
        settings.keptDays = filmDays.map(Double.init)
        settings.mostBytes = filmSpace
        settings.webhookKey = try folder.secret(named: "webhooks")
        return settings
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
