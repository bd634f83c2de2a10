// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// One thing that a person wants of the film: an edit operation before what it points at has been looked up.
struct Wish: Hashable, Sendable {
    /// What an operation is done to.
    enum Target: Hashable, Sendable {
        /// Pictures of the film; which kind was said, when one was.
        case pictures(Reference, kind: MediaKind?)
        case texts(Reference?)
        /// The transitions out of these pictures.
        case joints(after: Reference)
        /// The one transition between two pictures.
        case joint(between: Reference)
    }

    /// Name of the operation.
    var name: String
    var arguments: [String: JSONValue] = [:]
    var target: Target?
    /// Another picture that the operation names: before which to move, with which to swap.
    var second: Reference?
    /// File or files that the operation takes in.
    var media: [String] = []

    init(_ name: String, _ arguments: [String: JSONValue] = [:], target: Target? = nil) {
        self.name = name
        self.arguments = arguments
        self.target = target
    }

    /// Whether it asks for more or less of what is there, so that it can be asked for again.
    var isRelative: Bool { self["factor"] != nil || self["relative"] == true || self["scale"] != nil }

    subscript(key: String) -> JSONValue? {
        get { arguments[key] }
        set { arguments[key] = newValue }
    }
}

/// What readers may look at: the film as it is, its files, and what was spoken of before.
struct Scene: Sendable {
    var draft: Draft
    var media: [MediaFacts]
    var memory: Memory
    /// The message asks for a film where there is none, or for a new one.
    var isCreating = false
    /// The one picture that the message has just asked something for.
    var pointed: Reference?
    /// The version that the message speaks of, by the number of the turn it came of.
    var version: Int?

    var hasFilm: Bool { !(draft.mainTrack?.segments.isEmpty ?? true) }

    var hasClips: Bool {
        if hasFilm {
            return draft.mainTrack?.segments.contains { if case .video? = $0.picture?.source { true } else { false } }
                ?? false
        }
        return media.contains { $0.kind == .video }
    }

    /// What is in the text files, one after the other; nil without a word.
    var script: String? {
        let text = media.filter { $0.kind == .text }.compactMap(\.text).filter { $0.contains { !$0.isWhitespace } }
        return text.isEmpty ? nil : text.joined(separator: "\n")
    }

    var songs: [MediaFacts] { media.filter { $0.kind == .audio } }

    func facts(_ id: String) -> MediaFacts? { media.first { $0.id == id } }

    /// Files of a kind among these ids.
    func ids(_ ids: [String], of kinds: MediaKind...) -> [String] {
        ids.filter { id in facts(id).map { kinds.contains($0.kind) } ?? false }
    }

    func sounds(_ role: SoundContent.Role) -> [Segment] {
        draft.tracks.filter { $0.kind == .audio }.flatMap(\.segments).filter { $0.sound?.role == role }
    }

    var texts: [Segment] { draft.tracks.filter { $0.kind == .text }.flatMap(\.segments) }
}

/// What a conversation was about last, so that "a bit quieter" and "that one" mean something.
public struct Memory: Hashable, Sendable, Codable {
    public enum Topic: String, Hashable, Sendable, Codable {
        case film, pictures, music, voice, texts, transitions, motion, look, clips
    }

    public var topic = Topic.film
    /// Ids of the segments that were spoken of last.
    public var segments: [String] = []
    /// Ids of the texts that were spoken of last.
    public var texts: [String] = []
    /// Ids of files that a question offered, or that were named last.
    public var media: [String] = []
    /// What the last message that changed the film said, to do it again elsewhere: `no, the other one`.
    public var lastMessage = ""
    /// The last message took a step back, so that "bring it back" is a step forward.
    public var steppedBack: Bool?
    /// Names that versions were given, the last given last.
    public var versions: [String]?
    /// What was asked: the answer completes it.
    public var question: String?
    /// The largest file that exports may have, in bytes; nil = any.
    public var sizeLimit: Int64?

    public init() {}
}
