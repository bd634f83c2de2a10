// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Schemas

/// The body of an ADK run call, in snake_case or camelCase.
struct RunRequest: Hashable, Sendable {
    var sessionID: String
    /// Nil where it is missing, which some clients have it.
    var userID: String?
    var message: String
    var streams: Bool
    /// What the session's state gets before the turn.
    var stateDelta: [String: JSONValue]

    /// Both spellings of each member, `role` or none: what published clients send.
    static let schema: Schema = {
        let message = Schema.object([
            .required("parts", .list(.object([.optional("text", .text)]), most: 1000)), .optional("role", .text),
        ])
        return .object([
            .optional("app_name", .text, "nemo_agent"), .optional("appName", .text),
            .optional("user_id", .text, "me, or the account's id"), .optional("userId", .text),
            .optional("session_id", .text, "The session"), .optional("sessionId", .text),
            .optional("new_message", message, "What the person says"), .optional("newMessage", message),
            .optional("streaming", .flag, "Whether fragments of the text come before the whole", usual: false),
            .optional("state_delta", .openObject, "Put into the session's state; null takes out"),
            .optional("stateDelta", .openObject),
        ])
    }()

    /// - Parameter body: as `schema` wants it.
    init(_ body: JSONValue) throws(WireFailure) {
        func member(_ snake: String, _ camel: String) -> JSONValue? {
            let value = body[snake] ?? body[camel]
            return value == .null ? nil : value
        }
        guard let session = member("session_id", "sessionId")?.string, !session.isEmpty else {
            throw .bad("The field session_id is missing; give the id of a session.")
        }
        sessionID = session
        userID = member("user_id", "userId")?.string
        streams = body["streaming"]?.bool ?? false
        stateDelta = member("state_delta", "stateDelta")?.object ?? [:]
        guard let content = member("new_message", "newMessage") else {
            throw .bad("The field new_message is missing; send {\"parts\":[{\"text\":\"…\"}]}.")
        }
        message = (content["parts"]?.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    }
}
