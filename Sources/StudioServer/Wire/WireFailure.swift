// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import ModelContext

/// A call that is not carried out: the number of the wire's table, the status, and words that say what to do.
struct WireFailure: Error, Hashable, Sendable {
    /// The shapes in which a refusal is told; each call has one.
    enum Form: Hashable, Sendable {
        /// `{"code","message","data"}`
        case envelope
        /// `{"detail"}`, as agent kits have it.
        case detail
        /// `{"success":false,"code","error","data"}`
        case export
        /// `{"jsonrpc":"2.0","id":null,"error":{"code","message","data"}}`, as agents' protocols have it.
        case rpc
    }

    var code: Int
    var status: HTTPStatus
    var message: String
    var data: JSONValue = .null
    /// Headers that belong to it, such as `Retry-After`.
    var headers: [String: String] = [:]

    init(code: Int, status: HTTPStatus, message: String, data: JSONValue = .null, headers: [String: String] = [:]) {
        self.code = code
        self.status = status
        self.message = message
        self.data = data
        self.headers = headers
    }

    init(_ kind: Kind, _ message: String, data: JSONValue = .null, headers: [String: String] = [:]) {
        self.init(code: kind.code, status: kind.status, message: message, data: data, headers: headers)
    }

    /// A capital in front and a full stop behind.
    static func sentence(_ words: String) -> String {
        let text = words.prefix(1).uppercased() + String(words.dropFirst())
        return text.hasSuffix(".") ? text : text + "."
    }

    func response(_ form: Form = .envelope) -> HTTPResponse {
        var response: HTTPResponse
        switch form {
        case .envelope: response = Envelope.response(code: code, message: message, data: data, status: status)
        case .detail:
            response = .json(Array(JSONValue.object(["detail": .string(message)]).text().utf8), status: status)
        case .export:
            let reply: JSONValue = [
                "success": false, "code": .integer(Int64(code)), "error": .string(message), "data": data,
            ]
            response = .json(Array(reply.text().utf8), status: status)
        case .rpc:
            let error = RPCError(code: code, message, data: data == .null ? nil : data).json(nil)
            response = .json(Array(error.text().utf8), status: status)
        }
        response.headers["Cache-Control"] = "no-store"
        for (name, value) in headers { response.headers[name] = value }
        return response
    }
}

extension WireFailure {
    /// Kinds of refusal: a number of the wire's table with its status.
    enum Kind: Hashable, Sendable, CaseIterable {
        case badRequest, badToken, forbidden, noSuchSession, noSuchThing, tooLarge, wrongType, bodyTooLarge
        case outOfCredits, planBlocks, tooMany, conflict, unprocessable, noRoom, gone, unreachable
        case precondition, checksum, mediaType, locked, methodNotAllowed, ours, stopping

        var code: Int {
            switch self {
            case .badToken: 1001
            case .noSuchSession: 1002
            case .outOfCredits: 2001
            case .wrongType: 4001
            case .tooLarge: 4002
            default: status.rawValue
            }
        }

        var status: HTTPStatus {
            switch self {
            case .badRequest: .badRequest
            case .badToken: .unauthorized
            case .forbidden: .forbidden
            case .noSuchSession, .noSuchThing: .notFound
            case .tooLarge, .bodyTooLarge: .contentTooLarge
            case .wrongType, .mediaType: .unsupportedMediaType
            case .outOfCredits, .planBlocks: .paymentRequired
            case .tooMany: .tooManyRequests
            case .conflict: .conflict
            case .unprocessable: .unprocessable
            case .noRoom: .insufficientStorage
            case .gone: .gone
            case .unreachable: .badGateway
            case .precondition: .preconditionFailed
            case .checksum: HTTPStatus(460)
            case .locked: HTTPStatus(423)
            case .methodNotAllowed: .methodNotAllowed
            case .ours: .internalError
            case .stopping: .unavailable
            }
        }

        /// For the description.
        var words: String {
            switch self {
            case .badRequest: "What was sent is wrong; the message names the field."
            case .badToken: "The token is missing, unknown or no longer good."
            case .forbidden: "Not from this page, host or token."
            case .noSuchSession: "There is no such session of this account."
            case .noSuchThing: "There is nothing of that name."
            case .tooLarge: "The file or message is over the limit, which the data names."
            case .wrongType: "The file is of no kind that is taken; the data lists those that are."
            case .bodyTooLarge: "The body is larger than this call takes."
            case .outOfCredits: "The credits are used up; the data has register_url and upgrade_url."
            case .planBlocks: "The plan does not include this; the data has upgrade_url."
            case .tooMany: "Too many requests; Retry-After says how long to wait."
            case .conflict: "It clashes with what is there now."
            case .unprocessable: "What was sent is wrong; the detail names the field."
            case .noRoom: "There is no room left on the server."
            case .gone: "It was there and is no more."
            case .unreachable: "A link could not be fetched."
            case .precondition: "The protocol's version is not supported."
            case .checksum: "The bytes do not have the checksum that was sent with them."
            case .locked: "Somebody else is at it; try again in a moment."
            case .mediaType: "The body is of another media type than this call takes."
            case .methodNotAllowed: "This address takes other methods."
            case .ours: "Something went wrong on the server."
            case .stopping: "The server is stopping or has too much to do."
            }
        }
    }

    static let badToken = WireFailure(
        .badToken,
        "The token is missing, unknown or no longer good; get a new one from POST /api/auth/anonymous-token.",
        headers: ["WWW-Authenticate": "Bearer"])

    static let noSuchSession = WireFailure(
        .noSuchSession, "There is no such session; make one with POST /api/tasks/me/with-session/nemo_agent.")

    static let noClientID = WireFailure(
        .badRequest,
        "The header X-Client-Id is missing or not of 1 to 64 characters; send any stable text of that length.")

    static let ours = WireFailure(
        .ours, "Something went wrong on the server; its log has more under the id in X-Request-Id.")

    static let oneSessionOnly = WireFailure(
        .forbidden, "This token is good for one session and nothing else; use the account's own.")

    static func bad(_ message: String, status: HTTPStatus = .badRequest) -> WireFailure {
        WireFailure(code: status.rawValue, status: status, message: message)
    }

    static func forbidden(_ message: String) -> WireFailure { WireFailure(.forbidden, message) }

    static func nothing(_ what: String) -> WireFailure { WireFailure(.noSuchThing, "There is no such \(what).") }
}

/// The form of every JSON reply of the hosted service's calls.
enum Envelope {
    static func response(
        code: Int = 0, message: String = "ok", data: JSONValue, status: HTTPStatus = .ok
    ) -> HTTPResponse {
        let value: JSONValue = ["code": .integer(Int64(code)), "message": .string(message), "data": data]
        var response = HTTPResponse.json(Array(value.text().utf8), status: status)
        // What a session is now, nobody may keep.
        response.headers["Cache-Control"] = "no-store"
        return response
    }
}

extension HTTPResponse {
    /// A value that may not be kept.
    static func json(_ value: JSONValue, status: HTTPStatus = .ok) -> HTTPResponse {
        var response = HTTPResponse.json(Array(value.text().utf8), status: status)
        response.headers["Cache-Control"] = "no-store"
        return response
    }
}
