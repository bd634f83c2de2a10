// SPDX-License-Identifier: GPL-3.0-or-later

/// One or more tokens that mean something together, with every sense that the lexicons give them.
struct Unit: Hashable, Sendable {
    /// What was read out of the message itself rather than looked up.
    enum Value: Hashable, Sendable {
        case number(Double)
        /// Milliseconds.
        case duration(Int64)
        /// A point in time, milliseconds: `0:15`.
        case clock(Int64)
        /// A stretch of time, milliseconds: `3 to 6 seconds`.
        case span(Int64, Int64)
        /// 35 % is 0.35.
        case share(Double)
        case times(Double)
        case ratio(Int, Int)
        case size(Int, Int)
        /// The short side: `1080p`.
        case lines(Int)
        case frameRate(Double)
        case bytes(Int64)
        case reference(Reference)
        /// Words to be shown as they are.
        case quote(String)
        /// `#RRGGBB`.
        case color(String)
    }

    /// Tokens of the message.
    var tokens: Range<Int>
    var concepts: [Concept] = []
    var value: Value?
    /// Assets whose name, or a word of it, stands here: their ids in upload order.
    var assets: [String] = []
    /// Whether the person typed it just so, rather than nearly so.
    var isExact = true
    /// No lexicon knows it.
    var isUnknown: Bool { concepts.isEmpty && value == nil && assets.isEmpty }

    func has(_ family: String) -> Bool { concepts.contains { $0.family == family } }

    func `is`(_ family: String, _ value: String) -> Bool {
        concepts.contains { $0.family == family && $0.value == value }
    }

    /// The value of the first concept of a family.
    func value(of family: String) -> String? { concepts.first { $0.family == family }?.value }
}

/// Pictures, texts or sounds as a person points at them; what they are follows from the draft (`ReferenceResolver`).
indirect enum Reference: Hashable, Sendable {
    /// Places on the timeline, from 1; negative from the end.
    case places([Int])
    case first(Int)
    case last(Int)
    /// So many in the middle of the film.
    case middle(Int)
    /// From one place through another.
    case through(Int, Int)
    /// By name, ids of assets.
    case assets([String])
    case all
    /// Those that the message has not spoken of.
    case others
    case allBut(Reference)
    /// The one and the other: `the first one and the temple`.
    case both(Reference, Reference)
    /// Every second one, from the first or the second.
    case alternate(from: Int)
    /// What was spoken of last.
    case it
    /// Of two, the one that was not meant.
    case theOther
    /// The one so many places after what was spoken of last.
    case neighbour(Int)
    /// Words that name nothing there is.
    case unknown(String)

    /// Whether it says by itself which pictures are meant.
    var isPointed: Bool {
        switch self {
        case .places, .first, .last, .middle, .through, .assets, .both: return true
        default: return false
        }
    }

    var isPlural: Bool {
        switch self {
        case .places(let places): return places.count > 1
        case .first(let count), .last(let count), .middle(let count): return count > 1
        case .assets(let ids): return ids.count > 1
        case .it, .theOther, .neighbour, .unknown: return false
        default: return true
        }
    }
}
