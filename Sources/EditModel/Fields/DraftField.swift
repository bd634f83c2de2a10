// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
public import JSON

/// One field of the draft's JSON: what its reader takes, in words for `docs/draft.md`. A test holds the two together.
public struct DraftField: Sendable {
    /// What a field may hold.
    public enum Values: Sendable {
        case whole(ClosedRange<Int64>)
        case number(ClosedRange<Double>)
        /// One of these numbers.
        case oneOf([Int64])
        /// Whole milliseconds, from this many to `DraftLimits.longest`.
        case time(from: Int64)
        case words([String])
        /// So many characters at most, where there is a limit.
        case text(most: Int?)
        /// Not empty, unique among its like.
        case id
        case flag
        /// `#RRGGBB`.
        case color
        case colors
        /// `[x,y]`, shares from the top left.
        case point
        /// `[x,y,width,height]`, shares from the top left.
        case rect
        /// `[[text,start,end],…]`, milliseconds.
        case spokenWords
        /// The `kind` and what it is made by.
        case recipe
        /// An object whose fields have a section of their own.
        case object
        /// A list of objects whose fields have a section of their own.
        case list(most: Int?)
        /// Objects by name, whose fields have a section of their own.
        case named
    }

    /// When a field must be there.
    public enum Need: Sendable {
        case never, always
        /// Where that field has one of these values.
        case with(String, [String])
        /// Where that field is missing.
        case without(String)
    }

    public let key: String
    public let values: Values
    public let need: Need
    /// The value that a missing field stands for; nil where `absence` says it.
    public let usual: JSONValue?
    /// What a missing field means, where that is no value.
    public let absence: String
    public let line: String

    init(
        _ key: String, _ values: Values, _ line: String, need: Need = .never, usual: JSONValue? = nil,
        absence: String = ""
    ) {
        self.key = key
        self.values = values
        self.line = line
        self.need = need
        self.usual = usual
        self.absence = absence
    }
}

/// Fields that stand in one object.
public struct DraftSection: Sendable {
    public let title: String
    /// The object, as a path without indices: `t[].sg[].tr`; empty for the draft itself.
    public let path: String
    /// Of which kind of track the segment is; nil where it makes no difference.
    public let track: Track.Kind?
    public let line: String
    public let fields: [DraftField]

    init(
        _ title: String, at path: String, of track: Track.Kind? = nil, _ line: String,
        @FieldList _ fields: () -> [DraftField]
    ) {
        self.title = title
        self.path = path
        self.track = track
        self.line = line
        self.fields = fields()
    }
}

/// Fields one below the other.
@resultBuilder
enum FieldList {
    static func buildExpression(_ field: DraftField) -> [DraftField] { [field] }
    static func buildExpression(_ fields: [DraftField]) -> [DraftField] { fields }
    static func buildBlock(_ fields: [DraftField]...) -> [DraftField] { fields.flatMap { $0 } }
}
