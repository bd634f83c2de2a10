// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

/// Something that happened to a project, for those who look on.
package struct ProjectEvent: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case revision, turn, asset, export
    }

    /// Ascending over all projects; never given twice.
    package var id: Int64
    package var project: ProjectID
    package var kind: Kind
    package var payload: JSONValue
    /// Seconds since 1970.
    package var atSeconds: Double

    package init(id: Int64, project: ProjectID, kind: Kind, payload: JSONValue, atSeconds: Double) {
        self.id = id
        self.project = project
        self.kind = kind
        self.payload = payload
        self.atSeconds = atSeconds
    }
}

/// An event to be written down.
package struct NewEvent: Hashable, Sendable {
    package var kind: ProjectEvent.Kind
    package var payload: JSONValue

    package init(_ kind: ProjectEvent.Kind, _ payload: JSONValue) {
        self.kind = kind
        self.payload = payload
    }
}

/// Some events in a row.
package struct EventPage: Hashable, Sendable {
    /// Oldest first.
    package var events: [ProjectEvent]
    /// Between where the reader was and the first of these, some were removed, or the reader was where the log never came
    /// to, since an older copy of it was put back: the reader has to look at the project anew.
    package var missesSome: Bool

    package init(events: [ProjectEvent], missesSome: Bool) {
        self.events = events
        self.missesSome = missesSome
    }
}
