// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

/// What is kept between steps of one film: where it is made, its session, the files that were sent, the export under way.
package struct SessionNote: Hashable, Sendable {
    /// A file or link that was sent.
    package struct Sent: Hashable, Sendable {
        /// Where it lies on this machine, or its link.
        package var place: String
        package var kind: String
        /// As the server lists it.
        package var name: String

        package init(place: String, kind: String, name: String) {
            self.place = place
            self.kind = kind
            self.name = name
        }
    }

    /// An export that was ordered, so that it can be gone on with.
    package struct Order: Hashable, Sendable {
        package var id: String
        /// Of the draft and the output: the same order again is the same export.
        package var fingerprint: String
        /// Where the film is to go.
        package var target: String

        package init(id: String, fingerprint: String, target: String) {
            self.id = id
            self.fingerprint = fingerprint
            self.target = target
        }
    }

    /// The server, as an address without a slash at its end.
    package var server: String
    package var session: String
    package var task: String?
    package var user: String?
    package var language: String?
    /// The skill that works on it.
    package var skill: String?
    package var sent: [Sent] = []
    package var order: Order?

    package init(server: String, session: String) {
        self.server = server
        self.session = session
    }

    package init?(_ json: JSONValue) {
        guard let server = json["server"]?.string, let session = json["session_id"]?.string else { return nil }
        self.init(server: server, session: session)
        task = json["task_id"]?.string
        user = json["user_id"]?.string
        language = json["language"]?.string
        skill = json["skill"]?.string
        sent = (json["files"]?.array ?? []).compactMap { file in
            file["place"]?.string.map {
                Sent(place: $0, kind: file["kind"]?.string ?? "", name: file["name"]?.string ?? "")
            }
        }
        if let order = json["export"], let id = order["id"]?.string {
            self.order = Order(
                id: id, fingerprint: order["fingerprint"]?.string ?? "", target: order["target"]?.string ?? "")
        }
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["server": .string(server), "session_id": .string(session)]
        for (key, value) in [("task_id", task), ("user_id", user), ("language", language), ("skill", skill)] {
            members[key] = value.map { .string($0) }
        }
        if !sent.isEmpty {
            members["files"] = .array(
                sent.map { ["place": .string($0.place), "kind": .string($0.kind), "name": .string($0.name)] })
        }
        if let order {
            members["export"] = [
                "id": .string(order.id), "fingerprint": .string(order.fingerprint), "target": .string(order.target),
            ]
        }
        return .object(members)
    }
}
