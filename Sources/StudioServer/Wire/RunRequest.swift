// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Schemas

/// The body of an ADK run call, in snake_case or camelCase.
struct RunRequest: Hashable, Sendable {
    var sessionID: String
    /// Nil where it is missing, which some clients have it.
    var userID: String?
    var message: String
    /// Files that come with the message, in their order.
    var attachments: [Attachment] = []
    var streams: Bool
    /// What the session's state gets before the turn.
    var stateDelta: [String: JSONValue]

    /// With a few photographs in it. Larger ones and films are uploaded.
    static let mostBytes = 32 << 20

    enum Attachment: Hashable, Sendable {
        case bytes(name: String?, [UInt8])
        case link(String)
    }

    /// Both spellings of each member, `role` or none: what published clients send.
    static let schema: Schema = {
        let bytes = Schema.object([
            .optional("data", .text(0...RunRequest.mostBytes), "The file's bytes in base64"),
            .optional("displayName", .text, "Its name"),
            .optional("display_name", .text), .optional("mimeType", .text), .optional("mime_type", .text),
        ])
        let link = Schema.object([
            .optional("fileUri", .text, "Where the server is to fetch it"), .optional("file_uri", .text),
            .optional("mimeType", .text), .optional("mime_type", .text),
        ])
        let part = Schema.object([
            .optional("text", .text), .optional("inlineData", bytes, "A file"), .optional("inline_data", bytes),
            .optional("fileData", link, "A link to a file"), .optional("file_data", link),
        ])
        let message = Schema.object([
            .required("parts", .list(part, most: 1000)), .optional("role", .text),
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
        let parts = content["parts"]?.array ?? []
        message = parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
        for part in parts {
            if let attachment = try Self.attachment(part) { attachments.append(attachment) }
        }
    }

    /// The file in a part, if there is one.
    private static func attachment(_ part: JSONValue) throws(WireFailure) -> Attachment? {
        let file = part["inlineData"] ?? part["inline_data"]
        if let text = file?["data"]?.string, !text.isEmpty {
            let name = (file?["displayName"] ?? file?["display_name"])?.string
            // Both alphabets of RFC 4648: Python's clients send the one for links.
            let plain = text.replacing("-", with: "+").replacing("_", with: "/")
            guard let data = Data(base64Encoded: plain) else {
                throw .bad("The data of \(name ?? "a part") is not base64; encode the file's bytes as RFC 4648 says.")
            }
            return .bytes(name: name, Array(data))
        }
        guard let link = (part["fileData"] ?? part["file_data"]).flatMap({ $0["fileUri"] ?? $0["file_uri"] })?.string,
            !link.isEmpty
        else { return nil }
        return .link(link)
    }
}
