// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Studio

/// A call that is not carried out: the number of the wire's table, the status, and words that say what to do.
struct WireFailure: Error, Hashable, Sendable {
    var code: Int
    var status: HTTPStatus
    var message: String
    var data: JSONValue = .null

    static let badToken = WireFailure(
        code: 1001, status: .unauthorized,
        message: "The token is missing, unknown or no longer good; get a new one from POST /api/auth/anonymous-token.")

    static let noSuchSession = WireFailure(
        code: 1002, status: .notFound,
        message: "There is no such session; make one with POST /api/tasks/me/with-session/nemo_agent.")

    static let noClientID = WireFailure(
        code: 400, status: .badRequest,
        message: "The header X-Client-Id is missing or not of 1 to 64 characters; send any stable text of that length.")

    static func bad(_ message: String) -> WireFailure {
        WireFailure(code: 400, status: .badRequest, message: message)
    }

    static func forbidden(_ message: String) -> WireFailure {
        WireFailure(code: 403, status: .forbidden, message: message)
    }

    init(code: Int, status: HTTPStatus, message: String, data: JSONValue = .null) {
        self.code = code
        self.status = status
        self.message = message
        self.data = data
    }

    /// What the studio says no to.
    init(_ error: StudioError) {
        switch error {
        case .noSuchProject: self = .noSuchSession
        case .emptyMessage: self = .bad(Self.sentence("\(error)"))
        case .messageTooLong(let most):
            self.init(
                code: 4002, status: .contentTooLarge, message: Self.sentence("\(error)"),
                data: ["max_bytes": .integer(Int64(most))])
        case .tooManyTurns:
            self.init(code: 429, status: .tooManyRequests, message: Self.sentence("\(error)"))
        }
    }

    /// A capital in front and a full stop behind.
    static func sentence(_ words: String) -> String {
        let text = words.prefix(1).uppercased() + String(words.dropFirst())
        return text.hasSuffix(".") ? text : text + "."
    }

    var response: HTTPResponse { Envelope.response(code: code, message: message, data: data, status: status) }
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

    /// What the HTTP server itself refuses.
    static func response(to failure: HTTPFailure) -> HTTPResponse {
        var response = Self.response(
            code: failure.status.rawValue, message: failure.message, data: .null, status: failure.status)
        failure.addHeaders(to: &response)
        return response
    }
}
