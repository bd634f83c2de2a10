// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// How connections and requests say which revision they speak.
extension ContextMachine {
    enum Meta {
        static let revision = "io.modelcontextprotocol/protocolVersion"
        static let capabilities = "io.modelcontextprotocol/clientCapabilities"
        static let server = "io.modelcontextprotocol/serverInfo"
        static let subscription = "io.modelcontextprotocol/subscriptionId"
    }

    /// The revision that a request speaks: its own where it says one, else the connection's.
    func revision(of method: String, _ params: [String: JSONValue]) throws(RPCError) -> ContextRevision {
        guard let named = params["_meta"]?[Meta.revision] else {
            // This method is of no revision that has a handshake.
            if method == "server/discover" || method == "subscriptions/listen" || agreed?.isStateless == true {
                throw .invalidParams("params._meta[\"\(Meta.revision)\"] is missing")
            }
            return agreed ?? .newestWithHandshake
        }
        guard let text = named.string else {
            throw .invalidParams("params._meta[\"\(Meta.revision)\"] is a text, not \(named.kind)")
        }
        guard let revision = ContextRevision(rawValue: text), revision.isStateless else {
            throw .unsupported(text, of: ContextRevision.stateless)
        }
        guard params["_meta"]?[Meta.capabilities]?.object != nil else {
            throw .invalidParams("params._meta[\"\(Meta.capabilities)\"], an object, is missing")
        }
        return revision
    }

    private static let capabilities: JSONValue = ["tools": .object([:]), "resources": .object([:])]

    /// The client's revision where it is spoken here and opens so, else the newest that does.
    mutating func initialized(_ id: RequestID, _ params: [String: JSONValue]) -> JSONValue {
        let asked = params["protocolVersion"]?.string.flatMap { ContextRevision(rawValue: $0) }
        let revision = asked.flatMap { $0.isStateless ? nil : $0 } ?? .newestWithHandshake
        agreed = revision
        var result: [String: JSONValue] = [
            "protocolVersion": .string(revision.rawValue), "capabilities": Self.capabilities,
            "serverInfo": identity.json(revision),
        ]
        result["instructions"] = .string(identity.instructions)
        return RPCMessage.result(id, result)
    }

    func discovered(_ id: RequestID, _ revision: ContextRevision) -> JSONValue {
        let result: [String: JSONValue] = [
            "supportedVersions": .array(ContextRevision.stateless.map { .string($0.rawValue) }),
            "capabilities": Self.capabilities, "instructions": .string(identity.instructions),
        ]
        return RPCMessage.result(id, complete(kept(result, milliseconds: Self.longTime, isPublic: true), revision))
    }

    /// Nothing of what can be listened to changes without a call: none of it is promised, and the stream ends at once.
    func listened(_ id: RequestID, _ revision: ContextRevision) -> [Action] {
        let meta: JSONValue = [Meta.subscription: id.json]
        return [
            .send(
                RPCMessage.notification(
                    "notifications/subscriptions/acknowledged", ["_meta": meta, "notifications": .object([:])])),
            .send(RPCMessage.result(id, complete(["_meta": meta], revision))),
        ]
    }

    // MARK: Results of each revision

    /// An hour: what a client may rely on that never changes while the program runs.
    private static let longTime: Int64 = 3_600_000

    /// A result of the newest revision as `revision` has it.
    func shaped(
        _ result: [String: JSONValue], _ question: ContextQuestion, _ revision: ContextRevision
    ) -> [String: JSONValue] {
        var result = result
        switch question {
        case .tools:
            result["tools"] = .array((result["tools"]?.array ?? []).map { Self.tool($0, revision) })
            result = kept(result, milliseconds: Self.longTime, isPublic: true, revision)
        case .templates:
            result["resourceTemplates"] = .array(
                (result["resourceTemplates"]?.array ?? []).map { Self.untitled($0, revision) })
            result = kept(result, milliseconds: Self.longTime, isPublic: true, revision)
        case .resources:
            result["resources"] = .array((result["resources"]?.array ?? []).map { Self.untitled($0, revision) })
            result = kept(result, milliseconds: 0, isPublic: false, revision)
        case .read: result = kept(result, milliseconds: 0, isPublic: false, revision)
        case .call:
            if !revision.hasStructure {
                result["structuredContent"] = nil
                result["content"] = .array((result["content"]?.array ?? []).map(Self.withoutLink))
            }
        }
        return complete(result, revision)
    }

    private func complete(_ result: [String: JSONValue], _ revision: ContextRevision) -> [String: JSONValue] {
        guard revision.isStateless else { return result }
        var result = result
        result["resultType"] = "complete"
        var meta = result["_meta"]?.object ?? [:]
        meta[Meta.server] = identity.json(revision)
        result["_meta"] = .object(meta)
        return result
    }

    /// With how long and by whom it may be kept.
    private func kept(
        _ result: [String: JSONValue], milliseconds: Int64, isPublic: Bool, _ revision: ContextRevision = .july2026
    ) -> [String: JSONValue] {
        guard revision.isStateless else { return result }
        var result = result
        result["ttlMs"] = .integer(milliseconds)
        result["cacheScope"] = isPublic ? "public" : "private"
        return result
    }

    private static func tool(_ tool: JSONValue, _ revision: ContextRevision) -> JSONValue {
        guard var members = tool.object, !revision.hasStructure else { return tool }
        members["outputSchema"] = nil
        members["title"] = nil
        if !revision.hasAnnotations { members["annotations"] = nil }
        return .object(members)
    }

    private static func untitled(_ resource: JSONValue, _ revision: ContextRevision) -> JSONValue {
        guard var members = resource.object, !revision.hasStructure else { return resource }
        members["title"] = nil
        return .object(members)
    }

    /// A link to a resource as words, for revisions that have none.
    private static func withoutLink(_ block: JSONValue) -> JSONValue {
        guard block["type"] == "resource_link" else { return block }
        let text = [block["name"]?.string, block["uri"]?.string].compactMap(\.self).joined(separator: ": ")
        return ["type": "text", "text": .string(text)]
    }
}
