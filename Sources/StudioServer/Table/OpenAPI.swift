// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas

extension StudioService {
    /// The table of calls as OpenAPI 3.1.
    var openAPI: JSONValue {
        var paths: [String: JSONValue] = [:]
        for call in CallTable.calls where call.family != .admin {
            let path = call.pattern.openAPIPath
            var methods = paths[path]?.object ?? [:]
            methods[call.method.rawValue.lowercased()] = call.openAPI
            paths[path] = .object(methods)
        }
        var schemas = WireSchemas.components.mapValues(\.json)
        for form in WireFailure.Form.all { schemas[form.schemaName] = form.schema.json }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Kinora", "version": .string(version),
                "summary": "Films of photos, clips, music and words.",
                "license": ["name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(
                Call.Family.allCases.filter { $0 != .admin }.map {
                    ["name": .string($0.rawValue), "description": .string($0.words)]
                }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
            ],
        ]
    }
}

extension Call {
    fileprivate var openAPI: JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .string(name), "summary": .string(summary), "tags": [.string(family.rawValue)],
            "responses": responses,
        ]
        let captures = pattern.captures.map { name -> JSONValue in
            let schema = Schema.text(1...).json
            return ["name": .string(name), "in": "path", "required": true, "schema": schema]
        }
        let given = parameters.map { parameter -> JSONValue in
            var schema = parameter.schema
            schema.help = ""
            return [
                "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
                "required": .bool(parameter.isRequired), "schema": schema.json,
                "description": .string(parameter.schema.help),
            ]
        }
        if !(captures + given).isEmpty { operation["parameters"] = .array(captures + given) }
        switch access {
        case .account, .session, .owner: operation["security"] = [["bearer": []]]
        case .anybody, .link: break
        }
        switch body {
        case .none: break
        case .json(let schema, _):
            operation["requestBody"] = [
                "required": .bool(schema.needsMembers), "content": ["application/json": ["schema": schema.json]],
            ]
        case .streamed(let kinds):
            let content = kinds.map { ($0.type, JSONValue.object(["schema": $0.schema.json])) }
            operation["requestBody"] = [
                "required": true, "content": .object(Dictionary(content) { first, _ in first }),
            ]
        }
        return .object(operation)
    }

    private var responses: JSONValue {
        var responses: [String: JSONValue] = [:]
        responses["\(status)"] = reply.openAPI
        for (status, reply) in also { responses["\(status)"] = reply.openAPI }
        for (status, kinds) in Dictionary(grouping: allRefusals, by: \.status.rawValue) {
            responses["\(status)"] = [
                "description": .string(kinds.map { "\($0.code): \($0.words)" }.joined(separator: " ")),
                "content": ["application/json": ["schema": Schema.component(form.schemaName).json]],
            ]
        }
        return .object(responses)
    }

    /// Those of its own, and those that every call of its kind has.
    var allRefusals: [WireFailure.Kind] {
        var all = refusals
        func add(_ kind: WireFailure.Kind) { if !all.contains(kind) { all.append(kind) } }
        add(.forbidden)
        add(.ours)
        add(.stopping)
        add(.badRequest)
        // A path whose captures cannot be names is none of ours.
        if !pattern.captures.isEmpty { add(.noSuchThing) }
        switch access {
        case .account, .session:
            add(.badToken)
            // An account of a service for others may ask so often and no more.
            add(.tooMany)
        case .anybody, .link, .owner: break
        }
        if case .none = body {} else { add(.bodyTooLarge) }
        if case .json = body, form == .detail { add(.unprocessable) }
        return all
    }
}

extension Call.Reply {
    fileprivate var openAPI: JSONValue {
        var response: [String: JSONValue] = ["description": "As asked."]
        switch self {
        case .envelope(let data):
            let envelope = Schema.object([
                .required("code", .whole), .required("message", .text), .required("data", data),
            ])
            response["content"] = ["application/json": ["schema": envelope.json]]
        case .json(let schema): response["content"] = ["application/json": ["schema": schema.json]]
        case .media(let types):
            response["content"] = .object(Dictionary(types.map { ($0, JSONValue.object([:])) }) { first, _ in first })
        case .nothing: break
        }
        return .object(response)
    }
}

extension WireFailure.Form {
    static let all: [WireFailure.Form] = [.envelope, .detail, .export, .rpc]

    var schemaName: String {
        switch self {
        case .envelope: "Refusal"
        case .detail: "AgentRefusal"
        case .export: "ExportRefusal"
        case .rpc: "RPCRefusal"
        }
    }

    var schema: Schema {
        switch self {
        case .envelope:
            .object([
                .required("code", .whole, "A number of the table of codes"),
                .required("message", .text, "What is wrong and what to do"), .required("data", .anything),
            ])
        case .detail: .object([.required("detail", .text)])
        case .export:
            .object([
                .required("success", .flag), .required("code", .whole), .required("error", .text),
                .required("data", .anything),
            ])
        case .rpc:
            .object([
                .required("jsonrpc", .word(["2.0"])), .optional("id", .anything),
                .required("error", .object([.required("code", .whole), .required("message", .text)])),
            ])
        }
    }
}

extension Call.Family {
    var words: String {
        switch self {
        case .access: "Getting in"
        case .sessions: "Sessions, their state and credits"
        case .uploads: "Files that come in"
        case .chat: "Turns of the conversation"
        case .exports: "Finished films"
        case .agent: "What clients of the Agent Development Kit call besides"
        case .tools: "Tools for agents (Model Context Protocol)"
        case .projects: "Projects and their edits"
        case .pictures: "Frames, previews, thumbnails, waveforms"
        case .service: "The server itself"
        case .admin: "What the owner does"
        }
    }
}

extension PathPattern {
    /// As a description writes it: a rest is a capture like any other.
    var openAPIPath: String { description.replacing("...}", with: "}") }
}

extension Schema {
    /// Whether an empty object would be refused.
    var needsMembers: Bool {
        if case .object(let members, _) = kind { return members.contains(where: \.isRequired) }
        return false
    }
}
