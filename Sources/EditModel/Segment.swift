// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import JSON

/// One thing on a track: a picture, a sound or a text, in film time.
public struct Segment: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case picture(PictureContent)
        case sound(SoundContent)
        case text(TextContent)
    }

    /// Stable across edits, unique in the draft.
    public var id: String
    public var range: TimeRange
    public var content: Content
    /// What a person calls it.
    public var name: String
    public var extra: [String: JSONValue] = [:]

    public init(id: String, range: TimeRange, content: Content, name: String) {
        self.id = id
        self.range = range
        self.content = content
        self.name = name
    }

    public var picture: PictureContent? {
        get {
            if case .picture(let content) = content { return content }
            return nil
        }
        set {
            if let newValue { content = .picture(newValue) }
        }
    }

    public var sound: SoundContent? {
        get {
            if case .sound(let content) = content { return content }
            return nil
        }
        set {
            if let newValue { content = .sound(newValue) }
        }
    }

    public var text: TextContent? {
        get {
            if case .text(let content) = content { return content }
            return nil
        }
        set {
            if let newValue { content = .text(newValue) }
        }
    }
}

/// A segment of a video track.
public struct PictureContent: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        /// Asset id of a photo.
        case image(String)
        /// Asset id of a clip, and where in it the segment begins.
        case video(String, start: MediaTime)
        /// `#RRGGBB`.
        case color(String)
        case generated(pattern: String, colors: [String], seed: Int64)
    }

    public var source: Source
    public var fit = Fit.cover
    /// Centre of interest; nil = where the eye goes by analysis.
    public var focus: UnitPoint?
    public var crop: UnitRect?
    public var turn = Turn.none
    public var motion = Motion.none
    public var grade = Grade.none
    public var opacity = 1.0
    /// Where it lies on the canvas, on later tracks; nil = all of it.
    public var rect: UnitRect?
    /// Of a clip: source time that passes a film time.
    public var speed = 1.0
    public var reverse = false
    public var volume = 1.0
    public var muted = false
    /// Into the NEXT segment of the main track; nil = a cut.
    public var transition: Transition?

    public init(_ source: Source) { self.source = source }

    public var assetID: String? {
        switch source {
        case .image(let id), .video(let id, _): return id
        case .color, .generated: return nil
        }
    }
}

/// A segment of an audio track.
public struct SoundContent: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        /// Asset id of a song or clip, and where in it the segment begins.
        case asset(String, start: MediaTime)
        /// Made when needed and kept by content: the draft's `gen` object, for instance `{"kind":"music","style":"lofi"}`.
        case generated([String: JSONValue])
    }

    public enum Role: String, CaseIterable, Hashable, Sendable {
        case music, voice, effect
    }

    public var source: Source
    public var role: Role
    /// Linear amplitude 0…2.
    public var volume = 1.0
    public var fadeIn = MediaTime.zero
    public var fadeOut = MediaTime.zero
    public var loops = false
    public var ducks = false

    public init(_ source: Source, role: Role) {
        self.source = source
        self.role = role
    }
}

/// A segment of a text track.
public struct TextContent: Hashable, Sendable {
    public enum Role: String, CaseIterable, Hashable, Sendable {
        case title, caption, subtitle, credit
    }

    public enum Position: Hashable, Sendable {
        case top, center, bottom
        case lowerThird
        /// The text's centre on the canvas.
        case at(UnitPoint)
    }

    /// A word and when it is said, from the segment's start.
    public struct Word: Hashable, Sendable {
        public var text: String
        public var range: TimeRange

        public init(text: String, range: TimeRange) {
            self.text = text
            self.range = range
        }
    }

    public var text: String
    public var role: Role
    public var position: Position
    public var style = TextStyle()
    public var entrance: TextAnimation?
    public var exit: TextAnimation?
    public var words: [Word] = []

    public init(_ text: String, role: Role, position: Position) {
        self.text = text
        self.role = role
        self.position = position
    }
}

/// How a text is set; nil = as its named style, or the role's own style, has it.
public struct TextStyle: Hashable, Sendable {
    public enum Alignment: String, CaseIterable, Hashable, Sendable { case left, center, right }
    public enum LetterCase: String, CaseIterable, Hashable, Sendable { case none, upper, lower }

    public struct Stroke: Hashable, Sendable {
        public var color: String
        /// Pixels on a canvas whose short side is 1080.
        public var width: Double

        public init(color: String, width: Double) {
            self.color = color
            self.width = width
        }
    }

    public struct Plate: Hashable, Sendable {
        public var color: String
        public var opacity: Double

        public init(color: String, opacity: Double) {
            self.color = color
            self.opacity = opacity
        }
    }

    /// A title style's name.
    public var name: String?
    public var font: String?
    /// Pixels on a canvas whose short side is 1080.
    public var size: Double?
    public var spacing: Double?
    public var letterCase: LetterCase?
    public var color: String?
    public var bold: Bool?
    public var italic: Bool?
    public var alignment: Alignment?
    public var shadow: Bool?
    public var stroke: Stroke?
    public var plate: Plate?

    public init() {}
}
