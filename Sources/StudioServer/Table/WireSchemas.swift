// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON
import Schemas
import Studio

/// The shapes of what goes out and comes in that more than one call has, or that are too long for its row.
enum WireSchemas {
    /// By name, for `Schema.component`.
    static let components: [String: Schema] = [
        "Draft": Schema.openObject.saying("The edit: tracks of segments; times in whole milliseconds"),
        "Operation": .object([.required("op", .text(1...100), "The operation's name, with its parameters beside it")]),
        "Change": .object([
            .required("what", .text), .optional("before", .anything), .optional("after", .anything),
            .optional("names", .list(.text)), .optional("count", .whole), .optional("words", .text),
        ]),
        "Project": .object([
            .required("session_id", .text), .required("name", .text), .required("revision", .whole),
            .required("files", .whole), .required("turns", .whole), .required("created_at", .text),
            .required("changed_at", .text), .required("duration", Schema.whole.orNull), .required("bytes", .whole),
            .optional("language", .text), .optional("deleted_at", .text),
        ]),
        "Export": export, "File": file, "Session": session, "Event": event,
        "Part": .object([
            .optional("inlineData", .openObject), .optional("fileData", .openObject), .optional("text", .text),
        ]),
    ]

    static let file = Schema.object([
        .required("id", .text), .required("filename", .text),
        .required("file_type", .word(MediaKind.allCases.map(\.rawValue))), .required("cdn_url", .text),
        .required("hash", .text), .required("duration", Schema.number.orNull), .required("width", Schema.whole.orNull),
        .required("height", Schema.whole.orNull), .required("fps", Schema.number.orNull),
    ])

    private static let session = Schema.object([
        .required("id", .text), .required("appName", .text), .required("userId", .text),
        .required("state", .openObject), .required("events", .list(.component("Event"))),
        .required("lastUpdateTime", .number),
    ])

    private static let event = Schema.object([
        .required("id", .text), .required("invocationId", .text), .required("author", .text),
        .required("timestamp", .number),
        .required("content", .object([.required("role", .text), .required("parts", .list(.openObject))])),
        .required("actions", .openObject), .optional("partial", .flag), .optional("turnComplete", .flag),
    ])

    private static let export = Schema.object([
        .optional("success", .flag), .required("id", .text), .required("taskId", .text),
        .required("render_id", .text), .required("sessionId", .text),
        .required("status", .word(Export.Status.allCases.map(\.rawValue))), .required("progress", .number(0...100)),
        .required("outputUrl", Schema.text.orNull),
        .required(
            "output",
            .object([
                .required("url", Schema.text.orNull), .required("duration", .number),
                .required("size", Schema.whole.orNull),
            ])),
        .required("createdAt", .text), .required("completedAt", Schema.text.orNull),
        .required("error", Schema.text.orNull), .optional("notes", .list(.text)), .optional("data", .openObject),
    ])

    private static let previewRow = Schema.object([
        .required("type", .text), .required("header", .text), .required("offset", .number),
        .required(
            "pieces", .list(.object([.required("name", .text), .required("s", .number), .required("d", .number)]))),
    ])

    static let preview = Schema.object([
        .required("name", .text), .required("d", .number), .required("width", .whole), .required("height", .whole),
        .required("fps", .number), .required("picture", previewRow), .required("sound", previewRow.orNull),
    ])

    static let token = Schema.object([
        .required("token", .text), .required("user_id", .text),
        .required("expires_at", Schema.text.saying("", format: "date-time")), .required("credits", .whole),
    ])

    static let newSession = Schema.object([
        .required("task_id", .text), .required("session_id", .text), .required("user_id", .text),
    ])

    static let state = Schema.object([
        .required("session_id", .text), .required("task_id", .text), .required("task_name", .text),
        .required("revision", .whole),
        .required(
            "state",
            .object([
                .required("draft", .component("Draft")), .required("video_infos", .list(.component("File"))),
                .required("generated_media", .list(.openObject)),
                .required(
                    "canvas_config",
                    .object([.required("width", .whole), .required("height", .whole), .required("ratio", .text)])),
                .required("video_analyses", .openObject),
            ])),
    ])

    static let links = Schema.object([
        .required("urls", .list(.text(1...4096), most: 50), "Links to files on the public internet"),
        .optional("source_type", .word(["url"])),
    ])

    static let uploaded = Schema.object([
        .required("files", .list(.component("File"))), .required("session_state_applied", .flag),
        .optional(
            "refused",
            .list(.object([.required("filename", .text), .required("code", .whole), .required("message", .text)]))),
        .optional("accepted_formats", .list(.text)), .optional("max_bytes", .whole),
    ])

    static let operations = Schema.object([
        .required("operations", .list(.openObject)), .required("schema", .openObject),
    ])

    static let edited = Schema.object([
        .required("revision", .whole), .required("draft", .component("Draft")),
        .required("changes", .list(.component("Change"))),
    ])
}

extension Schema {
    /// Throws where `value` is otherwise; components are those of the wire.
    func check(_ value: JSONValue, at field: String = "") throws(Fault) {
        try check(value, at: field, in: WireSchemas.components)
    }
}
