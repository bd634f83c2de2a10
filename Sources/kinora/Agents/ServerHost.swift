// SPDX-License-Identifier: GPL-3.0-or-later
import AgentTools
import Foundation
import HTTPWire
import JSON
import ModelContext
import StudioServer

/// The tools of the server that has the data folder open, asked over the socket in it.
///
/// It is asked in a revision that has sessions: there a client that only leaves takes nothing back, and taking back is a
/// message of its own.
actor ServerHost: ContextHost {
    /// The server is not there (any more).
    struct Gone: Error {}

    private static let revision = ContextRevision.newestWithHandshake
    private static let sessionHeader = "Mcp-Session-Id"

    private let socket: String
    private let folders: String
    private let identity: ContextIdentity
    private let client = HTTPClient(userAgent: "kinora")
    private var session: String?
    private var asked: Int64 = 0

    init(socket: String, folders: AllowedFolders, identity: ContextIdentity) {
        self.socket = socket
        self.identity = identity
        let names = JSONValue.array(folders.folders.map { .string($0) }).text()
        self.folders = Data(names.utf8).base64EncodedString()
    }

    /// Throws `Gone` where no server answers.
    func open() async throws {
        let hello: JSONValue = [
            "jsonrpc": "2.0", "id": 0, "method": "initialize",
            "params": [
                "protocolVersion": .string(Self.revision.rawValue), "capabilities": .object([:]),
                "clientInfo": ["name": .string(identity.name), "version": .string(identity.version)],
            ],
        ]
        let response = try await send(hello, session: nil)
        guard response.status == .ok, let id = response.headers[Self.sessionHeader] else { throw Gone() }
        _ = try await response.body.collect(upTo: 1 << 20)
        session = id
    }

    func answer(_ question: ContextQuestion, _ call: ContextCall) async throws -> [String: JSONValue] {
        if session == nil { try await open() }
        do {
            return try await ask(question, call)
        } catch is NoSession {
            // Another server has the folder by now, or this one has forgotten.
            try await open()
            return try await ask(question, call)
        }
    }

    private struct NoSession: Error {}

    private func ask(_ question: ContextQuestion, _ call: ContextCall) async throws -> [String: JSONValue] {
        asked += 1
        let (id, session) = (asked, session)
        let message = Self.message(id, question)
        // A task of its own: what is taken back is taken back by a message, before the connection ends.
        let exchange = Task { try await self.exchange(message, session, call) }
        return try await withTaskCancellationHandler {
            try await exchange.value
        } onCancel: {
            Task {
                if call.isCalledOff { await self.takeBack(id, session) }
                exchange.cancel()
            }
        }
    }

    private func takeBack(_ id: Int64, _ session: String?) async {
        let message: JSONValue = [
            "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": .integer(id)],
        ]
        _ = try? await send(message, session: session)
    }

    private func exchange(
        _ message: JSONValue, _ session: String?, _ call: ContextCall
    ) async throws -> [String: JSONValue] {
        let response = try await send(message, session: session)
        if response.status == .notFound { throw NoSession() }
        guard response.headers["Content-Type"]?.hasPrefix("text/event-stream") == true else {
            return try Self.result(of: try JSONValue(parsing: try await response.body.collect(upTo: 256 << 20)))
        }
        for try await event in response.body.events(limit: 256 << 20) {
            let told = try JSONValue(parsing: event.data)
            guard told["method"] == "notifications/progress" else {
                if told["id"] != nil { return try Self.result(of: told) }
                continue
            }
            if let done = told["params"]?["progress"]?.number {
                call.report(
                    ContextProgress(
                        done: done, total: told["params"]?["total"]?.number,
                        message: told["params"]?["message"]?.string))
            }
        }
        throw Gone()
    }

    private static func result(of answer: JSONValue) throws -> [String: JSONValue] {
        if let result = answer["result"]?.object { return result }
        let error = answer["error"]
        throw RPCError(
            code: Int(error?["code"]?.integer ?? -32603),
            error?["message"]?.string ?? "The server that has the data folder open gave no answer that can be read.",
            data: error?["data"])
    }

    private static func message(_ id: Int64, _ question: ContextQuestion) -> JSONValue {
        var params: [String: JSONValue] = ["_meta": ["progressToken": .integer(id)]]
        let method: String
        switch question {
        case .tools(let cursor):
            method = "tools/list"
            params["cursor"] = cursor.map { .string($0) }
        case .call(let name, let arguments):
            method = "tools/call"
            params["name"] = .string(name)
            params["arguments"] = .object(arguments)
        case .resources(let cursor):
            method = "resources/list"
            params["cursor"] = cursor.map { .string($0) }
        case .templates(let cursor):
            method = "resources/templates/list"
            params["cursor"] = cursor.map { .string($0) }
        case .read(let uri):
            method = "resources/read"
            params["uri"] = .string(uri)
        }
        return ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": .object(params)]
    }

    private func send(_ message: JSONValue, session: String?) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest.json(.post, "http://localhost/mcp", Array(message.text().utf8))
        request.unixSocket = socket
        request.usesProxy = false
        // A film takes as long as it takes; heartbeats come meanwhile.
        request.times = HTTPClientRequest.Times(connect: .seconds(5), idle: .seconds(120))
        request.headers["Accept"] = "application/json, text/event-stream"
        request.headers["MCP-Protocol-Version"] = Self.revision.rawValue
        request.headers[Self.sessionHeader] = session
        request.headers[StudioService.foldersHeader] = folders
        do {
            return try await client.send(request)
        } catch let error as HTTPClientError {
            switch error {
            case .connect, .connectTimeout: throw Gone()
            default: throw error
            }
        }
    }
}
