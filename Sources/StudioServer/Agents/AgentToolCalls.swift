// SPDX-License-Identifier: GPL-3.0-or-later
import AgentTools
import Foundation
import HTTPWire
import JSON
import ModelContext
import Schemas
import Studio
import Synchronization

extension Call {
    private static let headers: [Parameter] = [
        .header("MCP-Protocol-Version", .text(0...40), "The revision that is spoken; 2025-03-26 where nothing says it"),
        .header(
            "Mcp-Session-Id", .text(0...200), "The session that initialize gave, up to 2025-11-25; may be left out"),
        .header("Mcp-Method", .text(0...200), "The message's method, from 2026-07-28 on"),
        .header("Mcp-Name", .text(0...8192), "The tool's name or the resource's address, from 2026-07-28 on"),
    ]

    /// The studio as an agent's tools.
    static let ofTools: [Call] = [
        Call(
            .post, "/mcp", "agentMessage", .tools,
            "One message of the Model Context Protocol (Streamable HTTP); a request is answered with JSON, or with a stream of its "
                + "progress and its answer", access: .session, form: .rpc, parameters: headers,
            body: .streamed([("application/json", .either([.openObject, .list(.anything)]))]),
            reply: .media(["application/json", "text/event-stream"]),
            also: [.accepted: .nothing], refusals: [.noSuchSession, .badRequest, .mediaType]
        ) { try await $0.agentMessage($1) },
        Call(
            .delete, "/mcp", "endAgentSession", .tools, "Ends a session of an agent", access: .session, form: .rpc,
            parameters: [headers[1]], reply: .nothing, status: .noContent, refusals: [.noSuchSession]
        ) { try await $0.endAgentSession($1) },
    ]
}

extension StudioService {
    /// Bytes of one message: small files may come with it.
    private static let mostBytes = 32 << 20
    private static let sessionHeader = "Mcp-Session-Id"
    /// Folders that a command of the owner lends its agent, as JSON in base64; over the socket in the data folder alone.
    package static let foldersHeader = "X-Kinora-Folders"

    private static let noSession = WireFailure(
        .noSuchSession, "There is no such session of an agent (any more); open one with initialize.")

    private func identity() -> ContextIdentity {
        ContextIdentity(name: "kinora", title: "Kinora", version: version, instructions: ToolTable.instructions)
    }

    func endAgentSession(_ asking: Asking) async throws -> HTTPResponse {
        guard let id = asking.request.headers[Self.sessionHeader],
            await agentSessions.close(id, of: try asking.account)
        else { throw Self.noSession }
        return HTTPResponse(status: .noContent)
    }

    func agentMessage(_ asking: Asking) async throws -> HTTPResponse {
        let (headers, account) = (asking.request.headers, try asking.account)
        let type = headers["Content-Type"]?.prefix { $0 != ";" && $0 != " " }.lowercased()
        guard type == "application/json" else {
            throw WireFailure(.mediaType, "A message is sent as application/json.")
        }
        let bytes = try await asking.request.body.collect(upTo: Self.mostBytes)
        var head = ContextHead(
            revision: headers["MCP-Protocol-Version"], method: headers["Mcp-Method"], name: headers["Mcp-Name"])
        // From 2026-07-28 on there are no sessions: what is named of one then is passed over.
        let isStateless = head.revision.flatMap { ContextRevision(rawValue: $0) }?.isStateless ?? false
        let session = isStateless ? nil : headers[Self.sessionHeader]
        if let session {
            head.session = await agentSessions.revision(session, of: account)
            guard head.session != nil else { throw Self.noSession }
        }
        switch ContextMachine.receive(bytes, head, identity()) {
        case .answer(let status, let messages): return response(messages, status: HTTPStatus(status))
        case .noted: return HTTPResponse(status: .accepted)
        case .takesBack(let request):
            if let session { await agentSessions.takeBack(request, in: session, of: account) }
            return HTTPResponse(status: .accepted)
        case .opened(let revision, let message):
            var response = HTTPResponse.json(message)
            response.headers[Self.sessionHeader] = await agentSessions.open(account, revision)
            return response
        case .ask(let agreed): return try await ask(bytes, agreed, session, asking)
        }
    }

    private func response(_ messages: [JSONValue], status: HTTPStatus) -> HTTPResponse {
        if messages.count == 1 { return .json(messages[0], status: status) }
        return events { stream in for message in messages { try await stream.send(message.text()) } }
    }

    // MARK: Asking

    private func ask(
        _ bytes: [UInt8], _ agreed: ContextRevision?, _ session: String?, _ asking: Asking
    ) async throws -> HTTPResponse {
        let tools = StudioTools(toolParts, try scope(asking))
        let (failed, requestID) = (failed, asking.request.id)
        let conversation = ContextConversation(ContextMachine(identity(), agreed: agreed), host: tools) {
            failed($0, requestID)
        }
        let exchange = AgentExchange(
            conversation: conversation, message: try JSONValue(parsing: bytes), session: session,
            sessions: agentSessions, takesBack: agreed == nil)
        guard Self.isStreamed(exchange.message, asking.request.headers) else {
            let answer = Mutex<JSONValue?>(nil)
            try await exchange.run { message in answer.withLock { $0 = message } }
            return .json(answer.withLock { $0 } ?? RPCError.ours.json(exchange.request))
        }
        return events { stream in try await exchange.run { try await stream.send($0.text()) } }
    }

    /// What may take a while comes as a stream, to those who read streams.
    private static func isStreamed(_ message: JSONValue, _ headers: HTTPHeaders) -> Bool {
        guard headers.list("Accept").contains(where: { $0.lowercased().hasPrefix("text/event-stream") }) else {
            return false
        }
        guard let method = message["method"]?.string else { return true }
        return method == "tools/call" || method == "resources/read"
    }

    private func scope(_ asking: Asking) throws -> StudioTools.Scope {
        let (account, links) = (try asking.account, links(asking))
        let isOwners = asking.request.remoteAddress == "unix"
        let folders = isOwners ? asking.request.headers[Self.foldersHeader].map(Self.folders) : nil
        var scope = StudioTools.Scope(
            account, project: asking.caller.session, folders: folders.map { AllowedFolders($0) })
        if !isOwners { scope.link = { export in links.url(of: export) } }
        let base = asking.base
        scope.permit = { order in try await permit(order, account, base: base) }
        return scope
    }

    private func permit(_ order: ExportOrder, _ account: AccountID, base: String) async throws {
        guard let exports = exportUseCases, let terms = studio.terms else { return }
        do {
            try await checkPlan(order, account, exports, WireObjects.pages(terms, account, base: base))
        } catch let failure as WireFailure {
            let page = failure.data["upgrade_url"]?.string.map { " \($0)" } ?? ""
            throw StudioTools.NotAllowed(failure.message + page)
        }
    }

    private static func folders(_ header: String) -> [String] {
        guard let data = Data(base64Encoded: header), let json = try? JSONValue(parsing: Array(data)) else { return [] }
        return json.array?.compactMap(\.string) ?? []
    }
}

/// One message that asks the host, from its being taken to its answer.
private struct AgentExchange: Sendable {
    let conversation: ContextConversation
    let message: JSONValue
    let session: String?
    let sessions: AgentSessions
    /// A client that leaves has taken its request back. So it is without a handshake; with one, it has only left.
    let takesBack: Bool

    var request: RequestID? { RequestID(message["id"]) }

    /// Hands on what is told until all is answered. Throws `CancellationError` when the client has left.
    func run(_ send: @Sendable (JSONValue) async throws -> Void) async throws {
        if let session, let request { await sessions.begin(request, in: session, conversation) }
        await conversation.receive(message)
        await conversation.settle()
        let outcome: Result<Void, any Error>
        do {
            for await answer in conversation.messages { try await send(answer) }
            try Task.checkCancellation()
            outcome = .success(())
        } catch {
            outcome = .failure(error)
            if takesBack { await conversation.callOffAll() } else { await conversation.end() }
        }
        if let session, let request { await sessions.end(request, in: session, conversation) }
        try outcome.get()
    }
}
