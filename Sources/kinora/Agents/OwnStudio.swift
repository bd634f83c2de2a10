// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import FilmWork
import Foundation
import HTTPWire
import KinoraKit
import Studio
import StudioServer
import Synchronization

/// A studio over a data folder that this process owns, for its own use and for the owner's other commands, over the socket in
/// the folder. No port is opened.
final class OwnStudio: Sendable {
    let service: StudioService
    private let folder: DataFolder
    private let studio: Studio
    private let workers: FilmWorkers
    private let exports: Exports
    private let server = Mutex<HTTPServer?>(nil)

    init(_ folder: DataFolder, _ environment: [String: String], _ console: Console) throws {
        self.folder = folder
        workers = try StudioParts.workers(for: folder, environment)
        studio = try StudioParts.studio(in: folder, environment, workers: workers)
        var settings = ExportSettings()
        settings.webhookKey = try folder.secret(named: "webhooks")
        exports = try StudioParts.exports(studio, workers, in: folder, settings: settings)
        var service = StudioService(
            studio, exports: exports, previews: Previews(studio, workers: workers),
            signer: LinkSigner(key: try folder.secret(named: "links")), policy: AccessPolicy(boundTo: "localhost"),
            version: KinoraVersion.current
        ) { error, request in
            console.warn(console.words.text("serve failed", ["request": request, "why": "\(error)"]))
        }
        service.model = StudioParts.modelName(environment)
        service.noteWords = NoteWords.forAgents
        self.service = service
    }

    /// Goes on with what an earlier process had in hand. Call it once.
    func open() async throws {
        try await exports.open()
        _ = try? await studio.resumeTurns()
        // A folder whose path is too long for a socket does without.
        let listening = try? service.start(.unix(path: StudioParts.socketPath(folder.path)))
        server.withLock { $0 = listening }
    }

    /// Films under way go on when the folder is next opened.
    func close() async {
        await server.withLock { $0 }?.stop(grace: .seconds(1))
        await exports.close()
        await studio.finish()
        await workers.close()
        folder.release()
    }
}
