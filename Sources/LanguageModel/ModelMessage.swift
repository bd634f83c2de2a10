// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// A call of a tool as a model wrote it; nothing of it is trusted.
struct ToolCall: Hashable, Sendable {
    var id: String
    var name: String
    /// JSON as text, perhaps broken.
    var arguments: String
}

/// What a model answered, put together from one reply or from the pieces of a stream.
///
/// Calls are gathered by their `index`; a piece without one belongs to the call whose id it has, else to the last.
/// Empty `choices`, null content, reasoning fields and unknown members are passed over. What decides is whether there
/// are calls, never `finish_reason`, which servers fill in differently.
struct ModelMessage: Hashable, Sendable {
    private(set) var text = ""
    private var calls: [Int: ToolCall] = [:]
    /// What the server says went wrong.
    private(set) var failure: String?
    /// Whether anything of an answer came at all.
    private(set) var isEmpty = true

    static let mostText = 100_000
    static let mostCalls = 64

    /// In the order of their index.
    var toolCalls: [ToolCall] {
        calls.sorted { $0.key < $1.key }.map { index, call in
            var call = call
            if call.id.isEmpty { call.id = "call_\(index)" }
            return call
        }
    }

    /// Takes in one event of a stream, or a whole reply.
    mutating func take(_ json: JSONValue) {
        if let error = json["error"] {
            failure = error["message"]?.string ?? error.string ?? error.text()
            return
        }
        for choice in json["choices"]?.array ?? [] {
            for key in ["delta", "message"] {
                guard let part = choice[key], part.object != nil else { continue }
                isEmpty = false
                takeText(part["content"])
                for (place, call) in (part["tool_calls"]?.array ?? []).enumerated() {
                    takeCall(call, place: key == "message" ? place : nil)
                }
                // The form before tools: one function.
                if let call = part["function_call"], call.object != nil {
                    takeCall(["index": 0, "function": call], place: nil)
                }
            }
            // Only the first choice is asked for.
            break
        }
    }

    /// Text, or a list of parts of which those with text count.
    private mutating func takeText(_ content: JSONValue?) {
        let pieces = content?.string.map { [$0] } ?? (content?.array ?? []).compactMap { $0["text"]?.string }
        for piece in pieces where text.utf8.count < Self.mostText { text += piece }
    }

    private mutating func takeCall(_ call: JSONValue, place: Int?) {
        let id = call["id"]?.string ?? ""
        let known = calls.first { !id.isEmpty && $0.value.id == id }?.key
        let index =
            call["index"]?.integer.flatMap { Int(exactly: $0) } ?? place ?? known
            ?? (id.isEmpty ? calls.keys.max() ?? 0 : (calls.keys.max() ?? -1) + 1)
        guard calls[index] != nil || calls.count < Self.mostCalls else { return }
        var whole = calls[index] ?? ToolCall(id: "", name: "", arguments: "")
        if whole.id.isEmpty { whole.id = id }
        let function = call["function"]
        if let name = function?["name"]?.string, whole.name != name { whole.name += name }
        if let text = function?["arguments"]?.string, whole.arguments.utf8.count < Self.mostText {
            whole.arguments += text
        } else if let object = function?["arguments"], object.object != nil {
            // Some servers write the arguments as an object.
            whole.arguments = object.text()
        }
        calls[index] = whole
    }
}
