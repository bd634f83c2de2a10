// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
import Foundation
package import JSON
package import ModelContext
package import Studio

/// The studio as an agent's tools: every edit operation, and what else a film takes from nothing to a file.
package struct StudioTools: ContextHost {
    /// What the tools work with.
    package struct Parts: Sendable {
        /// Fetches links into a batch, one after the other; each that fails is told by name.
        package typealias Fetching = @Sendable (_ links: [String], _ batch: UploadBatch) async throws -> Void

        package var studio: Studio
        /// Nil where nothing makes films, or draws.
        package var exports: (any ExportUseCases)?
        package var previews: (any PreviewUseCases)?
        package var fetch: Fetching
        /// What a person should know of an edit besides what it changed, in words.
        package var words: @Sendable (EditNote) -> String?

        package init(
            _ studio: Studio, exports: (any ExportUseCases)?, previews: (any PreviewUseCases)?,
            fetch: @escaping Fetching, words: @escaping @Sendable (EditNote) -> String? = { _ in nil }
        ) {
            self.studio = studio
            self.exports = exports
            self.previews = previews
            self.fetch = fetch
            self.words = words
        }
    }

    /// For whom, and how far their hands reach.
    package struct Scope: Sendable {
        package var account: AccountID
        /// The one project they may see; nil for all of the account.
        package var project: ProjectID?
        /// Folders of this machine that may be read and written; nil: no paths at all.
        package var folders: AllowedFolders?
        /// Where a finished film can be fetched from outside; nil where it cannot.
        package var link: (@Sendable (Export) -> String)?
        /// Throws where the account may not have such a film.
        package var permit: @Sendable (ExportOrder) async throws -> Void

        package init(
            _ account: AccountID, project: ProjectID? = nil, folders: AllowedFolders? = nil,
            link: (@Sendable (Export) -> String)? = nil,
            permit: @escaping @Sendable (ExportOrder) async throws -> Void = { _ in }
        ) {
            self.account = account
            self.project = project
            self.folders = folders
            self.link = link
            self.permit = permit
        }
    }

    let parts: Parts
    let scope: Scope

    package init(_ parts: Parts, _ scope: Scope) {
        self.parts = parts
        self.scope = scope
    }

    var studio: Studio { parts.studio }

    package func answer(_ question: ContextQuestion, _ call: ContextCall) async throws -> [String: JSONValue] {
        switch question {
        case .tools(let cursor):
            guard cursor == nil else { throw Self.noCursor }
            return ["tools": .array(ToolTable.tools(takesPaths: scope.folders != nil).map(\.json))]
        case .call(let name, let arguments): return try await carryOut(name, arguments, call).json
        case .resources(let cursor): return try await resources(after: cursor)
        case .templates(let cursor):
            guard cursor == nil else { throw Self.noCursor }
            return ["resourceTemplates": .array(StudioResource.templates)]
        case .read(let uri): return try await read(uri)
        }
    }

    static let noCursor = RPCError.invalidParams(
        "params.cursor is none that was given out here; ask without one for the first page")

    /// What a tool comes to; what goes wrong is told as its answer, so that a model can do better.
    private func carryOut(
        _ name: String, _ arguments: [String: JSONValue], _ call: ContextCall
    ) async throws -> ToolResult {
        guard let tool = ToolTable.named(name, takesPaths: scope.folders != nil) else {
            throw RPCError.invalidParams(
                "there is no tool \(name.prefix(80)); tools/list shows those there are",
                data: ["name": .string(String(name.prefix(80)))])
        }
        do {
            try tool.check(arguments)
            return try await tool.run(self, ToolArguments(arguments), call)
        } catch let error as CancellationError {
            throw error
        } catch let error as RPCError {
            throw error
        } catch {
            guard let words = ToolFault.words(of: error) else { throw error }
            return ToolResult(failed: words)
        }
    }

    // MARK: What tools have in common

    /// The project that a call names. The same answer for what is not there, is another's, or is out of reach.
    func project(_ arguments: ToolArguments) async throws -> Project {
        try await studio.project(try projectID(arguments), of: scope.account)
    }

    func projectID(_ arguments: ToolArguments) throws -> ProjectID {
        let name = arguments.text("project") ?? ""
        guard let id = ProjectID(name), scope.project == nil || scope.project == id else {
            throw StudioError.noSuchProject
        }
        return id
    }

    var exports: any ExportUseCases {
        get throws {
            guard let exports = parts.exports else { throw ExportError.unavailable }
            return exports
        }
    }

    var previews: any PreviewUseCases {
        get throws {
            guard let previews = parts.previews else { throw PreviewError.unavailable }
            return previews
        }
    }
}

/// What a call was given; checked against the tool's schema before.
struct ToolArguments: Sendable {
    let all: [String: JSONValue]

    init(_ all: [String: JSONValue]) { self.all = all }

    func text(_ name: String) -> String? { all[name]?.string }
    func whole(_ name: String) -> Int? { all[name]?.integer.map { Int($0) } }
    func isSet(_ name: String) -> Bool? { all[name]?.bool }
    func texts(_ name: String) -> [String] { all[name]?.array?.compactMap(\.string) ?? [] }
    func without(_ names: Set<String>) -> [String: JSONValue] { all.filter { !names.contains($0.key) } }
}
