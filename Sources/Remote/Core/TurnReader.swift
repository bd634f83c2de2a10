// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// Puts a turn's answer together from the events of its stream, as they come: a pure state machine.
///
/// Text that is marked partial stands until the whole text comes and takes its place. Empty data and what is no JSON is
/// passed over: the rest of the stream may be good.
struct TurnReader: Hashable, Sendable {
    private var wholes: [String] = []
    private var fragments = ""
    /// Operations that the server carried out, by name.
    private(set) var calls: [String] = []
    /// What the server says went wrong.
    private(set) var failure: String?
    /// Events without any content, which keep the line open.
    private(set) var emptyEvents = 0
    /// Whether the server said that the turn is over.
    private(set) var isComplete = false

    /// What was said, one text under the other; fragments only where their whole never came.
    var text: String {
        (wholes + [fragments]).map { $0.drop(while: \.isWhitespace) }.map(String.init).filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }

    /// Whether all of the text is there, as far as one can tell.
    var hasWholeText: Bool { !wholes.isEmpty && fragments.isEmpty }

    /// Takes the data of one event, or one event of a list.
    mutating func take(_ data: String) {
        guard data.contains(where: { !$0.isWhitespace }) else { return emptyEvents += 1 }
        guard let json = try? JSONValue(parsing: data), json.object != nil else { return }
        take(json)
    }

    mutating func take(_ event: JSONValue) {
        if let error = Self.error(of: event) {
            failure = error
            return
        }
        if event["turnComplete"] == true || event["turn_complete"] == true { isComplete = true }
        // What the person said comes back in some streams.
        guard event["author"]?.string != "user" || event["content"]?["role"]?.string == "model" else { return }
        var text = ""
        for part in event["content"]?["parts"]?.array ?? [] {
            // Thinking aloud is not for the person.
            if part["thought"] == true { continue }
            if let piece = part["text"]?.string { text += piece }
            if let name = (part["functionCall"] ?? part["function_call"])?["name"]?.string { calls.append(name) }
        }
        guard !text.isEmpty else { return }
        if event["partial"] == true {
            fragments += text
        } else {
            wholes.append(text)
            fragments = ""
        }
    }

    private static func error(of event: JSONValue) -> String? {
        if let error = event["error"] { return error.string ?? error["message"]?.string ?? error.text() }
        let words = (event["errorMessage"] ?? event["error_message"])?.string
        let code = (event["errorCode"] ?? event["error_code"])?.string
        return words ?? code
    }
}
