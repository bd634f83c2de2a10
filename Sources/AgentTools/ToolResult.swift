// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON

/// What a tool came to: for people and models to read, and as values.
struct ToolResult: Sendable {
    /// A block of what is shown.
    enum Block: Sendable {
        case text(String)
        case image([UInt8], mediaType: String)
        /// A file that can be fetched elsewhere.
        case link(uri: String, name: String, mediaType: String, byteCount: Int64?)
    }

    var blocks: [Block]
    /// Fits the tool's output schema; nil where the tool failed.
    var values: [String: JSONValue]?

    init(_ text: String, _ values: [String: JSONValue], _ more: [Block] = []) {
        // The values once more as text: many clients show their model nothing else.
        blocks = [.text(text), .text(JSONValue.object(values).text())] + more
        self.values = values
    }

    /// The tool failed, and nothing was changed; why, and what to do.
    init(failed text: String) {
        blocks = [.text(text)]
    }

    var json: [String: JSONValue] {
        var result: [String: JSONValue] = [
            "content": .array(blocks.map(\.json)), "isError": .bool(values == nil),
        ]
        result["structuredContent"] = values.map { .object($0) }
        return result
    }
}

extension ToolResult.Block {
    fileprivate var json: JSONValue {
        switch self {
        case .text(let text): return ["type": "text", "text": .string(text)]
        case .image(let bytes, let mediaType):
            return [
                "type": "image", "data": .string(Data(bytes).base64EncodedString()), "mimeType": .string(mediaType),
            ]
        case .link(let uri, let name, let mediaType, let byteCount):
            var members: [String: JSONValue] = [
                "type": "resource_link", "uri": .string(uri), "name": .string(name), "mimeType": .string(mediaType),
            ]
            members["size"] = byteCount.map { .integer($0) }
            return .object(members)
        }
    }
}
