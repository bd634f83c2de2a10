// SPDX-License-Identifier: GPL-3.0-or-later
public import JSON

/// Why an OpenTimelineIO file cannot be read as a film; nothing of it is used then.
public enum OTIOError: Error, Hashable, Sendable {
    case notJSON(JSONError)
    /// No schema at its root, or one that holds no film.
    case noTimeline(schema: String)
    /// Of a newer library than this knows.
    case newer(schema: String, most: Int)
    /// A field that is missing or of another kind; a path as `tracks.children[0].source_range`.
    case wrong(field: String)
    /// No picture in it.
    case noPictures
    /// A file that stands nowhere.
    case unknownMedia(names: [String])
}

/// What of an OpenTimelineIO file did not become part of the draft, or not as it was.
public struct OTIOLoss: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A schema that nothing is known of.
        case schema
        /// A timeline within the timeline.
        case nested
        /// An effect other than an even change of speed.
        case effect
        /// A speed that drafts do not have, taken as the nearest.
        case speed
        /// A frozen picture.
        case freeze
        /// A generator other than a colour.
        case generator
        /// A clip without a file.
        case missing
        /// A transition that is not known, now a dissolve.
        case transition
        /// A transition that is longer than half of its neighbours, now shorter.
        case shortened
        /// A transition that is left out, where drafts have none.
        case leftOut
        /// A marker without a place in drafts.
        case marker
        /// What begins or ends outside of its file, now within.
        case outside
        /// A track that is neither picture nor sound.
        case track
        /// What lies behind the film's end.
        case pastEnd
    }

    public var kind: Kind
    public var name: String
}
