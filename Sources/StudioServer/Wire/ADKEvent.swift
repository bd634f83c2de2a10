// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON
import Studio

/// One event of a run, as the Agent Development Kit sends it: camelCase, absent fields left out.
struct ADKEvent: Hashable, Sendable {
    /// What an event says or does.
    enum Part: Hashable, Sendable {
        case text(String)
        case call(id: String, name: String, arguments: JSONValue)
        case response(id: String, name: String, response: JSONValue)
    }

    enum Author: String, Hashable, Sendable {
        case agent = "nemo_agent"
        case user
    }

    var id: String
    /// The turn it belongs to.
    var invocationID: String
    var author = Author.agent
    /// Seconds since 1970.
    var timestampSeconds: Double
    var parts: [Part]
    /// A fragment: the whole comes later.
    var isPartial = false
    /// The last of the turn.
    var completesTurn = false
    var stateDelta: [String: JSONValue] = [:]

    /// Function responses have the role of the user, whoever their author is.
    private var role: String {
        let isResponse = parts.contains { if case .response = $0 { true } else { false } }
        return author == .user || isResponse ? "user" : "model"
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id), "invocationId": .string(invocationID), "author": .string(author.rawValue),
            "timestamp": .number(timestampSeconds),
            "content": ["role": .string(role), "parts": .array(parts.map(\.json))],
            "actions": [
                "stateDelta": .object(stateDelta), "artifactDelta": .object([:]), "requestedAuthConfigs": .object([:]),
            ],
        ]
        if isPartial { members["partial"] = true }
        if completesTurn { members["turnComplete"] = true }
        return .object(members)
    }
}

extension ADKEvent.Part {
    var json: JSONValue {
        switch self {
        case .text(let text): ["text": .string(text)]
        case .call(let id, let name, let arguments):
            ["functionCall": ["id": .string(id), "name": .string(name), "args": arguments]]
        case .response(let id, let name, let response):
            ["functionResponse": ["id": .string(id), "name": .string(name), "response": response]]
        }
    }
}

extension ADKEvent {
    /// What a person said.
    static func said(_ turn: ConversationTurn) -> ADKEvent {
        ADKEvent(
            id: "\(turn.id)-said", invocationID: turn.id, author: .user, timestampSeconds: turn.saidSeconds,
            parts: [.text(turn.said)])
    }

    /// A fragment of the answer's text.
    static func fragment(_ text: String, number: Int, of turn: ConversationTurn) -> ADKEvent {
        ADKEvent(
            id: "\(turn.id)-part-\(number)", invocationID: turn.id, timestampSeconds: turn.answeredSeconds,
            parts: [.text(text)], isPartial: true)
    }

    /// The answer: the last event of its turn.
    static func answer(_ turn: ConversationTurn) -> ADKEvent {
        ADKEvent(
            id: "\(turn.id)-answer", invocationID: turn.id, timestampSeconds: turn.answeredSeconds,
            parts: [.text(turn.answer)], completesTurn: true,
            stateDelta: ["revision": .integer(Int64(turn.revisionAfter))])
    }

    /// The operations of a turn as function calls, and what came of them; none where nothing was done.
    static func edits(_ done: TurnDone) -> [ADKEvent] {
        guard !done.calls.isEmpty else { return [] }
        let turn = done.turn
        let names = done.calls.enumerated().map { index, call in
            (id: "\(turn.id)-op-\(index + 1)", name: call.name.replacing("-", with: "_"), call: call)
        }
        let result: JSONValue = [
            "revision": .integer(Int64(turn.revisionAfter)), "changes": .array(done.changes.map(\.json)),
        ]
        let calls = ADKEvent(
            id: "\(turn.id)-calls", invocationID: turn.id, timestampSeconds: turn.answeredSeconds,
            parts: names.map { .call(id: $0.id, name: $0.name, arguments: .object($0.call.arguments.values)) })
        let responses = ADKEvent(
            id: "\(turn.id)-responses", invocationID: turn.id, timestampSeconds: turn.answeredSeconds,
            parts: names.map { .response(id: $0.id, name: $0.name, response: result) })
        return [calls, responses]
    }
}
