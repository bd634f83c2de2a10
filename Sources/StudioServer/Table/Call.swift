// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas

/// One call of the wire: who may make it, what it takes, what it answers, what can go wrong. The routes, the checks of what
/// comes in, the API's description and its reference page are made of these rows.
struct Call: Sendable {
    /// Who may make it.
    enum Access: Sendable {
        case anybody
        /// Whoever has a token, also one that is good for a single session; the handler sees to which.
        case session
        /// Whoever has a token of the whole account.
        case account
        /// Whoever has the link: it is signed.
        case link
        /// The owner of the data, over the socket in its folder.
        case owner
    }

    /// What belongs together in a reference.
    enum Family: String, CaseIterable, Sendable {
        case access, sessions, uploads, chat, exports, agent, tools, projects, pictures, service, admin
    }

    /// A value of the query or a header.
    struct Parameter: Sendable {
        enum Place: String, Sendable { case query, header }

        let place: Place
        let name: String
        let schema: Schema
        let isRequired: Bool

        static func query(_ name: String, _ schema: Schema, _ help: String) -> Parameter {
            Parameter(place: .query, name: name, schema: schema.saying(help), isRequired: false)
        }

        static func header(_ name: String, _ schema: Schema, _ help: String, required: Bool = false) -> Parameter {
            Parameter(place: .header, name: name, schema: schema.saying(help), isRequired: required)
        }
    }

    /// What comes in.
    enum Body: Sendable {
        case none
        /// Read and checked before the handler is asked; an empty body counts as an empty object.
        case json(Schema, most: Int = 64 << 10)
        /// Taken piece by piece by the handler: media types with what they hold.
        case streamed([(type: String, schema: Schema)])
    }

    /// What goes out when all is well.
    enum Reply: Sendable {
        /// `{"code":0,"message":"ok","data":…}`
        case envelope(Schema)
        /// JSON as it is.
        case json(Schema)
        /// Bytes or text of these types.
        case media([String])
        /// Nothing but the status.
        case nothing
    }

    let method: HTTPMethod
    let pattern: PathPattern
    /// Unique; the description's `operationId`.
    let name: String
    let family: Family
    let summary: String
    let access: Access
    let form: WireFailure.Form
    let parameters: [Parameter]
    let body: Body
    let reply: Reply
    let status: HTTPStatus
    /// Other statuses of a call that went well.
    let also: [HTTPStatus: Reply]
    /// What else the handler may answer with: codes of the wire's table and statuses.
    let refusals: [WireFailure.Kind]
    let handler: @Sendable (StudioService, Asking) async throws -> HTTPResponse

    init(
        _ method: HTTPMethod, _ pattern: PathPattern, _ name: String, _ family: Family, _ summary: String,
        access: Access = .account, form: WireFailure.Form = .envelope, parameters: [Parameter] = [],
        body: Body = .none, reply: Reply, status: HTTPStatus = .ok, also: [HTTPStatus: Reply] = [:],
        refusals: [WireFailure.Kind] = [],
        handler: @escaping @Sendable (StudioService, Asking) async throws -> HTTPResponse
    ) {
        self.method = method
        self.pattern = pattern
        self.name = name
        self.family = family
        self.summary = summary
        self.access = access
        self.form = form
        self.parameters = parameters
        self.body = body
        self.reply = reply
        self.status = status
        self.also = also
        self.refusals = refusals
        self.handler = handler
    }
}

/// A request whose asker is known and whose values have been checked against its call.
struct Asking: Sendable {
    let request: HTTPRequest
    /// Who asks; nobody in particular for calls that anybody may make.
    var caller: Caller
    /// An empty object where the call takes no JSON.
    var body: JSONValue = .object([:])

    /// What the path captured.
    subscript(_ capture: String) -> String { request.parameters[capture] ?? "" }

    /// A value of the query that was declared.
    func query(_ name: String) -> String? { request.queryValue(name) }

    /// A number of the query; `usual` where it is missing.
    func whole(_ name: String, usual: Int64) -> Int64 { request.queryValue(name).flatMap { Int64($0) } ?? usual }
}
