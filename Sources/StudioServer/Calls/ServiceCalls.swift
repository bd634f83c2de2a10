// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    /// The server itself.
    static let ofService: [Call] = [
        Call(
            .get, "/health", "getHealth", .service, "Whether the server is there", access: .anybody,
            reply: .json(.object([.required("status", .text), .required("version", .text)]))
        ) { service, _ in .json(service.healthReply) },
        Call(
            .get, "/version", "getVersion", .service, "Which program this is", access: .anybody, form: .detail,
            reply: .json(
                .object([
                    .required("version", .text), .required("language", .text), .required("language_version", .text),
                    .required("policy", .word(["open", "hosted"])), .optional("model", .text),
                ]))
        ) { service, _ in .json(service.versionReply) },
        Call(
            .get, "/openapi.json", "getDescription", .service, "This description, in OpenAPI 3.1", access: .anybody,
            reply: .json(.openObject)
        ) { service, _ in service.description },
        Call(
            .get, "/metrics", "getMetrics", .service, "The server's numbers, for Prometheus; on its own machine only",
            access: .anybody, reply: .media([Metrics.contentType]), refusals: [.forbidden, .noSuchThing]
        ) { try $0.metricsPage($1) },
    ]
}

extension StudioService {
    var healthReply: [UInt8] {
        Array(JSONValue.object(["status": "ok", "version": .string(version)]).text().utf8)
    }

    /// Whoever serves others keeps to themselves what answers them.
    var versionReply: JSONValue {
        var members: [String: JSONValue] = [
            "version": .string(version), "language": "swift", "language_version": "6",
            "policy": .string(studio.terms == nil ? "open" : "hosted"),
        ]
        if studio.terms == nil { members["model"] = model.map { .string($0) } }
        return .object(members)
    }

    /// Made once: it does not change while the server runs.
    var description: HTTPResponse {
        var response = HTTPResponse.json(openAPI)
        response.headers["Cache-Control"] = "no-cache"
        return response
    }
}
