// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTPWire
import JSON
import Schemas

/// Every call there is.
enum CallTable {
    static let calls: [Call] = [
        Call.ofAccess, Call.ofPairing, Call.ofSessions, Call.ofUploads, Call.ofResumableUploads, Call.ofChat,
        Call.ofExports,
        Call.ofAgent, Call.ofTools,
        Call.ofProjectList, Call.ofProjects, Call.ofPictures, Call.ofService, Call.ofAdmin,
    ].flatMap(\.self)

    /// In which form a refusal is told of a request that found no call, by its path.
    static func form(ofPath path: String) -> WireFailure.Form {
        if path.hasPrefix("/apps/") || path == "/run" || path == "/list-apps" { return .detail }
        if path.hasPrefix("/api/render/") { return .export }
        if path == "/mcp" { return .rpc }
        return .envelope
    }
}

extension StudioService {
    /// The routes of all calls.
    package var routes: Routes {
        var routes = Routes()
        let health = HTTPFixedResponse(.json(healthReply))
        routes.addImmediate(.get, "/health", "Whether the server is there") { request in
            refusal(request)?.response() ?? health.response
        }
        for call in CallTable.calls where call.pattern.description != "/health" {
            routes.add(call.method, call.pattern, call.summary) { request in try await answer(request, to: call) }
        }
        for page in pages { routes.add(page) }
        routes.wrap { request, inner in try await guarded(request, inner) }
        return routes
    }

    /// Finds out who asks, checks what was sent against the call's declaration, and hands it on.
    private func answer(_ request: HTTPRequest, to call: Call) async throws -> HTTPResponse {
        do {
            let caller = try await caller(of: request, for: call)
            try checkParameters(of: request, call)
            var asking = Asking(request: request, caller: caller)
            if case .json(let schema, let most) = call.body {
                asking.body = try await json(request, upTo: most)
                do throws(Schema.Fault) {
                    try schema.check(asking.body)
                } catch {
                    throw WireFailure.bad(error.sentence, status: call.form == .detail ? .unprocessable : .badRequest)
                }
            }
            return try await call.handler(self, asking)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            guard let failure = WireFailure(cause: error) else {
                failed(error, request.id)
                return WireFailure.ours.response(call.form)
            }
            return failure.response(call.form)
        }
    }

    private func checkParameters(of request: HTTPRequest, _ call: Call) throws {
        for parameter in call.parameters {
            let text =
                switch parameter.place {
                case .query: request.queryValue(parameter.name)
                case .header: request.headers[parameter.name]
                }
            guard let text else {
                guard parameter.isRequired else { continue }
                throw WireFailure.bad("The \(parameter.place.words) \(parameter.name) is missing.")
            }
            do throws(Schema.Fault) {
                try parameter.schema.check(parameter.schema.value(ofText: text), at: parameter.name)
            } catch {
                throw WireFailure.bad("The \(parameter.place.words) \(error.field) \(error.problem).")
            }
        }
    }

    /// The body as JSON; an empty one counts as an empty object.
    private func json(_ request: HTTPRequest, upTo limit: Int) async throws -> JSONValue {
        let bytes = try await request.body.collect(upTo: limit)
        guard !bytes.isEmpty else { return .object([:]) }
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw WireFailure.bad(WireFailure.sentence("the body is \(error)"))
        }
    }
}

extension Call.Parameter.Place {
    fileprivate var words: String {
        switch self {
        case .query: "query value"
        case .header: "header"
        }
    }
}

extension Schema {
    /// What a text of a query or a header is as a value: numbers and flags where those are wanted.
    fileprivate func value(ofText text: String) -> JSONValue {
        switch kind {
        case .whole: Int64(text).map { .integer($0) } ?? .string(text)
        case .number: Double(text).map { .number($0) } ?? .string(text)
        case .flag: text == "true" ? true : text == "false" ? false : .string(text)
        default: .string(text)
        }
    }
}
