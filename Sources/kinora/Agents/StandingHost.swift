// SPDX-License-Identifier: GPL-3.0-or-later
import AgentTools
import CommandSyntax
import HTTPWire
import JSON
import ModelContext
import Studio
import StudioServer

/// The studio of a data folder, whoever has it open: this process, or a server that is asked. Where that server ends, this
/// process takes the folder over.
actor StandingHost: ContextHost {
    private enum Standing {
        case own(OwnStudio, StudioTools)
        case server(ServerHost)
    }

    private let path: String
    private let environment: [String: String]
    private let console: Console
    private let folders: AllowedFolders
    private let disk = WorkThreads("kinora.mcp", atOnce: 1)
    private var standing: Standing

    init(
        _ path: String, _ environment: [String: String], _ console: Console, folders: AllowedFolders
    ) async throws {
        self.path = path
        self.environment = environment
        self.console = console
        self.folders = folders
        do {
            standing = try await Self.open(path, environment, console, folders, disk)
        } catch let owned as DataFolderError {
            guard case .owned = owned else { throw owned }
            let server = ServerHost(socket: StudioParts.socketPath(path), folders: folders, identity: .kinora)
            do {
                try await server.open()
            } catch {
                // Whoever has it is no server that can be asked.
                throw owned
            }
            standing = .server(server)
        }
    }

    private static func open(
        _ path: String, _ environment: [String: String], _ console: Console, _ folders: AllowedFolders,
        _ disk: WorkThreads
    ) async throws -> Standing {
        let studio = try await disk.attempt { try OwnStudio(try DataFolder(path: path), environment, console) }
        try await studio.open()
        return .own(studio, StudioTools(studio.service.toolParts, StudioTools.Scope(.localOwner, folders: folders)))
    }

    func answer(_ question: ContextQuestion, _ call: ContextCall) async throws -> [String: JSONValue] {
        switch standing {
        case .own(_, let tools): return try await tools.answer(question, call)
        case .server(let server):
            do {
                return try await server.answer(question, call)
            } catch is ServerHost.Gone {
                // Nothing of it was begun.
                try await takeOver()
                return try await answer(question, call)
            } catch is HTTPClientError {
                throw RPCError(
                    code: RPCError.ours.code,
                    "The server that had the data folder open ended before it answered; look at what is there, then ask again."
                )
            }
        }
    }

    /// Opens the folder that its server has left; somebody else may have been quicker.
    private func takeOver() async throws {
        do {
            let opened = try await Self.open(path, environment, console, folders, disk)
            standing = opened
            console.say(console.words.text("mcp takes over", ["data": path]))
        } catch is DataFolderError {
            if case .own = standing { return }
            let server = ServerHost(socket: StudioParts.socketPath(path), folders: folders, identity: .kinora)
            do {
                try await server.open()
            } catch {
                throw RPCError(
                    code: RPCError.ours.code,
                    "The data folder \(path) is open in another kinora that cannot be asked; stop that one.")
            }
            standing = .server(server)
        }
    }

    func close() async {
        if case .own(let studio, _) = standing { await studio.close() }
    }
}
