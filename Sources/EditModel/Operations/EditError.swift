// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// Why an operation was refused. Nothing of a run of operations is applied when one is refused.
public struct EditError: Error, Hashable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        // Of the call itself
        case notAnObject(found: String)
        case unknownOperation(String)
        case unknownParameter(known: [String])
        case missing
        case needsOneOf([String])
        case wrongValue(wanted: OperationParameter.Kind, found: String)
        case clash(with: String)
        case tooMany(most: Int)

        // Of the draft it met
        /// There is no film yet.
        case noFilm
        /// There is no photo, clip or text to make a film of.
        case noMedia
        case noSuchSegment(String)
        case noSuchPlace(Int, of: Int)
        case noSuchAsset(String)
        /// An asset or segment of another kind than needed.
        case notOfKind(name: String, wanted: Wanted)
        /// There is none of it in the film.
        case none(Wanted)
        case lastPicture
        case tooShort(least: MediaTime)
        case tooLong(most: MediaTime)
        case outside(from: MediaTime, to: MediaTime)
        case noBeats
        case wordsNotFound(String)
        case planner(AutoEditError)

        // Of the history
        case nothingToUndo
        case nothingToRedo
        case noSuchVersion(String)
        /// Only an `EditHistory` can carry it out.
        case needsHistory

        /// What came out breaks the draft's rules.
        case brokenRules(DraftError)
    }

    /// What kind of thing an operation looks for.
    public enum Wanted: String, CaseIterable, Hashable, Sendable {
        case picture, photo, clip, sound, music, voice, effect, text, title, script, clipSound, card, colourTable
    }

    /// The operation's name; nil where there was none to read.
    public var operation: String?
    /// Its place in the run, from 0.
    public var index: Int
    /// The parameter that is wrong, as a path: `segments[1]`; nil where it is no parameter's fault.
    public var field: String?
    public var reason: Reason

    public init(_ reason: Reason, field: String? = nil, operation: String? = nil, index: Int = 0) {
        self.reason = reason
        self.field = field
        self.operation = operation
        self.index = index
    }

    /// In English; other languages by `words(in:)`.
    public var description: String { words(in: .english) }
}
