// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
public import JSON

/// One parameter of an edit operation: its name in the JSON, what it takes, and what holds when it is left out.
///
/// The words that explain it are in the catalogue (`OperationWords`), by operation and name.
public struct OperationParameter: Hashable, Sendable {
    /// What values a parameter takes.
    public indirect enum Kind: Hashable, Sendable {
        /// Whole milliseconds.
        case time(ClosedRange<Int64>)
        case number(ClosedRange<Double>, Unit)
        case integer(ClosedRange<Int64>)
        case choice([String])
        /// A name out of a table that also knows aliases: the calls hold the table's own name.
        case name(Table)
        /// At most so many characters.
        case text(most: Int)
        /// `#RRGGBB`.
        case color
        case flag
        /// Ids of segments, or 1-based places on the main track (negative from the end).
        case segments
        case segment
        /// Ids of assets.
        case assets
        case asset
        /// A canvas' shape: `9:16`, or landscape, portrait, square.
        case ratio
        /// `[x, y, width, height]`, shares of the picture.
        case rect
        /// A list of texts.
        case lines(most: Int)
        /// An object with parameters of its own.
        case object([OperationParameter])
        /// The first kind that fits.
        case either([Kind])
    }

    /// What a number counts.
    public enum Unit: String, CaseIterable, Hashable, Sendable {
        case none
        /// Linear amplitude; 1 leaves the sound as it is.
        case amplitude
        /// 0…1 of a whole.
        case share
        /// Times what is there.
        case factor
        /// Pixels on a canvas whose short side is 1080.
        case pixels
        case framesPerSecond = "fps"
        case beatsPerMinute = "bpm"
        case degrees
    }

    /// Tables whose names a parameter takes.
    public enum Table: String, CaseIterable, Hashable, Sendable {
        case transition, look, preset, pattern

        /// The table's own names.
        public var names: [String] {
            switch self {
            case .transition: return TransitionCatalog.entries.map(\.name.rawValue)
            case .look: return Grade.Look.allCases.map(\.rawValue)
            case .preset: return PlatformPreset.all.map(\.name)
            case .pattern: return PatternCatalog.entries.map(\.name)
            }
        }

        /// The name that a word means; nil if none.
        func named(_ word: String) -> String? {
            switch self {
            case .transition: return TransitionCatalog.named(word)?.rawValue
            case .look: return LookCatalog.named(word)?.rawValue
            case .preset: return PlatformPreset.named(word)?.name
            case .pattern: return PatternCatalog.named(word)?.name
            }
        }
    }

    public var name: String
    public var kind: Kind
    public var isRequired: Bool
    /// What is taken when it is left out; nil = nothing, or what the help says.
    public var usual: JSONValue?

    init(_ name: String, _ kind: Kind, required: Bool = false, usual: JSONValue? = nil) {
        self.name = name
        self.kind = kind
        isRequired = required
        self.usual = usual
    }
}

extension OperationParameter.Kind {
    /// Any time that a film can have.
    static let filmTime = Self.time(0...DraftLimits.longest.milliseconds)
    /// A length above nothing.
    static let length = Self.time(1...DraftLimits.longest.milliseconds)
    static let share = Self.number(0...1, .share)
    static let volume = Self.number(0...2, .amplitude)
    static let factor = Self.number(0.01...100, .factor)
    static let adjustment = Self.number(-1...1, .none)
    static let place = Self.integer(-Int64(DraftLimits.mostSegments)...Int64(DraftLimits.mostSegments))
    static let seed = Self.integer(0...Int64(UInt32.max))
    static let words = Self.text(most: DraftLimits.longestText)
    static let script = Self.text(most: Script.longest)

    static func choice<Choice: CaseIterable & RawRepresentable>(of type: Choice.Type) -> Self
    where Choice.RawValue == String { .choice(type.allCases.map(\.rawValue)) }

    /// A transition, or one of `words`.
    static func transition(or words: [String]) -> Self { .either([.name(.transition), .choice(words)]) }
}
