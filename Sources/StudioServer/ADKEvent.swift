// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// One event of a run, as the Agent Development Kit sends it: camelCase, absent fields left out.
struct ADKEvent: Hashable, Sendable {
    var id: String
    /// The turn it belongs to.
    var invocationID: String
    /// Seconds since 1970.
    var timestampSeconds: Double
    var text: String
    /// A fragment: the whole comes later.
    var isPartial = false
    /// The last of the turn.
    var completesTurn = false
    var stateDelta: [String: JSONValue] = [:]

    static let author = "nemo_agent"

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id), "invocationId": .string(invocationID), "author": .string(Self.author),
            "timestamp": .number(timestampSeconds),
            "content": ["role": "model", "parts": [["text": .string(text)]]],
            "actions": [
                "stateDelta": .object(stateDelta), "artifactDelta": .object([:]), "requestedAuthConfigs": .object([:]),
            ],
        ]
        if isPartial { members["partial"] = true }
        if completesTurn { members["turnComplete"] = true }
        return .object(members)
    }
}
