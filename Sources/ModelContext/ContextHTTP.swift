// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
package import JSON

/// What HTTP says beside a message (Streamable HTTP; the names of the headers are those of 2026-07-28 and of earlier revisions).
package struct ContextHead: Hashable, Sendable {
    /// `MCP-Protocol-Version`
    package var revision: String?
    /// `Mcp-Method`
    package var method: String?
    /// `Mcp-Name`
    package var name: String?
    /// What the session agreed on that the request belongs to; nil for none.
    package var session: ContextRevision?

    package init(
        revision: String? = nil, method: String? = nil, name: String? = nil, session: ContextRevision? = nil
    ) {
        self.revision = revision
        self.method = method
        self.name = name
        self.session = session
    }
}

/// What is done about a message that came by POST.
package enum ContextReception: Hashable, Sendable {
    /// Answered at once, with this status.
    case answer(status: Int, [JSONValue])
    /// Taken note of: 202, nothing more.
    case noted
    /// The client takes back a request of its session.
    case takesBack(RequestID)
    /// The host is asked; `agreed` is the revision of a connection that opened with a handshake, nil where the request speaks
    /// for itself.
    case ask(agreed: ContextRevision?)
    /// `initialize`: a session may be given with the answer.
    case opened(ContextRevision, JSONValue)
}

extension ContextMachine {
    /// Looks at a message with what HTTP says of it. A pure function; the machine that carries `ask` out is a new one.
    package static func receive(
        _ bytes: [UInt8], _ head: ContextHead, _ identity: ContextIdentity
    ) -> ContextReception {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            return .answer(status: 400, [RPCError.parse("\(error)").json(nil)])
        }
        guard json.array == nil else { return receive(list: json, head, identity) }
        switch RPCMessage(json) {
        case .invalid(let id, let error): return .answer(status: 400, [error.json(id)])
        case .response: return .noted
        case .notification(let method, let params):
            guard method == "notifications/cancelled", let id = RequestID(params["requestId"]) else { return .noted }
            return .takesBack(id)
        case .request(let id, let method, let params):
            do throws(RPCError) {
                let agreed = try agreed(head, method, params)
                return answer(json, id, method, ContextMachine(identity, agreed: agreed))
            } catch {
                return .answer(status: 400, [error.json(id)])
            }
        }
    }

    private static func answer(
        _ json: JSONValue, _ id: RequestID, _ method: String, _ machine: ContextMachine
    ) -> ContextReception {
        var machine = machine
        let (before, actions) = (machine.agreed, machine.receive(json))
        let messages = actions.compactMap { action -> JSONValue? in
            if case .send(let message) = action { message } else { nil }
        }
        guard messages.count == actions.count else { return .ask(agreed: before) }
        if method == "initialize", let agreed = machine.agreed, let message = messages.first, message["error"] == nil {
            return .opened(agreed, message)
        }
        guard let code = messages.first?["error"]?["code"]?.integer else { return .answer(status: 200, messages) }
        // Before 2026-07-28 an answer is an answer, whatever it says.
        guard before?.isStateless == true || json["params"]?["_meta"]?[Meta.revision] != nil else {
            return .answer(status: 200, messages)
        }
        return .answer(status: Int(code) == RPCError.methodNotFound ? 404 : 400, messages)
    }

    /// Lists are of one revision alone, and come with no session there: each message is answered for itself.
    private static func receive(
        list: JSONValue, _ head: ContextHead, _ identity: ContextIdentity
    ) -> ContextReception {
        let revision = head.revision.flatMap { ContextRevision(rawValue: $0) } ?? head.session ?? .unnamedOverHTTP
        guard head.revision == nil || revision.rawValue == head.revision, revision.hasBatches, list != [] else {
            return .answer(
                status: 400, [RPCError.invalidRequest("messages come one by one, not as a list").json(nil)])
        }
        var machine = ContextMachine(identity, agreed: revision)
        let actions = machine.receive(list)
        let messages = actions.compactMap { action -> JSONValue? in
            if case .send(let message) = action { message } else { nil }
        }
        if actions.isEmpty { return .noted }
        return messages.count == actions.count ? .answer(status: 200, messages) : .ask(agreed: revision)
    }

    /// The revision of a request's connection; nil where it speaks for itself. Throws what its headers have otherwise.
    private static func agreed(
        _ head: ContextHead, _ method: String, _ params: [String: JSONValue]
    ) throws(RPCError) -> ContextRevision? {
        let named = head.revision.flatMap { ContextRevision(rawValue: $0) }
        let own = params["_meta"]?[Meta.revision]
        guard own != nil || named?.isStateless == true else {
            if method == "initialize" { return nil }
            if let text = head.revision, named == nil { throw .unsupported(text, of: ContextRevision.allCases) }
            return named ?? head.session ?? .unnamedOverHTTP
        }
        // What is missing in the message the machine says.
        guard let own = own?.string else { return .july2026 }
        guard let revision = head.revision else { throw .headerMismatch("MCP-Protocol-Version is missing") }
        guard revision == own else {
            throw .headerMismatch("MCP-Protocol-Version '\(revision)' is not the message's '\(own)'")
        }
        guard named?.isStateless == true else { return nil }
        guard let said = head.method else { throw .headerMismatch("Mcp-Method is missing") }
        guard said == method else { throw .headerMismatch("Mcp-Method '\(said)' is not the message's '\(method)'") }
        let subject: JSONValue?
        switch method {
        case "tools/call", "prompts/get": subject = params["name"]
        case "resources/read": subject = params["uri"]
        default: return nil
        }
        guard let subject = subject?.string else { return nil }
        guard let name = head.name.flatMap(plain) else { throw .headerMismatch("Mcp-Name is missing") }
        guard name == subject else { throw .headerMismatch("Mcp-Name is not the message's '\(subject.prefix(80))'") }
        return nil
    }

    /// A header's value, also where it is written as `=?base64?…?=`.
    static func plain(_ value: String) -> String? {
        guard value.hasPrefix("=?base64?"), value.hasSuffix("?="), value.utf8.count >= 11 else { return value }
        return Data(base64Encoded: String(value.dropFirst(9).dropLast(2))).map { String(decoding: $0, as: UTF8.self) }
    }
}
