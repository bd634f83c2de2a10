// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

/// The protocol of one connection, without any input or output: what comes in goes through `receive`, what the host came to
/// through `progressed` and `finished`; each says what is to be done.
///
/// ```
/// message ──► receive ──► begin(question) ──► host ──► progressed ──► send(notification)
///                │                              └────► finished ────► send(result)
///                └──► send(answer), callOff(id)
/// ```
/// A value; used by one task at a time.
package struct ContextMachine: Sendable {
    package enum Action: Hashable, Sendable {
        /// To the other side.
        case send(JSONValue)
        /// The host is to be asked; its answer goes to `finished` under this id.
        case begin(RequestID, ContextQuestion)
        /// Whoever asked does not want the answer any more: the work ends.
        case callOff(RequestID)
    }

    /// A question that the host is asked.
    struct Flight {
        let question: ContextQuestion
        let revision: ContextRevision
        /// Nil where nobody wants to know how far it is.
        let progressToken: JSONValue?
        var told: Double?
    }

    /// Questions under way at once, at most.
    package static let mostUnderWay = 64

    let identity: ContextIdentity
    /// Agreed on by `initialize`, or said with the connection; nil before.
    package internal(set) var agreed: ContextRevision?
    var flights: [RequestID: Flight] = [:]

    package init(_ identity: ContextIdentity, agreed: ContextRevision? = nil) {
        self.identity = identity
        self.agreed = agreed
    }

    package var isIdle: Bool { flights.isEmpty }

    // MARK: What comes in

    package mutating func receive(_ bytes: some Collection<UInt8>) -> [Action] {
        do throws(JSONError) {
            return receive(try JSONValue(parsing: Array(bytes)))
        } catch {
            return [.send(RPCError.parse("\(error)").json(nil))]
        }
    }

    package mutating func receive(_ json: JSONValue) -> [Action] {
        guard let list = json.array else { return receive(RPCMessage(json)) }
        guard agreed?.hasBatches == true, !list.isEmpty else {
            return [.send(RPCError.invalidRequest("messages come one by one, not as a list").json(nil))]
        }
        return list.flatMap { receive(RPCMessage($0)) }
    }

    mutating func receive(_ message: RPCMessage) -> [Action] {
        switch message {
        case .invalid(let id, let error): return [.send(error.json(id))]
        case .response: return []
        case .notification(let method, let params):
            guard method == "notifications/cancelled", let id = RequestID(params["requestId"]),
                flights.removeValue(forKey: id) != nil
            else { return [] }
            return [.callOff(id)]
        case .request(let id, let method, let params):
            guard flights[id] == nil else {
                return [.send(RPCError.invalidRequest("the id belongs to a request that is under way").json(id))]
            }
            do throws(RPCError) {
                return try answer(id, method, params)
            } catch {
                return [.send(error.json(id))]
            }
        }
    }

    private mutating func answer(
        _ id: RequestID, _ method: String, _ params: [String: JSONValue]
    ) throws(RPCError) -> [Action] {
        let revision = try revision(of: method, params)
        switch method {
        case "initialize" where !revision.isStateless: return [.send(initialized(id, params))]
        case "ping" where !revision.isStateless: return [.send(RPCMessage.result(id, [:]))]
        case "server/discover" where revision.isStateless: return [.send(discovered(id, revision))]
        case "subscriptions/listen" where revision.isStateless: return listened(id, revision)
        default: break
        }
        let question = try question(method, params)
        guard flights.count < Self.mostUnderWay else {
            throw .invalidRequest("\(Self.mostUnderWay) requests are under way already; wait for their answers")
        }
        var token = params["_meta"]?["progressToken"]
        if token != nil, RequestID(token) == nil { token = nil }
        flights[id] = Flight(question: question, revision: revision, progressToken: token)
        return [.begin(id, question)]
    }

    private func question(_ method: String, _ params: [String: JSONValue]) throws(RPCError) -> ContextQuestion {
        switch method {
        case "tools/list": return .tools(after: try Self.cursor(params))
        case "resources/list": return .resources(after: try Self.cursor(params))
        case "resources/templates/list": return .templates(after: try Self.cursor(params))
        case "tools/call":
            guard let name = params["name"]?.string else { throw .invalidParams("params.name, the tool's, is missing") }
            switch params["arguments"] {
            case nil, .null?: return .call(name: name, arguments: [:])
            case .object(let arguments)?: return .call(name: name, arguments: arguments)
            case let other?: throw .invalidParams("params.arguments is an object, not \(other.kind)")
            }
        case "resources/read":
            guard let uri = params["uri"]?.string else { throw .invalidParams("params.uri is missing") }
            return .read(uri: uri)
        default: throw .noMethod(method)
        }
    }

    private static func cursor(_ params: [String: JSONValue]) throws(RPCError) -> String? {
        switch params["cursor"] {
        case nil, .null?, .string("")?: return nil
        case .string(let cursor)?: return cursor
        case let other?: throw .invalidParams("params.cursor is a text, not \(other.kind)")
        }
    }

    // MARK: What the host came to

    package mutating func progressed(_ id: RequestID, _ progress: ContextProgress) -> [Action] {
        guard let flight = flights[id], let token = flight.progressToken,
            flight.told.map({ progress.done > $0 }) ?? true
        else { return [] }
        flights[id]?.told = progress.done
        var params: [String: JSONValue] = ["progressToken": token, "progress": .number(progress.done)]
        params["total"] = progress.total.map { .number($0) }
        if flight.revision.hasAnnotations { params["message"] = progress.message.map { .string($0) } }
        return [.send(RPCMessage.notification("notifications/progress", params))]
    }

    package mutating func finished(_ id: RequestID, _ outcome: Result<[String: JSONValue], RPCError>) -> [Action] {
        guard let flight = flights.removeValue(forKey: id) else { return [] }
        switch outcome {
        case .success(let result):
            return [.send(RPCMessage.result(id, shaped(result, flight.question, flight.revision)))]
        case .failure(var error):
            if error.code == RPCError.resourceNotFound, flight.revision.isStateless { error.code = -32602 }
            return [.send(error.json(id))]
        }
    }
}
