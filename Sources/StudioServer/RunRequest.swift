// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// The body of an ADK run call, in snake_case or camelCase.
struct RunRequest: Hashable, Sendable {
    var sessionID: String
    /// Nil where it is missing, which some clients have it.
    var userID: String?
    var message: String
    var streams: Bool

    init(_ body: JSONValue) throws(WireFailure) {
        guard body.object != nil else { throw .bad("The body must be a JSON object, not \(body.kind).") }
        guard let session = Self.member("session_id", "sessionId", of: body)?.string, !session.isEmpty else {
            throw .bad("The field session_id is missing; give the id of a session.")
        }
        sessionID = session
        userID = Self.member("user_id", "userId", of: body)?.string
        streams = body["streaming"]?.bool ?? false
        guard let content = Self.member("new_message", "newMessage", of: body), content != .null else {
            throw .bad("The field new_message is missing; send {\"parts\":[{\"text\":\"…\"}]}.")
        }
        guard let parts = content["parts"]?.array else {
            throw .bad("The field new_message.parts must be a list of {\"text\":\"…\"}.")
        }
        message = parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
    }

    private static func member(_ snake: String, _ camel: String, of body: JSONValue) -> JSONValue? {
        body[snake] ?? body[camel]
    }
}
